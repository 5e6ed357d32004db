"""The timeline of a programme: the window of each milestone as a bar, by track, and the as-of day as a line.

A bar has the colour of its milestone's state, whose shape stands before the title; a thin arrow leads to it from each
milestone that it waits for, unless that follows from another arrow. The axis is in weeks, or in days where every window
is. Left out where no milestone has a window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from milepost.data.records.window import Window
from milepost.model.portal import MilestoneNode
from milepost.model.status import State, is_outstanding, state_of
from milepost.site.charts.descriptor import Chart, ChartText, Subject
from milepost.site.charts.drawing import Drawing, drawing
from milepost.site.charts.style import WIDTH, fitted, room_for
from milepost.text.dates import in_words
from milepost.text.plain import choose
from milepost.text.sentence import Cited, said_in

AS_OF = 16.0
"""Room for the as-of day, where the axis has a place for it; the ticks stand below it."""
HEAD = 28.0
TRACK_HEIGHT = 26.0
ROW_HEIGHT = 37.0
TITLE = 9.0
"""How far below the top of its row the title of a milestone stands."""
BAR_TOP = 20.0
BAR = 9.0
FOOT = 4.0
START = 7.0
END = WIDTH - 7.0
SHAPE = 18.0
GAP = 6.0
ARROW_INDENT = 5.0
LIKELY_SHARE = 0.9
"""Of the room that a title may need: what it is likely to take."""
DAYS_PER_WEEK = 7
MOST_WEEKS = 5
MOST_DAYS = 4
DAYS_OF_MONTHS = 62
"""From how many days on the ticks of an axis are months."""
MOST_MONTHS = 5
MONTHS = 12
NEAR = 0.35
"""How far beyond the windows, as a share of their stretch, the as-of day may lie and still be drawn."""
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A milestone's window on the axis: from `start` to the end of `end`, in weeks or days, and in words.

    is_over: whether anything says that it is complete, its approval too: then it is late no more. after: the ids of the
    milestones with a window that it depends on.
    """

    label: str
    title: str
    track: str
    start: float
    end: float
    words: str
    state: State
    is_over: bool
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineData:
    """The windows of a programme on one axis. as_of: the place of the as-of day, where the axis has one for it."""

    programme: str
    spans: tuple[Span, ...]
    as_of: float | None
    as_of_day: date
    in_weeks: bool

    @property
    def late(self) -> tuple[Span, ...]:
        """The milestones that nothing says are complete and whose window has ended, as far as the axis can tell."""
        return tuple(
            span for span in self.spans if self.as_of is not None and span.end <= self.as_of and not span.is_over
        )

    def directly_before(self, span: Span) -> frozenset[str]:
        """The ids of what a milestone depends on, but for what follows from the rest: one that another waits for."""
        by_label = {other.label: other for other in self.spans}
        implied: set[str] = set()
        waiting = list(span.after)
        while waiting:
            before = by_label[waiting.pop()].after
            waiting += [label for label in before if label not in implied]
            implied |= set(before)
        return frozenset(span.after) - implied


def data(subject: Subject) -> TimelineData | None:
    """The windows of the programme by track, in weeks, or in days where every window has days; None without any."""
    programme = subject.programme
    windows = [(node, node.record.window) for node in programme.milestones if node.record.window is not None]
    if not windows:
        return None
    in_weeks = any(window.weeks is not None for _, window in windows)
    start = programme.record.start
    place, one_day = (_week_place(start), 1 / DAYS_PER_WEEK) if in_weeks else (_day_place, 1.0)
    placed = frozenset(node.ref.id for node, _ in windows)
    spans = [span for node, window in windows if (span := _span(node, window, place, one_day, placed)) is not None]
    tracks = list(dict.fromkeys(span.track for span in spans))
    spans.sort(key=lambda span: tracks.index(span.track))
    as_of = None
    if not in_weeks or start is not None:
        as_of = place(programme.as_of)
    return TimelineData(subject.title, tuple(spans), as_of, programme.as_of, in_weeks) if spans else None


def _week_place(start: date | None) -> Callable[[date], float | None]:
    return lambda day: None if start is None else (day - start).days / DAYS_PER_WEEK


def _day_place(day: date) -> float:
    return float(day.toordinal())


def _span(
    node: MilestoneNode,
    window: Window,
    place: Callable[[date], float | None],
    one_day: float,
    placed: frozenset[str],
) -> Span | None:
    first: float | None
    last: float | None
    if window.weeks is not None:
        first, last = window.weeks
        words = f"week {first}" if first == last else f"weeks {first} to {last}"
    elif window.start is not None and window.end is not None:
        first, last = place(window.start), place(window.end)
        words = f"{in_words(window.start)} to {in_words(window.end)}"
    else:
        return None
    if first is None or last is None:
        return None
    end = last + (1 if window.weeks is not None else one_day)
    after = tuple(other for other in node.record.depends_on if other in placed and other != node.ref.id)
    title = node.record.title or ""
    return Span(
        node.ref.id, title, node.record.track, first, end, words, state_of(node), not is_outstanding(node), after
    )


