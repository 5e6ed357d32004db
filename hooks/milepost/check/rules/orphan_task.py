"""A task that no milestone takes, wholly or in part, in a programme whose work of that track has milestones.

Why: nobody who looks at the milestones sees it, and no milestone waits for it. A design task is looked for only in
programmes that have milestones of design; a programme that is closed is not looked at.

Example, in `data/programmes/demo/milestones.yml`:

    - id: M1
      includes: [T1]

and in `data/programmes/demo/tasks.yml`:

    - id: T1
    - id: T2

Output:

    data/programmes/demo/tasks.yml:2:7: warning[orphan-task] no milestone takes T2, not even in part
      2 | - id: T2
        |       ^
      Name it under includes: of a milestone, or accept it in T2: accept: [{rule: orphan-task, figures: {milestones: none}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.diagnostics import Severity
from milepost.model.portal import Portal, ProgrammeNode, TaskNode


def check(portal: Portal) -> Iterator[Finding]:
    """Each task that stands in no milestone although others of its track do."""
    for programme in portal.reporting:
        for task in _orphans(programme):
            yield Finding(
                ref=task.ref,
                places=(task.record.location("id"),),
                message=f"no milestone takes {task.ref.id}, not even in part",
                hint="Name it under includes: of a milestone.",
                figures={"milestones": "none"},
                subjects=(task.record,),
            )


def _orphans(programme: ProgrammeNode) -> Iterator[TaskNode]:
    tracks = {milestone.record.track for milestone in programme.milestones}
    taken_in_part = {task.ref for milestone in programme.milestones for _, task in milestone.partial}
    for task in programme.loose_tasks:
        if task.record.track in tracks and task.ref not in taken_in_part:
            yield task


RULE = PortalRule("orphan-task", check, Severity.WARNING)
