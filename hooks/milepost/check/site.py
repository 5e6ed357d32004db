"""The built site to diagnostics: reads the HTML, SVG and feeds that readers get, and runs the site's rules on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from milepost.check.built_site import (
    ActingElement,
    BuiltSite,
    Expected,
    Mark,
    SiteBar,
    SiteFile,
    SiteLink,
    SitePage,
    Statement,
    resolve,
)
from milepost.check.feed_reader import is_feed, read_feed
from milepost.check.policy import unnamed_scripts
from milepost.check.rules import judge_site
from milepost.diagnostics import Diagnostic
from milepost.model import routes
from milepost.text.sentence import PERCENTAGE, SAID_CLASS, keys_of_mark

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
HANDLER = re.compile(r"on[a-z]+(?=\s*=)")
"""What may be an attribute whose value runs; text can look like it, which is why the page's elements are then asked."""
BEFORE_ATTRIBUTE = frozenset("\t\n\f\r /\"'")
ACTING = {
    "base": "href",
    "embed": "src",
    "form": "action",
    "frame": "src",
    "iframe": "src",
    "object": "data",
}
ACTING_SELECTOR = ", ".join([*ACTING, "[formaction]", "[srcdoc]", "meta[http-equiv]"])

WORDS = ("alt", "aria-label", "title")
"""The attributes whose text is read out, or shown."""
CITING = ", ".join(["data", "svg.mp-bar", "img[data-ref]", *(f'[{attribute}*="%"]' for attribute in WORDS)])
# The pseudo-class is Lexbor's own: the elements with a text of their own that holds the sign.
GIVING_PERCENTAGES = ':lexbor-contains("%")'
NOT_READ = frozenset({"code", "data", "footer", "head", "header", "nav", "pre", "script", "style", "title"})
"""Elements whose percentages are no figures, stand beside their name, or are part of the name of a page.

The name of a page is read where the page has it as its heading.
"""


def check_site(folder: Path, site_address: str, expected: Expected) -> tuple[Diagnostic, ...]:
    """Check the built site in `folder`, published under `site_address`, against what is expected of it."""
    return judge_site(read_site(folder, site_address, expected))


