"""What happened, and how figures came to be what they are: from the data, and from the revisions that it had before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from milepost.data.records.snapshot import Snapshot
from milepost.history.diff import compare
from milepost.model import routes
from milepost.model.events import Event, Move, events_from_data, newest_first
from milepost.model.portal import Entity, MilestoneNode, Portal, ProgrammeNode, Ref, TaskNode

WORK = frozenset({"milestone", "task", "subtask", "sprint"})
"""The kinds of entities that have a page of their own for what happened to them, or a place on one."""
Series = tuple[tuple[date, Fraction], ...]
"""Figures by day, oldest first: percentages, 0 to 100."""
Dated = Mapping[Ref, Series]
"""The dated figures of every entity that has any."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published as a snapshot: its row of the ledger, the portal of its commit, and the routes of its pages.

    pages: those made of the portal's data, and those that people wrote. What git tells of the past adds to them, and
    Milepost itself, whose handbook is not the data's. kept: all that its bag holds, where someone has looked.
    titles: what each of `pages` was called there, and each entity, by its route.
    """

    row: Snapshot
    portal: Portal
    pages: frozenset[str]
    titles: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def has(self, route: str) -> bool:
        """Whether it is known to have the page at `route`."""
        return route in self.pages or route in self.kept


@dataclass(frozen=True, slots=True)
class Past:
    """What the data was before: a portal a day on which it changed, oldest first.

    gap: why the repository does not hold all of it, as a sentence for people; empty where it does.
    unreadable: how many days are left out, as their data is not sound to this version.
    published: the snapshots of the ledger whose commits can be read, in its order.
    """

    days: tuple[tuple[date, Portal], ...] = ()
    gap: str = ""
    unreadable: int = 0
    published: tuple[Published, ...] = ()


def all_events(portal: Portal, past: Past) -> tuple[Event, ...]:
    """Everything that happened, newest first: what the data tells of, and what differs between its revisions."""
    known = {event.key: event for event in events_from_data(portal)}
    found: dict[str, Event] = {}
    for (_, before), (day, after) in pairwise(past.days):
        comparison = compare(before, after, day)
        for event in comparison.told:
            if event.key in known:
                known[event.key] = _with_moves(known[event.key], event.moves, portal)
        for event in comparison.found:
            here = _here(event, portal)
            if here is not None and here.key not in known:
                found[here.key] = here
    return newest_first((*known.values(), *found.values()))


def dated_figures(programme: ProgrammeNode) -> dict[str, tuple[tuple[date, int], ...]]:
    """The figures of each task that its data dates, oldest first: by updates, and by the tracker's row.

    Percentages from 0 to 100; a task without a dated figure is not in it.
    """
    return {task.ref.id: figures for task in programme.tasks if (figures := _dated(task))}


def series(portal: Portal, past: Past) -> Dated:
    """The dated figures of every entity that has any.

    The reported figures, by the day that the data gives, else by the day of the revision in which they moved; for what
    reports none, those of its parts rolled up, from day to day.
    """
    by_revision = _by_revision(portal, past)
    found: dict[Ref, Series] = {}
    for programme in portal.programmes:
        for node in (*programme.work, *programme.parts):
            own = dict(_dated(node) if isinstance(node, TaskNode | MilestoneNode) else ())
            figures = {**by_revision.get(node.ref, {}), **own}
            if figures:
                found[node.ref] = tuple((day, Fraction(figure)) for day, figure in sorted(figures.items()))
        for milestone in programme.milestones:
            _roll_up(found, milestone.ref, milestone.tasks)
        _roll_up(found, programme.ref, programme.tasks)
    return found


def _roll_up(found: dict[Ref, Series], ref: Ref, parts: Iterable[TaskNode]) -> None:
    """Add the weighted mean of the parts that have dated figures, a part counting as 0 before its first."""
    weights = {part.ref: part.record.weight for part in parts if part.ref in found}
    if ref in found or not weights:
        return
    latest = dict.fromkeys(weights, Fraction(0))
    points = {}
    for day, ref_of_part, figure in sorted((day, part, figure) for part in weights for day, figure in found[part]):
        latest[ref_of_part] = figure
        points[day] = sum((weights[own] * latest[own] for own in latest), Fraction(0)) / sum(weights.values())
    found[ref] = tuple(sorted(points.items()))


def _dated(node: TaskNode | MilestoneNode) -> tuple[tuple[date, int], ...]:
    figures = {update.date: update.progress for update in node.record.updates if update.progress is not None}
    row = node.row if isinstance(node, TaskNode) else None
    if row and row.date and row.progress is not None:
        figures.setdefault(row.date, row.progress)
    return tuple(sorted(figures.items()))


def _by_revision(portal: Portal, past: Past) -> Mapping[Ref, Mapping[date, int]]:
    """The reported figures by the day of the revision that first said them, of programmes in which any moved since.

    Where none has moved, the day on which the data was entered tells nothing of when a figure was reached.
    """
    said: dict[Ref, dict[date, int]] = {}
    for day, before in past.days:
        for programme in before.programmes:
            for node in (*programme.work, *programme.parts):
                reported, ref = node.progress.reported, portal.former.get(node.ref, node.ref)
                own = said.setdefault(ref, {})
                if reported is not None and (not own or own[max(own)] != reported.value):
                    own[day] = reported.value
    moving = {ref.programme for ref, figures in said.items() if len(figures) > 1}
    return {ref: figures for ref, figures in said.items() if ref.programme in moving}


def _here(event: Event, portal: Portal) -> Event | None:
    """An event of an earlier portal in terms of this one; None where nothing of what it concerns is left."""
    ref = portal.former.get(event.ref, event.ref)
    programme = portal.former.get(Ref(event.ref.programme), Ref(event.ref.programme))
    entity = portal.entities.get(ref) or portal.entities.get(programme)
    if entity is None:
        return None
    owner = event.owner if event.owner in portal.people else None
    moves = _moves_here(event.moves, portal)
    return replace(event, ref=entity.ref, route=_told_at(event, entity), owner=owner, moves=moves)


def _told_at(event: Event, entity: Entity) -> str:
    """Where a change is told: the pages of milestones and tasks list those of them and of their parts."""
    if entity.kind not in WORK:
        return entity.route
    return f"{entity.route.partition('#')[0]}#{routes.change_anchor(event.key)}"


def changes(events: Iterable[Event]) -> Mapping[str, tuple[Event, ...]]:
    """What the revisions alone tell of, by the route of the page that lists it, in the order given."""
    found: dict[str, list[Event]] = {}
    for event in events:
        if routes.is_change(event.route):
            found.setdefault(event.route.partition("#")[0], []).append(event)
    return {page: tuple(listed) for page, listed in found.items()}


def _with_moves(event: Event, moves: Iterable[Move], portal: Portal) -> Event:
    """An event with the figures that moved along with it; it knows its own best, but for where they came from."""
    own = {move.ref: move for move in event.moves}
    for move in _moves_here(moves, portal):
        known = own.get(move.ref)
        own[move.ref] = move if known is None else Move(move.ref, move.before, known.after)
    return replace(event, moves=tuple(own.values()))


def _moves_here(moves: Iterable[Move], portal: Portal) -> tuple[Move, ...]:
    here = (replace(move, ref=portal.former.get(move.ref, move.ref)) for move in moves)
    return tuple(move for move in here if move.ref in portal.entities)
