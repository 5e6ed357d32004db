"""The pages at addresses of before: each leads on to where what stood there stands now."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.pages.descriptor import NOT_SEARCHED, Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page for each address that a page had before, under a name of before."""
    for departed in report.departures.pages.values():
        if departed.moved is not None:
            yield PageWriter(report, departed.address).page(
                "moved",
                title=departed.name,
                description=f"{departed.name} is {departed.moved.name} now.",
                leads_to=departed.moved.route,
                search=NOT_SEARCHED,
                departed=departed,
                moved=departed.moved,
            )


KIND = PageKind("moved", "An address of before, which leads on to where what stood there stands now.", make)
