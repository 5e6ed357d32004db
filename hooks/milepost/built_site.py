"""What a built site holds, as far as its rules look at it: pages with their anchors and links, and files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteLink:
    """Something on a page that points elsewhere.

    address: as written. tag: `a`, `img`, `link`, `script`. line: 1-based, in the built HTML.
    """

    address: str
    tag: str
    line: int


@dataclass(frozen=True, slots=True)
class SitePage:
    """A built page: its route, the anchors that it offers, and what it points to."""

    route: str
    anchors: frozenset[str]
    links: tuple[SiteLink, ...]


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site: its pages, every file in it by route, and the address that it will be published under."""

    pages: tuple[SitePage, ...]
    files: frozenset[str]
    address: str
