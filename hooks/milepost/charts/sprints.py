"""Progress of a programme's sprints: what their items give against what is reported.

A bar is filled to the computed figure, a tick stands at the reported one. Left out where no sprint has a figure.
"""

from __future__ import annotations

from milepost.charts.bars import Bar, Bars, bar_of, draw_bars, sentences
from milepost.charts.descriptor import Chart, ChartText, Subject
from milepost.percentages import Cited
from milepost.progress import WHOLE


def data(subject: Subject) -> Bars | None:
    """A bar a sprint; None where no sprint has a figure."""
    programme = subject.programme
    bars = tuple(bar for task in programme.tasks for sprint in task.sprints if (bar := bar_of(sprint)) is not None)
    return Bars(programme.record.title, bars) if bars else None


def text(chart: Bars) -> ChartText:
    """The bars in words."""
    return ChartText(
        finding=Cited(_finding(chart.bars)),
        alternative=sentences(f"Sprints of {chart.programme}", chart.bars),
        header=("Id", "Title", "Computed", "Reported"),
        rows=tuple(bar.cells for bar in chart.bars),
    )


def _finding(bars: tuple[Bar, ...]) -> str:
    complete, untouched = (sum(bar.filled == figure for bar in bars) for figure in (WHOLE, 0))
    if len(bars) == 1:
        state = "is complete" if complete else "has not started" if untouched else "is in progress"
        return f"{bars[0].label} {state}"
    if untouched == len(bars):
        return f"None of the {len(bars)} sprints has started"
    if complete == len(bars):
        return f"All {len(bars)} sprints are complete"
    if not complete:
        return f"None of the {len(bars)} sprints is complete, {untouched or 'none'} not started"
    return f"{complete} of {len(bars)} sprints {'is' if complete == 1 else 'are'} complete, {untouched} not started"


CHART = Chart(
    name="sprints",
    summary="Each sprint with a figure: what its items give against what is reported.",
    page="sprints",
    data=data,
    text=text,
    draw=draw_bars,
)
