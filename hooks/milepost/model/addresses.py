"""The addresses that a portal has: what was published at one is to be found from there for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from milepost.data.records.registers import REGISTERS
from milepost.data.records.tracker import Tracker
from milepost.model import routes
from milepost.model.events import Event
from milepost.model.portal import Portal, ProgrammeNode

LISTS = (
    routes.OVERVIEW,
    routes.ACTIVITY,
    routes.CADENCE,
    routes.CHANGELOG,
    routes.CHECKPOINTS,
    routes.DISAGREEMENTS,
    routes.FEEDS,
    routes.METRICS,
    routes.OWNERS,
    routes.SNAPSHOT_LIST,
    *(routes.portfolio_register(register.name) for register in REGISTERS),
)
"""The pages that every portal has."""


def pages_of(portal: Portal, happened: Iterable[Event]) -> frozenset[str]:
    """The routes of all pages that are made of `portal` and of what happened in it."""
    return frozenset(_pages(portal, tuple(happened)))


def _pages(portal: Portal, happened: tuple[Event, ...]) -> Iterator[str]:
    yield from LISTS
    if portal.removed:
        yield routes.REMOVED
    yield from (routes.activity_month(f"{event.day:%Y-%m}") for event in happened)
    yield from map(routes.owner, portal.people)
    for place, row in enumerate(portal.snapshots):
        yield from (routes.snapshot_page(row.id), routes.then_and_now(row.id))
        if place:
            yield routes.since_the_one_before(row.id)
    moving = {event.ref.programme for event in happened}
    for programme in portal.programmes:
        yield from programme_pages(programme)
        if programme.slug in moving:
            yield routes.programme_changelog(programme.slug)


def programme_pages(programme: ProgrammeNode) -> Iterator[str]:
    """The routes of the pages of one programme, but for its changelog."""
    slug = programme.slug
    yield routes.programme(slug)
    yield from (routes.entity(slug, node.ref.id) for node in programme.work)
    yield from (routes.register(slug, name) for name, entries in programme.registers.items() if entries)
    if programme.tracker != Tracker():
        yield routes.tracker(slug)
    if any(task.sprints for task in programme.tasks):
        yield routes.sprints(slug)
    if any(task.record.coverage for task in programme.tasks):
        yield routes.coverage(slug)
