"""The activity: what happened, a page a month, and a list of the months."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from milepost import routes
from milepost.dates import MONTH_NAMES
from milepost.pages.descriptor import ACROSS, Page, PageKind
from milepost.pages.writer import PageWriter
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """The list of months, newest first, and a page for each month in which anything happened."""
    months = [(month, list(happened)) for month, happened in groupby(report.events, lambda event: f"{event.day:%Y-%m}")]
    titles = {month: month_title(month) for month, _ in months}
    yield PageWriter(report, routes.ACTIVITY).page(
        "activity",
        title="Activity",
        description="What happened, month by month, newest first.",
        section=ACROSS,
        months=months,
        titles=titles,
    )
    for place, (month, happened) in enumerate(months):
        yield PageWriter(report, routes.activity_month(month)).page(
            "activity_month",
            title=f"Activity in {titles[month]}",
            description=f"What happened in {titles[month]}: {len(happened)} reports, decisions and completions.",
            section=None,
            month=titles[month],
            happened=happened,
            later=months[place - 1][0] if place else None,
            earlier=months[place + 1][0] if place + 1 < len(months) else None,
            titles=titles,
        )


def month_title(month: str) -> str:
    """A month as people write it: `October 2025` for `2025-10`."""
    year, number = month.split("-")
    return f"{MONTH_NAMES[int(number) - 1]} {year}"


KIND = PageKind("activity", "What happened, a page a month.", make)
