"""Something that is said to have happened on a day that has not come yet.

Why: a report, an approval or a completion dated in the future cannot be true, and would stand on top of every list of
what is new. A programme that has closed is judged as of its last day, one that still reports as of the day of the check;
the last day itself cannot be later than the check, or everything in the programme would be past.
Plans may lie ahead: windows, checkpoints, reviews and the ends of exceptions. A row of the ledger of snapshots is held to
the clock, also where the data is judged as of an earlier day.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      completed: 2027-01-31

Output:

    data/programmes/demo/tasks.yml:2:14: error[future-date] the day on which T1 was completed is 2027-01-31, later than 2026-11-22, the day of this check
      2 |   completed: 2027-01-31
        |              ^
      Write the day on which it happened, or leave out what is only planned, or accept it in T1: accept: [{rule: future-date, figures: {date: 2027-01-31}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.check.rules.days import as_of_words
from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.base import Accepting, Record
from milepost.data.records.milestone import Criteria
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, Ref, TaskNode

OF_ENTRIES = {
    "date": "the day of {}",
    "raised": "the day on which {} was raised",
    "closed": "the day on which {} was closed",
    "completed": "the day on which {} was completed",
}
"""The fields of register entries that tell of what happened, in words."""

Dated = tuple[Ref, Accepting, Record, str, str]
"""The entity, who can accept it, the record that holds the day, its field, and what happened on that day."""


def check(portal: Portal) -> Iterator[Finding]:
    """Each day of something that happened, later than the day as of which its programme is judged."""
    for programme in portal.programmes:
        closed = programme.record.closed
        # The day of entry may lie behind: a check as of an earlier day reads documents that were entered since.
        if isinstance(closed, date) and closed > portal.today:
            yield _end_of_reporting(programme, closed, portal.today)
        for ref, subject, record, field, words in _dated(programme):
            day: date | None = getattr(record, field)
            if day is not None and day > programme.as_of:
                yield Finding(
                    ref=ref,
                    places=(record.location(field),),
                    message=f"{words} is {day.isoformat()}, later than {as_of_words(programme)}",
                    hint="Write the day on which it happened, or leave out what is only planned.",
                    figures={"date": day.isoformat()},
                    subjects=(subject,),
                )


def _end_of_reporting(programme: ProgrammeNode, closed: date, today: date) -> Finding:
    """A programme that is said to have ended on a day to come: as of that day, everything in it would be past."""
    day = closed.isoformat()
    record = programme.record
    return Finding(
        ref=programme.ref,
        places=(record.location("closed"),),
        message=f"the day on which {programme.slug} ended its reports is {day}, later than {today.isoformat()}, "
        "the day of this check",
        hint="Write the day on which it happened.",
        figures={"date": day},
        subjects=(record,),
    )


def _dated(programme: ProgrammeNode) -> Iterator[Dated]:
    for milestone in programme.milestones:
        yield from _of_work(milestone)
        yield from _of_milestone(milestone)
    for task in programme.tasks:
        yield from _of_work(task)
        for part in task.subtasks:
            yield _completion(part.ref, part.record)
        if task.row is not None:
            yield task.ref, task.row, task.row, "date", f"the day of the tracker row of {task.ref.id}"
    yield from _of_tracker(programme)
    for ref, entry in programme.entries:
        for field, words in OF_ENTRIES.items():
            if field in type(entry).model_fields:
                yield ref, entry, entry, field, words.format(entry.id)


def _of_work(node: MilestoneNode | TaskNode) -> Iterator[Dated]:
    yield _completion(node.ref, node.record)
    for update in node.record.updates:
        yield node.ref, node.record, update, "date", f"the day of an update of {node.ref.id}"


def _completion(ref: Ref, record: Accepting) -> Dated:
    return ref, record, record, "completed", f"the day on which {ref.id} was completed"


def _of_milestone(milestone: MilestoneNode) -> Iterator[Dated]:
    ref, record = milestone.ref, milestone.record
    if record.approval is not None:
        yield ref, record, record.approval, "date", f"the day on which {ref.id} was approved"
    for block in (record.entry_criteria, record.exit_criteria):
        if block is not None:
            yield from _of_criteria(milestone, block)


def _of_criteria(milestone: MilestoneNode, block: Criteria) -> Iterator[Dated]:
    ref, record = milestone.ref, milestone.record
    for criterion in block.criteria:
        yield ref, record, criterion, "date", f"the day on which a criterion of {ref.id} was met"
    if block.achieved is not None:
        yield ref, record, block.achieved, "date", f"the day on which the criteria of {ref.id} were achieved"


def _of_tracker(programme: ProgrammeNode) -> Iterator[Dated]:
    ref, subject, tracker = programme.ref, programme.record, programme.tracker
    yield ref, subject, tracker, "updated", "the day of the tracker"
    for entry in tracker.activity:
        yield ref, subject, entry, "date", "the day of an entry of the activity log"
    for metric in tracker.metrics:
        for reading in metric.readings:
            yield ref, subject, reading, "date", "the day of a reading"


RULE = PortalRule("future-date", check)
