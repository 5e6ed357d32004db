"""The versions of the site: what is now, and each snapshot; and where each has the page that someone reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from milepost.data.records.snapshot import Snapshot
from milepost.model import routes
from milepost.report import Report

CURRENT = "Current"
"""What people call the site of today."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the site, for a list of them on one page.

    name: what it is called. address: of the same page in it, or of its overview where it has no such page, as seen from
    the page that lists it.
    """

    name: str
    address: str


def name_of(report: Report) -> str:
    """What the version is called that `report` is of."""
    return report.frozen.name if report.frozen else CURRENT


def versions(report: Report, route: str) -> tuple[Version, ...]:
    """The versions that the page at `route` can lead to by itself, its own among them; none where there is but one.

    A frozen site knows of itself and of the site of today: the snapshots that came later are told of there.
    """
    if report.frozen is None and not report.portal.snapshots:
        return ()
    return tuple(_versions(report, route))


def snapshot_address(report: Report, start: str, name: str, route: str = routes.OVERVIEW) -> str | None:
    """The address of the page `route` of the snapshot `name`, as seen from the page `start`.

    Other snapshots stand beside a frozen site only while it is published, so it leads to where the site of today has
    them; None where it does not know where that is.
    """
    target = routes.frozen(name, route)
    if report.frozen is None:
        return routes.relative(target, start)
    return routes.absolute(target, report.frozen.current) if report.frozen.current else None


def versions_file(report: Report, pages: Iterable[str]) -> str:
    """All versions as JSON, for the selector of a frozen page: name, folder below the site of today, and their pages.

    pages: the routes of those of today. Where the commit of a snapshot cannot be read, its pages are null.
    """
    known = {found.row.id: sorted(found.pages) for found in report.published}
    told = [{"name": CURRENT, "folder": "", "pages": sorted(pages)}]
    rows = [{"name": row.id, "folder": routes.snapshot(row.id), "pages": known.get(row.id)} for row in _rows(report)]
    return json.dumps({"versions": [*told, *rows]}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _versions(report: Report, route: str) -> Iterator[Version]:
    frozen = report.frozen
    if frozen is not None:
        if frozen.current:
            yield Version(CURRENT, routes.absolute(route, frozen.current))
        yield Version(frozen.name, routes.relative(route, route))
        return
    yield Version(CURRENT, routes.relative(route, route))
    having = {found.row.id for found in report.published if route in found.pages}
    for row in _rows(report):
        there = route if row.id in having else routes.OVERVIEW
        yield Version(row.id, routes.relative(routes.frozen(row.id, there), route))


def _rows(report: Report) -> Iterator[Snapshot]:
    """The rows of the ledger, newest first."""
    return reversed(report.portal.snapshots)
