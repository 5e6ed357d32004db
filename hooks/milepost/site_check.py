"""The built site to diagnostics: reads the HTML and XML that readers get, and runs the site's rules on it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.parsers import expat

from selectolax.lexbor import LexborHTMLParser, LexborNode

from milepost.built_site import BuiltSite, FeedLink, SiteFeed, SiteLink, SitePage, resolve
from milepost.diagnostics import Diagnostic
from milepost.rules import judge_site

ADDRESSES = {
    "a": "href",
    "area": "href",
    "embed": "src",
    "form": "action",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
}
SELECTOR = ", ".join(["[id]", *(f"{tag}[{attribute}]" for tag, attribute in ADDRESSES.items())])
NOT_LOADED = frozenset({"canonical", "next", "prev"})
ADDRESSED_BY_TEXT = frozenset({"guid", "link", "loc"})
"""The elements of feeds and sitemaps whose text is an address."""


def check_site(folder: Path, site_address: str) -> tuple[Diagnostic, ...]:
    """Check the built site in `folder`, which will be published under `site_address`."""
    return judge_site(read_site(folder, site_address))


def read_site(folder: Path, site_address: str) -> BuiltSite:
    """The pages, feeds and files of the built site in `folder`."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = tuple(read_page(folder / name, name, site_address) for name in files if name.endswith(".html"))
    feeds = tuple(read_feed(folder / name, name, site_address) for name in files if name.endswith(".xml"))
    return BuiltSite(pages, feeds, frozenset(files))


def read_page(file: Path, route: str, site_address: str) -> SitePage:
    """The anchors and links of the page in `file`."""
    anchors: Counter[str] = Counter()
    # Pages repeat their links, and what is wrong with one is wrong with its twin.
    links: dict[SiteLink, None] = {}
    for node in LexborHTMLParser(file.read_text("utf-8", errors="replace")).css(SELECTOR):
        attributes = node.attributes
        if "id" in attributes:
            anchors[attributes["id"] or ""] += 1
        link = _link(node, attributes, route, site_address)
        if link is not None:
            links[link] = None
    repeated = tuple(anchor for anchor, count in anchors.items() if count > 1)
    return SitePage(route, file, frozenset(anchors), repeated, tuple(links))


def _link(node: LexborNode, attributes: dict[str, str | None], route: str, site_address: str) -> SiteLink | None:
    tag = node.tag or ""
    attribute = ADDRESSES.get(tag, "")
    if attribute not in attributes or (tag == "link" and attributes.get("rel") in NOT_LOADED):
        return None
    address = attributes[attribute] or ""
    return SiteLink(address, tag, attribute, resolve(address, route, site_address))


class _RefusedXmlError(Exception):
    """An XML file holds what could make it another thing than it says."""


def read_feed(file: Path, route: str, site_address: str) -> SiteFeed:
    """The links of the feed or sitemap in `file`."""
    reader = _FeedReader()
    try:
        reader.read(file.read_bytes())
    except expat.ExpatError as error:
        return SiteFeed(route, (), expat.ErrorString(error.code), error.lineno)
    except (LookupError, ValueError):
        return SiteFeed(route, (), "its encoding is not known", reader.line)
    except _RefusedXmlError:
        return SiteFeed(route, (), "a document type is declared", reader.line)
    links = tuple(FeedLink(address, line, resolve(address, route, site_address)) for address, line in reader.links)
    return SiteFeed(route, links)


class _FeedReader:
    """Reads one XML file, and keeps the addresses that it holds, each with its line."""

    def __init__(self) -> None:
        self.links: list[tuple[str, int]] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        # Without a document type there are no entities, which could grow without end or name other files.
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.add_text
        self.text = ""
        self.started = 1
        self.has_address = False

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def read(self, content: bytes) -> None:
        self.parser.Parse(content, True)  # noqa: FBT003  # it takes no names

    def refuse(self, *_: object) -> None:
        raise _RefusedXmlError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        self.text, self.started = "", self.line
        self.has_address = element in ADDRESSED_BY_TEXT and attributes.get("isPermaLink") != "false"
        for attribute in ("href", "url"):
            if attribute in attributes:
                self.links.append((attributes[attribute], self.line))

    def end(self, _: str) -> None:
        if self.has_address and self.text.strip():
            self.links.append((self.text.strip(), self.started))
        self.has_address = False

    def add_text(self, text: str) -> None:
        self.text += text
