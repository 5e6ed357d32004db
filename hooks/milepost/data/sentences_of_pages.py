"""What the pages that people write say in sentences, as far as rules read it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from milepost.diagnostics import Location

LINE_END = re.compile("\n")


@dataclass(frozen=True, slots=True)
class AuthoredProse:
    """The sentences of a page: its text, with what is no sentence blanked, so that places stay.

    path: relative to the project. programme: the one that the page tells of, if any.
    """

    path: str
    programme: str | None
    text: str

    def location(self, offset: int) -> Location:
        """The place of the character at `offset`, counted from 0."""
        starts = _line_starts(self.text)
        line = bisect_right(starts, offset)
        return Location(self.path, line, offset - starts[line - 1] + 1)


# The findings of a page come one after another.
@lru_cache(maxsize=1)
def _line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins."""
    return (0, *(found.end() for found in LINE_END.finditer(text)))
