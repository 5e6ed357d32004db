"""A milestone that is complete, while one of its exit criteria is said not to be met.

Why: the exit criteria are what complete means. A status, a day of completion, an approval, a figure of 100 %, or that the
criteria are achieved as a whole: each says that they all hold.

Example, in `data/programmes/demo/milestones.yml`:

    - id: M1
      status: complete
      exit_criteria:
        - {text: The basin is 9 m deep., met: true, evidence: [soundings.csv]}
        - {text: No complaint is open., met: false}

Output:

    data/programmes/demo/milestones.yml:2:11: error[complete-with-unmet-criteria] M1 is complete, but criterion 2 of its exit is not met
      2 |   status: complete
        |           ^
      Write that it is met, or take the completion back, or accept it in M1: accept: [{rule: complete-with-unmet-criteria, figures: {status: complete, criterion 2: unmet}, reason: ...}]
    data/programmes/demo/milestones.yml:5:42: error[complete-with-unmet-criteria] M1 is complete, but criterion 2 of its exit is not met
      5 |     - {text: No complaint is open., met: false}
        |                                          ^
      Write that it is met, or take the completion back, or accept it in M1: accept: [{rule: complete-with-unmet-criteria, figures: {status: complete, criterion 2: unmet}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.milestone import Criteria
from milepost.diagnostics import Location
from milepost.model.portal import MilestoneNode, Portal
from milepost.model.status import Statement, says_complete
from milepost.text.plain import choose


def check(portal: Portal) -> Iterator[Finding]:
    """Each milestone that is said to be complete, with the exit criteria that are not met."""
    for milestone in portal.milestones:
        block = milestone.record.exit_criteria
        if block is None:
            continue
        said, unmet = says_complete(milestone) or _achieved(block), _unmet(block)
        if said is not None and unmet:
            yield _finding(milestone, said, unmet)


def _achieved(block: Criteria) -> Statement | None:
    if block.achieved is None:
        return None
    return Statement("criteria", "achieved", "has its exit criteria achieved", block.location("achieved"))


def _unmet(block: Criteria) -> dict[int, Location]:
    """Where each criterion that is not met says so, by its number."""
    return {
        number: criterion.location("met")
        for number, criterion in enumerate(block.criteria, start=1)
        if criterion.met is False
    }


def _finding(milestone: MilestoneNode, said: Statement, unmet: dict[int, Location]) -> Finding:
    names = [f"criterion {number}" for number in unmet]
    figures = {said.name: said.value} | dict.fromkeys(names, "unmet")
    return Finding(
        ref=milestone.ref,
        places=(said.location, *unmet.values()),
        message=f"{milestone.ref.id} {said.words}, but {' and '.join(names)} of its exit {choose(len(names), 'is', 'are')} not met",
        hint="Write that it is met, or take the completion back.",
        figures=figures,
        subjects=(milestone.record,),
        cites=said.cites,
    )


RULE = PortalRule("complete-with-unmet-criteria", check)
