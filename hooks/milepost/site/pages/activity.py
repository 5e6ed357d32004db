"""The activity: what happened, a page a month, and a list of the months."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from milepost.model import routes
from milepost.model.addresses import activity_title, month_title
from milepost.report import Report
from milepost.site.pages.descriptor import SEARCHED_LAST, Page, PageKind
from milepost.site.pages.writer import PageWriter, portal_list


def make(report: Report) -> Iterator[Page]:
    """The list of months, newest first, and a page for each month in which anything happened."""
    months = [(key, list(happened)) for key, happened in groupby(report.events, lambda event: f"{event.day:%Y-%m}")]
    titles = {key: month_title(key) for key, _ in months}
    yield from portal_list(
        report,
        "activity",
        description="What happened, month by month, newest first.",
        months=months,
        titles=titles,
    )
    for place, (key, happened) in enumerate(months):
        yield PageWriter(report, routes.activity_month(key)).page(
            "activity_month",
            title=activity_title(key),
            description=f"What happened in {titles[key]}: {len(happened)} reports, decisions and completions.",
            is_wide=True,
            search=SEARCHED_LAST,
            month=titles[key],
            happened=happened,
            later=months[place - 1][0] if place else None,
            earlier=months[place + 1][0] if place + 1 < len(months) else None,
            titles=titles,
        )


KIND = PageKind("activity", "What happened, a page a month.", make)
