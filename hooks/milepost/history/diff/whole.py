"""What belongs to no single entity: a programme's end, its tracker, the portfolio's settings, its people."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.data.records.update import UpdateKind
from milepost.history.diff.meaning import changed, list_change, meaning, named, said
from milepost.history.diff.pair import Change, Pair
from milepost.model.portal import Portal, ProgrammeNode
from milepost.text.plain import collapse

PARTS_OF_TRACKER = {"checkpoints": "checkpoints", "cadence": "meetings", "metrics": "metrics"}
"""What of a tracker is no entity and no report, and what each is called."""
WORDS_OF_TRACKER = frozenset({"title", "updated"})


def programme(pair: Pair) -> Iterator[Change]:
    """That reporting ended or began again, and what a tracker holds beside its rows and its log."""
    old, new = pair.old, pair.new
    if not isinstance(old, ProgrammeNode) or not isinstance(new, ProgrammeNode):
        return
    was, now = old.record.closed, new.record.closed
    if was != now:
        ending = UpdateKind.CORRECTED if was is not None else UpdateKind.CLOSED
        text = f"Reporting has ended: {said(now)}." if now is not None else "Reporting began again."
        yield Change("closed", UpdateKind.OPENED if now is None else ending, text)
    for field, what in PARTS_OF_TRACKER.items():
        before, after = (getattr(node.tracker, field) for node in (old, new))
        earlier, later = pair.names
        if meaning(before, earlier) != meaning(after, later):
            titles = [tuple(collapse(entry.title) for entry in entries) for entries in (before, after)]
            yield Change(field, UpdateKind.RE_SCOPED, list_change(f"The {what}", *titles))
    fields = changed(old.tracker, new.tracker, WORDS_OF_TRACKER)
    if fields:
        yield Change("tracker", UpdateKind.CORRECTED, f"What is written of the tracker was corrected: {named(fields)}.")


def portfolio(before: Portal, after: Portal) -> Iterator[Change]:
    """What changed for all programmes."""
    fields = changed(before.portfolio, after.portfolio, frozenset(type(after.portfolio).model_fields) - {"programmes"})
    if fields:
        pairs = [(field, getattr(before.portfolio, field), getattr(after.portfolio, field)) for field in fields]
        changes = "; ".join(f"{named([field])} from {was} to {now}" for field, was, now in pairs)
        yield Change("portfolio", UpdateKind.RE_SCOPED, f"The portfolio changed: {changes}.")
    was, now = (tuple(person for person in portal.people.values()) for portal in (before, after))
    if meaning(was) != meaning(now):
        text = list_change("The owners", tuple(before.people), tuple(after.people))
        yield Change("people", UpdateKind.CORRECTED, text)
