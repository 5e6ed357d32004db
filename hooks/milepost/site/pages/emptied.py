"""The pages that were published once and have nothing to show now, such as a register of which no entry is left."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.pages.descriptor import NOT_SEARCHED, Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page for each that a snapshot has, and that is neither made now, nor said to be elsewhere or removed."""
    for former in report.redirects.pages.values():
        if former.outcome is None:
            yield PageWriter(report, former.address).page(
                "emptied",
                title="Nothing is here any more",
                description=f"Nothing is at {former.address} any more.",
                search=NOT_SEARCHED,
                former=former,
            )


KIND = PageKind("emptied", "A page that was published once and has nothing to show now, and where it is kept.", make)
