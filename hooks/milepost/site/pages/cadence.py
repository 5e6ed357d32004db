"""The meetings of all programmes: how often, what for, and who meets."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.model.titles import LISTS
from milepost.report import Report
from milepost.site.pages.descriptor import ACROSS, Page, PageKind
from milepost.site.pages.tracker_rows import meetings
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """The one page of meetings."""
    programmes = report.portal.programmes
    yield PageWriter(report, routes.CADENCE).page(
        "cadence",
        title=LISTS[routes.CADENCE],
        description="The meetings that come round in every programme: how often, what for, and who meets.",
        section=ACROSS,
        meetings=[row for programme in programmes for row in meetings(programme)],
    )


KIND = PageKind("cadence", "The meetings that come round, and who meets.", make)
