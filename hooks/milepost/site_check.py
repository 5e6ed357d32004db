"""The built site to diagnostics: reads the HTML and the feeds that readers get, and runs the site's rules on it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from milepost.built_site import BuiltSite, SiteLink, SitePage, resolve
from milepost.diagnostics import Diagnostic
from milepost.rules import judge_site
from milepost.site_feeds import is_feed, read_feed

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


def check_site(folder: Path, site_address: str) -> tuple[Diagnostic, ...]:
    """Check the built site in `folder`, which will be published under `site_address`."""
    return judge_site(read_site(folder, site_address))


def read_site(folder: Path, site_address: str) -> BuiltSite:
    """The pages, feeds and files of the built site in `folder`."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = tuple(read_page(folder / name, name, site_address) for name in files if name.endswith(".html"))
    feeds = tuple(read_feed(folder / name, name, site_address) for name in files if is_feed(name))
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
