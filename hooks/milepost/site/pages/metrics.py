"""The metrics of all programmes: what is watched, and what it showed."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.model.titles import LISTS
from milepost.report import Report
from milepost.site.pages.descriptor import ACROSS, Page, PageKind
from milepost.site.pages.tracker_rows import metrics
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """The one page of metrics."""
    programmes = report.portal.programmes
    yield PageWriter(report, routes.METRICS).page(
        "metrics",
        title=LISTS[routes.METRICS],
        description="What is watched in every programme, and what it showed.",
        section=ACROSS,
        metrics=[row for programme in programmes for row in metrics(programme)],
    )


KIND = PageKind("metrics", "What is watched, and what it showed.", make)
