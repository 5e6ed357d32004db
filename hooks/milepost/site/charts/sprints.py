"""Progress of a programme's sprints: what their items give against what is reported.

A bar is filled to the computed figure, a tick stands at the reported one. Left out where no sprint has a figure.
"""

from __future__ import annotations

from milepost.site.charts.bars import Bars, bar_of, bars_of, draw_bars, in_words
from milepost.site.charts.descriptor import Chart, ChartText, Subject


def data(subject: Subject) -> Bars | None:
    """A bar a sprint; None where no sprint has a figure."""
    programme = subject.programme
    sprints = tuple(sprint for task in programme.tasks for sprint in task.sprints)
    bars = tuple(bar for sprint in sprints if (bar := bar_of(sprint)) is not None)
    return bars_of(programme.record.title, bars, "sprint", sprints)


def text(chart: Bars) -> ChartText:
    """The bars in words."""
    return in_words(chart, chart.tally, f"Sprints of {chart.programme}")


CHART = Chart(
    name="sprints",
    summary="Each sprint with a figure: what its items give against what is reported.",
    page="sprints",
    data=data,
    text=text,
    draw=draw_bars,
)
