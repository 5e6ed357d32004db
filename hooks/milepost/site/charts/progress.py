"""Progress of a programme: each milestone and task with a figure, what its parts give against what is reported.

A bar is filled to the computed figure, a tick stands at the reported one, and the stretch between them is hatched.
Where there would be more than thirty bars, and each milestone has one, these stand alone. Left out where nothing has a
figure.
"""

from __future__ import annotations

from milepost.model.portal import MilestoneNode, TaskNode
from milepost.site.charts.bars import Bars, bar_of, bars_of, draw_bars, in_words
from milepost.site.charts.descriptor import Chart, ChartText, Subject
from milepost.text.plain import choose

MOST_BARS = 30


def data(subject: Subject) -> Bars | None:
    """Each milestone, its tasks below it, then the loose tasks; None where nothing has a figure.

    The milestones alone where there would be more than thirty bars, if each of them has a figure.
    """
    programme = subject.programme
    nodes: list[MilestoneNode | TaskNode] = []
    for milestone in programme.milestones:
        nodes += [milestone, *(task for task in milestone.tasks if task.milestones[0] == milestone.ref.id)]
    nodes += programme.loose_tasks
    bars = tuple(bar for node in nodes if (bar := bar_of(node)) is not None)
    milestones = tuple(bar for bar in bars if bar.is_milestone)
    if len(bars) > MOST_BARS and milestones and len(milestones) == len(programme.milestones):
        bars = milestones
    if any(not bar.is_milestone for bar in bars):
        return bars_of(programme.record.title, bars, "task", programme.tasks)
    return bars_of(programme.record.title, bars, "milestone", programme.milestones)


def text(chart: Bars) -> ChartText:
    """The bars in words."""
    return in_words(chart, _finding(chart), f"Progress of {chart.programme}")


def _finding(chart: Bars) -> str:
    """What the bars show, in a sentence: how many are complete, and how many disagree."""
    disagreeing = sum(bar.disagrees for bar in chart.bars)
    if not disagreeing:
        return chart.tally
    return f"{chart.tally}; {disagreeing} {choose(disagreeing, 'reports', 'report')} another figure than the parts give"


CHART = Chart(
    name="progress",
    summary="Each milestone and task with a figure: what its parts give against what is reported.",
    page="programme",
    data=data,
    text=text,
    draw=draw_bars,
)
