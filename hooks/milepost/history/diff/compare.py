"""The comparison itself: entities are matched, each change becomes an event, and what is told is not told twice.

Where lists are written in another order, text is wrapped otherwise, or things stand in other files, nothing happened.
An entity is recognised by the name that it was first known by, so a renamed one that lists its old id is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from milepost.data.records.registers import RegisterEntry
from milepost.data.records.registers.decisions import Decision
from milepost.data.records.update import UpdateKind
from milepost.history.diff import plan, state, whole, wording
from milepost.history.diff.meaning import Names, ended
from milepost.history.diff.pair import PROGRAMME, Change, Pair
from milepost.model import routes
from milepost.model.events import Event, Move, events_from_data, newest_first, owners_of
from milepost.model.portal import Entity, Node, Portal, Ref, lasting_name

ASPECTS: tuple[Callable[[Pair], Iterator[Change]], ...] = (
    state.state,
    state.report,
    state.items,
    state.entry_status,
    plan.window,
    plan.entry_criteria,
    plan.exit_criteria,
    plan.scope,
    plan.owner,
    wording.name,
    wording.words,
    wording.reports,
    wording.days,
    wording.acceptances,
    whole.programme,
)
"""All that is compared of an entity."""
NEVER_TOLD = frozenset({UpdateKind.CORRECTED, UpdateKind.RE_SCOPED, UpdateKind.ACCEPTED})
"""Kinds of difference that no report describes."""
STATED = {
    "standing": "completed",
    "entry-criteria-met": "entry-criteria",
    "exit-criteria-met": "exit-criteria",
    "status": "closed",
}
"""The differences that a day which the data states may tell of, and what that day is called: each of its own entity."""
PORTFOLIO = Ref("")
"""What stands for the portfolio itself, which is no entity."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What happened between two portals.

    told: the events that the later data tells of and the earlier did not, with the figures that went along with them.
    found: what differs and nothing tells of. Each newest first.
    """

    told: tuple[Event, ...]
    found: tuple[Event, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """Both, newest first."""
        return newest_first((*self.told, *self.found))


def compare(before: Portal, after: Portal, day: date) -> Comparison:
    """What happened between `before` and `after`; differences that nothing tells of are dated `day`."""
    earlier, later = _Side(before), _Side(after)
    known = {event.key for event in earlier.told}
    fresh = {event.key: event for event in later.told if event.key not in known and later.stood(event.ref, earlier)}
    found = []
    for difference in _differences(earlier, later, day):
        teller = _teller(difference, fresh.values())
        if teller is None:
            found.append(difference)
        else:
            fresh[teller.key] = replace(teller, moves=_joined((*teller.moves, *difference.moves)))
    return Comparison(newest_first(fresh.values()), newest_first(found))


class _Side:
    """A portal, its entities by the names by which they are recognised."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.told = events_from_data(portal)
        entities = portal.entities
        self.names = {ref: lasting_name(entity, entities[Ref(ref.programme)]) for ref, entity in entities.items()}
        self.within = _within(self.names)
        self.by_name = {self.names[ref]: entity for ref, entity in entities.items()}
        self.nodes: dict[Ref, Node] = {}
        self.owners: dict[Ref, str] = {}
        self.holders: dict[Ref, Ref] = {ref: Ref(ref.programme) for ref in entities if ref.id}
        for programme in portal.programmes:
            self.holders |= {part.ref: task.ref for task in programme.tasks for part in task.parts}
            self.nodes |= {node.ref: node for node in programme.nodes}
            self.owners |= owners_of(programme)

    def stood(self, ref: Ref, other: _Side) -> bool:
        """Whether the programme of an entity, or its holder where it is a part, stood on the other side too."""
        return self.names[Ref(ref.programme)] in other.by_name

    def event(self, ref: Ref, day: date, change: Change) -> Event:
        """A change of the entity `ref` as an event."""
        key = f"{self.names[ref]}/{day.isoformat()}/{change.name}"
        route = self.portal.entities[ref].route
        text = change.text
        if text.startswith(PROGRAMME):
            text = PROGRAMME.capitalize() + text.removeprefix(PROGRAMME)
        return Event(ref, day, key, change.kind, text, route, self.owners.get(ref), change.moves)


