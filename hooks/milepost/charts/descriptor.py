"""What a chart is: its figures, told as a finding, an alternative text and a table, and the drawing of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from milepost.history import Dated
from milepost.percentages import Cited
from milepost.portal import ProgrammeNode


@dataclass(frozen=True, slots=True)
class ChartText:
    """A chart in words.

    finding: its title, which says what it shows. alternative: all that it shows, for who cannot see it.
    header, rows: the same figures as a table. Whatever gives a figure names it.
    """

    finding: Cited
    alternative: Cited
    header: tuple[str, ...]
    rows: tuple[tuple[str | Cited, ...], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart can be drawn of: a programme, and the dated figures of the portal's entities."""

    programme: ProgrammeNode
    dated: Dated


@dataclass(frozen=True, slots=True)
class Chart:
    """A kind of chart of a programme.

    name: its part of the file's name. summary: what it is for. page: the kind of page that shows it: programme,
    sprints or coverage. data: its data, or None where the programme has none. text: the data in words. draw: the data
    as SVG, in the colours of a scheme.
    """

    name: str
    summary: str
    page: str
    data: Callable[[Subject], Any | None]
    text: Callable[[Any], ChartText]
    draw: Callable[[Any, str], str]
