"""The activity calendar: on which days something happened, and how much.

A column is a week, from Monday down to Sunday; half a year stands beside the names of its months. The more happened on
a day, the larger and stronger its square; the busiest day says how much that was. A half-year in which nothing happened
is passed over, and the last six with anything are shown. Left out where fewer than ten days have an event: the list of
these says it better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from milepost.site.charts.descriptor import Chart, ChartText, Subject
from milepost.site.charts.drawing import Drawing, drawing
from milepost.site.charts.style import WIDTH, room_for
from milepost.text.dates import MONTH_NAMES, in_words
from milepost.text.plain import counted
from milepost.text.sentence import Cited, said_in

FEWEST_DAYS = 10
MOST_HALVES = 6
MONTHS_OF_HALF = 6
MONTHS_OF_YEAR = 12
DAYS_OF_WEEK = 7
WEEKDAYS = {0: "Mon", 2: "Wed", 4: "Fri"}
SIDE = 40.0
"""Room for the names of the weekdays."""
MOST_WEEKS = 28
"""How many weeks half a year can touch."""
PITCH = (WIDTH - SIDE) / MOST_WEEKS
SIZES = (0.6, 0.78, 0.94)
"""The side of a day's square, as a share of its place, from few events to many."""
EMPTY = 0.3
HEAD = 22.0
FOOT = 22.0
SHARES = (1 / 3, 2 / 3)
"""Of the busiest day: where few ends, and some."""

Half = tuple[int, int]
"""A year, and 0 or 1 for its first or its second half."""


@dataclass(frozen=True, slots=True)
class ActivityCalendarData:
    """How many events each day has, oldest first, in the half-years that are shown. is_cut: whether older ones are not.

    as_of: the day as of which the subject is judged.
    """

    title: str
    days: tuple[tuple[date, int], ...]
    as_of: date
    is_cut: bool

    @property
    def total(self) -> int:
        """How many events there are."""
        return sum(count for _, count in self.days)

    @property
    def busiest(self) -> tuple[date, int]:
        """The day with the most events, the last of such days, and how many it has."""
        return max(self.days, key=lambda entry: (entry[1], entry[0]))

    @property
    def months(self) -> tuple[tuple[str, tuple[tuple[date, int], ...]], ...]:
        """The days of each month that has any, by the month's name."""
        months = groupby(self.days, key=lambda entry: (entry[0].year, entry[0].month))
        return tuple((f"{MONTH_NAMES[month - 1]} {year}", tuple(days)) for (year, month), days in months)


def data(subject: Subject) -> ActivityCalendarData | None:
    """The days on which something happened; None where they are fewer than ten."""
    counts = Counter(event.day for event in subject.events)
    halves = sorted({_half(day) for day in counts})[-MOST_HALVES:]
    days = tuple((day, count) for day, count in sorted(counts.items()) if _half(day) in halves)
    if len(days) < FEWEST_DAYS:
        return None
    return ActivityCalendarData(subject.title, days, subject.as_of, is_cut=len(days) < len(counts))


def text(chart: ActivityCalendarData) -> ChartText:
    """The calendar in words: by month."""
    told = "; ".join(
        f"{month} {counted(_sum(days), 'event')} on {counted(len(days), 'day')}" for month, days in chart.months
    )
    beginning = f"Activity of {chart.title}"
    day, count = chart.busiest
    return ChartText(
        finding=Cited(_finding(chart)),
        alternative=Cited(f"{beginning}: {told}. Busiest: {in_words(day)}, with {count}.", said_in(beginning)),
        header=("Month", "Events", "Days", "Busiest day"),
        rows=tuple((month, str(_sum(days)), str(len(days)), _busiest(days)) for month, days in chart.months),
    )


def _finding(chart: ActivityCalendarData) -> str:
    """How much happened on how many days, in which month the most, and when something happened last."""
    since = f"Since {chart.months[0][0]}, " if chart.is_cut else ""
    busiest, days = max(chart.months, key=lambda entry: _sum(entry[1]))
    sentence = f"{since}{chart.total} events on {len(chart.days)} days"
    if len(chart.months) > 1:
        sentence += f", most in {busiest} ({_sum(days)})"
    last = chart.days[-1][0]
    quiet = (chart.as_of - last).days
    ago = f", {counted(quiet, 'day')} before the as-of day" if quiet > 0 else ""
    return f"{sentence}; the last on {in_words(last)}{ago}"