def text(chart: TimelineData) -> ChartText:
    """The windows in words."""
    sentences = "; ".join(_sentence(span) for span in chart.spans)
    as_of = f" As of {in_words(chart.as_of_day)}." if chart.as_of is not None else ""
    return ChartText(
        finding=Cited(_finding(chart)),
        alternative=Cited(
            f"Windows of the milestones of {chart.programme}: {sentences}.{as_of}", said_in(chart.programme)
        ),
        header=("Id", "Title", "Window", "State", "After"),
        rows=tuple(
            (span.label, Cited(span.title, said_in(span.title)), span.words, span.state.word, ", ".join(span.after))
            for span in chart.spans
        ),
    )


def _sentence(span: Span) -> str:
    after = f", after {', '.join(span.after)}" if span.after else ""
    return f"{span.label} {span.words}, {span.state.word.lower()}{after}"


def _finding(chart: TimelineData) -> str:
    """How many milestones are complete, and which are past their window; where no day tells that, the last window."""
    complete, total = sum(span.state is State.COMPLETE for span in chart.spans), len(chart.spans)
    if complete == total:
        return (
            f"All {total} milestones with a window are complete" if total > 1 else f"{chart.spans[0].label} is complete"
        )
    if total == 1:
        only = f"{chart.spans[0].label} is not complete"
        if chart.late:
            return f"{only}, and past its window"
        return f"{only}; its window is {chart.spans[0].words}"
    counted = f"{complete} of" if complete else "None of the"
    sentence = f"{counted} {total} milestones with a window {'is' if complete <= 1 else 'are'} complete"
    if chart.as_of is None:
        last = max(chart.spans, key=lambda span: span.end)
        return f"{sentence}; the last window, of {last.label}, is {last.words}"
    if not chart.late:
        return f"{sentence}; none is past its window"
    late = [span.label for span in chart.late]
    names = " and ".join(late) if len(late) <= MOST_NAMED else str(len(late))
    return f"{sentence}; {names} {choose(len(late), 'is past its', 'are past their')} window"


def draw(chart: TimelineData, scheme_name: str) -> str:
    """The windows as SVG: a row a milestone, its title above its bar."""
    tracks = {track: tuple(spans) for track, spans in groupby(chart.spans, key=lambda span: span.track)}
    head = HEAD if chart.as_of is None else HEAD + AS_OF
    tops, height = _tops(tracks, head)
    low, high = _limits(chart)

    def across(place: float) -> float:
        return START + (END - START) * (place - low) / (high - low)

    with drawing(height, scheme_name) as drawn:
        scheme = drawn.scheme
        _draw_ticks(drawn, tuple(_ticks(chart, low, high)), across, (head, height))
        if chart.as_of is not None:
            _draw_as_of(drawn, chart, (low, high), across, height)
        for span in chart.spans:
            for other in chart.spans:
                if other.label in chart.directly_before(span):
                    _draw_dependency(drawn, (other, tops[other.label]), (span, tops[span.label]), across)
        for track, spans in tracks.items():
            if len(tracks) > 1:
                heading = (0.0, tops[spans[0].label] - TRACK_HEIGHT / 2 + 2)
                drawn.text(str(track).capitalize(), heading, colour=scheme.faint)
            for span in spans:
                _draw_span(drawn, span, tops[span.label], across)
        return drawn.svg()


def _tops(tracks: dict[str, tuple[Span, ...]], head: float) -> tuple[dict[str, float], float]:
    """The top of each milestone's row, below the name of its track where there are several, and the foot of all."""
    tops, top = {}, head
    for spans in tracks.values():
        if len(tracks) > 1:
            top += TRACK_HEIGHT
        for span in spans:
            tops[span.label] = top
            top += ROW_HEIGHT
    return tops, top + FOOT


def _draw_span(drawn: Drawing, span: Span, top: float, across: Callable[[float], float]) -> None:
    drawn.state(span.state, (START, top + TITLE))
    drawn.text(span.label, (SHAPE, top + TITLE), bold=True, name=f"label-{span.label}")
    start = SHAPE + room_for(span.label, bold=True) + GAP
    if span.title:
        # Arrows and lines pass behind the title.
        title = fitted(span.title, WIDTH - start)
        drawn.box((start - 2, top + 2), room_for(title) * LIKELY_SHARE, 2 * TITLE - 4, drawn.scheme.ground)
        drawn.text(title, (start, top + TITLE))
    left, right = across(span.start), across(span.end)
    colour = drawn.scheme.of_state(span.state)
    # What has not begun is hollow, as its shape is.
    is_hollow = span.state in (State.NOT_STARTED, State.UNREPORTED)
    fill, edge = (drawn.scheme.ground, colour) if is_hollow else (colour, None)
    drawn.box((left, top + BAR_TOP), max(right - left, 2), BAR, fill, outline=edge, name=f"window-{span.label}")


