"""A milestone whose window has ended, and that is not complete.

Why: a plan that has passed tells a reader nothing about when the milestone will be reached. Weeks are days only where
the programme says on which day it starts; a closed programme is judged as of its last day.

Example, in `data/programmes/demo/milestones.yml`:

    - id: M1
      window: {start: 2026-01-05, end: 2026-02-27}
      progress: 60

Output:

    data/programmes/demo/milestones.yml:2:36: warning[milestone-overdue] the window of M1 ended on 2026-02-27, but M1 stands at 60 %
      2 |   window: {start: 2026-01-05, end: 2026-02-27}
        |                                    ^
      Write the new window, or report that it is complete, or accept it in M1: accept: [{rule: milestone-overdue, figures: {end: 2026-02-27, progress: 60}, reason: ...}]
    data/programmes/demo/milestones.yml:3:13: warning[milestone-overdue] the window of M1 ended on 2026-02-27, but M1 stands at 60 %
      3 |   progress: 60
        |             ^
      Write the new window, or report that it is complete, or accept it in M1: accept: [{rule: milestone-overdue, figures: {end: 2026-02-27, progress: 60}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.diagnostics import Location, Severity
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode
from milepost.model.status import is_outstanding, says_open


def check(portal: Portal) -> Iterator[Finding]:
    """Each milestone that is open after the last day of its window."""
    for programme in portal.programmes:
        for milestone in programme.milestones:
            ended = _ended(milestone, programme)
            if ended is not None:
                yield _finding(milestone, *ended)


def late_milestones(programme: ProgrammeNode) -> tuple[tuple[MilestoneNode, date], ...]:
    """The milestones that are open after the last day of their window, each with that day."""
    found = ((milestone, _ended(milestone, programme)) for milestone in programme.milestones)
    return tuple((milestone, ended[0]) for milestone, ended in found if ended is not None)


def _ended(milestone: MilestoneNode, programme: ProgrammeNode) -> tuple[date, Location] | None:
    """The last day of the window of a milestone that is open after it, and where it is written."""
    end = _end(milestone, programme.record.start)
    return None if end is None or end[0] >= programme.as_of or not is_outstanding(milestone) else end


def _end(milestone: MilestoneNode, programme_start: date | None) -> tuple[date, Location] | None:
    window = milestone.record.window
    days = window.days(programme_start) if window is not None else None
    if window is None or days is None or days[1] < days[0]:
        return None
    return days[1], window.location("weeks", 1) if window.weeks is not None else window.location("end")


def _finding(milestone: MilestoneNode, end: date, location: Location) -> Finding:
    name, said = milestone.ref.id, says_open(milestone)
    figures = {"end": end.isoformat()} | ({said.name: said.value} if said else {})
    return Finding(
        ref=milestone.ref,
        places=(location, said.location) if said else (location,),
        message=f"the window of {name} ended on {end.isoformat()}, "
        f"but {f'{name} {said.words}' if said else f'nothing says that {name} is complete'}",
        hint="Write the new window, or report that it is complete.",
        figures=figures,
        subjects=(milestone.record,),
        cites=said.cites if said else (),
    )


RULE = PortalRule("milestone-overdue", check, Severity.WARNING)