def _busiest(days: tuple[tuple[date, int], ...]) -> str:
    day, count = max(days, key=lambda entry: (entry[1], entry[0]))
    return f"{in_words(day)} ({count})"


def _sum(days: tuple[tuple[date, int], ...]) -> int:
    return sum(count for _, count in days)


def draw(chart: ActivityCalendarData, scheme_name: str) -> str:
    """The calendar as SVG: half a year below the other, the oldest first."""
    counts = dict(chart.days)
    halves = sorted({_half(day) for day in counts})
    height = HEAD + DAYS_OF_WEEK * PITCH + FOOT
    with drawing(len(halves) * height, scheme_name) as drawn:
        for number, half in enumerate(halves):
            _draw_half(drawn, number * height + HEAD, half, chart, counts)
        return drawn.svg()


def _draw_half(drawn: Drawing, top: float, half: Half, chart: ActivityCalendarData, counts: Mapping[date, int]) -> None:
    days = tuple(_days(half))
    first_monday = days[0].toordinal() - days[0].weekday()
    places = {day: (day.toordinal() - first_monday) // DAYS_OF_WEEK for day in days}

    def corner(day: date, size: float) -> tuple[float, float]:
        inset = (1 - size) / 2
        return SIDE + (places[day] + inset) * PITCH, top + (day.weekday() + inset) * PITCH

    drawn.text(str(half[0]), (0, top - HEAD / 2), bold=True)
    for weekday, name in WEEKDAYS.items():
        drawn.text(name, (0, top + (weekday + 0.5) * PITCH), colour=drawn.scheme.faint)
    for month_begins in (day for day in days if day.day == 1):
        name = MONTH_NAMES[month_begins.month - 1][:3]
        drawn.text(name, (SIDE + places[month_begins] * PITCH, top - HEAD / 2), colour=drawn.scheme.faint)
    for weekday in range(DAYS_OF_WEEK):
        (first_x, y), *_, (last_x, _) = (corner(day, EMPTY) for day in days if day.weekday() == weekday)
        dot, y = EMPTY * PITCH, y + EMPTY * PITCH / 2
        row = [(first_x, y), (last_x + dot, y)]
        drawn.line(row, drawn.scheme.track, thickness=dot, dashes=(dot, PITCH - dot))
    day_of_most, most = chart.busiest
    steps = {day: sum(counts[day] > share * most for share in SHARES) for day in days if day in counts}
    for step, (size, colour) in enumerate(zip(SIZES, drawn.scheme.steps, strict=True)):
        corners = [corner(day, size) for day in steps if steps[day] == step]
        drawn.grid(corners, (size * PITCH, size * PITCH), colour, name=f"{half[0]}-{half[1] + 1}-step-{step + 1}")
    if day_of_most in places and most > 1:
        words = f"{most} on {in_words(day_of_most)}"
        x, foot = SIDE + (places[day_of_most] + 0.5) * PITCH, top + DAYS_OF_WEEK * PITCH
        half_room = room_for(words) / 2
        drawn.line([(x, top + (day_of_most.weekday() + 1) * PITCH), (x, foot + 4)], drawn.scheme.text)
        drawn.text(words, (min(max(x, half_room), WIDTH - half_room), foot + FOOT / 2), align="center")


def _half(day: date) -> Half:
    return day.year, (day.month - 1) // MONTHS_OF_HALF


def _days(half: Half) -> Iterator[date]:
    year, number = half
    day = date(year, number * MONTHS_OF_HALF + 1, 1)
    while _half(day) == half:
        yield day
        if day == date.max:
            return
        day += timedelta(days=1)


CHART = Chart(
    name="activity-calendar",
    summary="On which days something happened, and how much.",
    page="changelog",
    data=data,
    text=text,
    draw=draw,
    across="activity",
)
