"""What pages and entities are called: the same on their page and in a citation of it, also years later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from milepost.data.records.registers import REGISTERS, Register
from milepost.model import routes
from milepost.model.events import told
from milepost.model.portal import Entity, MilestoneNode, Portal, ProgrammeNode, TaskNode
from milepost.text.dates import MONTH_NAMES

LISTS: Mapping[str, str] = {
    routes.ACTIVITY: "Activity",
    routes.CADENCE: "Who meets",
    routes.CHANGELOG: "Changelog",
    routes.CHECKPOINTS: "Checkpoints",
    routes.DISAGREEMENTS: "Where numbers disagree",
    routes.FEEDS: "Feeds",
    routes.METRICS: "Metrics",
    routes.OWNERS: "Owners",
    routes.REMOVED: "Removed",
    routes.SNAPSHOT_LIST: "Snapshots",
    **{routes.portfolio_register(register.name): register.title for register in REGISTERS},
}
"""The pages across programmes, by route."""


def titles_of(portal: Portal) -> Mapping[str, str]:
    """What the pages and entities of `portal` are called, by route; an entity by itself, so with its programme."""
    return dict(_titles(portal))


def month(key: str) -> str:
    """A month as people write it: `October 2025` for `2025-10`."""
    year, number = key.split("-")
    return f"{MONTH_NAMES[int(number) - 1]} {year}"


def of_activity(key: str) -> str:
    """The page of a month's activity, the month as `2025-10`."""
    return f"Activity in {month(key)}"


def of_programme(programme: ProgrammeNode) -> str:
    """A programme's own page."""
    record = programme.record
    return f"{record.title} {record.version}" if record.version else record.title


def of_changelog(programme: ProgrammeNode) -> str:
    """The page of what happened in a programme."""
    return f"Changelog of {programme.record.title}"


def of_coverage(programme: ProgrammeNode) -> str:
    """The page of a programme's coverage."""
    return f"Coverage of {programme.record.title}"


def of_register(register: Register, programme: ProgrammeNode) -> str:
    """The page of one of a programme's registers."""
    return f"{register.title} of {programme.record.title}"


def of_sprints(programme: ProgrammeNode) -> str:
    """The page of a programme's sprints."""
    return f"Sprints of {programme.record.title}"


def of_tracker(programme: ProgrammeNode) -> str:
    """The page of a programme's tracker."""
    return programme.tracker.title or f"Tracker of {programme.record.title}"


def of_work(node: MilestoneNode | TaskNode) -> str:
    """The page of a milestone or task: its id, and its title where it has one."""
    return _by_id(node.ref.id, node.record.title)


def of_snapshot(name: str) -> str:
    """The page that tells of a snapshot."""
    return f"Snapshot {name}"


def of_then_and_now(name: str) -> str:
    """The page that compares a snapshot with what is now."""
    return f"Snapshot {name}, then and now"


def of_two_snapshots(before: str, after: str) -> str:
    """The page that compares a snapshot with the one before it."""
    return f"Snapshots {before} and {after}"


def _titles(portal: Portal) -> Iterator[tuple[str, str]]:
    yield routes.OVERVIEW, portal.portfolio.title
    yield from LISTS.items()
    for key in {f"{event.day:%Y-%m}" for event in told(portal)}:
        yield routes.activity_month(key), of_activity(key)
    for person in portal.people.values():
        yield routes.owner(person.id), person.title
    for row in portal.snapshots:
        yield routes.snapshot_page(row.id), of_snapshot(row.id)
        yield routes.then_and_now(row.id), of_then_and_now(row.id)
    for before, row in pairwise(portal.snapshots):
        yield routes.since_the_one_before(row.id), of_two_snapshots(before.id, row.id)
    programmes = {programme.slug: programme for programme in portal.programmes}
    for slug, programme in programmes.items():
        yield routes.programme_changelog(slug), of_changelog(programme)
        yield routes.coverage(slug), of_coverage(programme)
        yield routes.sprints(slug), of_sprints(programme)
        yield routes.tracker(slug), of_tracker(programme)
        for register in REGISTERS:
            yield routes.register(slug, register.name), of_register(register, programme)
    for entity in portal.entities.values():
        yield entity.route, _of_entity(entity, programmes[entity.ref.programme])


def _of_entity(entity: Entity, programme: ProgrammeNode) -> str:
    if not entity.ref.id:
        return of_programme(programme)
    return f"{_by_id(entity.ref.id, entity.title)} ({programme.record.title})"


def _by_id(entity_id: str, title: str | None) -> str:
    return f"{entity_id} · {title}" if title else entity_id
