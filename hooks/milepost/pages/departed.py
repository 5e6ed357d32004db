"""The pages at addresses that were published once: where the thing stands now, or why it is there no more."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.departures import Departed, Moved
from milepost.pages.descriptor import Page, PageKind
from milepost.pages.writer import PageWriter
from milepost.records.removal import Removal
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """A page for each address that was one of a page once and is none now."""
    for departed in report.departures.pages.values():
        fate = departed.fate
        if isinstance(fate, Moved):
            yield _moved(report, departed, fate)
        elif isinstance(fate, Removal):
            yield _removed(report, departed, fate)
        else:
            yield _empty(report, departed)


def _moved(report: Report, departed: Departed, moved: Moved) -> Page:
    return PageWriter(report, departed.address).page(
        "moved",
        title=departed.name,
        description=f"{departed.name} is {moved.name} now.",
        section=None,
        leads_to=moved.route,
        is_searched=False,
        departed=departed,
        moved=moved,
    )


def _removed(report: Report, departed: Departed, removal: Removal) -> Page:
    return PageWriter(report, departed.address).page(
        "gone",
        title=departed.name,
        description=f"{departed.name} was removed: {removal.reason}",
        section=None,
        departed=departed,
        removal=removal,
    )


def _empty(report: Report, departed: Departed) -> Page:
    return PageWriter(report, departed.address).page(
        "nothing_here",
        title="Nothing stands here any more",
        description=f"Nothing stands at {departed.address} any more.",
        section=None,
        is_searched=False,
        departed=departed,
    )


KIND = PageKind("departed", "An address of before: where what stood there is now, or why it was removed.", make)
