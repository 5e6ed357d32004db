"""The timeline of a programme: each milestone's window as a bar, and the as-of day as a line where it can be placed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from milepost.charts.descriptor import Chart, ChartText, Subject
from milepost.charts.style import SCHEMES, Scheme, as_svg, drawing
from milepost.percentages import Cited
from milepost.portal import MilestoneNode
from milepost.records.window import Window
from milepost.states import State, state_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_HEIGHT = 24.0
TOP = 30.0
BOTTOM = 8.0
DAYS_PER_WEEK = 7
MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Span:
    """A milestone's window on the axis: from `start` to the end of `end`, in weeks or days, and in words."""

    label: str
    title: str
    start: float
    end: float
    words: str
    state: State


@dataclass(frozen=True, slots=True)
class TimelineData:
    """The windows of a programme on one axis. as_of: the place of the as-of day, where the axis has one for it."""

    programme: str
    spans: tuple[Span, ...]
    as_of: float | None
    as_of_day: date
    in_weeks: bool


def data(subject: Subject) -> TimelineData | None:
    """The windows of `programme` in weeks, or in days where every window has days; None where there is no window."""
    programme = subject.programme
    windows = [(node, node.record.window) for node in programme.milestones if node.record.window is not None]
    if not windows:
        return None
    in_weeks = any(window.weeks is not None for _, window in windows)
    start = programme.record.start
    place = _week_place(start) if in_weeks else _day_place
    spans = tuple(span for node, window in windows if (span := _span(node, window, place)) is not None)
    as_of = None
    if not in_weeks or start is not None:
        as_of = place(programme.as_of)
    return TimelineData(programme.record.title, spans, as_of, programme.as_of, in_weeks)


def _week_place(start: date | None) -> Callable[[date], float | None]:
    return lambda day: None if start is None else (day - start).days / DAYS_PER_WEEK


def _day_place(day: date) -> float:
    return float(day.toordinal())


def _span(node: MilestoneNode, window: Window, place: Callable[[date], float | None]) -> Span | None:
    first: float | None
    last: float | None
    if window.weeks is not None:
        first, last = window.weeks
        words = f"week {first}" if first == last else f"weeks {first} to {last}"
    elif window.start is not None and window.end is not None:
        first, last = place(window.start), place(window.end)
        words = f"{window.start.isoformat()} to {window.end.isoformat()}"
    else:
        return None
    if first is None or last is None:
        return None
    return Span(node.ref.id, node.record.title or "", first, last + 1, words, state_of(node))


def text(chart: TimelineData) -> ChartText:
    """The windows in words."""
    sentences = "; ".join(f"{span.label} {span.words}, {span.state.word.lower()}" for span in chart.spans)
    as_of = f" As of {chart.as_of_day.isoformat()}." if chart.as_of is not None else ""
    return ChartText(
        finding=Cited(_finding(chart)),
        alternative=Cited(f"Windows of the milestones of {chart.programme}: {sentences}.{as_of}"),
        header=("Id", "Title", "Window", "State"),
        rows=tuple((span.label, span.title, span.words, span.state.word) for span in chart.spans),
    )


def draw(chart: TimelineData, scheme_name: str) -> str:
    """The windows as SVG, in the order of the data, labelled on the bar's side that has room."""
    scheme = SCHEMES[scheme_name]
    height = TOP + len(chart.spans) * ROW_HEIGHT + BOTTOM
    with drawing(height) as figure:
        axes = figure.add_axes((0.16, BOTTOM / height, 0.8, 1 - (TOP + BOTTOM) / height))
        low, high = _limits(chart)
        axes.set_xlim(low, high)
        axes.set_ylim(len(chart.spans) - 0.5, -0.5)
        axes.set_axis_off()
        for tick, label in _ticks(chart, low, high):
            axes.axvline(tick, color=scheme.track, lw=1, zorder=0)
            axes.text(tick, -0.75, label, ha="center", va="bottom", color=scheme.faint)
        for row, span in enumerate(chart.spans):
            axes.barh(row, span.end - span.start, left=span.start, height=0.5, color=_colour(span.state, scheme))
            beside = axes.get_yaxis_transform()
            axes.text(-0.02, row, span.label, transform=beside, ha="right", va="center", color=scheme.text)
        if chart.as_of is not None and low <= chart.as_of <= high:
            _draw_as_of(axes, chart.as_of, scheme)
        return as_svg(figure)


def _draw_as_of(axes: Axes, place: float, scheme: Scheme) -> None:
    line = axes.axvline(place, color=scheme.text, lw=1.5, ls=(0, (3, 2)))
    line.set_gid("as-of")


def _limits(chart: TimelineData) -> tuple[float, float]:
    places = [place for span in chart.spans for place in (span.start, span.end)]
    return min(places), max(places)


def _ticks(chart: TimelineData, low: float, high: float) -> list[tuple[float, str]]:
    step = max(1, round((high - low) / MOST_TICKS))
    places = [low + step * number for number in range(int((high - low) // step) + 1)]
    if chart.in_weeks:
        return [(place, f"wk {int(place)}" if place == low else str(int(place))) for place in places]
    return [(place, date.fromordinal(int(place)).isoformat()[5:]) for place in places[::2]]


def _colour(state: State, scheme: Scheme) -> str:
    if state is State.COMPLETE:
        return scheme.complete
    return scheme.progress if state is State.IN_PROGRESS else scheme.not_started


def _finding(chart: TimelineData) -> str:
    complete = sum(span.state is State.COMPLETE for span in chart.spans)
    total = len(chart.spans)
    last = max(chart.spans, key=lambda span: span.end)
    return f"{complete} of {total} milestones with a window complete; the last window, of {last.label}, is {last.words}"


CHART = Chart(
    name="timeline",
    summary="The windows of the milestones, and the as-of day.",
    page="programme",
    data=data,
    text=text,
    draw=draw,
)
