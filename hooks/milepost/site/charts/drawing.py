"""A drawing: text and marks at places in points, from the upper left corner, as an SVG whose bytes follow from them.

Texts stand as text, at places that no font on the machine has a say in, and marks can have names.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from milepost.model.status import State
from milepost.site.charts.style import FONT_SIZE, SCHEMES, WIDTH

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

POINTS_PER_INCH = 72.0
HASH_SALT = "milepost"
DRAWN_WITH = "DejaVu Sans"
"""The font that comes with matplotlib: with another one, bytes would depend on the fonts of the machine."""
FONT_OF_TEXT = re.compile(f"""(?<=<text style=")([^"]*)'{DRAWN_WITH}'""")
READ_WITH = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', Helvetica, Arial, sans-serif"
MIDDLE_OF_LETTERS = 0.36
"""How far the middle of a line of text is above its foot, as a share of its size."""
CIRCLE = 4.5
ARROW = 4.0
Align = Literal["left", "center", "right"]
Place = tuple[float, float]


class Drawing:
    """A drawing of the usual width; made by `drawing`."""

    def __init__(self, figure: Figure, height: float, scheme_name: str) -> None:
        self.scheme = SCHEMES[scheme_name]
        self.figure = figure
        self.axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        self.axes.set_axis_off()

    def text(
        self,
        words: str,
        place: Place,
        *,
        align: Align = "left",
        colour: str | None = None,
        bold: bool = False,
        upright: bool = False,
        name: str | None = None,
    ) -> None:
        """A line of text, whose middle is at the height of `place`; upright: read from below."""
        x, y = place
        foot = MIDDLE_OF_LETTERS * FONT_SIZE
        written = self.axes.text(
            x + foot if upright else x,
            y if upright else y + foot,
            words,
            ha=align,
            va="baseline",
            color=colour or self.scheme.text,
            weight="bold" if bold else "normal",
            rotation=90 if upright else 0,
            rotation_mode="anchor",
            zorder=len(self.axes.get_children()),
        )
        written.set_gid(name)

    def box(
        self,
        corner: Place,
        width: float,
        height: float,
        colour: str,
        *,
        outline: str | None = None,
        hatch: str | None = None,
        name: str | None = None,
    ) -> None:
        """A box by its upper left corner; hatch: the colour of strokes across it."""
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        edge = hatch or outline
        drawn = Rectangle(
            corner, width, height, facecolor=colour, edgecolor=edge or "none", lw=0.8, hatch="////" if hatch else None
        )
        self._add(drawn, name)

    def grid(
        self,
        corners: Sequence[Place],
        size: tuple[float, float],
        colour: str,
        *,
        outline: str | None = None,
        name: str | None = None,
    ) -> None:
        """Many boxes of one size, by their upper left corners, which are one mark."""
        from matplotlib.patches import PathPatch  # noqa: PLC0415
        from matplotlib.path import Path  # noqa: PLC0415

        width, height = size
        boxes = [Path([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]) for x, y in corners]
        if boxes:
            path = Path.make_compound_path(*boxes)
            self._add(PathPatch(path, facecolor=colour, edgecolor=outline or "none", lw=0.8), name)

    def line(
        self,
        places: Sequence[Place],
        colour: str,
        *,
        thickness: float = 1.0,
        dashes: tuple[float, float] | None = None,
        name: str | None = None,
    ) -> None:
        """A line from place to place; dashes: their length, and that of the gaps between them."""
        from matplotlib.patches import PathPatch  # noqa: PLC0415
        from matplotlib.path import Path  # noqa: PLC0415

        path = PathPatch(Path(list(places)), facecolor="none", edgecolor=colour, lw=thickness, capstyle="butt")
        path.set_linestyle((0, dashes) if dashes else "solid")
        self._add(path, name)

    def arrow(self, places: Sequence[Place], colour: str, *, name: str | None = None) -> None:
        """A thin line from place to place, with a head at its end, which it reaches from above or below."""
        self.line(places, colour, thickness=0.9, name=name)
        (_, before), (x, y) = places[-2:]
        back = y - ARROW if before < y else y + ARROW
        self._fill([(x, y), (x - ARROW * 0.7, back), (x + ARROW * 0.7, back)], colour)

    def dot(self, place: Place, colour: str, radius: float = 2.0) -> None:
        """A filled circle."""
        from matplotlib.patches import Circle  # noqa: PLC0415

        self._add(Circle(place, radius, facecolor=colour, edgecolor="none"), None)

    def state(self, state: State, place: Place) -> None:
        """The shape of a state around a place, as pages draw it."""
        colour, knockout = self.scheme.of_state(state), self.scheme.ground
        x, y = place
        match state:
            case State.NOT_STARTED | State.UNREPORTED | State.IN_PROGRESS:
                self._ring(place, colour, dashed=state is State.UNREPORTED)
                if state is State.IN_PROGRESS:
                    self._half(place, colour)
            case State.COMPLETE:
                self.dot(place, colour, CIRCLE + 1)
                self.line([(x - 2.6, y + 0.1), (x - 0.8, y + 1.9), (x + 2.6, y - 1.8)], knockout, thickness=1.5)
            case State.AT_RISK:
                corners = [(x, y - 5), (x + 5.2, y + 4.4), (x - 5.2, y + 4.4), (x, y - 5)]
                self.line(corners, colour, thickness=1.5)
                self.line([(x, y - 1.6), (x, y + 1.2)], colour, thickness=1.4)
                self.line([(x, y + 2.2), (x, y + 3.1)], colour, thickness=1.4)
            case State.BLOCKED:
                near, far = 2.2, 5.3
                steps = ((-near, -far), (near, -far), (far, -near), (far, near), (near, far), (-near, far))
                self._fill([(x + across, y + down) for across, down in (*steps, (-far, near), (-far, -near))], colour)
                self.line([(x - 2.8, y), (x + 2.8, y)], knockout, thickness=1.6)

    def svg(self) -> str:
        """The SVG text, without a date and on a clear ground."""
        written = io.StringIO()
        with warnings.catch_warnings():
            # The reader's fonts draw the letters, and have more of them than the one that measures here.
            warnings.filterwarnings("ignore", message=r"(?s).*missing from (current )?font")
            self.figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        lines = (line.rstrip() for line in written.getvalue().splitlines())
        return FONT_OF_TEXT.sub(rf"\1{READ_WITH}", "\n".join(lines)) + "\n"

    def _ring(self, place: Place, colour: str, *, dashed: bool) -> None:
        from matplotlib.patches import Circle  # noqa: PLC0415

        dashes: Any = (0, (2.3, 1.9)) if dashed else "solid"
        self._add(Circle(place, CIRCLE, facecolor="none", edgecolor=colour, lw=1.5, ls=dashes), None)

    def _half(self, place: Place, colour: str) -> None:
        from matplotlib.patches import Wedge  # noqa: PLC0415

        self._add(Wedge(place, CIRCLE, 90, 270, facecolor=colour, edgecolor="none"), None)

    def _fill(self, corners: Sequence[Place], colour: str) -> None:
        from matplotlib.patches import Polygon  # noqa: PLC0415

        self._add(Polygon(corners, facecolor=colour, edgecolor="none"), None)

    def _add(self, drawn: Artist, name: str | None) -> None:
        drawn.set_gid(name)
        drawn.set_clip_on(False)
        self.axes.add_artist(drawn)
        # Later marks stand before earlier ones, whatever kind they are of.
        drawn.set_zorder(len(self.axes.get_children()))


@contextmanager
def drawing(height: float, scheme_name: str) -> Iterator[Drawing]:
    """A drawing of `height` points in the colours of a scheme, for the time of drawing it.

    What people set in a `matplotlibrc` of their own has no say in it.
    """
    # matplotlib takes a second to import, which only those who draw should pay.
    from matplotlib import rc_context, rcdefaults, rcParams  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    settings: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": HASH_SALT,
        "font.family": [DRAWN_WITH],
        "font.size": FONT_SIZE,
        "text.parse_math": False,
        "hatch.linewidth": 1.2,
        "lines.scale_dashes": False,
    }
    with rc_context():
        rcdefaults()
        rcParams.update(settings)
        figure = Figure(figsize=(WIDTH / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH)
        yield Drawing(figure, height, scheme_name)
