"""A dated figure of a task or milestone that is lower than the one reported before it, and nothing says why.

Why: work does not undo itself. A fall is either news, and a report of kind regressed or corrected on that day tells it,
or a slip of the pen. The row of the tracker is a report of its task like any other.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      updates:
        - {date: 2026-10-30, text: Nearly there., progress: 80}
        - {date: 2026-11-20, text: On we go., progress: 60}

Output:

    data/programmes/demo/tasks.yml:3:57: error[progress-regression] T1 falls from 80 % on 2026-10-30 to 60 % on 2026-11-20
      3 |     - {date: 2026-10-30, text: Nearly there., progress: 80}
        |                                                         ^
      Correct a figure, or say kind: regressed or kind: corrected, or accept it in T1: accept: [{rule: progress-regression, figures: {date: 2026-11-20, before: 80, after: 60}, reason: ...}]
    data/programmes/demo/tasks.yml:4:53: error[progress-regression] T1 falls from 80 % on 2026-10-30 to 60 % on 2026-11-20
      4 |     - {date: 2026-11-20, text: On we go., progress: 60}
        |                                                     ^
      Correct a figure, or say kind: regressed or kind: corrected, or accept it in T1: accept: [{rule: progress-regression, figures: {date: 2026-11-20, before: 80, after: 60}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.update import UpdateKind
from milepost.diagnostics import Location
from milepost.model.figures import row_key, update_key
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, TaskNode

EXPLAINING = frozenset({UpdateKind.REGRESSED, UpdateKind.CORRECTED})


@dataclass(frozen=True, slots=True)
class _Figure:
    """A percentage that was reported on a day, its name, and where."""

    day: date
    value: int
    key: str
    location: Location


def check(portal: Portal) -> Iterator[Finding]:
    """Each figure below the one before it, on a day whose reports do not explain the fall."""
    for programme in portal.programmes:
        for node in programme.work:
            explained = set(_explained_days(programme, node))
            for before, after in pairwise(_dated_figures(node)):
                if after.value < before.value and after.day not in explained:
                    yield _finding(node, before, after)


def _dated_figures(node: MilestoneNode | TaskNode) -> list[_Figure]:
    """The figures in the order of their days; those of one day in the order in which they were written."""
    figures = [
        _Figure(update.date, update.progress, update_key(node.ref, update), update.location("progress"))
        for update in node.record.updates
        if update.progress is not None
    ]
    days = {figure.day for figure in figures}
    row = node.row if isinstance(node, TaskNode) else None
    # An update of the same day says the same of the task, and more.
    if row is not None and row.date is not None and row.progress is not None and row.date not in days:
        figures.append(_Figure(row.date, row.progress, row_key(node.ref), row.location("progress")))
    return sorted(figures, key=lambda figure: figure.day)


def _explained_days(programme: ProgrammeNode, node: MilestoneNode | TaskNode) -> Iterator[date]:
    """The days on which a report says that it fell, or that its figure was corrected."""
    yield from (update.date for update in node.record.updates if update.kind in EXPLAINING)
    for entry in programme.tracker.activity:
        if entry.kind in EXPLAINING and node.ref.id in entry.refs:
            yield entry.date


def _finding(node: MilestoneNode | TaskNode, before: _Figure, after: _Figure) -> Finding:
    figures = {"date": after.day.isoformat(), "before": str(before.value), "after": str(after.value)}
    row = node.row if isinstance(node, TaskNode) else None
    return Finding(
        ref=node.ref,
        places=(before.location, after.location),
        message=f"{node.ref.id} falls from {before.value} % on {before.day} to {after.value} % on {after.day}",
        hint="Correct a figure, or say kind: regressed or kind: corrected.",
        figures=figures,
        subjects=(node.record, row) if row else (node.record,),
        cites=(before.key, after.key),
    )


RULE = PortalRule("progress-regression", check)
