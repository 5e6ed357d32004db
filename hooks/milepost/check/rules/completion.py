"""What the data says of whether a milestone or task is complete, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from milepost.data.records.scalars import Status
from milepost.diagnostics import Location
from milepost.model.figures import leading_key
from milepost.model.portal import MilestoneNode, TaskNode
from milepost.model.progress import WHOLE, shown


@dataclass(frozen=True, slots=True)
class Said:
    """One line about where something stands.

    name: its field. value: what stands there, as text. words: both, to follow the id. day: the day that it names.
    cites: the name of the figure in the words, where there is one.
    """

    name: str
    value: str
    words: str
    location: Location
    day: date | None = None
    cites: tuple[str, ...] = ()


def said_complete(node: MilestoneNode | TaskNode) -> Said | None:
    """What first says that it is complete: its day, its approval, its status, or a figure of 100."""
    record = node.record
    if record.completed is not None:
        day = record.completed
        return Said("completed", day.isoformat(), f"was completed on {day}", record.location("completed"), day)
    if isinstance(node, MilestoneNode) and node.record.approval is not None:
        day = node.record.approval.date
        return Said("approval", day.isoformat(), f"was approved on {day}", record.location("approval", "date"), day)
    status = said_status(node)
    if status is not None and status.value == Status.COMPLETE:
        return status
    figure = said_figure(node)
    # Parts without a figure may still be open.
    computed = node.standing.computed
    is_whole = node.standing.reported is not None or (computed is not None and computed.is_complete)
    return figure if figure is not None and figure.value == str(WHOLE) and is_whole else None


def is_complete(milestone: MilestoneNode) -> bool:
    """Whether anything says that a milestone is complete: also that its exit criteria were achieved as a whole."""
    block = milestone.record.exit_criteria
    return said_complete(milestone) is not None or (block is not None and block.achieved is not None)


def said_open(node: MilestoneNode | TaskNode) -> Said | None:
    """What says that it is not complete: its status, or a figure below 100; None where nothing does."""
    if said_complete(node) is not None:
        return None
    figure = said_figure(node)
    return figure if figure is not None and figure.value != str(WHOLE) else said_status(node)


def said_figure(node: MilestoneNode | TaskNode) -> Said | None:
    """Its figure: the reported one, else the computed one."""
    reported, figure = node.standing.reported, node.standing.figure
    key = leading_key(node.ref, node.standing)
    if reported is not None:
        return Said("progress", str(reported.value), f"stands at {reported.value} %", reported.location, cites=(key,))
    if figure is None:
        return None
    return Said("progress", shown(figure), f"stands at {shown(figure)} %", node.record.location("id"), cites=(key,))


def said_status(node: MilestoneNode | TaskNode) -> Said | None:
    """Its reported status: as it says itself, else as its tracker row does."""
    record = node.record
    if record.status is not None:
        status, location = record.status, record.location("status")
    elif isinstance(node, TaskNode) and node.row is not None and node.row.status is not None:
        status, location = node.row.status, node.row.location("status")
    else:
        return None
    return Said("status", status.value, f"is {status.value.replace('-', ' ')}", location)
