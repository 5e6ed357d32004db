"""A sparkline: how a figure came to be what it is, one line high, beside the figure."""

from __future__ import annotations

from markupsafe import Markup

from milepost.history.timeline import Series
from milepost.model.progress import WHOLE

WIDTH = 72
HEIGHT = 24
MARGIN = 3
"""Room for the dot at the end, in the units of the drawing."""
FEWEST_POINTS = 2


def sparkline(series: Series) -> Markup:
    """Dated figures as a small drawing, a step a figure, from 0 to 100; nothing where fewer than two are dated.

    It is hidden from who cannot see it: the reports that it draws stand on the page of the entity, in words.
    """
    if len(series) < FEWEST_POINTS:
        return Markup("")
    first, last = series[0][0].toordinal(), series[-1][0].toordinal()
    points = [
        (MARGIN + (WIDTH - 2 * MARGIN) * (day.toordinal() - first) / (last - first), _height(float(figure)))
        for day, figure in series
    ]
    steps = [f"M{points[0][0]:.1f} {points[0][1]:.1f}", *(f"H{x:.1f}V{y:.1f}" for x, y in points[1:])]
    return Markup(
        '<svg class="mp-spark" viewBox="0 0 {} {}" aria-hidden="true"><path d="{}"></path>'
        '<circle cx="{:.1f}" cy="{:.1f}" r="2"></circle></svg>'
    ).format(WIDTH, HEIGHT, "".join(steps), *points[-1])


def _height(figure: float) -> float:
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * figure / WHOLE
