"""Bars of progress, for the charts that set figures side by side: filled to the computed, a tick at the reported."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from milepost.charts.style import SCHEMES, Scheme, as_svg, drawing
from milepost.percentages import Cited, said_in, text_mark
from milepost.portal import MilestoneNode, SprintNode, TaskNode
from milepost.progress import WHOLE, rounded, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_HEIGHT = 22.0
MARGIN = 6.0
LABEL_SHARE = 0.19
FIGURE_SHARE = 0.25


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
    """The bars of a programme, in the order in which they are drawn."""

    programme: str
    bars: tuple[Bar, ...]


def bar_of(node: MilestoneNode | TaskNode | SprintNode) -> Bar | None:
    """The bar of `node`; None where it has no figure."""
    reported, computed = node.standing.reported, node.standing.computed
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


def sentences(beginning: str, bars: tuple[Bar, ...]) -> Cited:
    """The bars in words, one after the other, behind a `beginning` that holds words of the data."""
    told = "; ".join(f"{bar.label} {bar.words}" for bar in bars)
    keys = (key for bar in bars for key in bar.words.keys)
    return Cited(f"{beginning}. {told}.", (*said_in(beginning), *keys))


def draw_bars(chart: Bars, scheme_name: str) -> str:
    """The bars as SVG: filled to the computed figure, a tick at the reported one, hatched where the two differ."""
    scheme = SCHEMES[scheme_name]
    height = len(chart.bars) * ROW_HEIGHT + 2 * MARGIN
    with drawing(height) as figure:
        axes = figure.add_axes((LABEL_SHARE, MARGIN / height, 1 - LABEL_SHARE - FIGURE_SHARE, 1 - 2 * MARGIN / height))
        axes.set_xlim(0, 100)
        axes.set_ylim(len(chart.bars) - 0.5, -0.5)
        axes.set_axis_off()
        for row, bar in enumerate(chart.bars):
            _draw_bar(axes, row, bar, scheme)
        return as_svg(figure)


def _draw_bar(axes: Axes, row: int, bar: Bar, scheme: Scheme) -> None:
    thickness = 0.5 if bar.is_milestone else 0.34
    weight = "bold" if bar.is_milestone else "normal"
    filled = float(bar.filled)
    axes.barh(row, 100, height=thickness, color=scheme.track)
    drawn = axes.barh(row, filled, height=thickness, color=_colour(bar, scheme))
    drawn[0].set_gid(bar.filled_key)
    if bar.disagrees and bar.reported is not None:
        low, high = sorted((filled, float(bar.reported)))
        axes.barh(
            row,
            high - low,
            left=low,
            height=thickness,
            facecolor=scheme.track,
            edgecolor=scheme.disagrees,
            hatch="////",
            lw=0.8,
        )
    if bar.reported is not None:
        tick = axes.plot([bar.reported, bar.reported], [row - 0.36, row + 0.36], color=scheme.text, lw=2, clip_on=False)
        if bar.computed is not None:
            tick[0].set_gid(bar.reported_key)
    left = axes.text(-4, row, bar.label, ha="right", va="center", color=scheme.text, weight=weight)
    left.set_gid(f"{bar.ref}:label")
    right = axes.text(104, row, bar.sign.text, ha="left", va="center", color=scheme.text, weight=weight)
    right.set_gid(text_mark(*bar.sign.keys))


def _colour(bar: Bar, scheme: Scheme) -> str:
    return scheme.complete if bar.filled == WHOLE else scheme.progress


def _cell(figure: Fraction | int | None, key: str) -> str | Cited:
    return "" if figure is None else Cited(f"{shown(figure)} %", (key,))
