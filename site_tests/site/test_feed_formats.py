"""Every feed against the specification of its format: RFC 4287, RSS 2.0 and its profile, JSON Feed 1.1, OPML 2.0."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from lxml import etree

from conftest import SITE_ADDRESS, SmallProject
from feed_project import HOSTILE_TO_FEEDS, TITLE
from milepost.data.records import scalars
from milepost.history.timeline import Past
from milepost.report import make_report
from milepost.site.build import build

HERE = Path(__file__).parent
ADDRESS = "https://feeds.example/status/"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ABSOLUTE = re.compile(r"https?://[^\s<>\"]+")
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} 00:00:00 \+0000"
)
GRAMMAR = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
JSON_FEED = Draft202012Validator(json.loads((HERE / "json_feed.schema.json").read_text("utf-8")))


@pytest.fixture
def hostile(small_project: Callable[..., SmallProject], monkeypatch: pytest.MonkeyPatch) -> Callable[[], SmallProject]:
    """A project in which every text is hostile, and which no rule has refused."""
    monkeypatch.setattr(scalars, "unsafe_part", lambda _: None)
    return lambda: small_project(HOSTILE_TO_FEEDS)


def below_feeds(project: SmallProject) -> dict[str, str]:
    """Everything that is published beside the feeds' page, by route."""
    checked = project.check()
    assert checked.is_sound, project.text
    report = make_report(checked, Past(), site_address=ADDRESS)
    return {artifact.path: artifact.content for artifact in build(report) if artifact.path.startswith("feeds/")}


