"""A window that ends before it starts.

Why: its dates cannot both be meant, and it cannot be drawn.

Example, in `data/programmes/demo/milestones.yml`:

    - id: M1
      window: {weeks: [6, 2]}

Output:

    data/programmes/demo/milestones.yml:2:19: error[window-inverted] the window of M1 ends in week 2, before its start in week 6
      2 |   window: {weeks: [6, 2]}
        |                   ^
      Write the earlier one first.
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.model.portal import MilestoneNode, Portal


def check(portal: Portal) -> Iterator[Finding]:
    """Each milestone whose window is the wrong way round."""
    for milestone in portal.milestones:
        yield from _compare(milestone)


def _compare(milestone: MilestoneNode) -> Iterator[Finding]:
    window = milestone.record.window
    if window is None:
        return
    if window.weeks is not None and window.weeks[1] < window.weeks[0]:
        first, last, field = f"week {window.weeks[0]}", f"week {window.weeks[1]}", "weeks"
        sentence = f"ends in {last}, before its start in {first}"
    elif window.start is not None and window.end is not None and window.end < window.start:
        field = "end"
        sentence = f"ends on {window.end.isoformat()}, before its start on {window.start.isoformat()}"
    else:
        return
    yield Finding(
        ref=milestone.ref,
        places=(window.location(field),),
        message=f"the window of {milestone.ref.id} {sentence}",
        hint="Write the earlier one first.",
    )


RULE = PortalRule("window-inverted", check)
