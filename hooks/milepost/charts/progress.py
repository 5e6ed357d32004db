"""Progress of a programme: each milestone and task with a figure, what its parts give against what is reported."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from milepost.charts.descriptor import Chart, ChartText
from milepost.charts.style import SCHEMES, Scheme, as_svg, drawing
from milepost.portal import MilestoneNode, ProgrammeNode, TaskNode
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
        """Whether the two figures differ."""
        return self.reported is not None and self.computed is not None and self.reported != self.computed

    @property
    def filled(self) -> Fraction:
        """The length of the bar: the computed figure, else the reported one."""
        return self.computed if self.computed is not None else Fraction(self.reported or 0)


@dataclass(frozen=True, slots=True)
class ProgressData:
    """The bars of a programme, in the order of its data: each milestone, its tasks below it, then the loose tasks."""

    programme: str
    bars: tuple[Bar, ...]


def data(programme: ProgrammeNode) -> ProgressData | None:
    """The bars of `programme`; None where nothing in it has a figure."""
    nodes: list[MilestoneNode | TaskNode] = []
    for milestone in programme.milestones:
        nodes += [milestone, *(task for task in milestone.tasks if task.milestones[0] == milestone.ref.id)]
    nodes += programme.loose_tasks
    bars = tuple(bar for node in nodes if (bar := _bar(node)) is not None)
    return ProgressData(programme.record.title, bars) if bars else None


def _bar(node: MilestoneNode | TaskNode) -> Bar | None:
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


def text(chart: ProgressData) -> ChartText:
    """The bars in words."""
    rows = tuple((bar.label, bar.title, _cell(bar.computed), _cell(bar.reported)) for bar in chart.bars)
    sentences = "; ".join(f"{bar.label} {_label(bar)}" for bar in chart.bars)
    return ChartText(
        finding=_finding(chart.bars),
        alternative=f"Progress of {chart.programme}. {sentences}.",
        header=("Id", "Title", "Computed", "Reported"),
        rows=rows,
    )


def draw(chart: ProgressData, scheme_name: str) -> str:
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
    drawn[0].set_gid(f"{bar.ref}:{'computed' if bar.computed is not None else 'reported'}")
    if bar.disagrees and bar.reported is not None:
        low, high = sorted((filled, float(bar.reported)))
        axes.barh(
            row,
            high - low,
            left=low,
            height=thickness,
            facecolor="none",
            edgecolor=scheme.disagrees,
            hatch="////",
            lw=0.8,
        )
    if bar.reported is not None:
        tick = axes.plot([bar.reported, bar.reported], [row - 0.36, row + 0.36], color=scheme.text, lw=2, clip_on=False)
        if bar.computed is not None:
            tick[0].set_gid(f"{bar.ref}:reported")
    left = axes.text(-4, row, bar.label, ha="right", va="center", color=scheme.text, weight=weight)
    left.set_gid(f"{bar.ref}:label")
    axes.text(104, row, _figure(bar), ha="left", va="center", color=scheme.text, weight=weight)


def _colour(bar: Bar, scheme: Scheme) -> str:
    return scheme.complete if bar.filled == WHOLE else scheme.progress


def _cell(figure: Fraction | int | None) -> str:
    return "" if figure is None else f"{shown(figure)} %"


def _figure(bar: Bar) -> str:
    if bar.disagrees and bar.reported is not None and bar.computed is not None:
        return f"{rounded(bar.computed)} % ≠ {bar.reported} %"
    return f"{rounded(bar.filled)} %"


def _label(bar: Bar) -> str:
    if bar.disagrees and bar.computed is not None:
        return f"{rounded(bar.computed)} % computed, {bar.reported} % reported"
    if bar.reported is None:
        return f"{rounded(bar.filled)} % computed"
    return f"{bar.reported} % reported"


def _finding(bars: tuple[Bar, ...]) -> str:
    """What the bars show, in a sentence: how many tasks (or milestones) are complete, and how many disagree."""
    disagreeing = [bar.label for bar in bars if bar.disagrees]
    tasks = [bar for bar in bars if not bar.is_milestone]
    counted, word = (tasks, "task") if tasks else (list(bars), "milestone")
    total = len(counted)
    complete = sum(bar.filled == WHOLE for bar in counted)
    untouched = sum(bar.filled == 0 for bar in counted)
    words = f"{word}s" if total > 1 else word
    if complete == total:
        sentence = f"All {total} {words} are complete"
    elif untouched == total:
        sentence = f"None of the {total} {words} has started"
    else:
        sentence = f"{complete} of {total} {words} {'is' if complete == 1 else 'are'} complete"
    if disagreeing:
        verb = "reports" if len(disagreeing) == 1 else "report"
        sentence += f"; {len(disagreeing)} {verb} another figure than the parts give"
    return sentence


CHART = Chart(
    name="progress",
    summary="Each milestone and task with a figure: what its parts give against what is reported.",
    data=data,
    text=text,
    draw=draw,
)
