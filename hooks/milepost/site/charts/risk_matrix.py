"""The risk matrix: how bad each risk would be, upwards, by how likely it is, to the right.

The ids of open risks stand strong in their cell, those of resolved and closed ones quiet below them, with a tick. Of
several programmes whose ids are alike, the cells say how many there are instead. The title names the gravest: those of
the highest impact and likelihood together. A risk that lacks either is counted below. Left out where no risk has both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from milepost.data.records.registers.descriptor import ENDED
from milepost.data.records.registers.risks import Risk, RiskStatus
from milepost.data.records.scalars import Level
from milepost.site.charts.descriptor import Chart, ChartText, Subject
from milepost.site.charts.drawing import drawing
from milepost.site.charts.style import WIDTH, fitted, room_for
from milepost.text.plain import choose
from milepost.text.sentence import Cited, said_in

LEVELS = tuple(Level)
"""From low to high."""
GROUNDS = (3, 6)
"""From which impact times likelihood on, each from 1 to 3, the second and the third ground begin."""
CLOSED_SIGN = "✓"
SIDE = 58.0
"""Room for the names of the levels of impact."""
LINE = 17.0
LEAST_LINES = 3
MOST_LINES = 8
PADDING = 4.0
GAP = 2.0
HEAD = 20.0
FOOT = 42.0
MOST_NAMED = 3


class Cell(NamedTuple):
    """A place of the matrix."""

    impact: Level
    likelihood: Level


@dataclass(frozen=True, slots=True)
class PlacedRisk:
    """A risk that has both an impact and a likelihood."""

    programme: str
    label: str
    description: str
    status: RiskStatus
    cell: Cell

    @property
    def is_open(self) -> bool:
        """Whether it may still come true."""
        return self.status not in ENDED


@dataclass(frozen=True, slots=True)
class RiskMatrixData:
    """The risks that have a place, in the order of the data, and how many have none."""

    title: str
    placed: tuple[PlacedRisk, ...]
    unplaced: int

    @property
    def ids_tell_apart(self) -> bool:
        """Whether no two risks have one id."""
        return len({risk.label for risk in self.placed}) == len(self.placed)

    def within(self, cell: Cell) -> tuple[PlacedRisk, ...]:
        """The risks of a cell, those that are open first."""
        return tuple(sorted((risk for risk in self.placed if risk.cell == cell), key=lambda risk: not risk.is_open))


def data(subject: Subject) -> RiskMatrixData | None:
    """The risks of the subject; None where none has both an impact and a likelihood."""
    found = [(programme, risk) for programme in subject.programmes for _, risk in programme.entries_of(Risk)]
    placed = tuple(
        PlacedRisk(programme.record.title, risk.id, risk.description, risk.status, Cell(risk.impact, risk.likelihood))
        for programme, risk in found
        if risk.impact is not None and risk.likelihood is not None
    )
    return RiskMatrixData(subject.title, placed, len(found) - len(placed)) if placed else None


def text(chart: RiskMatrixData) -> ChartText:
    """The matrix in words."""
    are_several = len({risk.programme for risk in chart.placed}) > 1
    placed = "; ".join(
        f"{f'{risk.programme} ' if are_several else ''}{risk.label} {_levels(risk.cell)}, {risk.status}"
        for risk in chart.placed
    )
    words = f"Risks of {chart.title}: {placed}.{_not_placed(chart)}"
    return ChartText(
        finding=Cited(_finding(chart)),
        alternative=Cited(words, said_in(words)),
        header=(*(("Programme",) if are_several else ()), "Id", "Description", "Impact", "Likelihood", "Status"),
        rows=tuple(
            (
                *((_said(risk.programme),) if are_several else ()),
                risk.label,
                _said(risk.description),
                risk.cell.impact.capitalize(),
                risk.cell.likelihood.capitalize(),
                risk.status.capitalize(),
            )
            for risk in chart.placed
        ),
    )


def _said(words: str) -> Cited:
    return Cited(words, said_in(words))


def _not_placed(chart: RiskMatrixData) -> str:
    if not chart.unplaced:
        return ""
    return f" {chart.unplaced} {choose(chart.unplaced, 'has', 'have')} no place, for want of impact or likelihood."


def _levels(cell: Cell) -> str:
    return f"{cell.impact} impact and {cell.likelihood} likelihood"


def _finding(chart: RiskMatrixData) -> str:
    """Which open risks are the gravest: by impact times likelihood, and by impact where that is the same."""
    still_open = [risk for risk in chart.placed if risk.is_open]
    if not still_open:
        only = f"The one risk, {chart.placed[0].label}, is {chart.placed[0].status}"
        return only if len(chart.placed) == 1 else f"None of {len(chart.placed)} risks is open any more"
    worst = max((risk.cell for risk in still_open), key=_gravity)
    gravest = [risk.label for risk in still_open if risk.cell == worst]
    if len(still_open) == 1:
        return f"One risk is open, {gravest[0]}: {_levels(worst)}"
    if len(gravest) == len(still_open):
        return f"All {len(still_open)} open risks are alike: {_levels(worst)}"
    if len(gravest) > MOST_NAMED or not chart.ids_tell_apart:
        return f"{len(gravest)} of {len(still_open)} open risks {choose(len(gravest), 'has', 'have')} {_levels(worst)}"
    named = f"{' and '.join(gravest)} {choose(len(gravest), 'is', 'are')}"
    return f"{named} the gravest of {len(still_open)} open risks: {_levels(worst)}"


def _gravity(cell: Cell) -> tuple[int, int]:
    impact, likelihood = (LEVELS.index(level) + 1 for level in cell)
    return impact * likelihood, impact


def _step(cell: Cell) -> int:
    """Which of the three grounds a cell has."""
    return sum(_gravity(cell)[0] >= bound for bound in GROUNDS)


def draw(chart: RiskMatrixData, scheme_name: str) -> str:
    """The matrix as SVG: what would be worst is at the top, what is likeliest at the right."""
    width = (WIDTH - SIDE) / len(LEVELS)
    lines = {cell: tuple(_lines(chart, cell, width - 2 * PADDING)) for cell in _cells()}
    heights = {
        impact: 2 * PADDING + LINE * max(LEAST_LINES, *(len(lines[Cell(impact, level)]) for level in LEVELS))
        for impact in LEVELS
    }
    with drawing(HEAD + sum(heights.values()) + FOOT, scheme_name) as drawn:
        scheme = drawn.scheme
        drawn.text("Impact", (0, HEAD / 2), colour=scheme.faint)
        top = HEAD
        for impact in reversed(LEVELS):
            drawn.text(impact.capitalize(), (SIDE - 3 * GAP, top + heights[impact] / 2), align="right")
            for column, likelihood in enumerate(LEVELS):
                cell, left = Cell(impact, likelihood), SIDE + column * width
                corner, name = (left + GAP / 2, top + GAP / 2), f"cell-{impact}-{likelihood}"
                drawn.box(corner, width - GAP, heights[impact] - GAP, scheme.gravity[_step(cell)], name=name)
                for row, line in enumerate(lines[cell]):
                    x, y = left + PADDING + GAP / 2, top + PADDING + (row + 0.5) * LINE
                    for words, is_open in line:
                        colour = scheme.text if is_open else scheme.faint
                        drawn.text(words, (x, y), bold=is_open, colour=colour)
                        x += room_for(f"{words} ", bold=is_open)
            top += heights[impact]
        for column, likelihood in enumerate(LEVELS):
            drawn.text(likelihood.capitalize(), (SIDE + (column + 0.5) * width, top + 10), align="center")
        drawn.text("Likelihood", (WIDTH, top + 29), align="right", colour=scheme.faint)
        if chart.unplaced:
            drawn.text(f"{chart.unplaced} without a place", (0, top + 29), colour=scheme.faint)
        return drawn.svg()


def _cells() -> Iterator[Cell]:
    return (Cell(impact, likelihood) for impact in LEVELS for likelihood in LEVELS)


def _lines(chart: RiskMatrixData, cell: Cell, room: float) -> Iterator[list[tuple[str, bool]]]:
    """The lines of a cell, each of words and whether these are of open risks; the last says how many there are more."""
    risks = chart.within(cell)
    if not chart.ids_tell_apart:
        for is_open in (True, False):
            count = sum(risk.is_open is is_open for risk in risks)
            if count:
                yield [(f"{count} open" if is_open else f"{CLOSED_SIGN} {count} closed", is_open)]
        return
    lines: list[list[tuple[str, bool]]] = []
    left = 0.0
    for risk in risks:
        words = fitted(risk.label if risk.is_open else f"{CLOSED_SIGN} {risk.label}", room, bold=risk.is_open)
        needed = room_for(words, bold=risk.is_open)
        if needed > left:
            lines.append([])
            left = room
        lines[-1].append((words, risk.is_open))
        left -= needed + room_for(" ", bold=risk.is_open)
    if len(lines) > MOST_LINES:
        shown = lines[: MOST_LINES - 1]
        hidden = risks[sum(map(len, shown)) :]
        lines = [*shown, [(f"+ {len(hidden)} more", any(risk.is_open for risk in hidden))]]
    yield from lines


CHART = Chart(
    name="risk-matrix",
    summary="The risks by impact and likelihood.",
    page="risks",
    data=data,
    text=text,
    draw=draw,
    across="risks",
)
