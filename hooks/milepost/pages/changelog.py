"""The changelog: everything that happened, by day, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from milepost import routes
from milepost.pages.descriptor import ACROSS, Page, PageKind
from milepost.pages.writer import PageWriter
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """The one changelog."""
    title = report.portal.portfolio.title
    yield PageWriter(report, routes.CHANGELOG).page(
        "changelog",
        title="Changelog",
        description=f"Everything that happened in {title}, by day, newest first.",
        section=ACROSS,
        days=[(day, list(happened)) for day, happened in groupby(report.events, key=lambda event: event.day)],
    )


KIND = PageKind("changelog", "Everything that happened, by day, newest first.", make)
