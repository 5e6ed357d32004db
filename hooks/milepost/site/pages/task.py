"""A task's page: where it stands and why, its subtasks, sprints, coverage and reports."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.model.addresses import work_title
from milepost.report import Report
from milepost.site.pages.descriptor import NOT_SEARCHED, Page, PageKind
from milepost.site.pages.neighbours import neighbours
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page a task. Tasks stay out of the navigation: their milestone, or their programme, lists them."""
    for programme in report.portal.programmes:
        around = neighbours(programme)
        for task in programme.tasks:
            record = task.record
            partly_in = [
                (milestone, inclusion)
                for milestone in programme.milestones
                for inclusion, node in milestone.partial
                if node.ref == task.ref
            ]
            yield PageWriter(report, routes.entity(programme.slug, record.id), programme).page(
                "task",
                title=work_title(task),
                description=record.summary or f"Task {work_title(task)} of {programme.record.title}.",
                search=NOT_SEARCHED,
                task=task,
                partly_in=partly_in,
                around=around[task.ref],
            )


KIND = PageKind("task", "One task: where it stands and why, its subtasks, sprints, coverage and reports.", make)
