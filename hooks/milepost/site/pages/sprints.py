"""A programme's sprints: each with its figures and its items, by task."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import programme_list, programmes_with


def make(report: Report) -> Iterator[Page]:
    """A page for each programme that has sprints."""
    for programme in programmes_with(report, "sprints"):
        yield programme_list(
            report,
            programme,
            "sprints",
            description=f"Sprints of {programme.record.title}: what their items give against what is reported.",
            is_wide=True,
            tasks=[task for task in programme.tasks if task.sprints],
        )


KIND = PageKind("sprints", "A programme's sprints, with their figures and items.", make)
