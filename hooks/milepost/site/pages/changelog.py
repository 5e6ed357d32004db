"""The changelogs, of the portfolio and of each programme: what happened, by snapshot and day, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from milepost.data.records.snapshot import Snapshot
from milepost.model.events import Event, of_programme
from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import portal_list, programme_list, programmes_with


def make(report: Report) -> Iterator[Page]:
    """The portfolio's changelog, and one for each programme in which anything happened."""
    portal = report.portal
    others = list(programmes_with(report, "changelog"))
    yield from portal_list(
        report,
        "changelog",
        description=f"Everything that happened in {portal.portfolio.title}, by day, newest first.",
        heading="Changelog",
        lead="Everything that happened, by day, newest first, each with where it is told and what proves it.",
        editions=every_edition(report.events, portal.snapshots),
        others=others,
    )
    for programme in others:
        summary = f"Everything that happened in {programme.record.title}, by day, newest first."
        yield programme_list(
            report,
            programme,
            "changelog",
            description=summary,
            section=None,
            heading="What happened",
            lead=summary,
            editions=editions(of_programme(report.events, programme.slug), portal.snapshots),
            others=[],
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """What happened up to a snapshot, and since the one before it, by day, newest first; None: since the last one."""

    snapshot: Snapshot | None
    days: tuple[tuple[date, tuple[Event, ...]], ...]


def editions(happened: Iterable[Event], snapshots: Sequence[Snapshot]) -> tuple[Edition, ...]:
    """Events, newest first, by the snapshot that was the first to be made on their day or later; newest first.

    What was reported late stands where its own day puts it.
    """
    by_date = sorted(snapshots, key=lambda snapshot: snapshot.date)

    def first_since(event: Event) -> Snapshot | None:
        return next((snapshot for snapshot in by_date if snapshot.date >= event.day), None)

    def of(events: Iterable[Event]) -> tuple[tuple[date, tuple[Event, ...]], ...]:
        return tuple((day, tuple(same)) for day, same in groupby(events, key=lambda event: event.day))

    return tuple(Edition(snapshot, of(events)) for snapshot, events in groupby(happened, key=first_since))


def every_edition(happened: Iterable[Event], snapshots: Sequence[Snapshot]) -> tuple[Edition, ...]:
    """The same, with the snapshots before which nothing happened that the one before them did not have."""
    told = editions(happened, snapshots)
    empty = {row.id: row for row in snapshots} | {found.snapshot.id: None for found in told if found.snapshot}
    missing = [Edition(row, ()) for row in empty.values() if row is not None]
    # The ledger's order decides between those of one day.
    order = {row.id: place for place, row in enumerate(sorted(snapshots, key=lambda row: row.date))}

    def place(edition: Edition) -> int:
        return order[edition.snapshot.id] if edition.snapshot else len(order)

    return tuple(sorted((*told, *missing), key=place, reverse=True))


KIND = PageKind("changelog", "Everything that happened, by day, newest first, in all and in each programme.", make)