def _draw_dependency(
    drawn: Drawing, first: tuple[Span, float], then: tuple[Span, float], across: Callable[[float], float]
) -> None:
    """An arrow from the end of what comes first, down or up to the bar of what comes after it."""
    (before, before_top), (after, after_top) = first, then
    left, right = across(after.start), across(after.end)
    x = min(max(across(before.end) - ARROW_INDENT, left + ARROW_INDENT), max(right - ARROW_INDENT, left + 2))
    goes_down = after_top > before_top
    leaves = before_top + BAR_TOP + (BAR if goes_down else 0)
    reaches = after_top + BAR_TOP + (0 if goes_down else BAR)
    end = across(before.end)
    start = [(x, leaves)] if across(before.start) <= x <= end else [(end, leaves - BAR / 2), (x, leaves - BAR / 2)]
    drawn.arrow([*start, (x, reaches)], drawn.scheme.faint, name=f"from-{before.label}-to-{after.label}")


def _draw_ticks(
    drawn: Drawing,
    ticks: tuple[tuple[float, str], ...],
    across: Callable[[float], float],
    reach: tuple[float, float],
) -> None:
    """The ticks, from their labels down to the foot, with a label wherever the one before it leaves room."""
    (head, foot), taken = reach, 0.0
    for place, label in ticks:
        x = across(place)
        drawn.line([(x, head - 6), (x, foot)], drawn.scheme.track)
        half = room_for(label) / 2
        middle = min(max(x, half), WIDTH - half)
        if middle - half >= taken:
            drawn.text(label, (middle, head - HEAD / 2), align="center", colour=drawn.scheme.faint)
            taken = middle + half + GAP


def _draw_as_of(
    drawn: Drawing,
    chart: TimelineData,
    limits: tuple[float, float],
    across: Callable[[float], float],
    height: float,
) -> None:
    """The as-of day: a line where it is on the axis, else words that say on which side of it the day lies."""
    words, place = f"As of {in_words(chart.as_of_day)}", chart.as_of or 0.0
    if place < limits[0]:
        drawn.text(f"← {words}", (0, 8))
    elif place > limits[1]:
        drawn.text(f"{words} →", (WIDTH, 8), align="right")
    else:
        half = room_for(words) / 2
        x = across(place)
        drawn.text(words, (min(max(x, half), WIDTH - half), 8), align="center")
        drawn.line([(x, AS_OF), (x, height)], drawn.scheme.text, thickness=1.4, dashes=(4, 3), name="as-of")


def _limits(chart: TimelineData) -> tuple[float, float]:
    """The ends of the axis: those of the windows, and the as-of day where it is near them."""
    places = [place for span in chart.spans for place in (span.start, span.end)]
    low, high = min(places), max(places)
    reach = (high - low) * NEAR
    if chart.as_of is not None and low - reach <= chart.as_of <= high + reach:
        return min(low, chart.as_of), max(high, chart.as_of)
    return low, high


def _ticks(chart: TimelineData, low: float, high: float) -> Iterator[tuple[float, str]]:
    if chart.in_weeks:
        first = int(-(-low // 1))
        step = max(1, round((high - low) / MOST_WEEKS))
        for number, week in enumerate(range(first, int(high) + 1, step)):
            yield week, f"Week {week}" if number == 0 else str(week)
    elif high - low >= DAYS_OF_MONTHS:
        yield from _months(date.fromordinal(int(low)), date.fromordinal(int(high) - 1))
    else:
        step = -(-int(high - low) // MOST_DAYS)
        for ordinal in range(int(low), int(high), step):
            yield ordinal, in_words(date.fromordinal(ordinal)).rsplit(" ", 1)[0]


def _months(first: date, last: date) -> Iterator[tuple[float, str]]:
    """The beginnings of months, or of each third, sixth or twelfth of them, or of years apart."""
    months = (last.year - first.year) * MONTHS + last.month - first.month
    step = next((step for step in (1, 2, 3, 6) if months <= step * MOST_MONTHS), None)
    step = step or MONTHS * (1 + months // (MONTHS * MOST_MONTHS))
    written = None
    for number in range(first.year * MONTHS, last.year * MONTHS + last.month, step):
        day = date(number // MONTHS, number % MONTHS + 1, 1)
        if day >= first:
            month, year = in_words(day).split(" ")[1:]
            label = year if step >= MONTHS else month if year == written else f"{month} {year}"
            written = year
            yield day.toordinal(), label


CHART = Chart(
    name="timeline",
    summary="The windows of the milestones, what each waits for, and the as-of day.",
    page="programme",
    data=data,
    text=text,
    draw=draw,
)
