"""What a kind of page is: its name, and the pages of it that a report gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from milepost.report import Report

TOP_LEVEL = ""
ACROSS = "*"
NOT_SEARCHED: Mapping[str, Any] = {"exclude": True}
"""The search leaves the page out: it knows what is on it from the data, by `search_entries`, or nothing is."""
SEARCHED_LAST: Mapping[str, Any] = {"boost": 0.1}
"""The search shows the page after others: what is on it is on other pages too."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its route, its title, its place in the navigation, and its Markdown.

    section: the programme whose part of the navigation lists it, TOP_LEVEL, or ACROSS for what is told across the
    portfolio; None where another page lists it. leads_to: the route that browsers are taken to from it, if any.
    """

    route: str
    title: str
    section: str | None
    markdown: str
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page. summary: what it shows, for the handbook."""

    name: str
    summary: str
    make: Callable[[Report], Iterator[Page]]