@pytest.fixture(params=["own", "hostile", "quiet"])
def files(request: pytest.FixtureRequest) -> tuple[str, Mapping[str, bytes]]:
    """A site's address and all that stands below its feeds: of the built site, of a hostile and of an empty project."""
    if request.param == "own":
        folder: Path = request.getfixturevalue("built_site")
        paths = [path for path in sorted((folder / "feeds").rglob("*")) if path.is_file()]
        return SITE_ADDRESS, {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    project = request.getfixturevalue("hostile" if request.param == "hostile" else "small_project")()
    return ADDRESS, {route: content.encode() for route, content in below_feeds(project).items()}


def named(files: Mapping[str, bytes], name: str) -> Iterator[tuple[str, bytes]]:
    found = [(route, content) for route, content in files.items() if route.endswith(f"/{name}")]
    assert len(found) >= 6
    yield from found


# Atom


def faults_of_atom(feed: Any) -> list[str]:
    """What RFC 4287 has against a feed: its grammar, the Schematron rules beside it, and what its text alone says."""
    faults = [] if GRAMMAR.validate(feed) else [str(GRAMMAR.error_log.last_error)]
    root = feed.getroot()
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        faults.append("a feed must have an author, unless all its entries have")
    for entry in entries:
        links = entry.findall(f"{ATOM}link")
        if (
            not any(link.get("rel", "alternate") == "alternate" for link in links)
            and entry.find(f"{ATOM}content") is None
        ):
            faults.append("an entry must have an alternate link or a content")
    for holder in (root, *entries):
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in holder.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        if len(alternates) > len(set(alternates)):
            faults.append("two alternate links of one type and language (4.1.1)")
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    if len(ids) > len(set(ids)):
        faults.append("an id stands twice (4.2.6)")
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        faults.append("a feed should link to itself (4.1.1)")
    return faults


def test_atom_holds_to_the_grammar_of_rfc_4287(files: tuple[str, Mapping[str, bytes]]) -> None:
    for route, content in named(files[1], "atom.xml"):
        assert faults_of_atom(etree.ElementTree(etree.fromstring(content))) == [], route


def _without(name: str) -> Callable[[Any], None]:
    return lambda root: root.remove(root.find(ATOM + name))


@pytest.mark.parametrize(
    "spoil",
    [
        _without("id"),
        _without("title"),
        _without("updated"),
        lambda root: root.append(copy.deepcopy(root.find(f"{ATOM}title"))),
        lambda root: root.find(f"{ATOM}updated").__setattr__("text", "yesterday"),
        lambda root: root.find(f"{ATOM}link").attrib.pop("href"),
        lambda root: root.find(f"{ATOM}link").set("colour", "red"),
        lambda root: root.find(f"{ATOM}entry/{ATOM}content").set("type", "markup"),
        lambda root: root.find(f"{ATOM}entry").append(copy.deepcopy(root.find(f"{ATOM}id"))),
        lambda root: root.insert(0, etree.Element(f"{ATOM}date")),
        lambda root: root.append(copy.deepcopy(root.find(f"{ATOM}entry"))),
    ],
)
def test_the_checks_of_atom_find_what_they_look_for(spoil: Callable[[Any], None], built_site: Path) -> None:
    feed = etree.parse(built_site / "feeds/atom.xml")
    spoil(feed.getroot())
    assert faults_of_atom(feed)


# RSS


def faults_of_rss(content: bytes, address: str) -> Iterator[str]:
    """What the specification of RSS 2.0, and the RSS Best Practices Profile, have against a feed."""
    root = etree.fromstring(content)
    if root.tag != "rss" or root.get("version") != "2.0" or [child.tag for child in root] != ["channel"]:
        yield "an rss element of version 2.0 holds one channel"
        return
    yield from _faults_of_channel(root[0], address)
    yield from _faults_of_values(root[0])
    for item in root.iter("item"):
        yield from _faults_of_item(item)
    guids = [guid.text for guid in root.iter("guid")]
    if len(guids) > len(set(guids)):
        yield "a guid stands twice"
    if re.search(rb"&(amp|lt);", content):
        yield "& and < are best written as &#x26; and &#x3C; (profile)"


def _faults_of_channel(channel: Any, address: str) -> Iterator[str]:
    for name in ("title", "link", "description"):
        if len(channel.findall(name)) != 1 or not (channel.findtext(name) or "").strip():
            yield f"a channel has one {name}"
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(own) != 1 or not own[0].get("href", "").startswith(address) or own[0].get("type") != "application/rss+xml":
        yield "a channel names its own address by one atom:link (profile)"
    if channel.findtext("language") != "en":
        yield "a channel says its language"
    if any(True for _ in channel.iter("author", "managingEditor", "webMaster")):
        yield "an author is a mail address, and there is none: dc:creator says who (profile)"


def _faults_of_values(channel: Any) -> Iterator[str]:
    for element in channel.iter("title", "description", "link", "category", "pubDate", "guid", CONTENT, CREATOR):
        if len(element):
            yield f"{element.tag} holds text alone"
    for element in channel.iter("pubDate", "lastBuildDate"):
        text = element.text or ""
        if not RFC_822.fullmatch(text) or format_datetime(parsedate_to_datetime(text)) != text:
            yield f"{text} is no date of RFC 822 with four digits in its year"
    for element in channel.iter("link", "docs"):
        if not ABSOLUTE.fullmatch(element.text or ""):
            yield f"{element.text} is no absolute address"


def _faults_of_item(item: Any) -> Iterator[str]:
    once = ("title", "link", "description", "guid", "pubDate", CONTENT, CREATOR)
    for name in once:
        if len(item.findall(name)) != 1:
            yield f"an item has one {name}"
    order = [child.tag for child in item]
    if order.index("description") > order.index(CONTENT):
        yield "description stands before content:encoded (profile)"
    if item.find("guid").get("isPermaLink") != "false":
        yield "a guid that is no address says so"
    for name in ("description", CONTENT):
        if not BeautifulSoup(item.findtext(name), "html.parser").get_text().strip():
            yield f"{name} says something"
    for element in BeautifulSoup(item.findtext(CONTENT), "html.parser").select("[href], [src]"):
        if not ABSOLUTE.fullmatch(str(element.get("href") or element.get("src"))):
            yield f"{element} has an address that is not absolute (profile)"


def test_rss_holds_to_its_specification_and_profile(files: tuple[str, Mapping[str, bytes]]) -> None:
    address, found = files
    for route, content in named(found, "rss.xml"):
        assert list(faults_of_rss(content, address)) == [], route


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ('version="2.0"', 'version="0.91"'),
        ("<language>en</language>", ""),
        ('rel="self"', 'rel="alternate"'),
        ("21 Oct 2025", "21 Oct 25"),
        ("Tue, 21 Oct 2025", "Mon, 21 Oct 2025"),
        (' isPermaLink="false"', ""),
        ("<dc:creator>", "<author>a@a.example</author><dc:creator>"),
        ("&#x26;", "&amp;"),
        ('href="https://milepost.example/fixnado/T4A.html"', 'href="fixnado/T4A.html"'),
        ("fixnado/T4A/2025-10-21-U2</guid>", "fixnado/T4A/2025-10-21</guid>"),
    ],
)
def test_the_checks_of_rss_find_what_they_look_for(text: str, instead: str, built_site: Path) -> None:
    content = (built_site / "feeds/rss.xml").read_text("utf-8")
    assert text in content
    assert list(faults_of_rss(content.replace(text, instead).encode(), SITE_ADDRESS))


# JSON Feed


def test_json_feed_holds_to_version_1_1(files: tuple[str, Mapping[str, bytes]]) -> None:
    address, found = files
    for route, content in named(found, "feed.json"):
        feed = json.loads(content)
        assert [error.message for error in JSON_FEED.iter_errors(feed)] == [], route
        assert feed["feed_url"] == address + route
        ids = [item["id"] for item in feed["items"]]
        assert len(set(ids)) == len(ids), route


