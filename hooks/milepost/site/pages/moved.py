"""The pages at addresses of before: each leads on to where what stood there stands now."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.pages.descriptor import NOT_SEARCHED, Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page for each address that a page had before, under a name of before."""
    for former in report.redirects.pages.values():
        if former.moved is not None:
            yield PageWriter(report, former.address).page(
                "moved",
                title=former.name,
                description=f"{former.name} is {former.moved.name} now.",
                leads_to=former.moved.route,
                search=NOT_SEARCHED,
                former=former,
                moved=former.moved,
            )


KIND = PageKind("moved", "An address of before, which leads on to where what stood there stands now.", make)
