"""The checkpoints of all programmes: what is looked at, and when."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.feeds import calendars
from milepost.model import routes
from milepost.model.titles import LISTS
from milepost.pages.answers import answers
from milepost.pages.descriptor import ACROSS, Page, PageKind
from milepost.pages.tracker_rows import checkpoints
from milepost.pages.writer import PageWriter
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """The one page of checkpoints."""
    yield PageWriter(report, routes.CHECKPOINTS).page(
        "checkpoints",
        title=LISTS[routes.CHECKPOINTS],
        description="What is looked at next, and when, in every programme.",
        section=ACROSS,
        checkpoints=checkpoints(answers(report, report.portal.programmes)),
        calendars=tuple(calendars(report)),
    )


KIND = PageKind("checkpoints", "What is looked at, and when, in every programme.", make)
