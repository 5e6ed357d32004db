"""Where numbers disagree: every disagreement that the data accepts, with its figures, its reason and its end."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.model.titles import LISTS
from milepost.report import Report
from milepost.site.pages.descriptor import ACROSS, Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """The one page of disagreements."""
    by_programme = [
        (programme, [entry for entry in report.verdict.accepted if entry.finding.ref.programme == programme.slug])
        for programme in report.portal.programmes
    ]
    yield PageWriter(report, routes.DISAGREEMENTS).page(
        "disagreements",
        title=LISTS[routes.DISAGREEMENTS],
        description="Every disagreement that the data accepts: both figures, the reason, who accepted it.",
        section=ACROSS,
        by_programme=[(programme, entries) for programme, entries in by_programme if entries],
    )


KIND = PageKind("disagreements", "Every disagreement that the data accepts, with figures, reason and end.", make)
