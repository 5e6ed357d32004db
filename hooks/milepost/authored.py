"""What the pages that people write say in sentences, as far as rules read it."""

from __future__ import annotations

from dataclasses import dataclass

from milepost.diagnostics import Location


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
        before = self.text[:offset]
        return Location(self.path, before.count("\n") + 1, offset - before.rfind("\n"))
