"""A digest as plain text that is fit for mail: 72 columns, no markup, the subject in the first line."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from milepost.exports.digest import Digest, Line
from milepost.model import routes
from milepost.text.dates import in_words
from milepost.text.plain import remove_unprintable

WIDTH = 72
"""The columns of a line of mail that can still be quoted: RFC 5322, section 2.1.1, asks for at most 78."""


def digest_as_text(digest: Digest, site_address: str) -> str:
    """The digest as text. `site_address`: where the site is published; empty for a text without addresses.

    An address stands on a line by itself, however long it is, so that it can be followed.
    """
    lines = [*_underlined(digest.headline, "="), "", *wrapped(digest.lead)]
    for section in digest.sections:
        lines += ["", "", *_underlined(section.topic, "-")]
        for group in section.groups:
            lines += ["", *wrapped(group.title), ""]
            for line in group.lines:
                lines += _told(line, site_address)
    if digest.note:
        lines += ["", "", *wrapped(digest.note)]
    return "\n".join([*lines, ""])


def _told(line: Line, site_address: str) -> Iterator[str]:
    day = f"{in_words(line.day)}: " if line.day else ""
    yield from wrapped(f"{day}{line.subject}{line.predicate}", first="* ", further="  ")
    if site_address and line.route:
        yield f"  {routes.absolute(line.route, site_address)}"


def _underlined(text: str, mark: str) -> Iterator[str]:
    lines = list(wrapped(text))
    yield from lines
    yield mark * max(map(cell_len, lines), default=0)


def wrapped(text: str, *, first: str = "", further: str = "") -> Iterator[str]:
    """The text in lines of at most WIDTH columns, of which a wide letter takes two.

    The first line begins with `first`, each other with `further`. A word that is longer than a line is cut.
    """
    line, start = "", first
    for word in remove_unprintable(text).split():
        rest = word
        if line and cell_len(f"{start}{line} {rest}") <= WIDTH:
            line = f"{line} {rest}"
            continue
        if line:
            yield start + line
            start = further
        while cell_len(start + rest) > WIDTH:
            piece = chop_cells(rest, WIDTH - cell_len(start))[0]
            yield start + piece
            rest, start = rest[len(piece) :], further
        line = rest
    if line:
        yield start + line
