"""Everything that was published once and was taken away, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from milepost import routes
from milepost.pages.descriptor import ACROSS, Page, PageKind
from milepost.pages.writer import PageWriter
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """One page, where anything was removed."""
    removals = sorted(report.portal.removed, key=lambda removal: (-removal.date.toordinal(), removal.what))
    if removals:
        yield PageWriter(report, routes.REMOVED).page(
            "removed",
            title="What was removed",
            description="What was published once and was taken away: when, why, and what took its place.",
            section=ACROSS,
            removals=removals,
            addresses={departed.name: departed.address for departed in report.departures if departed.removal},
        )


KIND = PageKind("removed", "What was published once and was taken away: when, why, and what took its place.", make)
