"""Progress of a programme: each milestone and task with a figure, what its parts give against what is reported.

A bar is filled to the computed figure, a tick stands at the reported one, and the stretch between them is hatched.
Where there would be more than thirty bars, and each milestone has one, these stand alone. Left out where nothing has a
figure.
"""

from __future__ import annotations

from milepost.charts.bars import Bar, Bars, bar_of, draw_bars, sentences
from milepost.charts.descriptor import Chart, ChartText, Subject
from milepost.percentages import Cited
from milepost.portal import MilestoneNode, TaskNode
from milepost.progress import WHOLE

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
    return Bars(programme.record.title, bars) if bars else None


def text(chart: Bars) -> ChartText:
    """The bars in words."""
    return ChartText(
        finding=Cited(_finding(chart.bars)),
        alternative=sentences(f"Progress of {chart.programme}", chart.bars),
        header=("Id", "Title", "Computed", "Reported"),
        rows=tuple(bar.cells for bar in chart.bars),
    )


def _finding(bars: tuple[Bar, ...]) -> str:
    """What the bars show, in a sentence: how many tasks (or milestones) are complete, and how many disagree."""
    disagreeing = [bar.label for bar in bars if bar.disagrees]
    tasks = [bar for bar in bars if not bar.is_milestone]
    counted, word = (tasks, "task") if tasks else (list(bars), "milestone")
    total = len(counted)
    complete = sum(bar.filled == WHOLE for bar in counted)
    untouched = sum(bar.filled == 0 for bar in counted)
    if total == 1:
        state = "is complete" if complete else "has not started" if untouched else "is in progress"
        sentence = f"{counted[0].label} {state}"
    elif complete == total:
        sentence = f"All {total} {word}s are complete"
    elif untouched == total:
        sentence = f"None of the {total} {word}s has started"
    elif not complete:
        started = total - untouched
        sentence = f"None of the {total} {word}s is complete, {started} {'has' if started == 1 else 'have'} started"
    else:
        sentence = f"{complete} of {total} {word}s {'is' if complete == 1 else 'are'} complete"
    if disagreeing:
        verb = "reports" if len(disagreeing) == 1 else "report"
        sentence += f"; {len(disagreeing)} {verb} another figure than the parts give"
    return sentence


CHART = Chart(
    name="progress",
    summary="Each milestone and task with a figure: what its parts give against what is reported.",
    page="programme",
    data=data,
    text=text,
    draw=draw_bars,
)
