"""Bars of progress, for the charts that set figures side by side: filled to the computed, a tick at the reported.

How many are complete is told by their states, as pages tell it, and not by the lengths of the bars: a task whose parts
are all done is complete when it is reported to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from milepost.model.portal import MilestoneNode, SprintNode, TaskNode
from milepost.model.progress import WHOLE, rounded, shown
from milepost.model.status import State, state_of
from milepost.site.charts.descriptor import ChartText
from milepost.site.charts.drawing import Drawing, drawing
from milepost.site.charts.style import WIDTH, fitted, room_for
from milepost.text.plain import choose
from milepost.text.sentence import Cited, said_in, text_mark

ROW_HEIGHT = 22.0
MARGIN = 4.0
GAP = 7.0
TICK = 8.0
MOST_LABEL = 110.0

ALONE = {
    State.NOT_STARTED: "has not started",
    State.IN_PROGRESS: "is in progress",
    State.COMPLETE: "is complete",
    State.AT_RISK: "is at risk",
    State.BLOCKED: "is blocked",
    State.UNREPORTED: "is not reported on",
}
"""What is said of one by itself."""

Node = MilestoneNode | TaskNode | SprintNode


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its ref, its label, and its figures from 0 to 100, each None where there is none."""

    ref: str
    label: str
    title: str
    is_milestone: bool
    reported: int | None
    computed: Fraction | None

    @property
    def disagrees(self) -> bool:
        """Whether the two figures differ as they are displayed."""
        return self.reported is not None and self.computed is not None and self.reported != rounded(self.computed)

    @property
    def filled(self) -> Fraction:
        """The length of the bar: the computed figure, else the reported one."""
        return self.computed if self.computed is not None else Fraction(self.reported or 0)

    @property
    def computed_key(self) -> str:
        """The name of its computed figure."""
        return f"{self.ref}:computed"

    @property
    def reported_key(self) -> str:
        """The name of its reported figure."""
        return f"{self.ref}:reported"

    @property
    def filled_key(self) -> str:
        """The name of the figure that is its length."""
        return self.reported_key if self.computed is None else self.computed_key

    @property
    def cells(self) -> tuple[str, str, str | Cited, str | Cited]:
        """The bar as a row of a table: id, title, computed, reported."""
        computed, reported = _cell(self.computed, self.computed_key), _cell(self.reported, self.reported_key)
        return (self.label, self.title, computed, reported)

    @property
    def words(self) -> Cited:
        """Its figures in words: both where they differ."""
        if self.disagrees:
            words = f"{rounded(self.filled)} % computed, {self.reported} % reported"
            return Cited(words, (self.computed_key, self.reported_key))
        if self.reported is None:
            return Cited(f"{rounded(self.filled)} % computed", (self.computed_key,))
        return Cited(f"{self.reported} % reported", (self.reported_key,))

    @property
    def sign(self) -> Cited:
        """Its figures in short, as they stand beside it."""
        if self.disagrees:
            return Cited(f"{rounded(self.filled)} % ≠ {self.reported} %", (self.computed_key, self.reported_key))
        return Cited(f"{rounded(self.filled)} %", (self.filled_key,))


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a programme, in the order in which they are drawn.

    kind: of what the finding counts, in the singular. states: those of all of that kind, with a bar or without.
    """

    programme: str
    bars: tuple[Bar, ...]
    kind: str
    states: tuple[State, ...]

    @property
    def tally(self) -> str:
        """How many are complete or, where none is, how many have started, in a sentence."""
        total = len(self.states)
        if total == 1:
            return f"The only {self.kind} {ALONE[self.states[0]]}"
        complete = self.states.count(State.COMPLETE)
        untouched = self.states.count(State.NOT_STARTED)
        if complete == total:
            return f"All {total} {self.kind}s are complete"
        if untouched == total:
            return f"None of the {total} {self.kind}s has started"
        if not complete:
            started = total - untouched - self.states.count(State.UNREPORTED)
            return f"None of the {total} {self.kind}s is complete, {started} {choose(started, 'has', 'have')} started"
        more = f", {untouched} not started" if untouched else ""
        return f"{complete} of {total} {self.kind}s {choose(complete, 'is', 'are')} complete{more}"


def bars_of(programme: str, bars: tuple[Bar, ...], kind: str, counted: Sequence[Node]) -> Bars | None:
    """The bars of a programme, and what its nodes of that kind are counted by; None where there is no bar."""
    return Bars(programme, bars, kind, tuple(map(state_of, counted))) if bars else None


def bar_of(node: Node) -> Bar | None:
    """The bar of `node`; None where it has no figure."""
    reported, computed = node.progress.reported, node.progress.computed
    if reported is None and computed is None:
        return None
    return Bar(
        ref=str(node.ref),
        label=node.ref.id,
        title=node.record.title or "",
        is_milestone=isinstance(node, MilestoneNode),
        reported=reported.value if reported else None,
        computed=computed.value if computed else None,
    )


def in_words(chart: Bars, finding: str, beginning: str) -> ChartText:
    """The bars in words, one after the other, behind a `beginning` that holds words of the data."""
    told = "; ".join(f"{bar.label} {bar.words}" for bar in chart.bars)
    keys = (key for bar in chart.bars for key in bar.words.keys)
    return ChartText(
        finding=Cited(finding),
        alternative=Cited(f"{beginning}. {told}.", (*said_in(beginning), *keys)),
        header=("Id", "Title", "Computed", "Reported"),
        rows=tuple(bar.cells for bar in chart.bars),
    )


def draw_bars(chart: Bars, scheme_name: str) -> str:
    """The bars as SVG: filled to the computed figure, a tick at the reported one, hatched where the two differ."""
    height = len(chart.bars) * ROW_HEIGHT + 2 * MARGIN
    left = min(MOST_LABEL, max(room_for(bar.label, bold=bar.is_milestone) for bar in chart.bars)) + GAP
    right = WIDTH - GAP - max(room_for(bar.sign.text, bold=bar.is_milestone) for bar in chart.bars)
    with drawing(height, scheme_name) as drawn:
        for row, bar in enumerate(chart.bars):
            _draw_bar(drawn, MARGIN + (row + 0.5) * ROW_HEIGHT, (left, right), bar)
        return drawn.svg()


def _draw_bar(drawn: Drawing, middle: float, ends: tuple[float, float], bar: Bar) -> None:
    scheme = drawn.scheme
    start, end = ends
    thickness = 12.0 if bar.is_milestone else 8.0
    top = middle - thickness / 2

    def place(figure: Fraction | int) -> float:
        return start + (end - start) * float(figure) / WHOLE

    drawn.box((start, top), end - start, thickness, scheme.track)
    colour = scheme.complete if bar.filled == WHOLE and not bar.disagrees else scheme.in_progress
    drawn.box((start, top), place(bar.filled) - start, thickness, colour, name=bar.filled_key)
    if bar.disagrees and bar.reported is not None:
        low, high = sorted((place(bar.filled), place(bar.reported)))
        drawn.box((low, top), high - low, thickness, scheme.track, hatch=scheme.disagrees)
    if bar.reported is not None:
        reach = [(place(bar.reported), middle - TICK), (place(bar.reported), middle + TICK)]
        drawn.line(reach, scheme.text, thickness=2, name=bar.reported_key if bar.computed is not None else None)
    label, key = fitted(bar.label, start - GAP, bold=bar.is_milestone), text_mark(*bar.sign.keys)
    drawn.text(label, (start - GAP, middle), align="right", bold=bar.is_milestone, name=f"{bar.ref}:label")
    drawn.text(bar.sign.text, (end + GAP, middle), bold=bar.is_milestone, name=key)


def _cell(figure: Fraction | int | None, key: str) -> str | Cited:
    return "" if figure is None else Cited(f"{shown(figure)} %", (key,))
