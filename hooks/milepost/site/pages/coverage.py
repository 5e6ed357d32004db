"""A programme's coverage: what each task does in each domain, as a matrix."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.model.titles import of_coverage
from milepost.report import Report
from milepost.site.charts.coverage import domain_name
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page for each programme whose tasks say what they cover."""
    for programme in report.portal.programmes:
        tasks = [task for task in programme.tasks if task.record.coverage]
        if tasks:
            title = of_coverage(programme)
            domains = dict.fromkeys(domain for task in tasks for domain in task.record.coverage)
            yield PageWriter(report, routes.coverage(programme.slug), programme).page(
                "coverage",
                title=title,
                description=f"What each task of {programme.record.title} does in each domain.",
                section=programme.slug,
                tasks=tasks,
                domains={domain: domain_name(domain) for domain in domains},
            )


KIND = PageKind("coverage", "What each task of a programme does in each domain.", make)
