"""The checkpoints of all programmes: what is looked at, and when."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.feeds import calendars
from milepost.site.pages.answers import answers
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.tracker_rows import checkpoints
from milepost.site.pages.writer import portal_list


def make(report: Report) -> Iterator[Page]:
    """The one page of checkpoints."""
    yield from portal_list(
        report,
        "checkpoints",
        description="What is looked at next, and when, in every programme.",
        checkpoints=checkpoints(answers(report, report.portal.programmes)),
        calendars=tuple(calendars(report)),
    )


KIND = PageKind("checkpoints", "What is looked at, and when, in every programme.", make)
