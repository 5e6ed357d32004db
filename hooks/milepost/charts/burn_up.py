"""The burn-up of a programme: the mean of the tasks that have dated figures, from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from milepost.charts.descriptor import Chart, ChartText, Subject
from milepost.charts.style import SCHEMES, as_svg, drawing
from milepost.figures import mean_key
from milepost.percentages import Cited, said_in, text_mark
from milepost.progress import WHOLE, rounded, shown

HEIGHT = 170.0
FEWEST_DAYS = 2


@dataclass(frozen=True, slots=True)
class BurnUpData:
    """The mean of `tasks` tasks on each day on which one of them reported a figure, oldest first."""

    programme: str
    slug: str
    tasks: int
    points: tuple[tuple[date, Fraction], ...]


def data(subject: Subject) -> BurnUpData | None:
    """The burn-up of the programme; None where fewer than two days have a dated figure."""
    programme = subject.programme
    points = subject.dated.get(programme.ref, ())
    tasks = sum(task.ref in subject.dated for task in programme.tasks)
    return BurnUpData(programme.record.title, programme.slug, tasks, points) if len(points) >= FEWEST_DAYS else None


def text(chart: BurnUpData) -> ChartText:
    """The burn-up in words."""
    (first_day, first), (last_day, last) = chart.points[0], chart.points[-1]
    days = "; ".join(f"{day.isoformat()} {rounded(figure)} %" for day, figure in chart.points)
    beginning = f"Mean of the tasks of {chart.programme} that have dated figures, {chart.tasks} in all"
    keys = tuple(mean_key(chart.slug, day) for day, _ in chart.points)
    return ChartText(
        finding=Cited(
            f"Mean of {chart.tasks} {'task' if chart.tasks == 1 else 'tasks'}: "
            f"from {rounded(first)} % on {first_day.isoformat()} to {rounded(last)} % on {last_day.isoformat()}",
            (keys[0], keys[-1]),
        ),
        alternative=Cited(f"{beginning}: {days}.", (*said_in(beginning), *keys)),
        header=("Day", "Mean", "Tasks"),
        rows=tuple(
            (day.isoformat(), Cited(f"{shown(figure)} %", (key,)), str(chart.tasks))
            for (day, figure), key in zip(chart.points, keys, strict=True)
        ),
    )


def draw(chart: BurnUpData, scheme_name: str) -> str:
    """The burn-up as SVG: a step a report, labelled at the first and the last."""
    scheme = SCHEMES[scheme_name]
    days = [day.toordinal() for day, _ in chart.points]
    figures = [float(figure) for _, figure in chart.points]
    with drawing(HEIGHT) as figure:
        axes = figure.add_axes((0.06, 0.16, 0.8, 0.76))
        axes.set_xlim(days[0], days[-1])
        axes.set_ylim(0, WHOLE)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(scheme.faint)
        axes.set_xticks([days[0], days[-1]], [chart.points[0][0].isoformat(), chart.points[-1][0].isoformat()])
        axes.set_yticks([])
        axes.tick_params(colors=scheme.faint, length=0)
        axes.get_xticklabels()[0].set_horizontalalignment("left")
        axes.get_xticklabels()[1].set_horizontalalignment("right")
        line = axes.step(days, figures, where="post", color=scheme.progress, lw=2, clip_on=False)
        line[0].set_gid("burn-up")
        axes.plot(days, figures, "o", color=scheme.progress, ms=4, clip_on=False)
        label = f"{rounded(chart.points[-1][1])} %"
        place, offset = (days[-1], figures[-1]), (7, 0)
        last = axes.annotate(label, place, xytext=offset, textcoords="offset points", va="center", color=scheme.text)
        last.set_gid(text_mark(mean_key(chart.slug, chart.points[-1][0])))
        return as_svg(figure)


CHART = Chart(
    name="burn-up",
    summary="The mean of the tasks that have dated figures, from day to day.",
    page="programme",
    data=data,
    text=text,
    draw=draw,
)
