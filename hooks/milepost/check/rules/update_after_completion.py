"""An update of a task or milestone that is later than the day on which it was completed.

Why: what is complete has nothing more to report. Either it was not complete, or the report belongs to something else.
Corrections and approvals may come later.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      completed: 2026-03-01
      updates:
        - {date: 2026-03-05, text: The last part was delivered.}

Output:

    data/programmes/demo/tasks.yml:2:14: warning[update-after-completion] T1 was completed on 2026-03-01, but has an update of 2026-03-05
      2 |   completed: 2026-03-01
        |              ^
      Correct one of the days, or write kind: corrected, or accept it in T1: accept: [{rule: update-after-completion, figures: {completed: 2026-03-01, update: 2026-03-05}, reason: ...}]
    data/programmes/demo/tasks.yml:4:14: warning[update-after-completion] T1 was completed on 2026-03-01, but has an update of 2026-03-05
      4 |     - {date: 2026-03-05, text: The last part was delivered.}
        |              ^
      Correct one of the days, or write kind: corrected, or accept it in T1: accept: [{rule: update-after-completion, figures: {completed: 2026-03-01, update: 2026-03-05}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.update import UpdateKind
from milepost.diagnostics import Severity
from milepost.model.portal import MilestoneNode, Portal, TaskNode

MAY_FOLLOW = frozenset({UpdateKind.APPROVED, UpdateKind.CORRECTED})


def check(portal: Portal) -> Iterator[Finding]:
    """Each update that follows the completion of what it reports."""
    for node in portal.work:
        yield from _compare(node)


def _compare(node: MilestoneNode | TaskNode) -> Iterator[Finding]:
    record = node.record
    if record.completed is None:
        return
    completed = record.completed.isoformat()
    for update in record.updates:
        if update.date > record.completed and update.kind not in MAY_FOLLOW:
            day = update.date.isoformat()
            yield Finding(
                ref=node.ref,
                places=(record.location("completed"), update.location("date")),
                message=f"{node.ref.id} was completed on {completed}, but has an update of {day}",
                hint="Correct one of the days, or write kind: corrected.",
                figures={"completed": completed, "update": day},
                subjects=(record,),
            )


RULE = PortalRule("update-after-completion", check, Severity.WARNING)
