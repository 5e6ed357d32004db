"""What a built site holds, as far as its rules look at it: pages with their anchors, links and figures, charts, feeds.

Beside it stands what the data says: a rule of the built site compares the two.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from milepost.text.sentence import SAID_CLASS

PASSED_OVER = re.compile(rf'<(?:code|data|pre|script|style|title)\b|<span class="{SAID_CLASS}"')
"""The beginning of an element whose text no rule takes for a bare percentage."""


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
class Mark:
    """How something is found again in its file: the attribute (empty: the text) that holds `content` for that time."""

    attribute: str
    content: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a built file that give percentages.

    keys: the names of the figures that these are, in their order; none where the words name none. value: what programs
    are to read, where the file says so.
    """

    text: str
    keys: tuple[str, ...]
    value: str | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class SiteBar:
    """A bar of progress as it is drawn, each place as the attribute says it, such as `45%`; None where it has no such.

    ref: the entity whose figures it shows; empty where it names none. filled: how far it is filled. between: where the
    part between the two figures begins, and how wide it is. tick: where the reported figure is marked.
    """

    ref: str
    filled: str | None
    between: tuple[str | None, str | None] | None
    tick: str | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A built file that people see: its route, its place on disk, and its words that give percentages."""

    route: str
    file: Path
    statements: tuple[Statement, ...]

    def line_of(self, attribute: str, value: str, occurrence: int = 1) -> int:
        """The line, 1-based, on which `attribute` holds `value` for that time; 1 where the file spells it otherwise.

        It reads the file again: lines are asked for findings alone, and few files have any.
        """
        spelled = _spelled(value)
        places = re.finditer(
            rf"""(?<![\w-]){attribute}\s*=\s*(?:"(?:{spelled})"|'(?:{spelled})'|(?:{spelled})[\s>])""", self._written
        )
        return self._line([found.start() for found in places], occurrence)

    def line_of_text(self, text: str, occurrence: int = 1) -> int:
        """The line, 1-based, on which an element holds `text` for that time; 1 where the file spells it otherwise.

        What is code, or names its figure, is passed over.
        """
        places = re.finditer(rf"(?P<before><[^<>]*>\s*)(?:{_spelled(text)})\s*<", self._written)
        starts = [found.end("before") for found in places if PASSED_OVER.match(found["before"]) is None]
        return self._line(starts, occurrence)

    def line_of_mark(self, mark: Mark) -> int:
        """The line, 1-based, of what `mark` marks."""
        if mark.attribute:
            return self.line_of(mark.attribute, mark.content, mark.occurrence)
        return self.line_of_text(mark.content, mark.occurrence)

    @property
    def _written(self) -> str:
        return self.file.read_text("utf-8", errors="replace")

    def _line(self, starts: list[int], occurrence: int) -> int:
        counted = starts[:occurrence]
        return self._written.count("\n", 0, counted[-1]) + 1 if counted else 1


@dataclass(frozen=True, slots=True)
class ActingElement:
    """Something on a page that does something by itself: an attribute, with its value, of an element with the tag."""

    tag: str
    attribute: str
    value: str


@dataclass(frozen=True, slots=True)
class SitePage(SiteFile):
    """A built page: also the anchors that it offers, those that stand twice, what it points to, and its bars.

    scripts: the texts of its inline scripts that its policy does not name. acting: what else acts by itself.
    """

    anchors: frozenset[str]
    repeated_anchors: tuple[str, ...]
    links: tuple[SiteLink, ...]
    bars: tuple[SiteBar, ...]
    scripts: tuple[str, ...]
    acting: tuple[ActingElement, ...]

    def line_of_script(self, text: str) -> int:
        """The line, 1-based, on which the script with this text begins; 1 where the file spells it otherwise."""
        before, found, _ = self._written.partition(f">{text}</")
        return before.count("\n") + 1 if found else 1


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
class Expected:
    """What a built site must agree with: the data, and the pages that people wrote."""

    figures: Mapping[str, Fraction]
    """Every figure by its name: percentages from 0 to 100, exact."""
    names: tuple[str, ...]
    """Titles and other texts that pages show as they are, where these hold a percentage; the longest first."""
    written: Mapping[str, frozenset[str]]
    """The percentages in the text of each page that people wrote, by its route."""
    redirects: frozenset[str]
    """The routes of pages at former addresses."""
    snapshot_folders: tuple[str, ...] = ()
    """The folders that the site gets when it is published, each with a slash at its end."""
    beside_pages: frozenset[str] = frozenset()
    """The routes of files that people put beside their pages, and which no setting lists as a script."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site: its pages, charts and feeds, every file in it by route, and what is expected of it."""

    pages: tuple[SitePage, ...]
    charts: tuple[SiteFile, ...]
    feeds: tuple[SiteFeed, ...]
    files: frozenset[str]
    expected: Expected


def _spelled(value: str) -> str:
    """A pattern of the ways in which HTML may spell `value`."""
    quoted = escape(value)
    spellings = {
        value,
        quoted,
        escape(value, quote=False),
        quoted.replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
    }
    return "|".join(sorted(map(re.escape, spellings)))


def resolve(address: str, route: str, site_address: str) -> Target | None:
    """The target of `address` in the file at `route` of the site at `site_address`; None where it leaves the site."""
    if address.startswith("#") or not address:
        return Target(route, unquote(address[1:]))
    if address.startswith("?"):
        return Target(route, unquote(urlsplit(address).fragment))
    return _resolved(address, _folder_of(route), site_address.rstrip("/") + "/")


@lru_cache(maxsize=100)
def _folder_of(route: str) -> str:
    return posixpath.dirname(route)


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
