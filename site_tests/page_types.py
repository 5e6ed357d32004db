"""One page of each type, found in the built sites themselves, so that a new type is looked at from its first day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from milepost.report import Report
from milepost.site.pages import PAGES

NOT_FOUND = "404.html"
LEADS_ON = b'http-equiv="refresh"'


@dataclass(frozen=True, order=True)
class BuiltPage:
    """A page of a built site, named by the site and the route in it."""

    site: str
    route: str

    def __str__(self) -> str:
        return f"{self.site}: {self.route}"


Sorts = frozenset[tuple[str, str]]


def page_types(sites: Mapping[str, Path], reports: Mapping[str, Report]) -> tuple[BuiltPage, ...]:
    """A page of each kind, and what they do not show: as few as hold every sort of element that any page has."""
    composed = pages_of(sites)
    chosen = dict.fromkeys(one_of_each_kind(composed, reports))
    return tuple(sorted({*chosen, *as_few_as_hold_all(composed, chosen)}))


def as_few_as_hold_all(composed: Mapping[BuiltPage, Sorts], chosen: Iterable[BuiltPage] = ()) -> list[BuiltPage]:
    """Besides those chosen, as few pages as hold every sort of element that any page has."""
    unseen = frozenset().union(*composed.values()) - frozenset().union(*(composed[page] for page in chosen))
    more = []
    while unseen:
        page = max(composed, key=lambda page: len(composed[page] & unseen))
        more.append(page)
        unseen -= composed[page]
    return more


def page_kinds(sites: Mapping[str, Path], reports: Mapping[str, Report]) -> tuple[BuiltPage, ...]:
    """A page of each kind that is generated, and the page for what is not found."""
    return tuple(sorted(one_of_each_kind(pages_of(sites), reports)))


def pages_of(sites: Mapping[str, Path]) -> dict[BuiltPage, Sorts]:
    """The pages of the sites, each with the sorts of its elements."""
    return {
        BuiltPage(name, path.relative_to(folder).as_posix()): elements(path)
        for name, folder in sites.items()
        for path in sorted(folder.rglob("*.html"))
        # Browsers do not stay on a page that leads on to another.
        if LEADS_ON not in path.read_bytes()
    }


def one_of_each_kind(composed: Mapping[BuiltPage, Sorts], reports: Mapping[str, Report]) -> Iterable[BuiltPage]:
    """Of each kind the page that shows most of what those before it do not; what can show most goes first."""
    kinds = []
    for kind in PAGES:
        made = [BuiltPage(name, page.route) for name, report in reports.items() for page in kind.make(report)]
        kinds.append([page for page in made if page in composed])
    kinds.append([page for page in composed if page.route == NOT_FOUND][:1])
    seen: Sorts = frozenset()
    while kinds := [pages for pages in kinds if pages]:
        best = max((page for pages in kinds for page in pages), key=lambda page: len(composed[page] - seen))
        seen |= composed[best]
        kinds.remove(next(pages for pages in kinds if best in pages))
        yield best


def elements(page: Path) -> Sorts:
    """The sorts of elements on a page: each with its classes, and those of the element that it stands in."""
    body = html.parse(page).getroot().body
    return frozenset((named(element.getparent()), named(element)) for element in body.iter(html.etree.Element))


def named(element: html.HtmlElement) -> str:
    """An element's tag, role and classes."""
    return " ".join((element.tag, element.get("role", ""), *sorted(element.get("class", "").split())))
