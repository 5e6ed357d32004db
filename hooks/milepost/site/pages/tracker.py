"""A programme's tracker: the table as its owners report it, the activity log, checkpoints, cadence and metrics."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model.addresses import PROGRAMME_LISTS
from milepost.report import Report
from milepost.site.feeds import calendars
from milepost.site.pages.answers import answers
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.tracker_rows import checkpoints, meetings, metrics
from milepost.site.pages.writer import programme_list, programmes_with


def make(report: Report) -> Iterator[Page]:
    """A page for each programme that keeps a tracker."""
    planned = {calendar.channel.name for calendar in calendars(report)}
    for programme in programmes_with(report, "tracker"):
        yield programme_list(
            report,
            programme,
            "tracker",
            description=f"What the owners of {programme.record.title} report, what happened, and what is next.",
            is_wide=True,
            heading=PROGRAMME_LISTS["tracker"].title_of(programme),
            checkpoints=checkpoints(answers(report, (programme,))),
            is_in_calendar=programme.slug in planned,
            meetings=meetings(programme),
            metrics=metrics(programme),
            tasks={task.ref.id: task for task in programme.tasks},
        )


KIND = PageKind("tracker", "What a programme's owners report: the table, the log, checkpoints, cadence, metrics.", make)
