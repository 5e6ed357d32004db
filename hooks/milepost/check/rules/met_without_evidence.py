"""A criterion that is said to be met, without anything that proves it.

Why: an auditor who cannot look at the proof must take the word for it. Evidence of the block of criteria as a whole
counts for each of them. Closed programmes are left alone.

Example, in `data/programmes/demo/milestones.yml`:

    - id: M1
      exit_criteria:
        - {text: The basin is 9 m deep., met: true}

Output:

    data/programmes/demo/milestones.yml:3:43: warning[met-without-evidence] criterion 1 of the exit of M1 is met, but names no evidence
      3 |     - {text: The basin is 9 m deep., met: true}
        |                                           ^
      Add evidence: [...] with what proves it, or accept it in M1: accept: [{rule: met-without-evidence, figures: {exit criterion 1: met}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.milestone import Criteria
from milepost.diagnostics import Severity
from milepost.model.portal import MilestoneNode, Portal


def check(portal: Portal) -> Iterator[Finding]:
    """Each criterion of a programme that still reports which is met and names no evidence."""
    for programme in portal.reporting:
        for milestone in programme.milestones:
            for side, block in (("entry", milestone.record.entry_criteria), ("exit", milestone.record.exit_criteria)):
                if block is not None and not (block.achieved and block.achieved.evidence):
                    yield from _of_block(milestone, side, block)


def _of_block(milestone: MilestoneNode, side: str, block: Criteria) -> Iterator[Finding]:
    for number, criterion in enumerate(block.criteria, start=1):
        if criterion.met and not criterion.evidence:
            yield Finding(
                ref=milestone.ref,
                places=(criterion.location("met"),),
                message=f"criterion {number} of the {side} of {milestone.ref.id} is met, but names no evidence",
                hint="Add evidence: [...] with what proves it.",
                figures={f"{side} criterion {number}": "met"},
                subjects=(milestone.record,),
            )


RULE = PortalRule("met-without-evidence", check, Severity.WARNING)
