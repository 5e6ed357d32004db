"""What the addresses on a built page point to, for the rules that follow them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from milepost.built_site import BuiltSite, SiteLink, SitePage
from milepost.diagnostics import Diagnostic, Location

SITE_FOLDER = "site"


@dataclass(frozen=True, slots=True)
class Target:
    """What an address within the site points to: a file by its route, and a place in it (empty: the whole)."""

    path: str
    anchor: str


def internal_targets(site: BuiltSite, *tags: str) -> Iterator[tuple[SitePage, SiteLink, Target]]:
    """Every address within the site that an element of `tags` holds, with its page."""
    for page in site.pages:
        for link in page.links:
            if link.tag in tags:
                target = resolve(link.address, page.route, site.address)
                if target is not None:
                    yield page, link, target


def resolve(address: str, route: str, site_address: str) -> Target | None:
    """The target of `address` on the page at `route`; None where it leaves the site."""
    root = site_address.rstrip("/") + "/"
    if address.startswith(root):
        address, route = address.removeprefix(root) or "index.html", ""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return Target(route or "index.html", anchor)
    if path.startswith("/"):
        base = urlsplit(root).path
        if not path.startswith(base):
            return Target(path, anchor)
        resolved = path.removeprefix(base)
    else:
        resolved = posixpath.normpath(posixpath.join(posixpath.dirname(route), path))
    if path.endswith("/") or resolved in {"", "."}:
        resolved = posixpath.normpath(posixpath.join(resolved, "index.html"))
    return Target(resolved, anchor)


def link_diagnostic(rule: str, page: SitePage, link: SiteLink, message: str, hint: str) -> Diagnostic:
    """A diagnostic of `rule` at the line of `link` in the built HTML."""
    return Diagnostic.at(Location(f"{SITE_FOLDER}/{page.route}", link.line, 1), rule, message, hint)
