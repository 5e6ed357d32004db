"""An open risk whose day of review has passed.

Why: nobody has looked at it since, so nobody knows whether it is still as likely. A closed programme is judged as of
its last day.

Example, in `data/programmes/demo/registers/risks.yml`:

    - id: R-01
      description: The supplier may be late.
      mitigation: A second one is asked.
      status: open
      review_by: 2026-04-01

Output:

    data/programmes/demo/registers/risks.yml:5:14: warning[review-overdue] R-01 is open, and was to be reviewed by 2026-04-01, before 2026-11-22, the day of this check
      5 |   review_by: 2026-04-01
        |              ^
      Review it and write the next day, or close it, or accept it in R-01: accept: [{rule: review-overdue, figures: {review_by: 2026-04-01}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.days import as_of_words
from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.registers.risks import Risk
from milepost.diagnostics import Severity
from milepost.model.portal import Portal


def check(portal: Portal) -> Iterator[Finding]:
    """Each open risk that was to be reviewed before the as-of day."""
    for programme in portal.programmes:
        for ref, risk in programme.entries_of(Risk):
            if risk.is_open and risk.review_by is not None and risk.review_by < programme.as_of:
                day = risk.review_by.isoformat()
                yield Finding(
                    ref=ref,
                    places=(risk.location("review_by"),),
                    message=f"{risk.id} is {risk.status}, and was to be reviewed by {day}, "
                    f"before {as_of_words(programme)}",
                    hint="Review it and write the next day, or close it.",
                    figures={"review_by": day},
                    subjects=(risk,),
                )


RULE = PortalRule("review-overdue", check, Severity.WARNING)
