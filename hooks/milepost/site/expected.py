"""What a report expects of the site that is built of it."""

from __future__ import annotations

from milepost.check.built_site import Expected
from milepost.history.figure_table import figures, names
from milepost.model import routes
from milepost.report import Report
from milepost.text.sentence import PERCENTAGE


def expected_of(report: Report, beside_pages: frozenset[str] = frozenset()) -> Expected:
    """The figures, names and redirects that the site of `report` may show.

    beside_pages: the routes of files that people put beside their pages, and which no setting lists as a script.
    """
    written = {
        page.route: frozenset(found["figure"] for found in PERCENTAGE.finditer(page.prose.text))
        for page in report.content.pages
    }
    titles = (page.title for page in report.content.pages if page.title and PERCENTAGE.search(page.title))
    # A snapshot's own site never gets the folders of the others.
    rows = report.portal.snapshots if report.frozen is None else ()
    return Expected(
        figures=figures(report.portal, report.series, report.events, report.published, report.compared),
        names=tuple(sorted({*names(report.portal), *titles}, key=lambda name: (-len(name), name))),
        written=written,
        redirects=frozenset(report.redirects.pages),
        snapshot_folders=tuple(routes.snapshot(row.id) for row in rows),
        beside_pages=beside_pages,
    )
