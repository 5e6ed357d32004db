"""The feeds: every feed of the portal, and what a feed is."""

from __future__ import annotations

from collections.abc import Iterator

from milepost import routes
from milepost.events import of_programme
from milepost.feeds import FEEDS
from milepost.pages.descriptor import ACROSS, Page, PageKind
from milepost.pages.writer import PageWriter
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """The one page of feeds."""
    portal = report.portal
    feeds: list[tuple[str, str | None, int]] = [(portal.portfolio.title, None, len(report.events))]
    feeds += [
        (programme.record.title, programme.slug, len(of_programme(report.events, programme.slug)))
        for programme in portal.programmes
    ]
    yield PageWriter(report, routes.FEEDS).page(
        "feeds_directory",
        title="Feeds",
        description="Every feed of this portal, and how to subscribe to one.",
        section=ACROSS,
        feeds=feeds,
        formats=FEEDS,
    )


KIND = PageKind("feeds-directory", "Every feed of the portal, and how to subscribe.", make)
