"""What was written: descriptions, reports, days, exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from milepost.data.records.base import Acceptance
from milepost.data.records.update import UpdateKind
from milepost.history.diff.meaning import DAYS, WORDS, Names, ended, meaning, named
from milepost.history.diff.pair import Change, Pair
from milepost.model.portal import Entity, MilestoneNode, Node, ProgrammeNode, TaskNode
from milepost.text.plain import collapse


def name(pair: Pair) -> Iterator[Change]:
    """What it is called."""
    was, now = (entity.ref.id or entity.ref.programme for entity in (pair.before, pair.after))
    if was != now:
        yield Change("name", UpdateKind.CORRECTED, f"{was} is now called {now}.")


def words(pair: Pair) -> Iterator[Change]:
    """What describes it."""
    fields = pair.changed(WORDS)
    if fields:
        text = f"What is written of {pair.name} was corrected: {named(fields)}."
        yield Change("words", UpdateKind.CORRECTED, text)


def reports(pair: Pair) -> Iterator[Change]:
    """Reports that were there before, and were corrected or withdrawn; new ones are events by themselves."""
    earlier, later = pair.names
    before, after = _reports(pair.old, earlier), _reports(pair.new, later)
    for anchor, report in sorted(before.items()):
        if anchor not in after:
            text = f"The report of {anchor} on {pair.name} was withdrawn."
            yield Change(f"withdrawn-{anchor}", UpdateKind.CORRECTED, text)
        elif report != after[anchor]:
            text = f"The report of {anchor} on {pair.name} was corrected."
            yield Change(f"corrected-{anchor}", UpdateKind.CORRECTED, text)


def days(pair: Pair) -> Iterator[Change]:
    """Days that were said before, and are said otherwise now; one that is said for the first time is an event."""
    if isinstance(pair.new, ProgrammeNode):
        return
    fields = pair.changed(DAYS)
    corrected = [field for field in fields if getattr(pair.before.record, field) is not None]
    if corrected:
        text = f"What is said of the days of {pair.name} was corrected: {named(corrected)}."
        yield Change("days", UpdateKind.CORRECTED, text)


def acceptances(pair: Pair) -> Iterator[Change]:
    """The disagreements that are accepted, by their rule."""
    earlier, later = pair.names
    before, after = _acceptances(pair.before), _acceptances(pair.after)
    for rule in sorted(before.keys() | after.keys()):
        if rule not in after:
            yield Change(f"exception-{rule}", UpdateKind.CLOSED, f"{pair.name} no longer has an exception from {rule}.")
        elif meaning(before.get(rule), earlier) != meaning(after[rule], later):
            figures = ", ".join(f"{name} {figure}" for name, figure in sorted(after[rule].figures.items()))
            text = f"{pair.name} has an exception from {rule}, for {figures}: {collapse(after[rule].reason)}"
            yield Change(f"exception-{rule}", UpdateKind.ACCEPTED, ended(text))


def _reports(node: Node | None, names: Names) -> Mapping[str, Any]:
    """The meaning of each dated report, by its anchor."""
    if isinstance(node, ProgrammeNode):
        return {entry.anchor: meaning(entry, names) for entry in node.tracker.activity}
    updates = node.record.updates if isinstance(node, MilestoneNode | TaskNode) else ()
    return {update.anchor: meaning(update, names) for update in updates}


def _acceptances(entity: Entity) -> Mapping[str, Acceptance]:
    return {acceptance.rule: acceptance for acceptance in getattr(entity.record, "accept", ())}
