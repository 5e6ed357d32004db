"""A programme's sprints: each with its figures and its items, by task."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.model.titles import of_sprints
from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page for each programme that has sprints."""
    for programme in report.portal.programmes:
        tasks = [task for task in programme.tasks if task.sprints]
        if tasks:
            title = of_sprints(programme)
            yield PageWriter(report, routes.sprints(programme.slug), programme).page(
                "sprints",
                title=title,
                description=f"{title}: what their items give against what is reported.",
                section=programme.slug,
                tasks=tasks,
            )


KIND = PageKind("sprints", "A programme's sprints, with their figures and items.", make)
