"""The changelogs, of the portfolio and of each programme: what happened, by day, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from milepost import routes
from milepost.events import Event, of_programme
from milepost.pages.descriptor import ACROSS, Page, PageKind
from milepost.pages.writer import PageWriter
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """The portfolio's changelog, and one for each programme in which anything happened."""
    portal = report.portal
    by_programme = {programme.slug: of_programme(report.events, programme.slug) for programme in portal.programmes}
    yield PageWriter(report, routes.CHANGELOG).page(
        "changelog",
        title="Changelog",
        description=f"Everything that happened in {portal.portfolio.title}, by day, newest first.",
        section=ACROSS,
        heading="Changelog",
        lead="Everything that happened, by day, newest first, each with where it is told and what proves it.",
        days=_days(report.events),
        others=[programme for programme in portal.programmes if by_programme[programme.slug]],
    )
    for programme in portal.programmes:
        happened = by_programme[programme.slug]
        if happened:
            title = programme.record.title
            yield PageWriter(report, routes.programme_changelog(programme.slug), programme).page(
                "changelog",
                title=f"Changelog of {title}",
                description=f"Everything that happened in {title}, by day, newest first.",
                section=None,
                heading="What happened",
                lead=f"Everything that happened in {title}, by day, newest first.",
                days=_days(happened),
                others=[],
            )


def _days(happened: Sequence[Event]) -> list[tuple[date, list[Event]]]:
    return [(day, list(same)) for day, same in groupby(happened, key=lambda event: event.day)]


KIND = PageKind("changelog", "Everything that happened, by day, newest first, in all and in each programme.", make)
