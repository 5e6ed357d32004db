"""What a kind of register says of itself, and what all entries of registers share."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from milepost.data.records.base import Accepting
from milepost.data.records.scalars import Day, EntityId, PersonId, Text
from milepost.data.records.update import UpdateKind

Listed = Literal["active", "closed"]


class RegisterEntry(Accepting):
    """What an entry of any register has: an id, the sentence that says what it is, an owner."""

    id: EntityId = Field(description="Unique in the programme: R-01.")
    formerly: tuple[EntityId, ...] = Field(default=(), description="Ids that it had before.")
    owner: PersonId | None = Field(default=None, description="Who answers for it: an id of people.yml.")
    refs: tuple[EntityId, ...] = Field(default=(), description="Ids of what it concerns.")

    @property
    @abstractmethod
    def sentence(self) -> str:
        """The sentence that says what it is."""

    @property
    @abstractmethod
    def days(self) -> tuple[tuple[Day, UpdateKind], ...]:
        """The days on which something happened to it, and what that was, as far as it says so."""


ENDED = frozenset({"resolved", "closed"})
"""The statuses of an entry that needs nothing more; with any other it is open."""


class ListedEntry(RegisterEntry):
    """An entry that is opened and closed, and stands in one of its document's lists."""

    description: Text = Field(description="What it is, short.")
    listed: Listed | None = Field(default=None, description="The list that it stands in: active or closed.")
    raised: Day | None = Field(default=None, description="The day on which it was raised.")
    closed: Day | None = Field(default=None, description="The day on which it was closed.")

    @property
    def sentence(self) -> str:
        """Its description."""
        return self.description

    @property
    def days(self) -> tuple[tuple[Day, UpdateKind], ...]:
        """The days on which it was raised and closed."""
        both = ((self.raised, UpdateKind.OPENED), (self.closed, UpdateKind.CLOSED))
        return tuple((day, kind) for day, kind in both if day is not None)


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of register.

    name: the file's name in `registers/`, without `.yml`. title: the page's title. singular: one entry.
    entry: the record of an entry. columns: the fields that its table shows, in order, id and owner among them.
    summary: what it is for; shown where it is empty, and in the handbook.
    """

    name: str
    title: str
    singular: str
    entry: type[RegisterEntry]
    columns: tuple[str, ...]
    summary: str
