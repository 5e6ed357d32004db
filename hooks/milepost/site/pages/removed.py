"""What was published once and was taken away: a page at each address that it had, and a list, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter, portal_list


def make(report: Report) -> Iterator[Page]:
    """The list, where anything was removed, and a page for each address that was one of a page."""
    removals = sorted(report.portal.removed, key=lambda removal: (-removal.date.toordinal(), removal.what))
    yield from portal_list(
        report,
        "removed",
        description="What was published once and was taken away: when, why, and what took its place.",
        search=None,
        removals=removals,
        addresses={former.name: former.address for former in report.redirects if former.removal},
    )
    for former in report.redirects.pages.values():
        if former.removal is not None:
            yield PageWriter(report, former.address).page(
                "removal",
                title=former.name,
                description=f"{former.name} was removed: {former.removal.reason}",
                former=former,
                removal=former.removal,
            )


KIND = PageKind("removed", "What was published once and was taken away: when, why, and what took its place.", make)
