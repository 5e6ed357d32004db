"""The arithmetic of percentages, and what each figure rests on.

All figures are percentages from 0 to 100, kept as exact fractions; they are rounded, half to even, for display only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from milepost.diagnostics import Location
from milepost.text.plain import counted

WHOLE = 100
"""The percentage of work that is complete."""


class Basis(StrEnum):
    """What a computed figure rests on."""

    SUBTASKS = "subtasks"
    SPRINTS = "sprints"
    ITEMS = "items"
    TASKS = "tasks"
    PARTS = "parts"
    CRITERIA = "criteria"

    def counted(self, count: int) -> str:
        """So many of them, `1 subtask` or `3 subtasks`."""
        return counted(count, SINGULAR[self], self)


SINGULAR = {
    Basis.SUBTASKS: "subtask",
    Basis.SPRINTS: "sprint",
    Basis.ITEMS: "item",
    Basis.TASKS: "task",
    Basis.PARTS: "part",
    Basis.CRITERIA: "criterion",
}


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure that a line of the data states."""

    value: int
    location: Location


@dataclass(frozen=True, slots=True)
class Part:
    """What a roll-up counts.

    id: its name among its siblings. key: the name of its figure across the portal, `fixnado/T1A:reported`.
    figure: None where it has none. location: the line that says so. why_missing: why it counts for nothing.
    """

    id: str
    key: str
    weight: int
    figure: Fraction | None
    location: Location
    why_missing: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure rolled up from parts: the weighted mean of those that have a figure; at least one has."""

    basis: Basis
    parts: tuple[Part, ...]

    @property
    def counted(self) -> tuple[Part, ...]:
        """The parts that have a figure."""
        return tuple(part for part in self.parts if part.figure is not None)

    @property
    def value(self) -> Fraction:
        """The weighted mean of the parts that have a figure, 0 to 100."""
        return _weighted_sum(self.parts, sum(part.weight for part in self.counted))

    @property
    def lowest(self) -> Fraction:
        """The mean if every part without a figure stood at 0."""
        return _weighted_sum(self.parts, self._whole_weight)

    @property
    def highest(self) -> Fraction:
        """The mean if every part without a figure stood at 100."""
        missing = sum(part.weight for part in self.parts if part.figure is None)
        return self.lowest + Fraction(WHOLE * missing, self._whole_weight)

    @property
    def is_complete(self) -> bool:
        """Whether every part has a figure."""
        return len(self.counted) == len(self.parts)

    @property
    def _whole_weight(self) -> int:
        return sum(part.weight for part in self.parts)

    def arithmetic(self) -> str:
        """The sum behind the figure, as a person would write it: `(100 + 60) / 2 = 80`."""
        terms = " + ".join(
            shown(part.figure) if part.weight == 1 else f"{part.weight} x {shown(part.figure)}"
            for part in self.counted
            if part.figure is not None
        )
        return f"({terms}) / {sum(part.weight for part in self.counted)} = {shown(self.value)}"


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of an entity: what is reported, what its parts give, and what other breakdowns of the work give."""

    reported: Reported | None
    computed: Computed | None
    breakdowns: tuple[Computed, ...] = ()

    @property
    def figure(self) -> Fraction | None:
        """The figure that counts further up: computed where every part has one, else reported, else computed."""
        if self.computed and (self.computed.is_complete or self.reported is None):
            return self.computed.value
        return Fraction(self.reported.value) if self.reported else None

    @property
    def figure_kind(self) -> str:
        """Which of its figures `figure` is: computed or reported."""
        if self.computed and (self.computed.is_complete or self.reported is None):
            return "computed"
        return "reported"

    @property
    def all_computed(self) -> tuple[Computed, ...]:
        """Every figure that the reported one can be compared with."""
        return ((self.computed,) if self.computed else ()) + self.breakdowns

    @property
    def is_whole(self) -> bool:
        """Whether it has a figure, and each that it has says that nothing is left to do."""
        known = [Fraction(self.reported.value)] if self.reported else []
        known += [self.computed.value] if self.computed else []
        return bool(known) and all(figure == WHOLE for figure in known)

    def disagreements(self, tolerance: int) -> tuple[Computed, ...]:
        """The computed figures that the reported one cannot agree with, whatever the missing parts may hold.

        tolerance: percentage points.
        """
        if self.reported is None:
            return ()
        value = self.reported.value
        return tuple(
            computed
            for computed in self.all_computed
            if not computed.lowest - tolerance <= value <= computed.highest + tolerance
        )


def roll_up(basis: Basis, parts: Sequence[Part]) -> Computed | None:
    """The figure that `parts` give together; None where none of them has one."""
    if all(part.figure is None for part in parts):
        return None
    return Computed(basis, tuple(parts))


def shown(figure: Fraction | int | None) -> str:
    """A figure as text, without its sign: whole where it is whole, else with two digits, rounded half to even.

    0 and 100 are kept for exactly these.
    """
    if figure is None:
        return "none"
    exact = Fraction(figure)
    if exact.denominator == 1:
        return str(exact.numerator)
    hundredths = min(max(round(exact * 100), 1), 100 * WHOLE - 1)
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


def rounded(figure: Fraction | int) -> int:
    """A figure as it is displayed: a whole percentage, rounded half to even, 0 and 100 kept for exactly these."""
    whole = round(Fraction(figure))
    if whole == WHOLE and figure < WHOLE:
        return WHOLE - 1
    if whole == 0 and figure > 0:
        return 1
    return whole


def _weighted_sum(parts: Sequence[Part], divisor: int) -> Fraction:
    """The figures of `parts`, each times its weight, over `divisor`: exact, and one fraction is made in all."""
    figures = [(part.weight, part.figure) for part in parts if part.figure is not None]
    common = lcm(*(figure.denominator for _, figure in figures))
    whole = sum(weight * figure.numerator * (common // figure.denominator) for weight, figure in figures)
    return Fraction(whole, common * divisor)
