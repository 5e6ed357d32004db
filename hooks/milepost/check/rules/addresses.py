"""The links of a built site that lead to places in it, and how a finding at one is told."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.built_site import BuiltSite, SiteLink, SitePage, Target
from milepost.diagnostics import Diagnostic, Location

SITE_FOLDER = "site"


def internal_targets(site: BuiltSite, *tags: str) -> Iterator[tuple[SitePage, SiteLink, Target]]:
    """Every address within the site that an element of `tags` holds, with its page."""
    for page in site.pages:
        for link in page.links:
            if link.tag in tags and link.target is not None:
                yield page, link, link.target


def link_diagnostic(rule: str, page: SitePage, link: SiteLink, message: str, hint: str) -> Diagnostic:
    """A diagnostic of `rule` at the line of `link` in the built HTML."""
    return site_diagnostic(rule, page.route, page.line_of(link.attribute, link.address), message, hint)


def site_diagnostic(rule: str, route: str, line: int, message: str, hint: str) -> Diagnostic:
    """A diagnostic of `rule` at a line of the built file at `route`."""
    return Diagnostic.at(Location(f"{SITE_FOLDER}/{route}", line, 1), rule, message, hint)
