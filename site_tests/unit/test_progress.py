"""The arithmetic of percentages: exact, honest about what is missing, and rounded only to be shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.diagnostics import Location
from milepost.model.progress import Basis, Computed, Part, Progress, Reported, roll_up, rounded, shown

PLACE = Location("x.yml", 1, 1)


def part(figure: Fraction | int | None, weight: int = 1) -> Part:
    return Part("T1", "demo/T1:reported", weight, None if figure is None else Fraction(figure), PLACE)


def rolled_up(*figures: Fraction | int | tuple[Fraction | int | None, int] | None) -> Computed:
    """The roll-up of figures, each alone or with its weight."""
    parts = [part(*figure) if isinstance(figure, tuple) else part(figure) for figure in figures]
    computed = roll_up(Basis.SUBTASKS, parts)
    assert computed is not None
    return computed


def reporting(value: int, *computed: Computed) -> Progress:
    return Progress(Reported(value, PLACE), computed[0] if computed else None, computed[1:])


figures = st.none() | st.integers(0, 100).map(Fraction)
parts_of_any_kind = st.lists(st.builds(part, figures, st.integers(1, 50)), min_size=1, max_size=6).filter(
    lambda parts: any(entry.figure is not None for entry in parts)
)
steady = settings(derandomize=True, database=None, deadline=None)


class TestRollUp:
    def test_a_mean_is_exact(self) -> None:
        assert rolled_up(100, 100, 0).value == Fraction(200, 3)

    def test_a_mean_of_means_loses_nothing(self) -> None:
        third = rolled_up(1, 0, 0).value
        assert rolled_up(third, third, third).value * 3 == 1

    def test_weights_count_as_so_many_parts(self) -> None:
        assert rolled_up((100, 3), (0, 1)).value == rolled_up(100, 100, 100, 0).value == 75

    def test_a_part_without_a_figure_counts_for_nothing(self) -> None:
        computed = rolled_up((80, 1), (None, 7), (60, 3))
        assert computed.value == 65
        assert len(computed.counted) == 2
        assert not computed.is_complete

    def test_parts_of_which_none_has_a_figure_give_none(self) -> None:
        assert roll_up(Basis.SUBTASKS, [part(None), part(None)]) is None
        assert roll_up(Basis.SUBTASKS, []) is None

    def test_the_arithmetic_can_be_done_again_by_a_reader(self) -> None:
        assert rolled_up(100, 60).arithmetic() == "(100 + 60) / 2 = 80"
        assert rolled_up((100, 3), (60, 1), (None, 9)).arithmetic() == "(3 x 100 + 60) / 4 = 90"
        assert rolled_up(100, 0, 0).arithmetic() == "(100 + 0 + 0) / 3 = 33.33"

    def test_the_bounds_are_those_of_the_missing_parts_at_0_and_at_100(self) -> None:
        computed = rolled_up((80, 1), (None, 3))
        assert computed.lowest == 20
        assert computed.highest == 95

    def test_without_a_missing_part_the_bounds_are_the_figure(self) -> None:
        computed = rolled_up(10, 25)
        assert computed.lowest == computed.highest == computed.value

    @given(parts_of_any_kind)
    @steady
    def test_the_figure_lies_within_its_bounds_and_between_0_and_100(self, parts: list[Part]) -> None:
        computed = Computed(Basis.TASKS, tuple(parts))
        assert 0 <= computed.lowest <= computed.value <= computed.highest <= 100

    @given(parts_of_any_kind, st.data())
    @steady
    def test_whatever_the_missing_parts_turn_out_to_be_the_bounds_hold(
        self, parts: list[Part], data: st.DataObject
    ) -> None:
        computed = Computed(Basis.TASKS, tuple(parts))
        known = [
            part(entry.figure if entry.figure is not None else data.draw(st.integers(0, 100)), entry.weight)
            for entry in parts
        ]
        assert computed.lowest <= Computed(Basis.TASKS, tuple(known)).value <= computed.highest


class TestDisagreements:
    def test_a_figure_that_its_parts_give_agrees(self) -> None:
        assert reporting(80, rolled_up(100, 60)).disagreements(0) == ()

    @pytest.mark.parametrize("value", [79, 81, 0, 100])
    def test_any_other_figure_disagrees(self, value: int) -> None:
        computed = rolled_up(100, 60)
        assert reporting(value, computed).disagreements(0) == (computed,)

    def test_a_third_cannot_be_reported_exactly_but_within_a_tolerance(self) -> None:
        third = rolled_up(100, 0, 0)
        assert reporting(33, third).disagreements(0) == (third,)
        assert reporting(33, third).disagreements(1) == ()
        assert reporting(34, third).disagreements(1) == ()
        assert reporting(35, third).disagreements(1) == (third,)

    @pytest.mark.parametrize(("value", "agrees"), [(74, False), (75, True), (80, True), (85, True), (86, False)])
    def test_the_tolerance_reaches_to_both_sides_and_includes_its_ends(self, value: int, agrees: bool) -> None:  # noqa: FBT001
        assert (reporting(value, rolled_up(80)).disagreements(5) == ()) is agrees

    @pytest.mark.parametrize(("value", "agrees"), [(19, False), (20, True), (60, True), (95, True), (96, False)])
    def test_missing_parts_allow_what_they_could_still_make_of_it(self, value: int, agrees: bool) -> None:  # noqa: FBT001
        assert (reporting(value, rolled_up((80, 1), (None, 3))).disagreements(0) == ()) is agrees

    def test_the_tolerance_is_added_to_what_missing_parts_allow(self) -> None:
        computed = rolled_up((80, 1), (None, 3))
        assert reporting(18, computed).disagreements(2) == ()
        assert reporting(97, computed).disagreements(2) == ()
        assert reporting(98, computed).disagreements(2) == (computed,)

    def test_another_cut_of_the_work_is_compared_by_itself(self) -> None:
        subtasks, sprints = rolled_up(50), rolled_up(20)
        assert reporting(50, subtasks, sprints).disagreements(0) == (sprints,)
        assert reporting(20, subtasks, sprints).disagreements(0) == (subtasks,)
        assert reporting(35, subtasks, sprints).disagreements(0) == (subtasks, sprints)

    def test_where_nothing_is_reported_nothing_disagrees(self) -> None:
        assert Progress(None, rolled_up(50), (rolled_up(20),)).disagreements(0) == ()

    def test_where_nothing_is_computed_nothing_disagrees(self) -> None:
        assert reporting(50).disagreements(0) == ()


class TestStanding:
    def test_the_computed_figure_counts_further_up_where_all_parts_have_one(self) -> None:
        progress = reporting(32, rolled_up(100, 100))
        assert progress.figure == 100
        assert progress.figure_kind == "computed"

    def test_the_reported_figure_counts_where_a_part_has_none(self) -> None:
        progress = reporting(32, rolled_up(100, None))
        assert progress.figure == 32
        assert progress.figure_kind == "reported"

    def test_the_parts_that_have_a_figure_count_where_none_is_reported(self) -> None:
        progress = Progress(None, rolled_up(100, None))
        assert progress.figure == 100
        assert progress.figure_kind == "computed"

    def test_what_has_no_figure_at_all_has_none(self) -> None:
        assert Progress(None, None).figure is None

    def test_another_cut_is_never_added_to_the_figure(self) -> None:
        assert Progress(None, rolled_up(50), (rolled_up(100),)).figure == 50
        assert Progress(None, None, (rolled_up(100),)).figure is None


class TestShown:
    @pytest.mark.parametrize(
        ("figure", "text"),
        [
            (0, "0"),
            (7, "7"),
            (10, "10"),
            (100, "100"),
            (Fraction(80), "80"),
            (Fraction(1, 2), "0.5"),
            (Fraction(200, 3), "66.67"),
            (Fraction(100, 3), "33.33"),
            (Fraction(1005, 1000), "1"),
            (Fraction(1015, 1000), "1.02"),
            (Fraction(1001, 100), "10.01"),
            (Fraction(101, 10), "10.1"),
            (Fraction(1, 8), "0.12"),
            (Fraction(3, 8), "0.38"),
            (None, "none"),
        ],
    )
    def test_a_figure_is_shown_with_two_digits_at_most_rounded_half_to_even(
        self, figure: Fraction | int | None, text: str
    ) -> None:
        assert shown(figure) == text

    @pytest.mark.parametrize("figure", [Fraction(99_999, 1000), Fraction(1, 1000)])
    def test_a_figure_short_of_an_end_is_never_shown_as_that_end(self, figure: Fraction) -> None:
        """A finding that reads `reports 100 %, its 2 subtasks give 100 %` helps nobody."""
        assert shown(figure) not in {"0", "100"}

    @pytest.mark.parametrize(
        ("figure", "whole"),
        [
            (0, 0),
            (100, 100),
            (Fraction(100, 3), 33),
            (Fraction(200, 3), 67),
            (Fraction(5, 2), 2),
            (Fraction(7, 2), 4),
            (Fraction(999, 10), 99),
            (Fraction(1, 10), 1),
        ],
    )
    def test_a_display_is_a_whole_figure_rounded_half_to_even(self, figure: Fraction | int, whole: int) -> None:
        assert rounded(figure) == whole

    @given(st.fractions(0, 100, max_denominator=10_000))
    @steady
    def test_nought_and_a_hundred_are_displayed_for_exactly_these(self, figure: Fraction) -> None:
        assert (rounded(figure) == 0) == (figure == 0)
        assert (rounded(figure) == 100) == (figure == 100)
        assert abs(rounded(figure) - figure) < 1
