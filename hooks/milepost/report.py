"""All that pages, charts and feeds draw from: the sound portal, what the rules say of it, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from milepost.check.rules import Verdict
from milepost.check.rules.milestone_overdue import late_milestones
from milepost.check.run import Checked
from milepost.data.pages import Content
from milepost.history.comparisons import Compared, compared
from milepost.history.redirects import OWNERS, Redirects, redirects
from milepost.history.timeline import Dated, Past, Published, all_events, changes, series
from milepost.model import routes
from milepost.model.addresses import pages_of
from milepost.model.backlinks import Backlink, backlinks
from milepost.model.events import Event
from milepost.model.portal import Portal, Ref
from milepost.model.snapshot_info import SnapshotInfo


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """An option as it is written, and what it is for."""

    written: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CommandFacts:
    """A command: how it is called, what it does in paragraphs, its options, and examples that run."""

    name: str
    usage: str
    paragraphs: tuple[str, ...]
    options: tuple[OptionFacts, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that pages, charts, feeds and exports read, made once for a build."""

    portal: Portal
    content: Content
    """The pages that people wrote."""
    verdict: Verdict
    """What the rules found, and what of it is accepted."""
    events: tuple[Event, ...]
    """Everything that happened, newest first."""
    series: Dated
    """The dated figures of each entity that has any."""
    changes: Mapping[str, tuple[Event, ...]]
    """The events that are known from the data's history alone, by the route of the page that lists them."""
    late: Mapping[Ref, date]
    """The last day of each milestone that is open after it."""
    gap: str
    """Why the past is not known whole; empty where it is."""
    backlinks: Mapping[Ref, tuple[Backlink, ...]]
    """Where each entity is named."""
    published: tuple[Published, ...]
    """The snapshots of the ledger whose commits can be read."""
    compared: tuple[Compared, ...]
    """These with one another, and with the present."""
    redirects: Redirects
    """What was at an address once and is not now."""
    pages: frozenset[str]
    """The routes of the pages that are made of the portal, and of those that people wrote."""
    source_address: str
    """Where the project's files can be edited, for links to a line; empty where nothing says so."""
    site_address: str
    """Where the site is published; empty where nothing says so."""
    data: str
    """The digest of the data: SHA-256, in hexadecimal."""
    frozen: SnapshotInfo | None
    """The facts of the snapshot that the site will be, if any."""
    commands: tuple[CommandFacts, ...]
    """The commands of the command line, for the handbook."""

    def route_of(self, name: str) -> str | None:
        """Where a thing stands that a removal may name, such as `fixnado/T9`, `owners/ada` or a page, if anywhere."""
        if name.startswith(OWNERS):
            person = name.removeprefix(OWNERS)
            return routes.owner(person) if person in self.portal.people else None
        entity = self.portal.find(name)
        if entity is not None:
            return entity.route
        return name if name in self.pages else None


def make_report(
    checked: Checked,
    past: Past,
    *,
    source_address: str = "",
    site_address: str = "",
    data: str = "",
    frozen: SnapshotInfo | None = None,
    commands: tuple[CommandFacts, ...] = (),
) -> Report:
    """The report of a sound portal with its past; raises ValueError for one that is not sound."""
    if checked.portal is None or not checked.is_sound:
        raise ValueError("a report is made of a sound portal only")
    portal = checked.portal
    events = all_events(portal, past)
    pages = pages_of(portal, events) | {page.route for page in checked.content.pages}
    return Report(
        portal=portal,
        content=checked.content,
        verdict=checked.verdict,
        events=events,
        series=series(portal, past),
        changes=changes(events),
        late={late.ref: end for programme in portal.programmes for late, end in late_milestones(programme)},
        gap=past.gap,
        backlinks=backlinks(portal),
        published=past.published,
        compared=compared(portal, past.published, portal.as_of),
        redirects=redirects(portal, pages, past.published),
        pages=pages,
        source_address=source_address,
        site_address=site_address,
        data=data,
        frozen=frozen,
        commands=commands,
    )
