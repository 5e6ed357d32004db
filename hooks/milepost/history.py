"""The dated series of an entity: which figure was reported of it on which day."""

from __future__ import annotations

from datetime import date

from milepost.portal import ProgrammeNode


def dated_figures(programme: ProgrammeNode) -> dict[str, tuple[tuple[date, int], ...]]:
    """The figures of each task that were reported on a day, oldest first: by updates, and by the tracker's row.

    Percentages from 0 to 100; a task without a dated figure is not in it.
    """
    series = {}
    for task in programme.tasks:
        figures = {update.date: update.progress for update in task.record.updates if update.progress is not None}
        if task.row and task.row.date and task.row.progress is not None:
            figures.setdefault(task.row.date, task.row.progress)
        if figures:
            series[task.ref.id] = tuple(sorted(figures.items()))
    return series
