"""A status that its own figure contradicts: complete below 100 %, not complete at 100 %, not started above 0 %.

Why: readers trust the word and the figure alike, so they must say the same. A day of completion counts as the word.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      status: complete
      progress: 90

Output:

    data/programmes/demo/tasks.yml:2:11: error[status-mismatch] T1 is complete, but reports 90 %
      2 |   status: complete
        |           ^
      Correct the status or the figure, or accept it in T1: accept: [{rule: status-mismatch, figures: {status: complete, progress: 90}, reason: ...}]
    data/programmes/demo/tasks.yml:3:13: error[status-mismatch] T1 is complete, but reports 90 %
      3 |   progress: 90
        |             ^
      Correct the status or the figure, or accept it in T1: accept: [{rule: status-mismatch, figures: {status: complete, progress: 90}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from milepost.check.rules.acceptances import how_to_accept
from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.milestone import Milestone
from milepost.data.records.scalars import Status
from milepost.data.records.task import Sprint, Subtask, Task
from milepost.data.records.tracker import TrackerRow
from milepost.diagnostics import Location
from milepost.model.figures import leading_key
from milepost.model.portal import Portal, Ref
from milepost.model.progress import WHOLE, Standing, shown

NAME = "status-mismatch"


def check(portal: Portal) -> Iterator[Finding]:
    """Each record whose status or day of completion its figure contradicts."""
    for programme in portal.programmes:
        for milestone in programme.milestones:
            yield from _compare(milestone.ref, milestone.record, milestone.standing)
        for task in programme.tasks:
            yield from _compare(task.ref, task.record, task.standing)
            if task.row:
                yield from _compare(task.ref, task.row, task.standing)
            for part in task.parts:
                yield from _compare(part.ref, part.record, part.standing)


def _compare(
    ref: Ref, record: Milestone | Task | Subtask | Sprint | TrackerRow, standing: Standing
) -> Iterator[Finding]:
    said = _said(record)
    figure = Fraction(standing.reported.value) if standing.reported else standing.figure
    if said is None or figure is None or not _contradicts(said[0], *_possible(standing)):
        return
    status, location = said
    figures = {"status": str(status), "progress": shown(figure)}
    verb = "reports" if standing.reported else "stands at"
    places = (location, standing.reported.location) if standing.reported else (location,)
    yield Finding(
        ref=ref,
        places=places,
        message=f"{ref.id} is {status.replace('-', ' ')}, but {verb} {shown(figure)} %",
        hint=f"Correct the status or the figure, or {how_to_accept(NAME, figures, ref, record)}",
        figures=figures,
        subjects=(record,),
        cites=(leading_key(ref, standing),),
    )


def _said(record: Milestone | Task | Subtask | Sprint | TrackerRow) -> tuple[Status, Location] | None:
    if record.status is not None:
        return record.status, record.location("status")
    if not isinstance(record, Sprint | TrackerRow) and record.completed is not None:
        return Status.COMPLETE, record.location("completed")
    return None


def _possible(standing: Standing) -> tuple[Fraction, Fraction]:
    """The least and the most that a figure can be: parts without one may stand anywhere."""
    if standing.reported is None and standing.computed is not None:
        return standing.computed.lowest, standing.computed.highest
    exact = Fraction(standing.reported.value) if standing.reported else Fraction(0)
    return exact, exact


def _contradicts(status: Status, lowest: Fraction, highest: Fraction) -> bool:
    if status is Status.NOT_STARTED:
        return lowest > 0
    return highest < WHOLE if status is Status.COMPLETE else lowest == WHOLE


RULE = PortalRule(NAME, check)
