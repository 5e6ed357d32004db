"""What happened, as the data tells it: updates, the activity log, decisions, days of completion and approval.

An event is told once. A report of an entity is an event; that it was completed or approved on a day is one only where
no report of that day tells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from milepost.data.records.milestone import Criteria
from milepost.data.records.registers import RegisterEntry
from milepost.data.records.update import Update, UpdateKind
from milepost.model import routes
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, Ref, TaskNode, lasting_name
from milepost.text.plain import choose


@dataclass(frozen=True, slots=True)
class Move:
    """That an entity's reported figure went from one to another: percentages, 0 to 100; None where there is none."""

    ref: Ref
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an entity on a day.

    key: the entity and event by name, which stays when files move and words are mended: the ground of a feed item's id.
    route: where it is told. owner: the id of whoever answers for the entity, if anyone. moves: the figures that went
    from one to another with it. refs: what else it concerns, by id. is_report: whether somebody reported it, in an
    update or in the activity log; else it is a day that the data states, such as that of a decision.
    """

    ref: Ref
    day: date
    key: str
    kind: UpdateKind
    text: str
    route: str
    owner: str | None = None
    moves: tuple[Move, ...] = ()
    evidence: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    is_report: bool = False

    @property
    def says_moves(self) -> bool:
        """Whether its sentence gives the figures that moved."""
        return all(move.after is None or f"{move.after} %" in self.text for move in self.moves)

    def figure_key(self, move: Move, side: Literal["before", "after"]) -> str:
        """The name across the portal of one of the two figures of a move."""
        return f"{self.key}/{move.ref.id}:{side}"


def events_from_data(portal: Portal) -> tuple[Event, ...]:
    """Every event that the data tells of, newest first."""
    return newest_first(
        event for programme in portal.programmes for event in _EventExtractor(portal, programme).events()
    )


def newest_first(happened: Iterable[Event]) -> tuple[Event, ...]:
    """Events by day, the last first; those of one day by the name of their entity."""
    return tuple(sorted(happened, key=lambda event: (-event.day.toordinal(), event.key)))


def of_programme(happened: Iterable[Event], slug: str) -> tuple[Event, ...]:
    """The events of one programme, in the order given."""
    return tuple(event for event in happened if event.ref.programme == slug)


def subject(portal: Portal, event: Event) -> str:
    """What an event is about, as bare text: `T1 Dredge the basin`; nothing where it is about the whole programme."""
    entity = portal.entities.get(event.ref)
    return entity.label if entity is not None and event.ref.id else ""


def owners_of(programme: ProgrammeNode) -> Mapping[Ref, str]:
    """Who answers for each entity of a programme: its own owner, else that of the task which it is a part of."""
    owners: dict[Ref, str | None] = {programme.ref: programme.record.owner}
    owners |= {milestone.ref: milestone.record.owner for milestone in programme.milestones}
    for task in programme.tasks:
        owners |= {node.ref: getattr(node.record, "owner", None) or task.owner for node in (task, *task.parts)}
    owners |= {ref: entry.owner for ref, entry in programme.entries}
    return {ref: owner for ref, owner in owners.items() if owner is not None}


class _EventExtractor:
    """Tells what happened in one programme."""

    def __init__(self, portal: Portal, programme: ProgrammeNode) -> None:
        self.portal = portal
        self.programme = programme
        self.owners = owners_of(programme)

    def events(self) -> Iterator[Event]:
        told = (*self.activity(), *(event for node in self.programme.work for event in self.updates(node)))
        reports = [replace(event, is_report=True) for event in told]
        days = {(entity_id, event.day) for event in reports for entity_id in (event.ref.id, *event.refs)}
        yield from reports
        for node in self.programme.work:
            for event in self.days(node):
                if (node.ref.id, event.day) not in days and (event.ref.id, event.day) not in days:
                    yield event
        for _, entry in self.programme.entries:
            yield from self.entry(entry)

    def event(
        self,
        ref: Ref,
        day: date,
        name: str,
        kind: UpdateKind,
        text: str,
        *,
        anchor: str = "",
        moves: tuple[Move, ...] = (),
        evidence: tuple[str, ...] = (),
        refs: tuple[str, ...] = (),
    ) -> Event:
        """An event of the entity `ref`, which is called `name` among the entity's events."""
        entity = self.portal.entities[ref]
        key = f"{lasting_name(entity, self.portal.entities[self.programme.ref])}/{name}"
        route = f"{entity.route}#{anchor}" if anchor else entity.route
        return Event(ref, day, key, kind, text, route, self.owners.get(ref), moves, evidence, refs)

    def activity(self) -> Iterator[Event]:
        programme, entities = self.programme, self.portal.entities
        own = lasting_name(entities[programme.ref], entities[programme.ref])
        for entry in programme.tracker.activity:
            anchor = entry.anchor
            first = Ref(programme.slug, entry.refs[0]) if entry.refs else programme.ref
            yield Event(
                ref=first,
                day=entry.date,
                key=f"{own}/activity/{anchor}",
                kind=entry.kind,
                text=entry.text,
                route=f"{routes.tracker(programme.slug)}#{anchor}",
                owner=self.owners.get(first),
                refs=entry.refs,
            )

    def updates(self, node: MilestoneNode | TaskNode) -> Iterator[Event]:
        before = _figures_before(node.record.updates)
        for update in node.record.updates:
            anchor = update.anchor
            moved = update.progress is not None
            yield self.event(
                node.ref,
                update.date,
                anchor,
                update.kind,
                update.text,
                anchor=anchor,
                moves=(Move(node.ref, before[anchor], update.progress),) if moved else (),
                evidence=update.evidence,
                refs=update.refs,
            )

    def days(self, node: MilestoneNode | TaskNode) -> Iterator[Event]:
        """The days that an entity states without a report: of its completion, its parts' completion, its approval."""
        for part in (node, *(node.subtasks if isinstance(node, TaskNode) else ())):
            if part.record.completed is not None:
                text = f"{part.ref.id} was completed."
                yield self.event(part.ref, part.record.completed, "completed", UpdateKind.COMPLETED, text)
        if isinstance(node, MilestoneNode):
            yield from self.criteria(node, "entry", node.record.entry_criteria)
            yield from self.criteria(node, "exit", node.record.exit_criteria)
            if node.record.approval is not None:
                approval, text = node.record.approval, f"The exit of {node.ref.id} was approved."
                kind, evidence = UpdateKind.APPROVED, approval.evidence
                yield self.event(node.ref, approval.date, "approved", kind, text, evidence=evidence)

    def criteria(self, node: MilestoneNode, name: str, block: Criteria | None) -> Iterator[Event]:
        """The days on which criteria of a block were met: one event a day, as criteria have no names of their own."""
        if block is None:
            return
        met: dict[date, list[str]] = defaultdict(list)
        evidence: dict[date, list[str]] = defaultdict(list)
        for criterion in block.criteria:
            if criterion.date is not None and criterion.met is not False:
                met[criterion.date].append(criterion.text)
                evidence[criterion.date].extend(criterion.evidence)
        for day, texts in sorted(met.items()):
            what = choose(len(texts), f"an {name} criterion", f"{len(texts)} {name} criteria")
            text = f"{node.ref.id} met {what}: {'; '.join(text.rstrip('.') for text in texts)}."
            proof = tuple(dict.fromkeys(evidence[day]))
            key = f"{name}-criteria/{day.isoformat()}"
            yield self.event(node.ref, day, key, UpdateKind.COMPLETED, text, evidence=proof)
        if block.achieved is not None and block.achieved.date is not None and block.achieved.date not in met:
            day, text = block.achieved.date, f"{node.ref.id} met all its {name} criteria. {block.achieved.how}"
            key = f"{name}-criteria/{day.isoformat()}"
            yield self.event(node.ref, day, key, UpdateKind.COMPLETED, text, evidence=block.achieved.evidence)

    def entry(self, entry: RegisterEntry) -> Iterator[Event]:
        ref = Ref(self.programme.slug, entry.id)
        for day, kind in entry.days:
            yield self.event(ref, day, kind.value, kind, entry.sentence, refs=entry.refs)


def _figures_before(updates: Iterable[Update]) -> Mapping[str, int | None]:
    """The figure that each update, by its anchor, found: that of the one before it which gives one."""
    found: dict[str, int | None] = {}
    latest = None
    for update in sorted(updates, key=lambda update: update.date):
        found[update.anchor] = latest
        latest = latest if update.progress is None else update.progress
    return found
