"""Work that is under way and of which nothing has been reported for too long.

Why: an old figure is read as today's. A report is an update, a tracker row, or an entry of the activity log that names
the work; a milestone is kept fresh by its tasks too. How many days are too long stands in the portfolio (`stale_days`,
else 30). Work that has not started, or has no dated report at all, is left alone, and so are closed programmes.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 40
      updates:
        - {date: 2026-10-01, text: The first rooms are surveyed.}

Output:

    data/programmes/demo/tasks.yml:4:14: warning[stale-progress] T1 is not complete, and its last report is of 2026-10-01, 52 days before 2026-11-22, the day of this check
      4 |     - {date: 2026-10-01, text: The first rooms are surveyed.}
        |              ^
      Report where it stands, or accept it in T1: accept: [{rule: stale-progress, figures: {reported: 2026-10-01}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from milepost.check.rules.days import as_of_words
from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.scalars import Status
from milepost.diagnostics import Location, Severity
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, TaskNode
from milepost.model.status import figure_statement, says_complete, status_statement

Report = tuple[date, Location]


def check(portal: Portal) -> Iterator[Finding]:
    """Each piece of open work whose newest report is older than the portfolio allows."""
    allowed = timedelta(days=portal.portfolio.stale_days)
    for programme in portal.reporting:
        for node in programme.work:
            newest = _newest(programme, node)
            if newest is not None and programme.as_of - newest[0] > allowed and _is_under_way(node):
                yield _finding(programme, node, newest)


def _is_under_way(node: MilestoneNode | TaskNode) -> bool:
    if says_complete(node) is not None:
        return False
    status, figure = status_statement(node), figure_statement(node)
    if status is not None:
        return status.value != Status.NOT_STARTED
    return figure is None or figure.value != "0"


def _newest(programme: ProgrammeNode, node: MilestoneNode | TaskNode) -> Report | None:
    """The newest report of `node` itself; None where it has none, or where one of its tasks has a newer one."""
    newest = max(_reports(programme, node), default=None)
    if newest is None or isinstance(node, TaskNode):
        return newest
    of_tasks = (report for task in node.tasks for report in _reports(programme, task))
    return newest if all(report[0] <= newest[0] for report in of_tasks) else None


def _reports(programme: ProgrammeNode, node: MilestoneNode | TaskNode) -> Iterator[Report]:
    names = {node.ref.id}
    for update in node.record.updates:
        yield update.date, update.location("date")
    if isinstance(node, TaskNode):
        names |= {part.ref.id for part in node.parts}
        if node.row is not None and node.row.date is not None:
            yield node.row.date, node.row.location("date")
        elif node.row is not None and programme.tracker.updated is not None:
            yield programme.tracker.updated, programme.tracker.location("updated")
    for entry in programme.tracker.activity:
        if names & set(entry.refs):
            yield entry.date, entry.location("date")


def _finding(programme: ProgrammeNode, node: MilestoneNode | TaskNode, newest: Report) -> Finding:
    day, location = newest
    return Finding(
        ref=node.ref,
        places=(location,),
        message=f"{node.ref.id} is not complete, and its last report is of {day.isoformat()}, "
        f"{(programme.as_of - day).days} days before {as_of_words(programme)}",
        hint="Report where it stands.",
        figures={"reported": day.isoformat()},
        subjects=(node.record,),
    )


RULE = PortalRule("stale-progress", check, Severity.WARNING)
