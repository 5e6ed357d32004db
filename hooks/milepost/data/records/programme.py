"""A programme: a body of work with its milestones, tasks, tracker and registers."""

from __future__ import annotations

from pydantic import Field

from milepost.data.records.base import Accepting, Record
from milepost.data.records.scalars import ClosingDay, Day, PersonId, Slug, Text, Track


class Link(Record):
    """An address outside the portal."""

    title: Text = Field(description="The words of the link.")
    address: Text = Field(description="An https address.")


class Programme(Accepting):
    """A body of work and what it says of itself: `programme.yml`."""

    id: Slug = Field(description="The name of the programme's folder.")
    title: Text = Field(description="The programme's name.")
    formerly: tuple[Slug, ...] = Field(default=(), description="Ids that it had before, when its folder had that name.")
    version: Text | None = Field(default=None, description="The version that it delivers.")
    summary: Text | None = Field(default=None, description="One sentence: what it is and how it stands.")
    start: Day | None = Field(default=None, description="The first day of week 0; without it, weeks stay weeks.")
    owner: PersonId | None = Field(default=None, description="Who answers for it: an id of people.yml.")
    closed: ClosingDay | None = Field(
        default=None, description="When reporting has ended: the day of the last report, or undated."
    )
    recorded: Day = Field(description="The day on which the programme was entered here.")
    source: Text | None = Field(default=None, description="The document that it was entered from.")
    tracks: dict[Track, Text] = Field(default={}, description="What the programme calls its tracks.")
    links: tuple[Link, ...] = Field(default=(), description="Addresses outside the portal.")
