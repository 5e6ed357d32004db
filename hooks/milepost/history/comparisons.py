"""Snapshots beside what came after them: each with the one before it, and with what is now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from milepost.data.records.snapshot import Snapshot
from milepost.history.diff import Comparison, compare
from milepost.history.timeline import Published
from milepost.model import routes
from milepost.model.events import Event, Move
from milepost.model.portal import Portal, Ref


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states of the portal, and what happened between them.

    route: of the page that tells it. before: the snapshot that is the earlier one. after: the later one; None where
    that is what is now. earlier, later: their portals.
    """

    route: str
    before: Snapshot
    after: Snapshot | None
    earlier: Portal
    later: Portal
    comparison: Comparison

    def earlier_name(self, ref: Ref) -> str:
        """What an entity is called among the figures of the earlier state."""
        return f"{routes.snapshot(self.before.id)}{ref}"

    def later_name(self, ref: Ref) -> str:
        """What an entity is called among the figures of the later state."""
        return str(ref) if self.after is None else f"{routes.snapshot(self.after.id)}{ref}"

    def figure_key(self, event: Event, move: Move, side: Literal["before", "after"]) -> str:
        """The name across the portal of one of the two figures of a move: here an event may span several reports."""
        return f"{self.route.removesuffix('.html')}/{event.figure_key(move, side)}"


def compared(portal: Portal, published: Sequence[Published], today: date) -> tuple[Compared, ...]:
    """Each of the published snapshots with `portal`, and with the one before it in the ledger, where both can be had.

    today: the day of differences from now that nothing tells of.
    """
    return tuple(_compared(portal, {found.row.id: found.portal for found in published}, today))


def _compared(portal: Portal, known: dict[str, Portal], today: date) -> Iterator[Compared]:
    for row in portal.snapshots:
        if row.id in known:
            then = known[row.id]
            yield Compared(routes.compare_with_current(row.id), row, None, then, portal, compare(then, portal, today))
    for before, row in pairwise(portal.snapshots):
        if before.id in known and row.id in known:
            then, later = known[before.id], known[row.id]
            route = routes.since_the_one_before(row.id)
            yield Compared(route, before, row, then, later, compare(then, later, row.date))
