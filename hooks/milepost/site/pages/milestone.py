"""A milestone's page: where it stands and why, its tasks, criteria, tests, dependencies and reports."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.model.addresses import work_title
from milepost.report import Report
from milepost.site.pages.descriptor import NOT_SEARCHED, Page, PageKind
from milepost.site.pages.neighbours import neighbours
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page a milestone."""
    for programme in report.portal.programmes:
        around = neighbours(programme)
        for milestone in programme.milestones:
            record = milestone.record
            yield PageWriter(report, routes.entity(programme.slug, record.id), programme).page(
                "milestone",
                title=work_title(milestone),
                description=record.objective or f"Milestone {work_title(milestone)} of {programme.record.title}.",
                section=programme.slug,
                search=NOT_SEARCHED,
                milestone=milestone,
                around=around[milestone.ref],
            )


KIND = PageKind("milestone", "One milestone: where it stands and why, its tasks, criteria and reports.", make)
