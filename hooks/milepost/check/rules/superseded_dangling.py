"""A decision that supersedes itself or a later one, or one that another decision supersedes already.

Why: a reader follows the decisions to the one that holds today. Two ends, a circle, or a step back in time lead to none.

Example, in `data/programmes/demo/registers/decisions.yml`:

    - {id: D-01, date: 2026-02-11, decision: Dredge the north., rationale: It is calm.}
    - {id: D-02, date: 2026-01-06, decision: Dredge the south., rationale: It is empty., supersedes: [D-01]}

Output:

    data/programmes/demo/registers/decisions.yml:1:20: error[superseded-dangling] D-02 of 2026-01-06 supersedes D-01, which is of 2026-02-11
      1 | - {id: D-01, date: 2026-02-11, decision: Dredge the north., rationale: It is calm.}
        |                    ^
      Correct one of the days, or let the later decision supersede the earlier.
    data/programmes/demo/registers/decisions.yml:2:20: error[superseded-dangling] D-02 of 2026-01-06 supersedes D-01, which is of 2026-02-11
      2 | - {id: D-02, date: 2026-01-06, decision: Dredge the south., rationale: It is empty., supersedes: [D-01]}
        |                    ^
      Correct one of the days, or let the later decision supersede the earlier.
    data/programmes/demo/registers/decisions.yml:2:99: error[superseded-dangling] D-02 of 2026-01-06 supersedes D-01, which is of 2026-02-11
      2 | - {id: D-02, date: 2026-01-06, decision: Dredge the south., rationale: It is empty., supersedes: [D-01]}
        |                                                                                                   ^
      Correct one of the days, or let the later decision supersede the earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.registers.decisions import Decision
from milepost.diagnostics import Location
from milepost.model.portal import Portal, Ref


@dataclass(frozen=True, slots=True)
class Step:
    """That one decision supersedes another, and where it says so."""

    ref: Ref
    newer: Decision
    older: Decision
    location: Location


def check(portal: Portal) -> Iterator[Finding]:
    """Each circle, each step back in time, and each decision that is superseded twice."""
    for programme in portal.programmes:
        steps = _steps(list(programme.entries_of(Decision)))
        circles = list(_circles(steps))
        yield from map(_circular, circles)
        circular = {id(step) for circle in circles for step in circle}
        straight = [step for step in steps if id(step) not in circular]
        yield from (_backwards(step) for step in straight if step.older.date > step.newer.date)
        yield from _twice(straight)


def _steps(decisions: Sequence[tuple[Ref, Decision]]) -> list[Step]:
    by_id = {decision.id: decision for _, decision in decisions}
    return [
        Step(ref, decision, by_id[name], decision.location("supersedes", place))
        for ref, decision in decisions
        for place, name in enumerate(decision.supersedes)
    ]


def _circles(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Each circle once, from its earliest place; what only leads into one is not part of it."""
    by_newer: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_newer[step.newer.id].append(step)
    seen: set[int] = set()
    for first in steps:
        if id(first) not in seen:
            circle = _way_back(first, by_newer)
            seen.update(map(id, circle))
            if circle:
                yield circle


def _way_back(first: Step, by_newer: dict[str, list[Step]]) -> list[Step]:
    """The shortest way from `first` back to where it began, `first` included; empty where there is none."""
    ways, reached = [[first]], {first.older.id}
    # The list grows while it is walked: each way is followed by those that are one step longer.
    for way in ways:
        if way[-1].older.id == first.newer.id:
            return way
        for step in by_newer[way[-1].older.id]:
            if step.older.id not in reached:
                reached.add(step.older.id)
                ways.append([*way, step])
    return []


def _circular(circle: Sequence[Step]) -> Finding:
    names = [circle[0].newer.id, *(step.older.id for step in circle)]
    message = f"{names[0]} supersedes itself" if len(circle) == 1 else f"{' supersedes '.join(names)}: a circle"
    return Finding(
        ref=circle[0].ref,
        places=tuple(step.location for step in circle),
        message=message,
        hint="Let only the later decision supersede the earlier.",
    )


def _backwards(step: Step) -> Finding:
    newer, older = step.newer, step.older
    return Finding(
        ref=step.ref,
        places=(step.location, newer.location("date"), older.location("date")),
        message=f"{newer.id} of {newer.date.isoformat()} supersedes {older.id}, which is of {older.date.isoformat()}",
        hint="Correct one of the days, or let the later decision supersede the earlier.",
    )


def _twice(steps: Sequence[Step]) -> Iterator[Finding]:
    by_older: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_older[step.older.id].append(step)
    for older, same in by_older.items():
        if len(same) > 1:
            names = " and ".join(step.newer.id for step in same)
            yield Finding(
                ref=same[0].ref,
                places=tuple(step.location for step in same),
                message=f"{older} is superseded by {names}",
                hint="Let the later one supersede the earlier one instead.",
                figures={older: names},
                subjects=tuple(step.newer for step in same),
            )


RULE = PortalRule("superseded-dangling", check)
