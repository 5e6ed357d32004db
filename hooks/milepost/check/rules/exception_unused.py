"""An acceptance that no longer matches anything.

Why: an exception holds for the very figures that it names. When one of them moves, or the disagreement ends, it must
go, or it would hide the next one.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 80
      accept:
        - rule: rollup-mismatch
          figures: {reported: 32, computed: 80}
          reason: The figure was set before the subtasks closed.
      subtasks:
        - {id: T1.1, progress: 100}
        - {id: T1.2, progress: 60}

Output:

    data/programmes/demo/tasks.yml:2:13: error[exception-unused] nothing here disagrees as this accepts: reported 32, computed 80
      2 |   progress: 80
        |             ^
      Remove the acceptance, or correct the figure. Where the new figures disagree too, and are right, write those in it.
    data/programmes/demo/tasks.yml:4:7: error[exception-unused] nothing here disagrees as this accepts: reported 32, computed 80
      4 |     - rule: rollup-mismatch
        |       ^
      Remove the acceptance, or correct the figure. Where the new figures disagree too, and are right, write those in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from milepost.check.rules.acceptances import acceptances, has_ended
from milepost.check.rules.descriptor import Accepted, Finding, FindingsRule
from milepost.data.records.base import Acceptance
from milepost.diagnostics import Location, did_you_mean
from milepost.model.portal import Portal, Ref

OWN_FIGURES = frozenset({"reported", "progress"})


def check(portal: Portal, accepted: Sequence[Accepted], rule_names: Sequence[str]) -> Iterator[Finding]:
    """Each acceptance that accepts no finding; one that has ended is for another rule to report."""
    used = {id(entry.acceptance) for entry in accepted}
    for programme, ref, acceptance in acceptances(portal):
        if id(acceptance) in used or (acceptance.rule in rule_names and has_ended(acceptance, programme.as_of)):
            continue
        yield _finding(portal, ref, acceptance, rule_names)


def _finding(portal: Portal, ref: Ref, acceptance: Acceptance, rule_names: Sequence[str]) -> Finding:
    if acceptance.rule not in rule_names:
        return Finding(
            ref=ref,
            places=(acceptance.location("rule"),),
            message=f"there is no rule {acceptance.rule} whose findings can be accepted",
            hint=did_you_mean(acceptance.rule, rule_names),
        )
    figures = ", ".join(f"{name} {figure}" for name, figure in acceptance.figures.items())
    return Finding(
        ref=ref,
        places=(acceptance.location(), *_moved(portal, ref, acceptance)),
        message=f"nothing here disagrees as this accepts: {figures}",
        hint="Remove the acceptance, or correct the figure. "
        "Where the new figures disagree too, and are right, write those in it.",
    )


def _moved(portal: Portal, ref: Ref, acceptance: Acceptance) -> Iterator[Location]:
    """The lines of the figures that the acceptance names: one of them has moved."""
    for name in acceptance.figures:
        entity = portal.entities.get(ref if name in OWN_FIGURES else Ref(ref.programme, name))
        if entity is not None and getattr(entity.record, "progress", None) is not None:
            yield entity.record.location("progress")


RULE = FindingsRule("exception-unused", check)
