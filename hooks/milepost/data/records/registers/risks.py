"""Risks: what may go wrong, how bad that would be, and what is done about it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from milepost.data.records.registers.descriptor import ENDED, ListedEntry, Register
from milepost.data.records.scalars import Day, Level, Text


class RiskStatus(StrEnum):
    """Where a risk stands."""

    OPEN = "open"
    MITIGATING = "mitigating"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Risk(ListedEntry):
    """An entry of `registers/risks.yml`."""

    status: RiskStatus = Field(description="open, mitigating, resolved or closed.")
    impact: Level | None = Field(default=None, description="How bad it would be: low, medium or high.")
    likelihood: Level | None = Field(default=None, description="How likely it is: low, medium or high.")
    mitigation: Text | None = Field(default=None, description="What is done about it.")
    review_by: Day | None = Field(default=None, description="The day by which it is looked at again.")

    @property
    def is_open(self) -> bool:
        """Whether it may still come true."""
        return self.status not in ENDED


RISKS = Register(
    name="risks",
    title="Risks",
    singular="risk",
    entry=Risk,
    columns=(
        "id",
        "description",
        "impact",
        "likelihood",
        "mitigation",
        "owner",
        "status",
        "raised",
        "closed",
        "review_by",
    ),
    summary="What may go wrong, how bad that would be, and what is done about it.",
)
