"""A milestone whose exit is approved, or whose exit criteria are all achieved, while its work is still open.

Why: an approval says that the work is done; a figure below 100 % says that it is not. Work without a figure is not
counted as open. An acceptance names each open piece with its figure.

Example, in `data/programmes/demo/milestones.yml`:

    - id: M1
      includes: [T1]
      approval: {date: 2025-10-15}

and in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 8

Output:

    data/programmes/demo/milestones.yml:3:20: error[approved-with-open-work] M1 has its exit approved, but T1 stands at 8 %
      3 |   approval: {date: 2025-10-15}
        |                    ^
      Take the approval back, or correct the figure, or accept it in M1: accept: [{rule: approved-with-open-work, figures: {T1: 8}, reason: ...}]
    data/programmes/demo/tasks.yml:2:13: error[approved-with-open-work] M1 has its exit approved, but T1 stands at 8 %
      2 |   progress: 8
        |             ^
      Take the approval back, or correct the figure, or accept it in M1: accept: [{rule: approved-with-open-work, figures: {T1: 8}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.diagnostics import Location
from milepost.model.figures import leading_key
from milepost.model.portal import MilestoneNode, Portal
from milepost.model.progress import WHOLE, shown


def check(portal: Portal) -> Iterator[Finding]:
    """Each milestone that is said to be through, with the work in it that is open."""
    for milestone in portal.milestones:
        passed = _passed(milestone)
        open_work = dict(_open_work(milestone))
        if passed is not None and open_work:
            yield _finding(milestone, passed, open_work)


def _passed(milestone: MilestoneNode) -> tuple[str, Location] | None:
    record = milestone.record
    if record.approval is not None:
        return "its exit approved", record.location("approval", "date")
    if record.exit_criteria is not None and record.exit_criteria.achieved is not None:
        return "its exit criteria achieved", record.location("exit_criteria", "achieved")
    return None


def _open_work(milestone: MilestoneNode) -> Iterator[tuple[str, tuple[Fraction, Location]]]:
    """The milestone itself and its tasks, each with its figure below 100 % and the line of it."""
    own = milestone.progress.reported
    if own is not None and own.value < WHOLE:
        yield milestone.ref.id, (Fraction(own.value), own.location)
    for task in milestone.tasks:
        reported, figure = task.progress.reported, task.progress.figure
        if reported is not None and reported.value < WHOLE:
            yield task.ref.id, (Fraction(reported.value), reported.location)
        elif figure is not None and figure < WHOLE:
            yield task.ref.id, (figure, task.record.location("id"))


def _finding(
    milestone: MilestoneNode, passed: tuple[str, Location], open_work: dict[str, tuple[Fraction, Location]]
) -> Finding:
    words, location = passed
    standings = {milestone.ref: milestone.progress} | {task.ref: task.progress for task in milestone.tasks}
    figures = {name: shown(figure) for name, (figure, _) in open_work.items()}
    progress = ", ".join(f"{name} stands at {figure} %" for name, figure in figures.items())
    return Finding(
        ref=milestone.ref,
        places=(location, *(line for _, line in open_work.values())),
        message=f"{milestone.ref.id} has {words}, but {progress}",
        hint="Take the approval back, or correct the figure.",
        figures=figures,
        subjects=(milestone.record,),
        cites=tuple(leading_key(ref, progress) for ref, progress in standings.items() if ref.id in open_work),
    )


RULE = PortalRule("approved-with-open-work", check)
