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


def pages_of_kinds(sites: Mapping[str, Path], reports: Mapping[str, Report]) -> tuple[BuiltPage, ...]:
    """The first page of each kind that is generated, and the page for what is not found."""
    found = (page for page in first_of_each_kind(reports) if stays(sites[page.site] / page.route))
    return tuple(sorted({*found, BuiltPage(next(iter(sites)), NOT_FOUND)}))


def stays(page: Path) -> bool:
    """Whether browsers stay on a page, and are not led on to another."""
    return page.is_file() and LEADS_ON not in page.read_bytes()


def page_types(sites: Mapping[str, Path], reports: Mapping[str, Report]) -> tuple[BuiltPage, ...]:
    """The first page of each kind that is generated, the page for what is not found, and what they do not show.

    That is: more pages, as few as hold every sort of element that any page of the sites has.
    """
    composed = {
        BuiltPage(name, path.relative_to(folder).as_posix()): elements(path)
        for name, folder in sites.items()
        for path in sorted(folder.rglob("*.html"))
        if stays(path)
    }
    chosen = dict.fromkeys(pages_of_kinds(sites, reports))
    unseen = frozenset().union(*composed.values()) - frozenset().union(*(composed[page] for page in chosen))
    while unseen:
        page = max(composed, key=lambda page: len(composed[page] & unseen))
        chosen[page] = None
        unseen -= composed[page]
    return tuple(sorted(chosen))


def first_of_each_kind(reports: Mapping[str, Report]) -> Iterable[BuiltPage]:
    """A page of each kind that is generated, of the first report that gives one."""
    for kind in PAGES:
        found = (BuiltPage(name, page.route) for name, report in reports.items() for page in kind.make(report))
        yield from list(found)[:1]


def elements(page: Path) -> frozenset[tuple[str, str]]:
    """The sorts of elements on a page: each with its classes, and those of the element that it stands in."""
    body = html.parse(page).getroot().body
    return frozenset((named(element.getparent()), named(element)) for element in body.iter(html.etree.Element))


def named(element: html.HtmlElement) -> str:
    """An element's tag, role and classes."""
    return " ".join((element.tag, element.get("role", ""), *sorted(element.get("class", "").split())))
