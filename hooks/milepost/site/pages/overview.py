"""The overview: where the portfolio stands, what moved, what is at risk, what is next, and a row a programme."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.report import Report
from milepost.site.pages.descriptor import NOT_SEARCHED, TOP_LEVEL, Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """The one overview."""
    portfolio = report.portal.portfolio
    yield PageWriter(report, routes.OVERVIEW).page(
        "overview",
        title=portfolio.title,
        description=portfolio.summary or f"{portfolio.title}: where every programme stands.",
        section=TOP_LEVEL,
        is_wide=True,
        search=NOT_SEARCHED,
    )


KIND = PageKind("overview", "The whole portfolio at a glance, and a row a programme.", make)
