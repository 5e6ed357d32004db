"""What is still to be done, for the rules that say what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from milepost.data.records.scalars import Status
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, TaskNode
from milepost.model.progress import WHOLE


def reporting(portal: Portal) -> Iterator[ProgrammeNode]:
    """The programmes that still report: nothing is left to be done about the others."""
    return (programme for programme in portal.programmes if programme.record.closed is None)


def is_open(node: MilestoneNode | TaskNode) -> bool:
    """Whether neither its status, a day nor its figure says that it is done."""
    record, standing = node.record, node.standing
    status = node.status if isinstance(node, TaskNode) else node.record.status
    if status is not None:
        return status is not Status.COMPLETE
    if record.completed is not None or (isinstance(node, MilestoneNode) and node.record.approval is not None):
        return False
    figure = Fraction(standing.reported.value) if standing.reported else standing.figure
    return figure != WHOLE
