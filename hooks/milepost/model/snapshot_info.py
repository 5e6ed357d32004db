"""What a frozen site says of itself on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.model import routes
from milepost.text.dates import in_words


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """The facts of a snapshot that are known before it is built.

    name: its id. day: when it was made. as_of: the day as of which it is judged. commit, data: as its row has them.
    address: where it will be published, and current: where the site of today is; each ends with a slash, or is empty.
    repository: the address to which "edit this" leads, or nothing.
    """

    name: str
    day: date
    as_of: date
    commit: str
    data: str
    address: str
    current: str
    repository: str

    @property
    def day_in_words(self) -> str:
        """The day on which it was made, as people write it."""
        return in_words(self.day)

    @property
    def comparison(self) -> str:
        """Where the site of today compares it with what is then; empty where that site's address is not known."""
        return routes.absolute(routes.compare_with_current(self.name), self.current) if self.current else ""

    @property
    def footer(self) -> str:
        """What stands at the foot of every page, as HTML: what the page was made of. No fact holds a mark of HTML."""
        return (
            f'<span class="mp-frozen-facts">Snapshot {self.name}, frozen on {self.day_in_words}, '
            f"judged as of {in_words(self.as_of)}. "
            f"Commit <code>{self.commit}</code>, data (SHA-256) <code>{self.data}</code></span>"
        )
