"""The one language for where something stands: a word and a shape for each state, never colour alone."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from milepost.data.records.scalars import Status
from milepost.model.portal import MilestoneNode, SprintNode, SubtaskNode, TaskNode
from milepost.model.progress import WHOLE, Standing


class State(Enum):
    """Where something stands: the name of its shape, its word, and its place in order, what needs a look first."""

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


def state_of(node: MilestoneNode | TaskNode | SubtaskNode | SprintNode) -> State:
    """The reported status; else what a day of completion or the figure says: the reported one before the computed."""
    status = node.status if isinstance(node, TaskNode) else node.record.status
    if status is not None:
        return BY_STATUS[status]
    if not isinstance(node, SprintNode) and node.record.completed is not None:
        return State.COMPLETE
    figure = leading_figure(node.standing)
    computed = node.standing.computed
    if node.standing.reported is None and computed is not None and not computed.is_complete and figure == WHOLE:
        return State.IN_PROGRESS
    return state_of_figure(figure)


def leading_figure(standing: Standing) -> Fraction | None:
    """The figure that a state is read from: the reported one, else the computed one."""
    return Fraction(standing.reported.value) if standing.reported else standing.figure


def state_of_figure(figure: Fraction | None) -> State:
    """The state that a figure alone tells."""
    if figure is None:
        return State.UNREPORTED
    if figure == 0:
        return State.NOT_STARTED
    return State.COMPLETE if figure == WHOLE else State.IN_PROGRESS
