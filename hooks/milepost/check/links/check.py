"""The addresses outside the portal that data and authored pages hold, gathered with their places and judged.

This is the one check that needs the network, so it runs only when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from milepost.check.links.asked import Ask, AskedLinks, ExternalLink
from milepost.check.rules import judge_external
from milepost.data.loader import Records, load
from milepost.data.pages import read_content
from milepost.data.yaml_reader import Document, Scalar, scalars
from milepost.diagnostics import Diagnostic, Location
from milepost.text.ids import TOKEN, TokenKind


def check_external(project: Path, ask: Ask) -> tuple[Diagnostic, ...]:
    """Ask every external address of `project` once; nothing is asked of data that cannot be read."""
    links = tuple(external_links(project))
    return judge_external(AskedLinks(links, ask(sorted({link.asked for link in links}))))


def external_links(project: Path) -> Iterator[ExternalLink]:
    """Every address of the web in the data and in the authored pages of `project`, code left out."""
    records = load(project).records
    if records is not None:
        yield from _in_documents(project, _documents(records))
    for page in read_content(project).pages:
        for address, offset in addresses(page.prose.text):
            yield ExternalLink(address, page.prose.location(offset))


def addresses(text: str) -> Iterator[tuple[str, int]]:
    """Each address of the web in `text`, with its offset, counted from 0."""
    for found in TOKEN.finditer(text):
        if found.lastgroup == TokenKind.ADDRESS:
            yield found[0], found.start()


def _documents(records: Records) -> Iterator[Document]:
    yield from records.documents
    for programme in records.programmes.values():
        yield from programme.documents


def _in_documents(project: Path, documents: Iterable[Document]) -> Iterator[ExternalLink]:
    for document in documents:
        holding = [scalar for scalar in scalars(document.value) if "://" in scalar]
        if holding:
            lines = (project / document.path).read_text("utf-8-sig").split("\n")
            for scalar in holding:
                yield from _in_scalar(scalar, lines)


def _in_scalar(scalar: Scalar, lines: Sequence[str]) -> Iterator[ExternalLink]:
    """The addresses of `scalar`, each at its own line: an address holds no space, so that YAML never breaks it."""
    place = scalar.location
    for address, _ in addresses(scalar):
        found = _next_place(address, place, lines)
        yield ExternalLink(address, found or scalar.location)
        if found is not None:
            place = Location(found.path, found.line, found.column + len(address))


def _next_place(address: str, start: Location, lines: Sequence[str]) -> Location | None:
    """Where `address` is written at or after `start`; None where it is spelled with escapes."""
    column = start.column
    for number in range(start.line, len(lines) + 1):
        index = lines[number - 1].find(address, column - 1)
        if index >= 0:
            return Location(start.path, number, index + 1)
        column = 1
    return None
