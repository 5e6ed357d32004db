"""Feeds, calendars and the sitemap of the built site to the links in them, each with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from milepost.check.built_site import FeedLink, SiteFeed, resolve
from milepost.model import routes

ADDRESSED_BY_TEXT = frozenset({"guid", "link", "loc"})
"""The elements of feeds and sitemaps whose text is an address."""
ADDRESSED_BY_ATTRIBUTE = ("href", "url", "xmlUrl", "htmlUrl")
ADDRESSED_BY_KEY = frozenset({"url", "home_page_url", "feed_url", "external_url"})
"""The keys of JSON Feed whose value is an address."""
STYLE = re.compile(r"""\bhref=(["'])(?P<address>.*?)\1""")
ADDRESSED_BY_PROPERTY = re.compile(r"(?:URL|SOURCE)(?:;[^:\r\n]*)?:(?P<address>.*)", re.IGNORECASE)
"""The properties of iCalendar whose value is an address (RFC 5545, 3.8.4.6; RFC 7986, 5.8)."""

Links = list[tuple[str, int]]
"""Addresses, each with its line."""


class UnreadableError(Exception):
    """A feed cannot be read; the message says why, for people."""

    def __init__(self, fault: str, line: int) -> None:
        super().__init__(fault)
        self.line = line


def is_feed(route: str) -> bool:
    """Whether the links of the file at `route` are followed: a feed, the list of them, a calendar, the sitemap."""
    return route.endswith((".xml", ".opml", ".ics")) or (route.startswith(routes.FEED_FOLDER) and _is_json(route))


def read_feed(file: Path, route: str, site_address: str) -> SiteFeed:
    """The links of the feed in `file`, which stands at `route`."""
    content = file.read_bytes()
    try:
        if _is_json(route):
            found = json_links(content)
        elif route.endswith(".ics"):
            found = calendar_links(content)
        else:
            found = xml_links(content)
    except UnreadableError as error:
        return SiteFeed(route, (), str(error), error.line)
    return SiteFeed(
        route, tuple(FeedLink(address, line, resolve(address, route, site_address)) for address, line in found)
    )


def _is_json(route: str) -> bool:
    return route.endswith(".json")


def json_links(content: bytes) -> Links:
    """The addresses of a JSON feed; raises UnreadableError. One that stands twice is told at its first line."""
    try:
        text = content.decode("utf-8")
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(error.msg, error.lineno) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError("it is no JSON in UTF-8", 1) from error
    places = ((address, text.find(json.dumps(address, ensure_ascii=False))) for address in _addresses(value))
    return [(address, text.count("\n", 0, max(place, 0)) + 1) for address, place in places]


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, own in value.items():
            if key in ADDRESSED_BY_KEY and isinstance(own, str):
                yield own
            else:
                yield from _addresses(own)
    elif isinstance(value, list):
        for own in value:
            yield from _addresses(own)


def calendar_links(content: bytes) -> Links:
    """The addresses of a calendar, its folded lines joined (RFC 5545, 3.1); raises UnreadableError."""
    try:
        lines = [line.removesuffix("\r") for line in content.decode("utf-8").split("\n")]
    except UnicodeDecodeError as error:
        raise UnreadableError("it is no text in UTF-8", content.count(b"\n", 0, error.start) + 1) from error
    if lines[0].upper() != "BEGIN:VCALENDAR":
        raise UnreadableError("it does not begin with BEGIN:VCALENDAR", 1)
    unfolded: Links = []
    for number, line in enumerate(lines, start=1):
        if line.startswith((" ", "\t")) and unfolded:
            text, first = unfolded[-1]
            unfolded[-1] = (text + line[1:], first)
        else:
            unfolded.append((line, number))
    found = ((ADDRESSED_BY_PROPERTY.fullmatch(text), number) for text, number in unfolded)
    return [(match["address"], number) for match, number in found if match]


def xml_links(content: bytes) -> Links:
    """The addresses of an XML feed, a list of feeds or the sitemap; raises UnreadableError."""
    reader = _XmlReader()
    try:
        reader.read(content)
    except expat.ExpatError as error:
        raise UnreadableError(expat.ErrorString(error.code), error.lineno) from error
    except (LookupError, ValueError) as error:
        raise UnreadableError("its encoding is not known", reader.line) from error
    return reader.links


class _XmlReader:
    """Reads one XML file, and keeps the addresses that it holds, each with its line."""

    def __init__(self) -> None:
        self.links: Links = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        # Without a document type there are no entities, which could grow without end or name other files.
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.ProcessingInstructionHandler = self.instruct
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
        raise UnreadableError("a document type is declared", self.line)

    def instruct(self, target: str, data: str) -> None:
        style = STYLE.search(data) if target == "xml-stylesheet" else None
        if style:
            self.links.append((style["address"], self.line))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        self.text, self.started = "", self.line
        self.has_address = element in ADDRESSED_BY_TEXT and attributes.get("isPermaLink") != "false"
        for attribute in ADDRESSED_BY_ATTRIBUTE:
            if attribute in attributes:
                self.links.append((attributes[attribute], self.line))

    def end(self, _: str) -> None:
        if self.has_address and self.text.strip():
            self.links.append((self.text.strip(), self.started))
        self.has_address = False

    def add_text(self, text: str) -> None:
        self.text += text
