"""What the site holds: every kind of page, chart and feed, each from what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.report import Report
from milepost.site import pages
from milepost.site.charts import CHARTS
from milepost.site.feeds import FEEDS
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """The one page about the site itself."""
    yield PageWriter(report, routes.SITE_REFERENCE).page(
        "site_reference",
        title="Pages, charts and feeds",
        description="What the site holds: every kind of page, every chart, and the formats of its feeds.",
        kinds=pages.PAGES,
        charts=CHARTS,
        feeds=FEEDS,
    )


KIND = PageKind("site-reference", "This list of pages, charts and feeds.", make)
