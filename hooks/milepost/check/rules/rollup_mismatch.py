"""A reported figure that its parts cannot give.

Why: a task at 32 % whose five subtasks all stand at 100 % tells two stories, and a reader would see only one. The
reported figure is compared with the weighted mean of the parts, and with that of the sprints, which cut the same work
in another way. Where parts have no figure, it may be anything that those could still make it. Reported at the figure
and at each of its parts; within the portfolio's tolerance it is no finding.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 32
      subtasks:
        - {id: T1.1, progress: 100}
        - {id: T1.2, progress: 60}

Output:

    data/programmes/demo/tasks.yml:2:13: error[rollup-mismatch] T1 reports 32 %, its 2 subtasks give 80 %: (100 + 60) / 2 = 80
      2 |   progress: 32
        |             ^
      Correct one of the figures, or accept it in T1: accept: [{rule: rollup-mismatch, figures: {reported: 32, computed: 80}, reason: ...}]
    data/programmes/demo/tasks.yml:4:28: error[rollup-mismatch] T1 reports 32 %, its 2 subtasks give 80 %: (100 + 60) / 2 = 80
      4 |     - {id: T1.1, progress: 100}
        |                            ^
      Correct one of the figures, or accept it in T1: accept: [{rule: rollup-mismatch, figures: {reported: 32, computed: 80}, reason: ...}]
    data/programmes/demo/tasks.yml:5:28: error[rollup-mismatch] T1 reports 32 %, its 2 subtasks give 80 %: (100 + 60) / 2 = 80
      5 |     - {id: T1.2, progress: 60}
        |                            ^
      Correct one of the figures, or accept it in T1: accept: [{rule: rollup-mismatch, figures: {reported: 32, computed: 80}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.base import Accepting
from milepost.model.figures import computed_key, reported_key
from milepost.model.portal import Portal, Ref
from milepost.model.progress import Computed, Progress, shown
from milepost.text.plain import choose


def check(portal: Portal) -> Iterator[Finding]:
    """Each reported figure that differs from one computed of its parts by more than the tolerance."""
    tolerance = portal.portfolio.tolerance
    for milestone in portal.milestones:
        yield from _compare(milestone.ref, milestone.progress, (milestone.record,), tolerance)
    for task in portal.tasks:
        subjects = (task.record, task.row) if task.row else (task.record,)
        yield from _compare(task.ref, task.progress, subjects, tolerance)
        for sprint in task.sprints:
            yield from _compare(sprint.ref, sprint.progress, (sprint.record,), tolerance)


def _compare(ref: Ref, progress: Progress, subjects: tuple[Accepting, ...], tolerance: int) -> Iterator[Finding]:
    for computed in progress.disagreements(tolerance):
        if progress.reported is None:
            continue
        reported, figure = shown(progress.reported.value), shown(computed.value)
        places = [part.location for part in computed.counted]
        yield Finding(
            ref=ref,
            places=(progress.reported.location, *places),
            message=f"{ref.id} reports {reported} %, {_source(computed)} {figure} %: {computed.arithmetic()}",
            hint="Correct one of the figures.",
            figures={"reported": reported, "computed": figure},
            subjects=subjects,
            cites=(reported_key(ref), computed_key(ref, progress, computed)),
        )


def _source(computed: Computed) -> str:
    count = len(computed.counted)
    named = f"its {computed.basis.counted(len(computed.parts))} {choose(count, 'gives', 'give')}"
    return named if computed.is_complete else f"{count} of {named}"


RULE = PortalRule("rollup-mismatch", check)
