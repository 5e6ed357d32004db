"""Which state something is in, whether it is complete, and which line of the data says so.

Everyone asks here: pages, charts, feeds, rules and differences. A word of status is believed first, then a day of
completion or an approval, then the figure: the reported one before the computed one. Where two of them contradict each
other, the rule `status-mismatch` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from milepost.data.records.scalars import Status
from milepost.diagnostics import Location
from milepost.model.figures import leading_key
from milepost.model.portal import MilestoneNode, SprintNode, SubtaskNode, TaskNode
from milepost.model.progress import WHOLE, Progress, shown

Work = MilestoneNode | TaskNode | SubtaskNode | SprintNode
"""What has a state."""


class State(Enum):
    """A state: the name of its shape, its word, and its place in order, what needs a look first."""

    NOT_STARTED = ("not-started", "Not started", 4)
    IN_PROGRESS = ("in-progress", "In progress", 3)
    COMPLETE = ("complete", "Complete", 6)
    AT_RISK = ("at-risk", "At risk", 2)
    BLOCKED = ("blocked", "Blocked", 1)
    UNREPORTED = ("unreported", "Not reported", 5)

    def __init__(self, shape: str, word: str, order: int) -> None:
        self.shape = shape
        self.word = word
        self.order = order


BY_STATUS = {
    Status.NOT_STARTED: State.NOT_STARTED,
    Status.IN_PROGRESS: State.IN_PROGRESS,
    Status.COMPLETE: State.COMPLETE,
    Status.AT_RISK: State.AT_RISK,
    Status.BLOCKED: State.BLOCKED,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the data that says whether something is complete."""

    name: str
    """Its field."""
    value: str
    """The value of the field, as text."""
    words: str
    """Both, to follow the id."""
    location: Location
    day: date | None = None
    """The day that it names, if any."""
    cites: tuple[str, ...] = ()
    """The key of the figure in the words, where there is one."""


# The state


def state_of(node: Work) -> State:
    """The state of a milestone, task, subtask or sprint."""
    status = status_of(node)
    if status is not None:
        return BY_STATUS[status]
    if completed_on(node) is not None:
        return State.COMPLETE
    figure, computed = leading_figure(node.progress), node.progress.computed
    # Parts without a figure may still be open.
    if node.progress.reported is None and computed is not None and not computed.is_complete and figure == WHOLE:
        return State.IN_PROGRESS
    return state_of_figure(figure)


def is_complete(node: Work) -> bool:
    """Whether it is complete, whatever says so; what is not complete is open."""
    return state_of(node) is State.COMPLETE


def is_reported_complete(node: Work) -> bool:
    """Whether a line about it says that it is complete: not the figures of its parts, and not an approval.

    What changes between two states of the data is what somebody reported; an approval is a change of its own.
    """
    if status_of(node) is not None:
        return is_complete(node)
    reported = node.progress.reported
    return own_day(node) is not None or (reported is not None and reported.value == WHOLE)


def is_outstanding(milestone: MilestoneNode) -> bool:
    """Whether it can still be late: it is open, and its exit criteria were not achieved as a whole."""
    block = milestone.record.exit_criteria
    return not is_complete(milestone) and (block is None or block.achieved is None)


def state_of_figure(figure: Fraction | None) -> State:
    """The state that a figure alone gives."""
    if figure is None:
        return State.UNREPORTED
    if figure == 0:
        return State.NOT_STARTED
    return State.COMPLETE if figure == WHOLE else State.IN_PROGRESS


# What it rests on


def status_of(node: Work) -> Status | None:
    """The reported status of a node: for a task, its own word before that of its tracker row."""
    return node.status if isinstance(node, TaskNode) else node.record.status


def own_day(node: Work) -> date | None:
    """The day on which it was completed, if a line says so."""
    return None if isinstance(node, SprintNode) else node.record.completed


def completed_on(node: Work) -> date | None:
    """The day on which it was completed, else approved, if a line says so."""
    approval = node.record.approval if isinstance(node, MilestoneNode) else None
    return own_day(node) or (approval.date if approval is not None else None)


def leading_figure(progress: Progress) -> Fraction | None:
    """The figure that a state is read from, 0 to 100: the reported one, else the computed one."""
    return Fraction(progress.reported.value) if progress.reported else progress.figure


# The lines that say so


def says_complete(node: MilestoneNode | TaskNode) -> Statement | None:
    """The first line that says that it is complete: its day, its approval, its status or its figure; else None."""
    if not is_complete(node):
        return None
    return day_statement(node) or status_statement(node) or figure_statement(node)


def says_open(node: MilestoneNode | TaskNode) -> Statement | None:
    """What says that it is not complete: a figure below 100, else its status; None where nothing does."""
    if is_complete(node):
        return None
    figure = figure_statement(node)
    return figure if figure is not None and figure.value != str(WHOLE) else status_statement(node)


def day_statement(node: MilestoneNode | TaskNode | SubtaskNode) -> Statement | None:
    """The line of its day of completion, else of its approval."""
    record, day = node.record, completed_on(node)
    if day is None:
        return None
    if record.completed is not None:
        return Statement("completed", day.isoformat(), f"was completed on {day}", record.location("completed"), day)
    return Statement("approval", day.isoformat(), f"was approved on {day}", record.location("approval", "date"), day)


def figure_statement(node: MilestoneNode | TaskNode) -> Statement | None:
    """The line of its figure: the reported one, else the computed one at the line of its id."""
    reported, figure = node.progress.reported, leading_figure(node.progress)
    if figure is None:
        return None
    location = reported.location if reported is not None else node.record.location("id")
    key = leading_key(node.ref, node.progress)
    return Statement("progress", shown(figure), f"stands at {shown(figure)} %", location, cites=(key,))


def status_statement(node: MilestoneNode | TaskNode | SubtaskNode) -> Statement | None:
    """The line of its reported status: its own, else that of its tracker row."""
    record = node.record
    if record.status is not None:
        status, location = record.status, record.location("status")
    elif isinstance(node, TaskNode) and node.row is not None and node.row.status is not None:
        status, location = node.row.status, node.row.location("status")
    else:
        return None
    return Statement("status", status.value, f"is {status.value.replace('-', ' ')}", location)
