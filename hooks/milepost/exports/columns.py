"""Bare text in lines of so many columns, as terminals and mail have them: a wide letter takes two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDTH = 72
"""The columns of a line of mail that can still be quoted: RFC 5322, section 2.1.1, asks for at most 78."""
WIDE = frozenset({"W", "F"})
WITHOUT_WIDTH = frozenset({"Mn", "Me", "Cf"})
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of all that follows them: Unicode Technical Report 36, section 3."""


def columns(text: str) -> int:
    """How many columns a line of text takes."""
    return sum(_columns(character) for character in text)


def wrapped(text: str, *, first: str = "", further: str = "") -> Iterator[str]:
    """Lines of at most WIDTH columns; `first` stands before the first of them, `further` before each other.

    A word that is longer than a line is cut; what steers a terminal, or turns the direction of letters, is left out.
    """
    line, start = "", first
    for word in "".join(character for character in text if _is_seen(character)).split():
        rest = word
        if line and columns(f"{start}{line} {rest}") <= WIDTH:
            line = f"{line} {rest}"
            continue
        if line:
            yield start + line
            start = further
        while columns(start + rest) > WIDTH:
            piece = _piece(rest, WIDTH - columns(start))
            yield start + piece
            rest, start = rest[len(piece) :], further
        line = rest
    if line:
        yield start + line


def _piece(word: str, room: int) -> str:
    """The longest beginning of a word that takes at most so many columns."""
    taken = 0
    for place, character in enumerate(word):
        taken += _columns(character)
        if taken > room:
            return word[:place]
    return word


def _columns(character: str) -> int:
    if unicodedata.category(character) in WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1


def _is_seen(character: str) -> bool:
    return character.isspace() or (unicodedata.category(character) != "Cc" and character not in TURNING)
