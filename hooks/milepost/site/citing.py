"""What is to be cited of a page: where it can be, a state of it that does not change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from milepost.history.timeline import Published
from milepost.model import routes
from milepost.model.portal import Portal, Ref
from milepost.model.snapshot_info import SnapshotInfo
from milepost.report import Report
from milepost.site.citation import FORMS, Citation, Edition
from milepost.text.dates import in_words

NOWHERE_KEPT = "This page changes, and no snapshot is known to have it: what is cited here is not kept."
OF_MILEPOST = (
    "This page is Milepost's own and changes with it: what is cited here is not kept. "
    "Each snapshot holds the handbook of its day."
)
IN_ROUTE = "/#!$&'()*+,:;=@~"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a snapshot, or a place on one: its route there, and what it is called there."""

    published: Published
    route: str
    title: str


@dataclass(frozen=True, slots=True)
class CitedPage:
    """The citations that a page shows."""

    note: str
    """Which state of the site it cites, as a sentence."""
    href: str
    """The cited page of the snapshot, relative to the page; empty where the page cites itself."""
    forms: tuple[tuple[str, str], ...]
    """The title of each form, and the citation in it."""


def cited_page(report: Report, route: str, title: str) -> CitedPage:
    """What the page at `route`, called `title`, offers to be cited: of its snapshot, of the latest that has it, or it.

    A snapshot whose commit cannot be read is taken to have nothing.
    """
    frozen = report.frozen
    if frozen is not None:
        note = f"This page belongs to snapshot {frozen.name} of {in_words(frozen.day)}, and does not change."
        return CitedPage(note, "", _forms(of_frozen(report.portal, frozen, route, title)))
    found = next((found for each in reversed(report.published) if (found := _same(report.portal, each, route))), None)
    if found is None:
        note = OF_MILEPOST if routes.is_of_handbook(route) else NOWHERE_KEPT
        return CitedPage(note, "", _forms(of_today(report, route, title)))
    row = found.published.row
    note = f"This page as published in snapshot {row.id} of {in_words(row.date)}. The page that you see may differ."
    href = routes.relative(routes.snapshot(row.id) + found.route, route)
    return CitedPage(note, href, _forms(of_snapshot(found, report.site_address)))


def of_snapshot(found: Found, site_address: str) -> Citation:
    """The citation of a page in a snapshot of the site at `site_address`."""
    row = found.published.row
    root = site_address and routes.absolute(routes.snapshot(row.id), site_address)
    edition = Edition(root, row.id, row.date, row.as_of, row.commit, row.data)
    return _citation(found.published.portal, found.route, found.title, edition)


def of_frozen(portal: Portal, frozen: SnapshotInfo, route: str, title: str) -> Citation:
    """The citation of a page in the snapshot that is being built."""
    edition = Edition(frozen.address, frozen.name, frozen.day, frozen.as_of, frozen.commit, frozen.data)
    return _citation(portal, route, title, edition)


def of_today(report: Report, route: str, title: str) -> Citation:
    """The citation of a page that changes, as of the last day as of which any programme is judged."""
    edition = Edition(report.site_address, "", None, report.portal.as_of, "", report.data)
    return _citation(report.portal, route, title, edition)


def find(published: Published, target: str) -> Found | None:
    """What `target` names in a snapshot: an entity, such as `fixnado/T1.2`, or the route of a page.

    A place on a page is known where an entity stands there.
    """
    entity = published.portal.find(target)
    route = target if entity is None else entity.route
    is_place = "#" in route
    if entity is None and not (route in published.titles if is_place else published.has(route)):
        return None
    return Found(published, route, published.titles.get(route, route))


def citable(published: Published) -> Iterator[str]:
    """All that can be cited of a snapshot: its entities, and the routes of its pages."""
    yield from map(str, published.portal.entities)
    yield from published.pages | published.kept


def former_names(portal: Portal, target: str) -> Sequence[str]:
    """The names that what `target` names had before, as `portal` tells them."""
    entity = portal.find(target)
    if entity is None:
        return ()
    return [str(ref) for ref, now in portal.former.items() if now == entity.ref]


def _same(portal: Portal, published: Published, route: str) -> Found | None:
    """The page of a snapshot that is now at `route` of `portal`; what was renamed since goes by its former names."""
    ref = Ref(*routes.named_by(route))
    entity = portal.entities.get(ref)
    names = [str(ref), *former_names(portal, str(ref))] if entity is not None and entity.route == route else [route]
    return next((found for name in names if (found := find(published, name))), None)


def _citation(portal: Portal, route: str, title: str, edition: Edition) -> Citation:
    portfolio = portal.portfolio
    return Citation(
        title=title,
        portal=portfolio.title,
        publisher=portfolio.publisher,
        authority=portfolio.feed_authority.partition(",")[0],
        route=route,
        address=edition.root and routes.absolute(quote(route, safe=IN_ROUTE), edition.root),
        edition=edition,
    )


def _forms(citation: Citation) -> tuple[tuple[str, str], ...]:
    return tuple((form.title, form.write(citation)) for form in FORMS)
