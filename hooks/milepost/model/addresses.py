"""Which pages a portal has, what they are called, and where they are. An address that was published is kept for good.

A list page is named in `LISTS` or `PROGRAMME_LISTS` and nowhere else: its title, its citation, the links to it on the
overview or on the programme's page, and the ids that no programme can have are derived from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from milepost.data.records.registers import REGISTERS, Register
from milepost.data.records.tracker import Tracker
from milepost.model import routes
from milepost.model.events import Event, events_from_data, of_programme
from milepost.model.portal import Entity, MilestoneNode, Portal, ProgrammeNode, TaskNode
from milepost.text.dates import MONTH_NAMES

Count = Callable[[ProgrammeNode, tuple[Event, ...]], int | None]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page that lists something of all programmes. The navigation has these in a section of their own."""

    route: str
    title: str
    exists: Callable[[Portal], bool] | None = None
    """Whether a portal has the page; None where every portal has it, and links to it on its overview."""

    def is_in(self, portal: Portal) -> bool:
        """Whether `portal` has the page."""
        return self.exists is None or self.exists(portal)


@dataclass(frozen=True, slots=True)
class ProgrammeList:
    """A page that lists something of one programme. The programme's page links to it."""

    title: str
    """What it lists: the page `Sprints` of a programme `Harbour` is called `Sprints of Harbour`."""
    count: Count
    """How many entries it has, of a programme and the portal's events; 0: not counted, None: there is no page."""
    link: str = ""
    """The text of links to it on the programme's page, where that is not its title."""
    own_title: Callable[[ProgrammeNode], str | None] = lambda _: None
    """The title that a programme's data gives to the page, None where it gives none."""

    def title_of(self, programme: ProgrammeNode) -> str:
        """The title of the page of `programme`."""
        return self.own_title(programme) or f"{self.title} of {programme.record.title}"

    def link_of(self, programme: ProgrammeNode) -> str:
        """The text of a link to it on the page of `programme`."""
        return self.own_title(programme) or self.link or self.title


def _register(register: Register) -> ProgrammeList:
    return ProgrammeList(register.title, lambda programme, _: len(programme.registers[register.name]) or None)


LISTS: Mapping[str, ListPage] = {
    "disagreements": ListPage("disagreements.html", "Where numbers disagree"),
    "changelog": ListPage("changelog.html", "Changelog"),
    "activity": ListPage("activity.html", "Activity"),
    **{f"registers/{each.name}": ListPage(f"registers/{each.name}.html", each.title) for each in REGISTERS},
    "checkpoints": ListPage("checkpoints.html", "Checkpoints"),
    "cadence": ListPage("who-meets.html", "Who meets"),
    "metrics": ListPage("metrics.html", "Metrics"),
    "owners": ListPage("owners.html", "Owners"),
    "feeds_directory": ListPage("feeds.html", "Feeds"),
    "snapshots": ListPage("snapshots.html", "Snapshots"),
    "removed": ListPage("removed.html", "What was removed", lambda portal: bool(portal.removed)),
}
"""The list pages of a portal, by the name of their template, or that of a register, in the order of the overview."""

PROGRAMME_LISTS: Mapping[str, ProgrammeList] = {
    "changelog": ProgrammeList(
        "Changelog", lambda programme, events: len(of_programme(events, programme.slug)) or None, link="What happened"
    ),
    "tracker": ProgrammeList(
        "Tracker",
        lambda programme, _: None if programme.tracker == Tracker() else len(programme.tracker.rows),
        own_title=lambda programme: programme.tracker.title,
    ),
    "sprints": ProgrammeList(
        "Sprints", lambda programme, _: sum(len(task.sprints) for task in programme.tasks) or None
    ),
    "coverage": ProgrammeList(
        "Coverage", lambda programme, _: 0 if any(task.record.coverage for task in programme.tasks) else None
    ),
    **{each.name: _register(each) for each in REGISTERS},
}
"""The list pages of a programme, by the name of their file, in the order of the programme's page."""

RESERVED = routes.RESERVED | {page.route.partition("/")[0].removesuffix(".html") for page in LISTS.values()}
"""The ids that no programme can have."""


def lists_of(programme: ProgrammeNode, events: tuple[Event, ...]) -> Iterator[tuple[str, ProgrammeList, int]]:
    """The list pages that `programme` has: the route of each, the page, and how many entries it has."""
    for name, page in PROGRAMME_LISTS.items():
        count = page.count(programme, events)
        if count is not None:
            yield routes.programme_list(programme.slug, name), page, count


def pages_of(portal: Portal, events: Iterable[Event]) -> frozenset[str]:
    """The routes of all pages that are made of `portal` and its `events`, but for those of the handbook."""
    return frozenset(route for route, _ in _pages(portal, tuple(events)))


def titles_of(portal: Portal) -> Mapping[str, str]:
    """The title of every page and entity of `portal`, by route; that of an entity names its programme too."""
    programmes = {programme.slug: programme for programme in portal.programmes}
    entities = ((each.route, _entity_title(each, programmes[each.ref.programme])) for each in portal.entities.values())
    return {**dict(_pages(portal, events_from_data(portal))), **dict(entities)}


def month_title(month: str) -> str:
    """A month as people write it: `October 2025` for `2025-10`."""
    year, number = month.split("-")
    return f"{MONTH_NAMES[int(number) - 1]} {year}"


def activity_title(month: str) -> str:
    """The title of the page of a month's activity, the month as `2025-10`."""
    return f"Activity in {month_title(month)}"


def programme_title(programme: ProgrammeNode) -> str:
    """The title of a programme's own page."""
    record = programme.record
    return f"{record.title} {record.version}" if record.version else record.title


def work_title(node: MilestoneNode | TaskNode) -> str:
    """The title of the page of a milestone or task: its id, and its own title where it has one."""
    return _with_id(node.ref.id, node.record.title)


def snapshot_title(name: str) -> str:
    """The title of the page of a snapshot."""
    return f"Snapshot {name}"


def comparison_title(before: str, after: str | None) -> str:
    """The title of the page that compares the snapshot `before` with the snapshot `after`, or with now."""
    return f"Snapshots {before} and {after}" if after else f"Snapshot {before}, then and now"


def _pages(portal: Portal, events: tuple[Event, ...]) -> Iterator[tuple[str, str]]:
    """The route and title of each page."""
    yield routes.OVERVIEW, portal.portfolio.title
    yield from ((page.route, page.title) for page in LISTS.values() if page.is_in(portal))
    for month in {f"{event.day:%Y-%m}" for event in events}:
        yield routes.activity_month(month), activity_title(month)
    yield from ((routes.owner(person.id), person.title) for person in portal.people.values())
    for row in portal.snapshots:
        yield routes.snapshot_page(row.id), snapshot_title(row.id)
        yield routes.compare_with_current(row.id), comparison_title(row.id, None)
    for before, row in pairwise(portal.snapshots):
        yield routes.since_the_one_before(row.id), comparison_title(before.id, row.id)
    for programme in portal.programmes:
        yield routes.programme(programme.slug), programme_title(programme)
        yield from ((routes.entity(programme.slug, node.ref.id), work_title(node)) for node in programme.work)
        yield from ((route, page.title_of(programme)) for route, page, _ in lists_of(programme, events))


def _entity_title(entity: Entity, programme: ProgrammeNode) -> str:
    if not entity.ref.id:
        return programme_title(programme)
    return f"{_with_id(entity.ref.id, entity.title)} ({programme.record.title})"


def _with_id(entity_id: str, title: str | None) -> str:
    return f"{entity_id} · {title}" if title else entity_id
