"""Where numbers disagree: every disagreement that the data accepts, with its figures, its reason and its end."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import portal_list


def make(report: Report) -> Iterator[Page]:
    """The one page of disagreements."""
    by_programme = [
        (programme, [entry for entry in report.verdict.accepted if entry.finding.ref.programme == programme.slug])
        for programme in report.portal.programmes
    ]
    yield from portal_list(
        report,
        "disagreements",
        description="Every disagreement that the data accepts: both figures, the reason, who accepted it.",
        is_wide=True,
        by_programme=[(programme, entries) for programme, entries in by_programme if entries],
    )


KIND = PageKind("disagreements", "Every disagreement that the data accepts, with figures, reason and end.", make)
