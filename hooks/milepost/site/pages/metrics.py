"""The metrics of all programmes: what is watched, and what it showed."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.tracker_rows import metrics
from milepost.site.pages.writer import portal_list


def make(report: Report) -> Iterator[Page]:
    """The one page of metrics."""
    yield from portal_list(
        report,
        "metrics",
        description="What is watched in every programme, and what it showed.",
        metrics=[row for programme in report.portal.programmes for row in metrics(programme)],
    )


KIND = PageKind("metrics", "What is watched, and what it showed.", make)
