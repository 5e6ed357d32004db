"""What happened, and when: the events that the changelog and the feeds carry.

An event is told once. A report of an entity is an event; that it was completed or approved on a day is one only where
no report of that day tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from milepost import routes
from milepost.portal import Entity, MilestoneNode, Portal, ProgrammeNode, Ref, TaskNode
from milepost.records.registers.decisions import Decision
from milepost.records.registers.issues import Issue
from milepost.records.registers.risks import Risk
from milepost.records.update import UpdateKind


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an entity on a day.

    key: the entity and event by name, which stays when files move and words are mended: the ground of a feed item's id.
    route: where it is told. refs: what else it concerns, by id.
    """

    ref: Ref
    day: date
    key: str
    kind: UpdateKind
    text: str
    route: str
    evidence: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


def events(portal: Portal) -> tuple[Event, ...]:
    """Every event of the portal, newest first; those of one day by the name of their entity."""
    found = [event for programme in portal.programmes for event in _of_programme(portal, programme)]
    return tuple(sorted(found, key=lambda event: (-event.day.toordinal(), event.key)))


def of_programme(happened: Iterable[Event], slug: str) -> tuple[Event, ...]:
    """The events of one programme, in the order given."""
    return tuple(event for event in happened if event.ref.programme == slug)


def dated_figures(programme: ProgrammeNode) -> dict[str, tuple[tuple[date, int], ...]]:
    """The figures of each task that were reported on a day, oldest first: by updates, and by the tracker's row.

    Percentages from 0 to 100; a task without a dated figure is not in it.
    """
    series = {}
    for task in programme.tasks:
        figures = {update.date: update.progress for update in task.record.updates if update.progress is not None}
        if task.row and task.row.date and task.row.progress is not None:
            figures.setdefault(task.row.date, task.row.progress)
        if figures:
            series[task.ref.id] = tuple(sorted(figures.items()))
    return series


def dated_mean(programme: ProgrammeNode) -> tuple[int, tuple[tuple[date, Fraction], ...]]:
    """How many tasks have dated figures, and their weighted mean on each day that has one, oldest first.

    A percentage from 0 to 100; a task counts for 0 until its first figure.
    """
    series = dated_figures(programme)
    weights = {task.ref.id: task.record.weight for task in programme.tasks}
    whole = sum(weights[task] for task in series)
    dated = sorted((day, task, figure) for task, figures in series.items() for day, figure in figures)
    latest: dict[str, int] = {}
    reached = 0
    means: dict[date, Fraction] = {}
    for day, task, figure in dated:
        reached += weights[task] * (figure - latest.get(task, 0))
        latest[task] = figure
        means[day] = Fraction(reached, whole)
    return len(series), tuple(means.items())


def _of_programme(portal: Portal, programme: ProgrammeNode) -> Iterator[Event]:
    nodes = programme.work
    told = [
        *_activity(portal, programme),
        *(event for node in nodes for event in _updates(node, portal.entities[node.ref])),
    ]
    days = {(entity_id, event.day) for event in told for entity_id in (event.ref.id, *event.refs)}
    yield from told
    for node in nodes:
        for event in _days(node, portal):
            if (node.ref.id, event.day) not in days and (event.ref.id, event.day) not in days:
                yield event
    yield from _register_entries(portal, programme)


def _activity(portal: Portal, programme: ProgrammeNode) -> Iterator[Event]:
    for entry in programme.tracker.activity:
        anchor = routes.update_anchor(entry.date.isoformat(), entry.id)
        first = Ref(programme.slug, entry.refs[0]) if entry.refs else programme.ref
        yield Event(
            ref=portal.entities[first].ref if first in portal.entities else programme.ref,
            day=entry.date,
            key=f"{programme.slug}/activity/{anchor}",
            kind=entry.kind,
            text=entry.text,
            route=f"{routes.tracker(programme.slug)}#{anchor}",
            refs=entry.refs,
        )


def _updates(node: MilestoneNode | TaskNode, entity: Entity) -> Iterator[Event]:
    for update in node.record.updates:
        anchor = routes.update_anchor(update.date.isoformat(), update.id)
        yield Event(
            ref=node.ref,
            day=update.date,
            key=f"{_lasting_name(entity)}/{anchor}",
            kind=update.kind,
            text=update.text,
            route=f"{entity.route}#{anchor}",
            evidence=update.evidence,
            refs=update.refs,
        )


def _days(node: MilestoneNode | TaskNode, portal: Portal) -> Iterator[Event]:
    """The days that an entity states without a report: of its completion, its parts' completion, its approval."""
    if node.record.completed is not None:
        yield _completed(portal.entities[node.ref], node.record.completed)
    for part in node.subtasks if isinstance(node, TaskNode) else ():
        if part.record.completed is not None:
            yield _completed(portal.entities[part.ref], part.record.completed)
    if isinstance(node, MilestoneNode) and node.record.approval is not None:
        approval, entity = node.record.approval, portal.entities[node.ref]
        yield Event(
            ref=node.ref,
            day=approval.date,
            key=f"{_lasting_name(entity)}/approved",
            kind=UpdateKind.APPROVED,
            text=f"The exit of {node.ref.id} was approved.",
            route=entity.route,
            evidence=approval.evidence,
        )


def _register_entries(portal: Portal, programme: ProgrammeNode) -> Iterator[Event]:
    for entry in (entry for entries in programme.registers.values() for entry in entries):
        entity = portal.entities[Ref(programme.slug, entry.id)]
        if isinstance(entry, Decision):
            yield _entry(entity, entry, entry.date, UpdateKind.DECIDED)
        elif isinstance(entry, Risk | Issue):
            for day, kind in ((entry.raised, UpdateKind.OPENED), (entry.closed, UpdateKind.CLOSED)):
                if day is not None:
                    yield _entry(entity, entry, day, kind)


def _completed(entity: Entity, day: date) -> Event:
    text = f"{entity.ref.id} was completed."
    return Event(entity.ref, day, f"{_lasting_name(entity)}/completed", UpdateKind.COMPLETED, text, entity.route)


def _entry(entity: Entity, entry: Decision | Risk | Issue, day: date, kind: UpdateKind) -> Event:
    key = f"{_lasting_name(entity)}/{kind}"
    return Event(entity.ref, day, key, kind, entry.sentence, entity.route, refs=entry.refs)


def _lasting_name(entity: Entity) -> str:
    """The name that an entity was first known by, so that a renamed one keeps the ids of its events."""
    formerly: tuple[str, ...] = getattr(entity.record, "formerly", ())
    return f"{entity.ref.programme}/{formerly[0] if formerly else entity.ref.id}"
