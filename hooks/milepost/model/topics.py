"""What an event means to a reader, for those who tell events by that: digests, and comparisons of snapshots."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from milepost.data.records.update import UpdateKind


class Topic(StrEnum):
    """What a section is about, in the order in which sections are told; its value is the section's title."""

    COMPLETED = "Completed and closed"
    MOVED = "Moved"
    SLIPPED = "Slipped or fell back"
    AT_RISK = "Newly at risk"
    DECIDED = "Decided and re-scoped"
    OPENED = "Opened and decided"
    SCOPE = "Added, removed and re-scoped"
    CORRECTED = "Corrected"
    DUE = "Due next"
    DISAGREEMENTS = "Where numbers disagree"


HOW_WORK_WENT: Mapping[UpdateKind, Topic] = {
    UpdateKind.COMPLETED: Topic.COMPLETED,
    UpdateKind.APPROVED: Topic.COMPLETED,
    UpdateKind.CLOSED: Topic.COMPLETED,
    UpdateKind.STARTED: Topic.MOVED,
    UpdateKind.PROGRESSED: Topic.MOVED,
    UpdateKind.SLIPPED: Topic.SLIPPED,
    UpdateKind.REGRESSED: Topic.SLIPPED,
}
"""The topic of each kind of event that everyone tells alike; what was decided and opened, each tells in its own way."""
