"""A status that its own figure or its day contradicts.

That is: complete below 100 %, not complete at 100 %, not started above 0 %, open though it was completed or approved on a
day.

Why: readers trust the word, the figure and the day alike, so they must say the same. Pages show the word, and a feed
tells of the day. A day of completion counts as the word, where there is none.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      status: complete
      progress: 90

    - id: T2
      status: not-started
      completed: 2026-02-05

Output:

    data/programmes/demo/tasks.yml:2:11: error[status-mismatch] T1 is complete, but reports 90 %
      2 |   status: complete
        |           ^
      Correct the status or the figure, or accept it in T1: accept: [{rule: status-mismatch, figures: {status: complete, progress: 90}, reason: ...}]
    data/programmes/demo/tasks.yml:3:13: error[status-mismatch] T1 is complete, but reports 90 %
      3 |   progress: 90
        |             ^
      Correct the status or the figure, or accept it in T1: accept: [{rule: status-mismatch, figures: {status: complete, progress: 90}, reason: ...}]
    data/programmes/demo/tasks.yml:6:11: error[status-mismatch] T2 is not started, but was completed on 2026-02-05
      6 |   status: not-started
        |           ^
      Write status: complete, or take the day out, or accept it in T2: accept: [{rule: status-mismatch, figures: {status: not-started, completed: 2026-02-05}, reason: ...}]
    data/programmes/demo/tasks.yml:7:14: error[status-mismatch] T2 is not started, but was completed on 2026-02-05
      7 |   completed: 2026-02-05
        |              ^
      Write status: complete, or take the day out, or accept it in T2: accept: [{rule: status-mismatch, figures: {status: not-started, completed: 2026-02-05}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.milestone import Milestone
from milepost.data.records.scalars import Status
from milepost.data.records.task import Sprint, Subtask, Task
from milepost.data.records.tracker import TrackerRow
from milepost.diagnostics import Location
from milepost.model.figures import leading_key
from milepost.model.portal import MilestoneNode, Portal, Ref, SubtaskNode, TaskNode
from milepost.model.progress import WHOLE, Progress, shown
from milepost.model.status import day_statement, status_statement


def check(portal: Portal) -> Iterator[Finding]:
    """Each record whose status or day of completion its figure contradicts."""
    for milestone in portal.milestones:
        yield from _compare(milestone.ref, milestone.record, milestone.progress)
        yield from _compare_days(milestone)
    for task in portal.tasks:
        yield from _compare(task.ref, task.record, task.progress)
        yield from _compare_days(task)
        if task.row:
            yield from _compare(task.ref, task.row, task.progress)
        for part in task.parts:
            yield from _compare(part.ref, part.record, part.progress)
            if isinstance(part, SubtaskNode):
                yield from _compare_days(part)


def _compare(
    ref: Ref, record: Milestone | Task | Subtask | Sprint | TrackerRow, progress: Progress
) -> Iterator[Finding]:
    said = _said(record)
    figure = Fraction(progress.reported.value) if progress.reported else progress.figure
    if said is None or figure is None or not _contradicts(said[0], *_possible(progress)):
        return
    status, location = said
    figures = {"status": str(status), "progress": shown(figure)}
    verb = "reports" if progress.reported else "stands at"
    places = (location, progress.reported.location) if progress.reported else (location,)
    yield Finding(
        ref=ref,
        places=places,
        message=f"{ref.id} is {status.replace('-', ' ')}, but {verb} {shown(figure)} %",
        hint="Correct the status or the figure.",
        figures=figures,
        subjects=(record,),
        cites=(leading_key(ref, progress),),
    )


def _compare_days(node: MilestoneNode | TaskNode | SubtaskNode) -> Iterator[Finding]:
    """Where its word says that it is open, and a day that it is not."""
    status, day = status_statement(node), day_statement(node)
    if status is None or day is None or status.value == Status.COMPLETE:
        return
    record = node.row if isinstance(node, TaskNode) and node.row and node.record.status is None else node.record
    yield Finding(
        ref=node.ref,
        places=(status.location, day.location),
        message=f"{node.ref.id} {status.words}, but {day.words}",
        hint="Write status: complete, or take the day out.",
        figures={status.name: status.value, day.name: day.value},
        subjects=(record,),
    )


def _said(record: Milestone | Task | Subtask | Sprint | TrackerRow) -> tuple[Status, Location] | None:
    if record.status is not None:
        return record.status, record.location("status")
    if not isinstance(record, Sprint | TrackerRow) and record.completed is not None:
        return Status.COMPLETE, record.location("completed")
    return None


def _possible(progress: Progress) -> tuple[Fraction, Fraction]:
    """The least and the most that a figure can be: parts without one may stand anywhere."""
    if progress.reported is None and progress.computed is not None:
        return progress.computed.lowest, progress.computed.highest
    exact = Fraction(progress.reported.value) if progress.reported else Fraction(0)
    return exact, exact


def _contradicts(status: Status, lowest: Fraction, highest: Fraction) -> bool:
    if status is Status.NOT_STARTED:
        return lowest > 0
    return highest < WHOLE if status is Status.COMPLETE else lowest == WHOLE


RULE = PortalRule("status-mismatch", check)
