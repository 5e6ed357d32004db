"""Bare text in lines of so many columns, as terminals and mail have them: a wide letter takes two."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from milepost.text.plain import remove_unprintable

WIDTH = 72
"""The columns of a line of mail that can still be quoted: RFC 5322, section 2.1.1, asks for at most 78."""


def wrapped(text: str, *, first: str = "", further: str = "") -> Iterator[str]:
    """Lines of at most WIDTH columns; `first` stands before the first of them, `further` before each other.

    A word that is longer than a line is cut; what steers a terminal, or turns the direction of letters, is left out.
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
