"""The built site to diagnostics: reads the HTML that readers get, and runs the site's rules on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from milepost.built_site import BuiltSite, SiteLink, SitePage
from milepost.diagnostics import Diagnostic
from milepost.rules import judge_site

ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src"}
SELECTOR = ", ".join(f"{tag}[{attribute}]" for tag, attribute in ADDRESSES.items())
NOT_LOADED = frozenset({"canonical", "next", "prev"})


def check_site(folder: Path, site_address: str) -> tuple[Diagnostic, ...]:
    """Check the built site in `folder`, which will be published under `site_address`."""
    return judge_site(read_site(folder, site_address))


def read_site(folder: Path, site_address: str) -> BuiltSite:
    """The pages and files of the built site in `folder`."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = tuple(read_page(name, (folder / name).read_text("utf-8")) for name in files if name.endswith(".html"))
    return BuiltSite(pages, frozenset(files), site_address)


def read_page(route: str, html: str) -> SitePage:
    """The anchors and links of one page."""
    tree = LexborHTMLParser(html)
    anchors = frozenset(node.attributes["id"] or "" for node in tree.css("[id]"))
    return SitePage(route, anchors, tuple(_links(tree, html)))


def _links(tree: LexborHTMLParser, html: str) -> Iterator[SiteLink]:
    for node in tree.css(SELECTOR):
        tag = node.tag or ""
        address = node.attributes[ADDRESSES[tag]] or ""
        if tag == "link" and (node.attributes.get("rel") or "") in NOT_LOADED:
            continue
        yield SiteLink(address, tag, _line_of(html, address))


def _line_of(html: str, address: str) -> int:
    """The line on which `address` first stands, 1 where the HTML spells it in another way."""
    escaped = address.replace("&", "&amp;")
    position = max(html.find(f'"{escaped}"'), html.find(f"={escaped}"), 0)
    return html.count("\n", 0, position) + 1
