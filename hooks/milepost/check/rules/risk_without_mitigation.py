"""An open risk of which nothing says what is done about it.

Why: a risk that is only watched happens. What was resolved or closed, and what a closed programme left, needs none.

Example, in `data/programmes/demo/registers/risks.yml`:

    - id: R-01
      description: The supplier may be late.
      status: open

Output:

    data/programmes/demo/registers/risks.yml:3:11: warning[risk-without-mitigation] R-01 is open, but has no mitigation
      3 |   status: open
        |           ^
      Add mitigation: with what is done about it, or accept it in R-01: accept: [{rule: risk-without-mitigation, figures: {status: open, mitigation: none}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.registers.risks import Risk
from milepost.diagnostics import Severity
from milepost.model.portal import Portal


def check(portal: Portal) -> Iterator[Finding]:
    """Each open risk of a programme that still reports which has no mitigation."""
    for programme in portal.reporting:
        for ref, risk in programme.entries_of(Risk):
            if risk.is_open and risk.mitigation is None:
                yield Finding(
                    ref=ref,
                    places=(risk.location("status"),),
                    message=f"{risk.id} is {risk.status}, but has no mitigation",
                    hint="Add mitigation: with what is done about it.",
                    figures={"status": risk.status.value, "mitigation": "none"},
                    subjects=(risk,),
                )


RULE = PortalRule("risk-without-mitigation", check, Severity.WARNING)
