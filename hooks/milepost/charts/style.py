"""How charts look: the colours of each scheme, and an SVG whose bytes depend on its data alone.

Colours pass WCAG 2.2 AA against their scheme's page: 3:1 for marks, 4.5:1 for text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 360.0
"""Points, which are pixels at the scale that a phone shows."""
POINTS_PER_INCH = 72.0
FONT_SIZE = 11.0
HASH_SALT = "milepost"
MEASURED_FONT = "DejaVu Sans"
"""What texts are measured by: matplotlib brings it along, so that it is the same whatever fonts a machine has."""
SHOWN_FONTS = "'system-ui', 'Segoe UI', 'Helvetica', 'Arial', 'DejaVu Sans'"
FONT_OF_TEXT = re.compile(rf"""(<text style="[^"]*font-family: )'{MEASURED_FONT}'""")


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of a chart in the light or the dark scheme."""

    text: str
    faint: str
    track: str
    progress: str
    complete: str
    not_started: str
    disagrees: str


SCHEMES = {
    "light": Scheme("#1f2937", "#4b5563", "#e5e7eb", "#1d5fa8", "#1a7040", "#6b7280", "#7a3fb0"),
    "dark": Scheme("#e5e7eb", "#a7b0bd", "#3a4150", "#6aaef5", "#5fc48a", "#9aa3b0", "#c79bf2"),
}


@contextmanager
def drawing(height: float) -> Iterator[Figure]:
    """A figure of the usual width and `height` points, for the time of drawing it.

    What people set in a `matplotlibrc` of their own has no say in it.
    """
    # matplotlib takes a second to import, which only those who draw should pay.
    from matplotlib import rc_context, rcdefaults, rcParams  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    settings: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": HASH_SALT,
        "font.family": "sans-serif",
        "font.sans-serif": [MEASURED_FONT],
        "font.size": FONT_SIZE,
        "text.parse_math": False,
        "hatch.linewidth": 1.2,
    }
    with rc_context():
        rcdefaults()
        rcParams.update(settings)
        yield Figure(figsize=(WIDTH / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH)


def as_svg(figure: Figure) -> str:
    """The SVG text of `figure`, without a date and on a clear ground."""
    written = io.StringIO()
    figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    shown = FONT_OF_TEXT.sub(rf"\1{SHOWN_FONTS}", written.getvalue())
    return "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