def _within(names: Mapping[Ref, str]) -> Mapping[str, Names]:
    """The names by which entities are recognised, without that of their programme: by its slug and their ids."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for ref, name in names.items():
        found[ref.programme][ref.id] = name.partition("/")[2]
    return found


def _differences(earlier: _Side, later: _Side, day: date) -> Iterator[Event]:
    for change in whole.portfolio(earlier.portal, later.portal):
        yield Event(PORTFOLIO, day, f"/{day.isoformat()}/{change.name}", change.kind, change.text, routes.OVERVIEW)
    for name, after in later.by_name.items():
        before = earlier.by_name.get(name)
        holder = later.holders.get(after.ref)
        if before is not None:
            yield from _changes(earlier, later, before, after, day)
        elif holder is None or later.names[holder] in earlier.by_name:
            yield _added(later, after, day)
    for name, before in earlier.by_name.items():
        holder = earlier.holders.get(before.ref)
        if name not in later.by_name and (holder is None or earlier.names[holder] in later.by_name):
            yield _removed(earlier, later, before, day)


def _changes(earlier: _Side, later: _Side, before: Entity, after: Entity, day: date) -> Iterator[Event]:
    pair = Pair(
        before,
        after,
        earlier.nodes.get(before.ref),
        later.nodes.get(after.ref),
        earlier.owners.get(before.ref),
        later.owners.get(after.ref),
        (earlier.within[before.ref.programme], later.within[after.ref.programme]),
    )
    for aspect in ASPECTS:
        for change in aspect(pair):
            yield later.event(after.ref, day, change)


def _added(later: _Side, entity: Entity, day: date) -> Event:
    record, ref = entity.record, entity.ref
    if isinstance(record, RegisterEntry):
        kind = UpdateKind.DECIDED if isinstance(record, Decision) else UpdateKind.OPENED
        event = later.event(ref, day, Change(kind.value, kind, record.sentence))
        # The name under which the data tells of it, once it gives the day.
        return replace(event, key=f"{later.names[ref]}/{kind.value}")
    what = f"{ref.id or PROGRAMME} was added" + (f": {entity.title}" if entity.title else "")
    return later.event(ref, day, Change("added", UpdateKind.RE_SCOPED if ref.id else UpdateKind.OPENED, ended(what)))


def _removed(earlier: _Side, later: _Side, entity: Entity, day: date) -> Event:
    title = f": {entity.title}" if entity.title else ""
    key = f"{earlier.names[entity.ref]}/{day.isoformat()}/removed"
    holder = earlier.holders.get(entity.ref)
    if holder is None:
        text = ended(f"The programme {entity.ref.programme} was removed{title}")
        return Event(PORTFOLIO, day, key, UpdateKind.CLOSED, text, routes.OVERVIEW)
    known = later.by_name[earlier.names[holder]]
    text = ended(f"{entity.ref.id} was removed{title}")
    return Event(known.ref, day, key, UpdateKind.RE_SCOPED, text, known.route, later.owners.get(known.ref))


def _teller(difference: Event, fresh: Iterable[Event]) -> Event | None:
    """The event that tells of a difference; None where none does."""
    for event in fresh:
        tells = _reports(event, difference) if event.is_report else _states(event, difference)
        told = difference.kind not in NEVER_TOLD and tells and _agrees(event, difference)
        if told or event.key == difference.key:
            return event
    return None


def _reports(event: Event, difference: Event) -> bool:
    """Whether a report is about the entity of a difference, or names it; that something slipped it must say itself."""
    ref = difference.ref
    is_said = difference.kind is not UpdateKind.SLIPPED or event.kind is UpdateKind.SLIPPED
    return is_said and (event.ref == ref or (event.ref.programme == ref.programme and ref.id in event.refs))


def _states(event: Event, difference: Event) -> bool:
    """Whether a day that an entity states is that of a difference of its own.

    What an entry of a register refers to is not what happened on its day: a risk that is raised for a task does not
    tell how far the task is.
    """
    entity, _, change = difference.key.rpartition(f"/{difference.day.isoformat()}/")
    stated = STATED.get(change)
    is_same = stated is not None and f"{event.key}/".startswith(f"{entity}/{stated}/")
    return is_same and event.kind is difference.kind


def _agrees(event: Event, difference: Event) -> bool:
    """Whether the figures that an event gives are those of the difference, as far as it gives any."""
    given = {move.ref: move.after for move in event.moves}
    return all(given.get(move.ref, move.after) == move.after for move in difference.moves)


def _joined(moves: Iterable[Move]) -> tuple[Move, ...]:
    """Moves, one an entity: a later one knows better from where its figure came."""
    return tuple({move.ref: move for move in moves}.values())
