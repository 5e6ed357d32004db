"""Decisions: what was decided, when, by whom and why."""

from __future__ import annotations

from pydantic import Field

from milepost.data.records.registers.descriptor import Register, RegisterEntry
from milepost.data.records.scalars import Day, EntityId, Text
from milepost.data.records.update import UpdateKind


class Decision(RegisterEntry):
    """An entry of `registers/decisions.yml`."""

    date: Day = Field(description="The day of the decision.")
    decision: Text = Field(description="What was decided, short.")
    rationale: Text | None = Field(default=None, description="Why.")
    supersedes: tuple[EntityId, ...] = Field(default=(), description="Ids of decisions that it replaces.")

    @property
    def sentence(self) -> str:
        """What was decided."""
        return self.decision

    @property
    def days(self) -> tuple[tuple[Day, UpdateKind], ...]:
        """The day of the decision."""
        return ((self.date, UpdateKind.DECIDED),)


DECISIONS = Register(
    name="decisions",
    title="Decisions",
    singular="decision",
    entry=Decision,
    columns=("id", "date", "decision", "rationale", "owner", "supersedes"),
    summary="What was decided, when, by whom and why.",
)
