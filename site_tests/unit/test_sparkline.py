"""The small drawing beside a figure: to scale, and left out where there is nothing to draw."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from milepost.site.sparkline import sparkline


def test_days_are_as_far_apart_as_they_were_and_figures_as_high_as_they_stood() -> None:
    series = tuple((date(2026, 1, day), Fraction(figure)) for day, figure in ((1, 0), (2, 50), (5, 100)))
    drawn = sparkline(series)
    # A quarter of the way is 3 + 66 / 4; half as high is the middle of 3 and 21.
    assert 'd="M3.0 21.0H19.5V12.0H69.0V3.0"' in drawn
    assert '<circle cx="69.0" cy="3.0"' in drawn


def test_one_figure_is_no_line() -> None:
    assert sparkline(((date(2026, 1, 1), Fraction(40)),)) == ""
    assert sparkline(()) == ""
