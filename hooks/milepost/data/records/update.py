"""What was reported of an entity, and when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from milepost.data.records.base import Record
from milepost.data.records.scalars import Day, EntityId, Percent, Text


class UpdateKind(StrEnum):
    """What an update tells of."""

    STARTED = "started"
    PROGRESSED = "progressed"
    COMPLETED = "completed"
    APPROVED = "approved"
    REGRESSED = "regressed"
    SLIPPED = "slipped"
    RE_SCOPED = "re-scoped"
    OPENED = "opened"
    CLOSED = "closed"
    DECIDED = "decided"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"


def dated_anchor(day: date, own_id: str | None) -> str:
    """The anchor of a dated report on its entity's page: its day, and its id where the day has several."""
    return f"{day.isoformat()}-{own_id}" if own_id else day.isoformat()


class Update(Record):
    """A dated report. Its date is its key; a second one of that day needs an id, so that it can be cited."""

    date: Day = Field(description="The day of the report.")
    id: EntityId | None = Field(default=None, description="Needed for a second update of the same day.")
    text: Text = Field(description="What happened, short.")
    kind: UpdateKind = Field(default=UpdateKind.PROGRESSED, description="What the update tells of.")
    progress: Percent | None = Field(default=None, description="The figure on that day, 0 to 100.")
    evidence: tuple[Text, ...] = Field(default=(), description="Files, addresses or documents that prove it.")
    refs: tuple[EntityId, ...] = Field(default=(), description="Ids of what else it concerns.")

    @property
    def anchor(self) -> str:
        """Its anchor on the page of its entity."""
        return dated_anchor(self.date, self.id)
