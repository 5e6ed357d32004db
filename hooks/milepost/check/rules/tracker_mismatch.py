"""A tracker row that says another thing of its task than the task itself.

Why: the row is the task's report. A figure, status, owner or milestone need not be said twice; said twice, it must be
the same.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 40

and in `data/programmes/demo/tracker.yml`:

    rows:
      - task: T1
        progress: 60

Output:

    data/programmes/demo/tasks.yml:2:13: error[tracker-mismatch] T1: the task says progress 40, its tracker row says 60
      2 |   progress: 40
        |             ^
      Say it once, in the tracker row, or say the same, or accept it in T1: accept: [{rule: tracker-mismatch, figures: {task: 40, row: 60}, reason: ...}]
    data/programmes/demo/tracker.yml:3:15: error[tracker-mismatch] T1: the task says progress 40, its tracker row says 60
      3 |     progress: 60
        |               ^
      Say it once, in the tracker row, or say the same, or accept it in T1: accept: [{rule: tracker-mismatch, figures: {task: 40, row: 60}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.tracker import TrackerRow
from milepost.diagnostics import Location
from milepost.model.portal import Portal, TaskNode


def check(portal: Portal) -> Iterator[Finding]:
    """Each field that a task and its tracker row both state, and state differently."""
    for task in portal.tasks:
        if task.row:
            yield from _compare(task, task.row)


def _compare(task: TaskNode, row: TrackerRow) -> Iterator[Finding]:
    record = task.record
    for field in ("progress", "status", "owner"):
        said, reported = getattr(record, field), getattr(row, field)
        if said is not None and reported is not None and said != reported:
            places = (record.location(field), row.location(field))
            yield _finding(task, row, places, field, {"task": str(said), "row": str(reported)})
    if record.milestones and row.milestone and row.milestone not in record.milestones:
        places = (record.location("milestones"), row.location("milestone"))
        yield _finding(task, row, places, "milestone", {"task": ", ".join(record.milestones), "row": row.milestone})


def _finding(
    task: TaskNode, row: TrackerRow, places: tuple[Location, Location], field: str, figures: dict[str, str]
) -> Finding:
    return Finding(
        ref=task.ref,
        places=places,
        message=f"{task.ref.id}: the task says {field} {figures['task']}, its tracker row says {figures['row']}",
        hint="Say it once, in the tracker row, or say the same.",
        figures=figures,
        subjects=(task.record, row),
    )


RULE = PortalRule("tracker-mismatch", check)
