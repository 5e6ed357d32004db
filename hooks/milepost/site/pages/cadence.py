"""The meetings of all programmes: how often, what for, and who meets."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.tracker_rows import meetings
from milepost.site.pages.writer import portal_list


def make(report: Report) -> Iterator[Page]:
    """The one page of meetings."""
    yield from portal_list(
        report,
        "cadence",
        description="The meetings that come round in every programme: how often, what for, and who meets.",
        meetings=[row for programme in report.portal.programmes for row in meetings(programme)],
    )


KIND = PageKind("cadence", "The meetings that come round, and who meets.", make)
