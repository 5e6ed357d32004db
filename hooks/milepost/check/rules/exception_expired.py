"""An acceptance whose last day has passed.

Why: a disagreement was accepted for a time, so that somebody would look at it again. From the day after, it is reported
like any other. A closed programme is judged as of its last day.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 32
      accept:
        - rule: rollup-mismatch
          figures: {reported: 32, computed: 80}
          reason: The figure was set before the subtasks closed.
          until: 2026-10-31
      subtasks:
        - {id: T1.1, progress: 100}
        - {id: T1.2, progress: 60}

Output:

    data/programmes/demo/tasks.yml:2:13: error[rollup-mismatch] T1 reports 32 %, its 2 subtasks give 80 %: (100 + 60) / 2 = 80
      2 |   progress: 32
        |             ^
      Correct one of the figures, or accept it in T1: accept: [{rule: rollup-mismatch, figures: {reported: 32, computed: 80}, reason: ...}]
    data/programmes/demo/tasks.yml:7:14: error[exception-expired] the acceptance of rollup-mismatch held until 2026-10-31, before 2026-11-22, the day of this check
      7 |       until: 2026-10-31
        |              ^
      Correct what it accepts and remove it, or write a later day.
    data/programmes/demo/tasks.yml:9:28: error[rollup-mismatch] T1 reports 32 %, its 2 subtasks give 80 %: (100 + 60) / 2 = 80
      9 |     - {id: T1.1, progress: 100}
        |                            ^
      Correct one of the figures, or accept it in T1: accept: [{rule: rollup-mismatch, figures: {reported: 32, computed: 80}, reason: ...}]
    data/programmes/demo/tasks.yml:10:28: error[rollup-mismatch] T1 reports 32 %, its 2 subtasks give 80 %: (100 + 60) / 2 = 80
      10 |     - {id: T1.2, progress: 60}
         |                            ^
      Correct one of the figures, or accept it in T1: accept: [{rule: rollup-mismatch, figures: {reported: 32, computed: 80}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from milepost.check.rules.acceptances import acceptances, has_ended
from milepost.check.rules.days import as_of_words
from milepost.check.rules.descriptor import Accepted, Finding, FindingsRule
from milepost.model.portal import Portal


def check(portal: Portal, _accepted: Sequence[Accepted], _rule_names: Sequence[str]) -> Iterator[Finding]:
    """Each acceptance that has ended."""
    for programme, ref, acceptance in acceptances(portal):
        if acceptance.until is not None and has_ended(acceptance, programme.as_of):
            yield Finding(
                ref=ref,
                places=(acceptance.location("until"),),
                message=f"the acceptance of {acceptance.rule} held until {acceptance.until.isoformat()}, "
                f"before {as_of_words(programme)}",
                hint="Correct what it accepts and remove it, or write a later day.",
            )


RULE = FindingsRule("exception-expired", check)
