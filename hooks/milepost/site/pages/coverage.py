"""A programme's coverage: what each task does in each domain, as a matrix."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.charts.coverage import domain_name
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import programme_list, programmes_with


def make(report: Report) -> Iterator[Page]:
    """A page for each programme whose tasks say what they cover."""
    for programme in programmes_with(report, "coverage"):
        tasks = [task for task in programme.tasks if task.record.coverage]
        yield programme_list(
            report,
            programme,
            "coverage",
            description=f"What each task of {programme.record.title} does in each domain.",
            is_wide=True,
            tasks=tasks,
            domains={domain: domain_name(domain) for task in tasks for domain in task.record.coverage},
        )


KIND = PageKind("coverage", "What each task of a programme does in each domain.", make)