@pytest.mark.parametrize(
    "change",
    [
        {"version": "https://jsonfeed.org/version/1"},
        {"title": None},
        {"home_page_url": "index.html"},
        {"author": {"name": "A"}},
        {"authors": []},
        {"items": [{"id": "1"}]},
        {"items": [{"content_html": "<p>a</p>"}]},
        {"items": [{"id": "1", "content_text": "a", "date_published": "2026-01-01"}]},
        {"items": [{"id": 1, "content_text": "a"}]},
        {"_own": {}},
    ],
)
def test_the_schema_of_json_feed_finds_what_it_looks_for(change: dict[str, Any], built_site: Path) -> None:
    feed = json.loads((built_site / "feeds/feed.json").read_text("utf-8"))
    assert not JSON_FEED.is_valid(feed | change)


# OPML


def test_the_list_of_feeds_holds_to_opml_2_and_names_every_channel(files: tuple[str, Mapping[str, bytes]]) -> None:
    address, found = files
    root = etree.fromstring(found["feeds/feeds.opml"])
    assert (root.tag, root.get("version"), [child.tag for child in root]) == ("opml", "2.0", ["head", "body"])
    assert root.findtext("head/title")
    assert RFC_822.fullmatch(root.findtext("head/dateModified"))
    assert all(outline.get("text") for outline in root.iter("outline"))
    assert [outline.get("text") for outline in root.findall("body/outline")] == [
        "Portfolio",
        "Programmes",
        "Across programmes",
        "Owners",
    ]
    listed = root.findall("body/outline/outline")
    assert {outline.get("type") for outline in listed} == {"rss"}
    assert sorted(outline.get("xmlUrl") for outline in listed) == sorted(
        address + route for route in found if route.endswith("/rss.xml")
    )
    for outline in listed:
        feed = feedparser.parse(found[outline.get("xmlUrl").removeprefix(address)])
        assert outline.get("htmlUrl") == feed.feed.link
        assert outline.get("title") == outline.get("text")
        assert ABSOLUTE.fullmatch(outline.get("htmlUrl"))


# All


def test_feedparser_reads_every_xml_feed_and_has_to_guess_at_none(files: tuple[str, Mapping[str, bytes]]) -> None:
    for name, version in (("atom.xml", "atom10"), ("rss.xml", "rss20")):
        for route, content in named(files[1], name):
            feed = feedparser.parse(content)
            assert not feed.bozo, f"{route}: {feed.get('bozo_exception')}"
            assert feed.version == version, route


def test_every_xml_feed_names_the_style_that_browsers_show_it_by(built_site: Path) -> None:
    for path in sorted((built_site / "feeds").rglob("*.xml")):
        instructions = etree.parse(path).xpath("/processing-instruction('xml-stylesheet')")
        assert [found.get("type") for found in instructions] == ["text/css"], path
        assert (path.parent / instructions[0].get("href")).resolve() == (built_site / "assets/feed.css").resolve()


def test_a_hostile_title_reaches_every_format_unharmed(hostile: Callable[[], SmallProject]) -> None:
    found = below_feeds(hostile())
    atom, rss = (etree.fromstring(found[f"feeds/demo/{name}"].encode()) for name in ("atom.xml", "rss.xml"))
    written = json.loads(found["feeds/demo/feed.json"])["items"]
    for title, author, content in (
        (
            [title.text for title in atom.iterfind(f"{ATOM}entry/{ATOM}title")],
            atom.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name"),
            [content.text for content in atom.iter(f"{ATOM}content")],
        ),
        (
            [title.text for title in rss.iterfind("channel/item/title")],
            rss.findtext(f"channel/item/{CREATOR}"),
            [content.text for content in rss.iter(CONTENT)],
        ),
        (
            [item["title"] for item in written],
            written[0]["authors"][0]["name"],
            [item["content_html"] for item in written],
        ),
    ):
        assert f"{TITLE}: T1 {TITLE} completed, 10 % → 100 %" in title
        assert author == TITLE
        shown = [BeautifulSoup(html, "html.parser") for html in content]
        assert [soup.find_all(["b", "script", "img"]) for soup in shown] == [[]] * len(shown)
        assert sum(TITLE in soup.get_text() for soup in shown) == len(shown)
    opml = etree.fromstring(found["feeds/feeds.opml"].encode())
    assert opml.findtext("head/title") == f"Feeds of {TITLE}"


def test_the_same_data_gives_the_same_bytes(hostile: Callable[[], SmallProject]) -> None:
    project = hostile()
    assert below_feeds(project) == below_feeds(project)
