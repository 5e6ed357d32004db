"""What a chart is: its figures, told as a finding, an alternative text and a table, and the drawing of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from milepost.history.timeline import Dated
from milepost.model.events import Event, of_programme
from milepost.model.portal import Portal, ProgrammeNode
from milepost.text.sentence import Cited


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
    """What a chart is drawn of: a programme, or all those of a portfolio.

    title: what it is called. as_of: the day as of which it is judged. events: what happened in it, newest first.
    dated: the dated figures of the portal's entities.
    """

    title: str
    as_of: date
    programmes: tuple[ProgrammeNode, ...]
    events: tuple[Event, ...]
    dated: Dated

    @property
    def programme(self) -> ProgrammeNode:
        """The programme, where it is one; raises ValueError where it is a portfolio of another number of them."""
        (only,) = self.programmes
        return only


def subject_of_programme(programme: ProgrammeNode, happened: Iterable[Event], dated: Dated) -> Subject:
    """A programme as a subject, given all that happened in the portal."""
    events = of_programme(happened, programme.slug)
    return Subject(programme.record.title, programme.as_of, (programme,), events, dated)


def subject_of_portfolio(portal: Portal, happened: Iterable[Event], dated: Dated) -> Subject:
    """The whole portfolio as a subject."""
    return Subject(portal.portfolio.title, portal.today, portal.programmes, tuple(happened), dated)


@dataclass(frozen=True, slots=True)
class Chart:
    """A kind of chart, of a programme and perhaps of the whole portfolio.

    name: its part of the file's name. summary: what it is for. page: the kind of a programme's pages that shows it:
    programme, sprints, coverage, changelog or the name of a register. data: its data, or None where the subject has
    none. text: the data in words. draw: the data as SVG, in the colours of a scheme. across: the kind of the
    portfolio's pages that shows it of all programmes; None where it is drawn of one programme only.
    """

    name: str
    summary: str
    page: str
    data: Callable[[Subject], Any | None]
    text: Callable[[Any], ChartText]
    draw: Callable[[Any, str], str]
    across: str | None = None
