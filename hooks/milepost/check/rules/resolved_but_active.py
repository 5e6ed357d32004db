"""A risk or issue that is resolved, but stands in the list of the active ones.

Why: a list of active risks is read as what may still go wrong.

Example, in `data/programmes/demo/registers/risks.yml`:

    - id: R-01
      description: The supplier may be late.
      status: resolved
      listed: active

Output:

    data/programmes/demo/registers/risks.yml:3:11: error[resolved-but-active] R-01 is resolved, but listed as active
      3 |   status: resolved
        |           ^
      Write listed: closed, or accept it in R-01: accept: [{rule: resolved-but-active, figures: {status: resolved, listed: active}, reason: ...}]
    data/programmes/demo/registers/risks.yml:4:11: error[resolved-but-active] R-01 is resolved, but listed as active
      4 |   listed: active
        |           ^
      Write listed: closed, or accept it in R-01: accept: [{rule: resolved-but-active, figures: {status: resolved, listed: active}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.registers.descriptor import ENDED, ListedEntry
from milepost.data.records.registers.issues import Issue
from milepost.data.records.registers.risks import Risk
from milepost.model.portal import Portal


def check(portal: Portal) -> Iterator[Finding]:
    """Each entry that has ended and is listed as active."""
    for ref, entry in portal.entries_of(ListedEntry):
        if isinstance(entry, Risk | Issue) and entry.status in ENDED and entry.listed == "active":
            yield Finding(
                ref=ref,
                places=(entry.location("status"), entry.location("listed")),
                message=f"{entry.id} is {entry.status}, but listed as active",
                hint="Write listed: closed.",
                figures={"status": entry.status.value, "listed": "active"},
                subjects=(entry,),
            )


RULE = PortalRule("resolved-but-active", check)
