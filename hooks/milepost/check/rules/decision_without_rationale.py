"""A decision of which nothing says why it was taken.

Why: who does not know the reason cannot tell when it has ceased to hold, and decides the same thing twice.

Example, in `data/programmes/demo/registers/decisions.yml`:

    - id: D-01
      date: 2026-01-06
      decision: Dredge the north first.

Output:

    data/programmes/demo/registers/decisions.yml:3:13: error[decision-without-rationale] D-01 has no rationale
      3 |   decision: Dredge the north first.
        |             ^
      Add rationale: with the reason, or accept it in D-01: accept: [{rule: decision-without-rationale, figures: {rationale: none}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.registers.decisions import Decision
from milepost.model.portal import Portal


def check(portal: Portal) -> Iterator[Finding]:
    """Each decision without a rationale."""
    for ref, decision in portal.entries_of(Decision):
        if decision.rationale is None:
            yield Finding(
                ref=ref,
                places=(decision.location("decision"),),
                message=f"{decision.id} has no rationale",
                hint="Add rationale: with the reason.",
                figures={"rationale": "none"},
                subjects=(decision,),
            )


RULE = PortalRule("decision-without-rationale", check)
