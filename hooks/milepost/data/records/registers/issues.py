"""Issues: what has gone wrong and needs to be put right."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from milepost.data.records.registers.descriptor import ListedEntry, Register
from milepost.data.records.scalars import Level, Text


class IssueStatus(StrEnum):
    """Where an issue stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Issue(ListedEntry):
    """An entry of `registers/issues.yml`."""

    status: IssueStatus = Field(description="open, resolved or closed.")
    severity: Level | None = Field(default=None, description="How bad it is: low, medium or high.")
    resolution: Text | None = Field(default=None, description="How it was put right, or will be.")


ISSUES = Register(
    name="issues",
    title="Issues",
    singular="issue",
    entry=Issue,
    columns=("id", "description", "severity", "resolution", "owner", "status", "raised", "closed"),
    summary="What has gone wrong and needs to be put right.",
)
