"""Updates of one entity, or entries of the activity log, that stand neither oldest first nor newest first.

Why: a reader of the file takes the last one, or the first one, for the newest. A day out of its place is also most
often a day mistyped.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      status: complete
      updates:
        - {date: 2026-03-01, text: The survey began.}
        - {date: 2026-03-09, text: The survey ended.}
        - {date: 2026-03-05, text: Half of it is surveyed.}

Output:

    data/programmes/demo/tasks.yml:5:14: error[update-out-of-order] the updates of T1 stand neither oldest first nor newest first: 2026-03-05 follows 2026-03-09
      5 |     - {date: 2026-03-09, text: The survey ended.}
        |              ^
      Put them in the order of their days, or correct one of the two days.
    data/programmes/demo/tasks.yml:6:14: error[update-out-of-order] the updates of T1 stand neither oldest first nor newest first: 2026-03-05 follows 2026-03-09
      6 |     - {date: 2026-03-05, text: Half of it is surveyed.}
        |              ^
      Put them in the order of their days, or correct one of the two days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.tracker import Activity
from milepost.data.records.update import Update
from milepost.model.portal import Portal, Ref


def check(portal: Portal) -> Iterator[Finding]:
    """Each pair of neighbours that stands against the order of the rest."""
    for programme in portal.programmes:
        for node in programme.work:
            yield from _compare(node.ref, f"the updates of {node.ref.id} stand", node.record.updates)
        yield from _compare(programme.ref, "the entries of the activity log stand", programme.tracker.activity)


def _compare(ref: Ref, words: str, dated: Sequence[Update | Activity]) -> Iterator[Finding]:
    pairs = tuple(pairwise(dated))
    rising = [pair for pair in pairs if pair[0].date < pair[1].date]
    falling = [pair for pair in pairs if pair[0].date > pair[1].date]
    # The order that most of them keep is the one that is meant.
    for before, after in rising if len(rising) < len(falling) else falling:
        yield Finding(
            ref=ref,
            places=(before.location("date"), after.location("date")),
            message=f"{words} neither oldest first nor newest first: {after.date.isoformat()} "
            f"follows {before.date.isoformat()}",
            hint="Put them in the order of their days, or correct one of the two days.",
        )


RULE = PortalRule("update-out-of-order", check)
