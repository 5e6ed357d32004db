"""What a built site holds, as far as its rules look at it: pages with their anchors and links, feeds, and files."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Target:
    """What an address within the site points to: a file by its route, and a place in it (empty: the whole)."""

    path: str
    anchor: str


@dataclass(frozen=True, slots=True)
class SiteLink:
    """Something on a page that points elsewhere.

    address: as written, in the attribute of an element with the tag, such as `a`, `img`, `link`, `script`.
    target: what it points to; None where it leaves the site.
    """

    address: str
    tag: str
    attribute: str
    target: Target | None


@dataclass(frozen=True, slots=True)
class SitePage:
    """A built page: its route, its file, the anchors that it offers, those that stand twice, and what it points to."""

    route: str
    file: Path
    anchors: frozenset[str]
    repeated_anchors: tuple[str, ...]
    links: tuple[SiteLink, ...]

    def line_of(self, attribute: str, value: str, occurrence: int = 1) -> int:
        """The line, 1-based, on which `attribute` holds `value` for that time; 1 where the HTML spells it otherwise.

        It reads the file again: lines are asked for findings alone, and few pages have any.
        """
        html = self.file.read_text("utf-8", errors="replace")
        spelled = "|".join(re.escape(spelling) for spelling in {value, escape(value), escape(value, quote=False)})
        places = re.finditer(
            rf"""(?<![\w-]){attribute}\s*=\s*(?:"(?:{spelled})"|'(?:{spelled})'|(?:{spelled})[\s>])""", html
        )
        starts = [found.start() for found in places][:occurrence]
        return html.count("\n", 0, starts[-1]) + 1 if starts else 1


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A link of a feed: as written, its line, and what it points to; None where it leaves the site."""

    address: str
    line: int
    target: Target | None


@dataclass(frozen=True, slots=True)
class SiteFeed:
    """A file that links to the site's pages: a feed, calendar or sitemap. fault: why it cannot be read, if so."""

    route: str
    links: tuple[FeedLink, ...]
    fault: str = ""
    fault_line: int = 1


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site: its pages and feeds, and every file in it by route."""

    pages: tuple[SitePage, ...]
    feeds: tuple[SiteFeed, ...]
    files: frozenset[str]


def resolve(address: str, route: str, site_address: str) -> Target | None:
    """The target of `address` in the file at `route` of the site at `site_address`; None where it leaves the site."""
    if address.startswith("#") or not address:
        return Target(route, unquote(address[1:]))
    if address.startswith("?"):
        return Target(route, unquote(urlsplit(address).fragment))
    return _resolved(address, posixpath.dirname(route), site_address.rstrip("/") + "/")


# Pages of one folder share most of their addresses: those of the navigation.
@lru_cache(maxsize=100_000)
def _resolved(address: str, folder: str, root: str) -> Target | None:
    if address.startswith(root):
        address, folder = address.removeprefix(root) or "index.html", ""
    elif f"{address}/" == root:
        address, folder = "index.html", ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if path.startswith("/"):
        base = urlsplit(root).path
        if not path.startswith(base):
            return Target(path, anchor)
        resolved = path.removeprefix(base)
    else:
        resolved = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith("/") or resolved in {"", "."}:
        resolved = posixpath.normpath(posixpath.join(resolved, "index.html"))
    return Target(resolved, anchor)
