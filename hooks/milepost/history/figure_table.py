"""Every figure of the portal that a page may show as a percentage, by its key, as `milepost.model.figures` has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Literal

from milepost.history.comparisons import Compared
from milepost.history.timeline import Dated, Published, dated_figures
from milepost.model import routes
from milepost.model.events import Event, Move
from milepost.model.figures import computed_key, dated_key, mean_key, reported_key, row_key, update_key
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, Ref, TaskNode
from milepost.model.progress import Progress
from milepost.text.sentence import PERCENTAGE

FigureKey = Callable[[Event, Move, Literal["before", "after"]], str]
"""Gives the name of one of the two figures of a move of an event."""


def figures(
    portal: Portal,
    dated: Dated,
    happened: Iterable[Event],
    published: Iterable[Published] = (),
    compared: Iterable[Compared] = (),
) -> Mapping[str, Fraction]:
    """Each figure by its name: percentages from 0 to 100, exact."""
    found = _of_portal(portal)
    for then in published:
        folder = routes.snapshot(then.row.id)
        found |= {f"{folder}{key}": figure for key, figure in _of_portal(then.portal).items()}
    for pair in compared:
        for event in pair.comparison.events:
            found |= {key: Fraction(figure) for key, figure in _of_moves(event, pair.figure_key)}
    for programme in portal.programmes:
        found |= {mean_key(programme.slug, day): mean for day, mean in dated.get(programme.ref, ())}
    for event in happened:
        found |= {key: Fraction(figure) for key, figure in _of_moves(event, Event.figure_key)}
    return found


def names(portal: Portal) -> tuple[str, ...]:
    """The texts of the data that pages show as they are, such as titles, where these hold a percentage."""
    return tuple(dict.fromkeys(text for text in _texts(portal) if text and PERCENTAGE.search(text)))


def _of_portal(portal: Portal) -> dict[str, Fraction]:
    return {key: Fraction(figure) for programme in portal.programmes for key, figure in _of_programme(programme)}


def _of_programme(programme: ProgrammeNode) -> Iterator[tuple[str, Fraction | int]]:
    yield from _of_standing(programme.ref, programme.progress)
    for node in programme.work:
        yield from _of_standing(node.ref, node.progress)
        yield from _of_updates(node)
        if isinstance(node, TaskNode):
            for part in node.parts:
                yield from _of_standing(part.ref, part.progress)
            if node.row is not None and node.row.progress is not None:
                yield row_key(node.ref), node.row.progress
    for task, series in dated_figures(programme).items():
        for day, figure in series:
            yield dated_key(Ref(programme.slug, task), day), figure


def _of_moves(event: Event, key: FigureKey) -> Iterator[tuple[str, int]]:
    for move in event.moves:
        if move.before is not None:
            yield key(event, move, "before"), move.before
        if move.after is not None:
            yield key(event, move, "after"), move.after


def _of_standing(ref: Ref, progress: Progress) -> Iterator[tuple[str, Fraction | int]]:
    if progress.reported is not None:
        yield reported_key(ref), progress.reported.value
    for computed in progress.all_computed:
        yield computed_key(ref, progress, computed), computed.value
        for part in computed.counted:
            if part.figure is not None:
                yield part.key, part.figure


def _of_updates(node: MilestoneNode | TaskNode) -> Iterator[tuple[str, int]]:
    dated = [(update.date, update.progress, update) for update in node.record.updates if update.progress is not None]
    for day, figure, update in sorted(dated, key=lambda entry: entry[:2]):
        yield update_key(node.ref, update), figure
        if isinstance(node, MilestoneNode):
            yield dated_key(node.ref, day), figure


def _texts(portal: Portal) -> Iterator[str | None]:
    portfolio = portal.portfolio
    yield from (portfolio.title, portfolio.publisher, portfolio.summary)
    yield from (person.title for person in portal.people.values())
    yield from (entity.title for entity in portal.entities.values())
    for programme in portal.programmes:
        record, tracker = programme.record, programme.tracker
        yield from (record.version, record.source, *record.tracks.values(), tracker.title)
        yield from (link.title for link in record.links)
        yield from (checkpoint.title for checkpoint in tracker.checkpoints)
        yield from (meeting.title for meeting in tracker.cadence)
