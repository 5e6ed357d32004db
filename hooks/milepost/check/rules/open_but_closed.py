"""A risk or issue that is open, but has a day on which it was closed, or stands in the list of the closed ones.

Why: its register shows it as open, and a feed tells that it was closed.

Example, in `data/programmes/demo/registers/risks.yml`:

    - id: R-01
      description: The supplier may be late.
      mitigation: Call every week.
      status: open
      closed: 2026-02-10

Output:

    data/programmes/demo/registers/risks.yml:4:11: error[open-but-closed] R-01 is open, but was closed on 2026-02-10
      4 |   status: open
        |           ^
      Write status: closed, or take closed out, or accept it in R-01: accept: [{rule: open-but-closed, figures: {status: open, closed: 2026-02-10}, reason: ...}]
    data/programmes/demo/registers/risks.yml:5:11: error[open-but-closed] R-01 is open, but was closed on 2026-02-10
      5 |   closed: 2026-02-10
        |           ^
      Write status: closed, or take closed out, or accept it in R-01: accept: [{rule: open-but-closed, figures: {status: open, closed: 2026-02-10}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.registers.descriptor import ENDED, ListedEntry
from milepost.data.records.registers.issues import Issue
from milepost.data.records.registers.risks import Risk
from milepost.model.portal import Portal, Ref


def check(portal: Portal) -> Iterator[Finding]:
    """Each open entry with a day of closing, or in the list of the closed ones."""
    for ref, entry in portal.entries_of(ListedEntry):
        if isinstance(entry, Risk | Issue) and entry.status not in ENDED:
            if entry.closed is not None:
                yield _finding(ref, entry, "closed", f"was closed on {entry.closed}")
            if entry.listed == "closed":
                yield _finding(ref, entry, "listed", "is listed as closed")


def _finding(ref: Ref, entry: Risk | Issue, field: str, words: str) -> Finding:
    return Finding(
        ref=ref,
        places=(entry.location("status"), entry.location(field)),
        message=f"{entry.id} is {entry.status}, but {words}",
        hint=f"Write status: closed, or take {field} out.",
        figures={"status": entry.status.value, field: str(getattr(entry, field))},
        subjects=(entry,),
    )


RULE = PortalRule("open-but-closed", check)
