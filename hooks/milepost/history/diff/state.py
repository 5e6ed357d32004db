"""How an entity stands: figures, statuses, days of completion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.data.records.registers import RegisterEntry
from milepost.data.records.registers.descriptor import ENDED
from milepost.data.records.scalars import Status
from milepost.data.records.update import UpdateKind
from milepost.history.diff.meaning import ended, list_change, recognised, said
from milepost.history.diff.pair import Change, Pair
from milepost.model.events import Move
from milepost.model.portal import SprintNode, TaskNode
from milepost.model.status import Work, is_reported_complete, own_day, status_of
from milepost.text.plain import collapse

TROUBLED = frozenset({Status.AT_RISK, Status.BLOCKED})


def state(pair: Pair) -> Iterator[Change]:
    """Where it stands: its reported figure, its status and its day of completion, as one change."""
    old, new = pair.old, pair.new
    if not isinstance(old, Work) or not isinstance(new, Work) or _facts(old) == _facts(new):
        return
    before, after = _figure(old), _figure(new)
    moves = (Move(new.ref, before, after),) if before != after else ()
    if is_reported_complete(old) != is_reported_complete(new):
        kind, text = _completion(pair.name, new, before, after)
    elif before != after:
        kind, text = _movement(pair.name, before, after)
    elif status_of(old) != status_of(new):
        kind, text = _restatement(pair.name, status_of(old), status_of(new))
    else:
        kind, text = UpdateKind.CORRECTED, f"{pair.name} is now said to have been completed on {said(own_day(new))}."
    yield Change("standing", kind, text, moves)


def report(pair: Pair) -> Iterator[Change]:
    """What the owner of a task reports beside the figure; where the task stands otherwise, it is part of that."""
    old, new = pair.old, pair.new
    if not isinstance(old, TaskNode) or not isinstance(new, TaskNode) or _facts(old) != _facts(new):
        return
    was, now = ((collapse(task.row.note or ""), task.row.date) if task.row else ("", None) for task in (old, new))
    if was != now:
        note, day = now
        dated = f", as of {said(day)}" if day else ""
        text = f"{pair.name} was reported on anew{dated}" + (f": {note}" if note and note != was[0] else "")
        yield Change("report", UpdateKind.PROGRESSED, ended(text))


def items(pair: Pair) -> Iterator[Change]:
    """The figures of a sprint's items, which are told apart by their words."""
    if not isinstance(pair.old, SprintNode) or not isinstance(pair.new, SprintNode):
        return
    old, new = ({collapse(item.text): item for item in node.record.items} for node in (pair.old, pair.new))
    before = recognised(old, new)
    moved = [
        (words, before[words].progress, item.progress)
        for words, item in new.items()
        if words in before and before[words].progress != item.progress
    ]
    if moved:
        changes = "; ".join(f"“{words}” from {said(was)} to {said(now)}" for words, was, now in moved)
        fell = all((now or 0) < (was or 0) for _, was, now in moved)
        kind = UpdateKind.REGRESSED if fell else UpdateKind.PROGRESSED
        yield Change("items", kind, f"Figures of items in {pair.name} moved: {changes}.")
    if len(old) != len(new):
        text = list_change(f"The items of {pair.name}", tuple(old), tuple(new))
        yield Change("item-list", UpdateKind.RE_SCOPED, text)
    elif old.keys() != new.keys():
        yield Change("item-words", UpdateKind.CORRECTED, f"What is written of the items of {pair.name} was corrected.")
    if any(before[words].weight != item.weight for words, item in new.items() if words in before):
        yield Change("item-weights", UpdateKind.RE_SCOPED, f"{pair.name} was re-scoped: the weights of its items.")


def entry_status(pair: Pair) -> Iterator[Change]:
    """The status of an entry of a register."""
    was, now = pair.fields("status")
    if isinstance(pair.after.record, RegisterEntry) and now is not None and was != now:
        reopened = UpdateKind.OPENED if was in ENDED else UpdateKind.PROGRESSED
        kind = UpdateKind.CLOSED if now in ENDED else reopened
        before = f" was {said(was)}, and" if was is not None else ""
        yield Change("status", kind, f"{pair.name}{before} is now {said(now)}.")


def _completion(name: str, new: Work, before: int | None, after: int | None) -> tuple[UpdateKind, str]:
    if is_reported_complete(new):
        origin = "" if before is None or before == after else f", from {before} %"
        return UpdateKind.COMPLETED, f"{name} was completed{origin}."
    place = "" if after is None else f", and stands at {after} %"
    return UpdateKind.REGRESSED, f"{name} is no longer complete{place}."


def _movement(name: str, before: int | None, after: int | None) -> tuple[UpdateKind, str]:
    if after is None:
        return UpdateKind.CORRECTED, f"{name} no longer reports a figure; it stood at {before} %."
    if before is None:
        return UpdateKind.STARTED if after else UpdateKind.PROGRESSED, f"{name} stands at {after} %, its first figure."
    if after < before:
        return UpdateKind.REGRESSED, f"{name} fell from {before} % to {after} %."
    return UpdateKind.PROGRESSED if before else UpdateKind.STARTED, f"{name} moved from {before} % to {after} %."


def _restatement(name: str, was: Status | None, now: Status | None) -> tuple[UpdateKind, str]:
    if now is None:
        return UpdateKind.CORRECTED, f"{name} no longer reports a status."
    text = f"{name} is now {said(now)}" + (f"; it was {said(was)}." if was else ".")
    if now in TROUBLED or (now is Status.NOT_STARTED and was is not None):
        return UpdateKind.REGRESSED, text
    started = now is Status.IN_PROGRESS and was in (None, Status.NOT_STARTED)
    return UpdateKind.STARTED if started else UpdateKind.PROGRESSED, text


def _facts(node: Work) -> tuple[int | None, Status | None, date | None]:
    return _figure(node), status_of(node), own_day(node)


def _figure(node: Work) -> int | None:
    return node.progress.reported.value if node.progress.reported else None