def read_site(folder: Path, site_address: str, expected: Expected) -> BuiltSite:
    """The pages, charts, feeds and files of the built site in `folder`, and what is expected of them."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = tuple(read_page(folder / name, name, site_address) for name in files if name.endswith(".html"))
    charts = tuple(read_chart(folder / name, name) for name in files if routes.is_chart(name))
    feeds = tuple(read_feed(folder / name, name, site_address) for name in files if is_feed(name))
    return BuiltSite(pages, charts, feeds, frozenset(files), expected)


def read_page(file: Path, route: str, site_address: str) -> SitePage:
    """The anchors, links, bars and percentages of the page in `file`."""
    anchors: Counter[str] = Counter()
    # Pages repeat their links, and what is wrong with one is wrong with its twin.
    links: dict[SiteLink, None] = {}
    written = file.read_text("utf-8", errors="replace")
    parsed = LexborHTMLParser(written)
    for node in parsed.css(SELECTOR):
        attributes = node.attributes
        if "id" in attributes:
            anchors[attributes["id"] or ""] += 1
        link = _link(node, attributes, route, site_address)
        if link is not None:
            links[link] = None
    repeated = tuple(anchor for anchor, count in anchors.items() if count > 1)
    statements, bars = _figures_of(parsed)
    return SitePage(
        route,
        file,
        statements,
        frozenset(anchors),
        repeated,
        tuple(links),
        bars,
        tuple(unnamed_scripts(parsed)),
        tuple(dict.fromkeys((*_acting(parsed), *_handlers(written, parsed)))),
    )


def read_chart(file: Path, route: str) -> SiteFile:
    """The percentages of the chart in `file`, which is SVG: its texts, each with the name that its mark has."""
    seen: Counter[tuple[str, str]] = Counter()
    statements = []
    for node in LexborHTMLParser(file.read_text("utf-8", errors="replace")).css("text"):
        text = node.text()
        if PERCENTAGE.search(text):
            name = (node.parent.attributes.get("id") if node.parent else None) or ""
            statements.append(Statement(text, keys_of_mark(name), None, _mark(seen, "", text.strip())))
    return SiteFile(route, file, tuple(statements))


def _acting(parsed: LexborHTMLParser) -> Iterator[ActingElement]:
    """What frames, embeds, sends, leads on or moves all addresses of a page by itself."""
    for node in parsed.css(ACTING_SELECTOR):
        tag, attributes = node.tag or "", node.attributes
        if tag == "meta":
            if (attributes["http-equiv"] or "").strip().lower() == "refresh":
                yield ActingElement(tag, "content", attributes.get("content") or "")
            continue
        named = [name for name in (ACTING.get(tag), "formaction", "srcdoc") if name in attributes]
        if named or (tag in ACTING and tag not in {"base", "form"}):
            attribute = named[0] if named and named[0] else ACTING[tag]
            yield ActingElement(tag, attribute, attributes.get(attribute) or "")


def _handlers(written: str, parsed: LexborHTMLParser) -> Iterator[ActingElement]:
    """The attributes of a page that run when something happens: `onclick`, `onload` and the like."""
    # Letters of one case are searched for three times as fast as those of either, or as what may stand before them.
    text = written.lower()
    names = {found[0] for found in HANDLER.finditer(text) if text[found.start() - 1] in BEFORE_ATTRIBUTE}
    for name in sorted(names):
        for node in parsed.css(f"[{name}]"):
            yield ActingElement(node.tag or "", name, node.attributes[name] or "")


def _figures_of(parsed: LexborHTMLParser) -> tuple[tuple[Statement, ...], tuple[SiteBar, ...]]:
    """What a page says in percentages, and the bars that it draws."""
    seen: Counter[tuple[str, str]] = Counter()
    statements: list[Statement] = []
    bars: list[SiteBar] = []
    for node in parsed.css(CITING):
        attributes = node.attributes
        cited = attributes.get("data-ref") or ""
        mark = _mark(seen, "data-ref", cited)
        if node.tag == "data":
            value = attributes.get("value") or ""
            by_value = _mark(seen, "value", value)
            statements.append(Statement(node.text(), (cited,) if cited else (), value, mark if cited else by_value))
        elif node.tag == "svg":
            bars.append(_bar(node, cited, mark if cited else _mark(seen, "class", "mp-bar")))
        elif not _is_not_read(node):
            statements += _words(attributes, cited, seen)
    for node in parsed.css(GIVING_PERCENTAGES):
        if node.tag not in NOT_READ and not _is_not_read(node):
            statements += _bare(node, seen)
    return tuple(statements), tuple(bars)


def _words(attributes: dict[str, str | None], cited: str, seen: Counter[tuple[str, str]]) -> Iterator[Statement]:
    """What an element's attributes say; its `data-ref` names the figures of its alternative text."""
    for attribute in WORDS:
        text = attributes.get(attribute) or ""
        keys = tuple(cited.split()) if attribute == "alt" else ()
        if keys or PERCENTAGE.search(text):
            yield Statement(text, keys, None, _mark(seen, attribute, text))


def _bare(node: LexborNode, seen: Counter[tuple[str, str]]) -> Iterator[Statement]:
    """The texts of an element's own that give percentages, without the texts of the elements in it."""
    before = ""
    for child in node.iter(include_text=True):
        text = child.text()
        if child.tag == "-text" and "%" in text:
            # The sign may be set apart from its number: `<b>45</b> %`.
            said = before + text if text.lstrip().startswith("%") else text
            if PERCENTAGE.search(said):
                yield Statement(said.strip(), (), None, _mark(seen, "", text.strip()))
        before = text if child.tag != "data" else ""


def _bar(node: LexborNode, ref: str, mark: Mark) -> SiteBar:
    rects = {rect.attributes.get("class"): rect.attributes for rect in node.iter()}
    filled, between, tick = (rects.get(f"mp-bar-{part}") for part in ("filled", "between", "tick"))
    return SiteBar(
        ref,
        filled.get("width") if filled else None,
        (between.get("x"), between.get("width")) if between else None,
        tick.get("x") if tick else None,
        mark,
    )


def _is_not_read(node: LexborNode) -> bool:
    """Whether a node stands in something whose percentages are not read, or are what someone said."""
    while True:
        if SAID_CLASS in (node.attributes.get("class") or "").split():
            return True
        parent = node.parent
        if parent is None:
            return False
        node = parent
        if node.tag in NOT_READ:
            return True


def _mark(seen: Counter[tuple[str, str]], attribute: str, content: str) -> Mark:
    seen[attribute, content] += 1
    return Mark(attribute, content, seen[attribute, content])


def _link(node: LexborNode, attributes: dict[str, str | None], route: str, site_address: str) -> SiteLink | None:
    tag = node.tag or ""
    attribute = ADDRESSES.get(tag, "")
    if attribute not in attributes or (tag == "link" and attributes.get("rel") in NOT_LOADED):
        return None
    address = attributes[attribute] or ""
    return SiteLink(address, tag, attribute, resolve(address, route, site_address))
