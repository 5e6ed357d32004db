"""The burn-up of a programme: the mean of the tasks that have dated figures, from day to day.

A step stands for each day on which a figure was reported; a task counts as nothing before its first. Left out where
fewer than two days have a dated figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from milepost.model.figures import mean_key
from milepost.model.progress import WHOLE, rounded, shown
from milepost.site.charts.descriptor import Chart, ChartText, Subject
from milepost.site.charts.drawing import drawing
from milepost.site.charts.style import WIDTH, room_for
from milepost.text.dates import in_words
from milepost.text.plain import counted
from milepost.text.sentence import Cited, said_in, text_mark

HEIGHT = 160.0
FEWEST_DAYS = 2
START = 3.0
TOP = 10.0
FOOT = 24.0
GAP = 7.0
ABOVE = 12.0
ROOM_ABOVE = 14.0


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
    days = "; ".join(f"{in_words(day)} {rounded(figure)} %" for day, figure in chart.points)
    beginning = f"Mean of the tasks of {chart.programme} that have dated figures, {chart.tasks} in all"
    keys = tuple(mean_key(chart.slug, day) for day, _ in chart.points)
    mean = f"Mean of {counted(chart.tasks, 'task')}"
    finding = Cited(
        f"{mean}: from {rounded(first)} % on {in_words(first_day)} to {rounded(last)} % on {in_words(last_day)}",
        (keys[0], keys[-1]),
    )
    if rounded(first) == rounded(last):
        still = f"{mean}: {rounded(last)} % on {in_words(last_day)}, as on {in_words(first_day)}"
        finding = Cited(still, (keys[-1],))
    return ChartText(
        finding=finding,
        alternative=Cited(f"{beginning}: {days}.", (*said_in(beginning), *keys)),
        header=("Day", "Mean", "Tasks"),
        rows=tuple(
            (in_words(day), Cited(f"{shown(figure)} %", (key,)), str(chart.tasks))
            for (day, figure), key in zip(chart.points, keys, strict=True)
        ),
    )


def draw(chart: BurnUpData, scheme_name: str) -> str:
    """The burn-up as SVG: a step a report, labelled at the first and the last."""
    first_day, last_day = chart.points[0][0], chart.points[-1][0]
    end = WIDTH - room_for(f"{WHOLE} %", bold=True) - GAP
    bottom = HEIGHT - FOOT

    def across(day: date) -> float:
        return START + (end - START) * (day - first_day).days / (last_day - first_day).days

    def up(figure: Fraction) -> float:
        return bottom - (bottom - TOP) * float(figure) / WHOLE

    places = [(across(day), up(figure)) for day, figure in chart.points]
    steps = [places[0]]
    for x, y in places[1:]:
        steps += [(x, steps[-1][1]), (x, y)]
    with drawing(HEIGHT, scheme_name) as drawn:
        scheme = drawn.scheme
        drawn.line([(START, bottom), (end, bottom)], scheme.faint)
        drawn.line(steps, scheme.in_progress, thickness=2, name="burn-up")
        for place in places:
            drawn.dot(place, scheme.in_progress)
        drawn.text(in_words(first_day), (0, bottom + FOOT / 2), colour=scheme.faint)
        drawn.text(in_words(last_day), (end, bottom + FOOT / 2), align="right", colour=scheme.faint)
        (x, y), (day, figure) = places[0], chart.points[0]
        # The line of a small figure lies just above the foot, so the label stands above it; that of a great one, below.
        above = y - ABOVE if y > TOP + ROOM_ABOVE else y + ABOVE
        drawn.text(f"{rounded(figure)} %", (x - START, above), name=text_mark(mean_key(chart.slug, day)))
        (x, y), (day, figure) = places[-1], chart.points[-1]
        drawn.text(f"{rounded(figure)} %", (x + GAP, y), bold=True, name=text_mark(mean_key(chart.slug, day)))
        return drawn.svg()


CHART = Chart(
    name="burn-up",
    summary="The mean of the tasks that have dated figures, from day to day.",
    page="programme",
    data=data,
    text=text,
    draw=draw,
)
