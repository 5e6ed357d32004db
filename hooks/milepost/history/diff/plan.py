"""What was planned: windows, criteria, scope, owners."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.data.records.milestone import Criteria
from milepost.data.records.update import UpdateKind
from milepost.data.records.window import Window
from milepost.history.diff.meaning import SCOPE, list_change, meaning, named, recognised, said, series
from milepost.history.diff.pair import Change, Pair
from milepost.model.portal import SprintNode, SubtaskNode, TaskNode
from milepost.text.plain import choose, collapse


def window(pair: Pair) -> Iterator[Change]:
    """When it is planned for: a later end, or a later start for the same end, is a slip."""
    old, new = pair.fields("window")
    if meaning(old) == meaning(new):
        return
    if old is None or new is None:
        text = (
            f"{pair.name} is no longer planned for {_days(old)}."
            if old
            else f"{pair.name} is planned for {_days(new)}."
        )
        yield Change("window", UpdateKind.RE_SCOPED, text)
        return
    text = f"{pair.name} was planned for {_days(old)}, and is now planned for {_days(new)}."
    yield Change("window", UpdateKind.SLIPPED if _is_later(old, new) else UpdateKind.RE_SCOPED, text)


def entry_criteria(pair: Pair) -> Iterator[Change]:
    """The criteria that must hold before a milestone starts."""
    yield from _criteria(pair, "entry")


def exit_criteria(pair: Pair) -> Iterator[Change]:
    """The criteria that must hold before a milestone ends."""
    yield from _criteria(pair, "exit")


def _criteria(pair: Pair, block: str) -> Iterator[Change]:
    """The criteria of a block, which are told apart by their words."""
    old, new = pair.fields(f"{block}_criteria")
    if meaning(old) == meaning(new):
        return
    after = _held(new)
    before = recognised(_held(old), after)
    met = [words for words, holds in after.items() if holds and not before.get(words, False)]
    lost = [words for words, holds in after.items() if not holds and before.get(words, False)]
    if met:
        what = choose(len(met), f"an {block} criterion", f"{len(met)} {block} criteria")
        yield Change(f"{block}-criteria-met", UpdateKind.COMPLETED, f"{pair.name} met {what}: {series(met)}")
    if lost:
        text = f"{pair.name} no longer meets what it met for its {block}: {series(lost)}"
        yield Change(f"{block}-criteria-lost", UpdateKind.REGRESSED, text)
    if len(before) != len(after):
        text = list_change(f"The {block} criteria of {pair.name}", tuple(before), tuple(after))
        yield Change(f"{block}-criteria-list", UpdateKind.RE_SCOPED, text)
    elif not met and not lost:
        text = f"What is written of the {block} criteria of {pair.name} was corrected."
        yield Change(f"{block}-criteria-words", UpdateKind.CORRECTED, text)


def scope(pair: Pair) -> Iterator[Change]:
    """What is to be done, and how: any of the fields that say so."""
    fields = pair.changed(SCOPE - {"owner", "milestones"})
    if isinstance(pair.old, TaskNode) and isinstance(pair.new, TaskNode):
        sides = zip(pair.names, (pair.old.milestones, pair.new.milestones), strict=True)
        before, after = ({names[milestone] for milestone in milestones} for names, milestones in sides)
        fields += ["milestones"] if before != after else []
    if fields:
        yield Change("scope", UpdateKind.RE_SCOPED, f"{pair.name} was re-scoped: {named(sorted(fields))}.")


def owner(pair: Pair) -> Iterator[Change]:
    """Who answers for it."""
    was, now = pair.old_owner, pair.new_owner
    # The owner of a part that names none is its task's, and changes with it.
    inherited = isinstance(pair.new, SubtaskNode | SprintNode) and pair.fields("owner") == (None, None)
    if was != now and not inherited:
        yield Change("owner", UpdateKind.RE_SCOPED, f"{pair.name} went from {was or 'nobody'} to {now or 'nobody'}.")


def _is_later(old: Window, new: Window) -> bool:
    if old.weeks is not None and new.weeks is not None:
        return (new.weeks[1], new.weeks[0]) > (old.weeks[1], old.weeks[0])
    if old.start and old.end and new.start and new.end:
        return (new.end, new.start) > (old.end, old.start)
    return False


def _days(planned: Window) -> str:
    if planned.weeks is not None:
        return f"weeks {planned.weeks[0]} to {planned.weeks[1]}"
    return f"{said(planned.start)} to {said(planned.end)}"


def _held(block: Criteria | None) -> dict[str, bool]:
    """The criteria by their words, and whether each holds."""
    criteria = () if block is None else block.criteria
    achieved = block is not None and block.achieved is not None
    return {collapse(criterion.text): achieved or criterion.met is True for criterion in criteria}
