"""A digest as plain text that is fit for mail: 72 columns, no markup, the subject in the first line."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from milepost.exports.columns import wrapped
from milepost.exports.digest import Digest, Line
from milepost.model import routes
from milepost.text.dates import in_words


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
