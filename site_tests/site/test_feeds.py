"""The feeds, read as a reader's program would: what they carry, what their ids are, and where their links lead."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag

from conftest import SITE_ADDRESS, SmallProject
from milepost.data.records import scalars
from milepost.engines.mkdocs import adapter
from milepost.engines.mkdocs.state import STATE, make_state
from milepost.history.timeline import Past
from milepost.model.events import Event
from milepost.report import Report, make_report
from milepost.site.feeds import FEEDS, channels

ADDRESS = "https://feeds.example/"
RECORDED = date(2026, 1, 1)
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:[A-Za-z0-9./-]+")
ANY_DAY = re.compile(r">(\w{3}, \d{2} \w{3} \d{4} [\d:]{8} [+-]\d{4})<|>(\d{4}-\d\d-\d\dT[^<]+)<")


def read(content: str | bytes) -> Any:
    """A feed as feedparser reads it; a feed that it has to guess at fails the test."""
    feed = feedparser.parse(content if isinstance(content, bytes) else content.encode(), sanitize_html=False)
    assert not feed.bozo, feed.bozo_exception
    return feed


def day(parsed: Any) -> date:
    return date(parsed.tm_year, parsed.tm_mon, parsed.tm_mday)


def feeds_of(project: SmallProject) -> dict[str, str]:
    """Every feed of a small project, by its route."""
    report = make_report(project.check(), Past(), site_address=ADDRESS)
    return {
        feed.route(channel.name): feed.write(channel, feed.route(channel.name))
        for channel in channels(report)
        for feed in FEEDS
    }


def xml_of(project: SmallProject) -> dict[str, str]:
    """Every feed of a small project that is XML, by its route."""
    return {route: content for route, content in feeds_of(project).items() if route.endswith(".xml")}


XML_FEEDS = tuple(feed for feed in FEEDS if feed.file_name.endswith(".xml"))
KINDS = {"milestones": "milestone", "risks": "risks", "decisions": "decisions"}


def events_of(name: str, report: Report) -> list[Event]:
    """The events that the feed `name` must carry, newest first."""
    group, _, person = name.partition("/")
    kinds = {ref: entity.kind for ref, entity in report.portal.entities.items()}
    return [
        event
        for event in report.events
        if not name
        or name == event.ref.programme
        or kinds[event.ref] == KINDS.get(name)
        or (group == "owners" and event.owner == person)
    ]


@pytest.fixture(scope="module")
def names(own_report: Report) -> list[str]:
    """Every channel that the site must have, by the folder of its feeds."""
    portal = own_report.portal
    programmes = [programme.slug for programme in portal.programmes]
    return ["", *programmes, *KINDS, *(f"owners/{person}" for person in portal.people)]


@pytest.fixture(scope="module")
def routes(names: list[str]) -> dict[str, str]:
    """Every XML feed that the site must have: its route, and the channel that it is of."""
    return {feed.route(name): name for name in names for feed in XML_FEEDS}


# Of the built site


def test_the_portfolio_each_programme_kind_and_owner_has_a_feed_and_nothing_else_has(
    built_site: Path, names: list[str]
) -> None:
    folder = built_site / "feeds"
    built = {path.relative_to(built_site).as_posix() for path in folder.rglob("*") if path.is_file()}
    expected = {f"feeds/{name}/{feed.file_name}".replace("//", "/") for name in names for feed in FEEDS}
    assert built == expected | {"feeds/feeds.opml"}
    assert {"feeds/atom.xml", "feeds/fixnado/rss.xml", "feeds/owners/devops-lead/feed.json"} <= built


def test_a_feed_carries_each_event_of_its_channel_once_on_its_day(
    built_site: Path, own_report: Report, routes: Mapping[str, str]
) -> None:
    told_of = set()
    for route, name in routes.items():
        feed = read((built_site / route).read_bytes())
        told = [(entry.id.rpartition(":")[2], day(entry.published_parsed)) for entry in feed.entries]
        assert told == [(event.key, event.day) for event in events_of(name, own_report)], route
        assert len({entry.id for entry in feed.entries}) == len(feed.entries), route
        told_of |= {name} if told else set()
    assert {"", "fixnado", "milestones", "decisions", "owners/compliance-lead"} <= told_of


def test_every_format_of_a_channel_carries_the_same_items(built_site: Path, names: list[str]) -> None:
    for name in names:
        rss, atom = (
            [
                (entry.id, entry.title, entry.link)
                for entry in read((built_site / feed.route(name)).read_bytes()).entries
            ]
            for feed in XML_FEEDS
        )
        written = json.loads((built_site / "feeds" / name / "feed.json").read_text("utf-8"))["items"]
        assert rss == atom == [(item["id"], item["title"], item["url"]) for item in written], name


def test_the_id_of_each_item_is_a_tag_uri_of_the_portfolios_authority(
    built_site: Path, own_report: Report, routes: Mapping[str, str]
) -> None:
    authority = own_report.portal.portfolio.feed_authority
    for route in routes:
        for entry in read((built_site / route).read_bytes()).entries:
            assert TAG_URI.fullmatch(entry.id), f"{route}: {entry.id}"
            assert entry.id.startswith(f"tag:{authority}:"), f"{route}: {entry.id}"


def test_a_feed_is_dated_by_its_newest_event_or_by_the_day_on_which_its_programme_was_recorded(
    built_site: Path, own_report: Report, routes: Mapping[str, str]
) -> None:
    recorded = {programme.slug: programme.record.recorded for programme in own_report.portal.programmes}
    for route, name in routes.items():
        happened = events_of(name, own_report)
        newest = happened[0].day if happened else recorded.get(name, max(recorded.values()))
        assert day(read((built_site / route).read_bytes()).feed.updated_parsed) == newest, route


def test_each_item_leads_to_a_place_that_the_built_site_has(built_site: Path, routes: Mapping[str, str]) -> None:
    ids: dict[str, set[str]] = {}
    followed = 0
    for route in routes:
        for entry in read((built_site / route).read_bytes()).entries:
            assert entry.link.startswith(SITE_ADDRESS), f"{route}: {entry.link}"
            page, mark, anchor = entry.link.removeprefix(SITE_ADDRESS).partition("#")
            if page not in ids:
                soup = BeautifulSoup((built_site / page).read_text("utf-8"), "html.parser")
                ids[page] = {str(element["id"]) for element in soup.select("main article [id]")}
            assert not mark or anchor in ids[page], f"{route}: {entry.link}"
            followed += 1
    assert followed >= 50


def page_of(name: str) -> str:
    """The page that a channel belongs to."""
    if name in {"risks", "decisions"}:
        return f"registers/{name}.html"
    if name.startswith("owners/"):
        return f"{name}.html"
    return f"{name}/index.html" if name and name != "milestones" else "index.html"


def test_a_feed_links_to_the_page_that_it_is_about_and_names_its_own_address(
    built_site: Path, routes: Mapping[str, str]
) -> None:
    for route, name in routes.items():
        feed = read((built_site / route).read_bytes()).feed
        assert feed.link == SITE_ADDRESS + page_of(name), f"a reader opens {feed.link} for {route}"
        assert SITE_ADDRESS + route in [link.href for link in feed.links if link.rel == "self"]
        assert (built_site / page_of(name)).is_file()


def test_the_head_of_each_page_announces_the_nearest_feed(built_site: Path, names: list[str]) -> None:
    announced = set()
    for path in sorted(built_site.rglob("*.html")):
        page = path.relative_to(built_site).as_posix()
        # A narrative belongs to the programme that it is called after.
        near = page.removeprefix("programmes/").removeprefix("registers/").removesuffix(".html")
        name = next((name for name in (near, near.partition("/")[0]) if name in names), "")
        head = BeautifulSoup(path.read_text("utf-8").partition("</head>")[0], "html.parser").head
        assert isinstance(head, Tag), page
        for feed in FEEDS:
            links = head.select(f'link[rel~=alternate][type="{feed.media_type}"]')
            found = [urljoin(SITE_ADDRESS + page, str(link["href"])).removeprefix(SITE_ADDRESS) for link in links]
            assert found == [feed.route(name)], page
        announced.add(name)
    assert announced == {*names} - {"milestones"}


def test_the_page_of_feeds_names_each_feed_and_the_whole_address_of_the_first(
    built_site: Path, names: list[str]
) -> None:
    article = BeautifulSoup((built_site / "feeds.html").read_text("utf-8"), "html.parser").article
    assert isinstance(article, Tag)
    linked = [urljoin("feeds.html", str(link["href"])) for link in article.select("a[href]")]
    assert [route for name in names for feed in FEEDS if (route := feed.route(name)) not in linked] == []
    assert "feeds/feeds.opml" in linked
    assert f"{SITE_ADDRESS}feeds/atom.xml" in article.get_text()
    # No programme of the project's own data has a first day, so no calendar can be.
    assert list((built_site / "feeds").rglob("*.ics")) == []
    assert "There is no calendar yet" in article.get_text()
    assert "Fixnado and Marketplace launch plan in weeks" in article.get_text()


@pytest.mark.parametrize(
    ("meta", "name"),
    [
        ({}, ""),
        ({"programme": "demo"}, "demo"),
        ({"programme": "demo", "feed": "risks"}, "risks"),
        ({"programme": "demo", "feed": "../../elsewhere"}, "demo"),
        ({"programme": "gone", "feed": ["risks"]}, ""),
    ],
)
def test_what_a_page_names_and_is_no_feed_is_passed_over(meta: dict[str, Any], name: str, own_report: Report) -> None:
    page: Any = SimpleNamespace(
        meta=meta, file=SimpleNamespace(dest_uri="demo/page.html", src_uri="demo/page.md"), title="Page"
    )
    state = replace(make_state(own_report, ()), feed_names=frozenset({"", "demo", "risks"}))
    config: Any = SimpleNamespace(extra={STATE: state})
    context: Any = adapter.on_page_context({}, page=page, config=config)  # type: ignore[typeddict-item]
    assert [address for _, _, address in context["milepost_feeds"]] == [f"../{feed.route(name)}" for feed in FEEDS]


# Of small projects, written in place


def test_marks_quotes_and_emoji_in_titles_reach_the_reader(small_project: Callable[..., SmallProject]) -> None:
    project = small_project(
        programme="""\
            id: demo
            title: 'Research & "Development" < 5 > 4'
            recorded: 2026-01-01
            """,
        tasks="""\
            - id: T1
              title: "It's 🚀 – Größe “x” & <y> {{ 7*7 }}"
              updates:
                - {date: 2026-02-01, text: Done.}
            """,
    )
    feeds = feeds_of(project)
    for route in ("feeds/rss.xml", "feeds/demo/rss.xml"):
        title = read(feeds[route]).entries[0].title
        assert 'Research & "Development" < 5 > 4' in title
        assert "It's 🚀 – Größe “x” & <y> {{ 7*7 }}" in title
    assert 'Research & "Development" < 5 > 4' in read(feeds["feeds/demo/rss.xml"]).feed.title


def test_markup_in_a_report_is_shown_by_a_reader_as_text_and_never_run(
    small_project: Callable[..., SmallProject], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scalars, "unsafe_part", lambda _: None)
    text = "We use <script>alert(1)</script> & <b>bold</b> if a < b."
    project = small_project(
        tasks=f"""\
            - id: T1
              updates:
                - {{date: 2026-02-01, text: "{text}"}}
            """
    )
    # A reader takes an item's description for HTML, so this is what it shows.
    shown = BeautifulSoup(read(feeds_of(project)["feeds/demo/rss.xml"]).entries[0].summary, "html.parser")
    assert shown.find_all(["script", "b"]) == []
    assert shown.get_text() == text


@pytest.mark.parametrize("escape", ["\\a", "\\0", "\\x1b", "\\uFFFE"])
def test_a_character_that_xml_cannot_hold_breaks_no_feed(
    escape: str, small_project: Callable[..., SmallProject]
) -> None:
    project = small_project(
        tasks=f"""\
            - id: T1
              title: "bell {escape}"
              updates:
                - {{date: 2026-02-01, text: Rung.}}
            """
    )
    # Either the check refuses it at its line, or the feed is written without it; never an exception.
    if project.check().is_sound:
        assert read(feeds_of(project)["feeds/demo/rss.xml"]).entries
    else:
        assert [(place, line) for place, line, _, _ in project.found] == [("tasks.yml", 2)]


def test_a_programme_in_which_nothing_happened_has_a_feed_that_readers_take(
    small_project: Callable[..., SmallProject],
) -> None:
    for route, content in xml_of(small_project()).items():
        feed = read(content)
        assert feed.entries == [], route
        assert feed.feed.title, route
        assert feed.feed.subtitle, route
        assert feed.feed.link, route
        assert day(feed.feed.updated_parsed) == RECORDED, route


def test_a_portfolio_without_programmes_breaks_no_feed(small_project: Callable[..., SmallProject]) -> None:
    project = small_project(
        {
            "data/portfolio.yml": """\
            title: Nothing yet
            publisher: Demo office
            programmes: []
            feed_authority: demo.example,2026
            """
        }
    )
    (project.folder / "data/programmes/demo/programme.yml").unlink()
    # Either the check refuses it, or the portfolio's feed is written; never an exception.
    assert not project.check().is_sound or read(feeds_of(project)["feeds/rss.xml"]).entries == []


TWO_REPORTS = """\
    - id: T1
      title: First
      updates:
        - {date: 2026-02-01, text: Begun.}
        - {date: 2026-02-01, id: U2, text: Going on.}
        - {date: 2026-03-01, text: Done., kind: completed}
    """


def test_every_day_in_a_feed_comes_from_the_data(small_project: Callable[..., SmallProject]) -> None:
    days = {date(2026, 2, 1), date(2026, 3, 1)}
    told = xml_of(small_project(tasks=TWO_REPORTS))
    for route, content in ((route, told[route]) for route in told if "/demo/" in route or route.count("/") == 1):
        found = [rfc or iso for rfc, iso in ANY_DAY.findall(content)]
        moments = [
            date.fromisoformat(text[:10]) if text[0].isdigit() else parsedate_to_datetime(text) for text in found
        ]
        assert len(moments) >= 5, route
        assert {date(moment.year, moment.month, moment.day) for moment in moments} == days, route


def test_the_same_data_gives_the_same_feed_when_written_twice(small_project: Callable[..., SmallProject]) -> None:
    project = small_project(tasks=TWO_REPORTS)
    assert feeds_of(project) == feeds_of(project)


def test_items_stand_newest_first(small_project: Callable[..., SmallProject]) -> None:
    feed = read(feeds_of(small_project(tasks=TWO_REPORTS))["feeds/demo/rss.xml"])
    assert [entry.id.rpartition("/")[2] for entry in feed.entries] == ["2026-03-01", "2026-02-01", "2026-02-01-U2"]


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("a mended word", "text: Begun.", "text: It has begun."),
        ("another title", "title: First", "title: The first"),
        ("a renamed task", "id: T1", "id: T9\n      formerly: [T1]"),
        ("another kind", "kind: completed", "kind: closed"),
    ],
)
def test_a_correction_makes_no_item_new_again(
    change: str, old: str, new: str, small_project: Callable[..., SmallProject]
) -> None:
    assert old in TWO_REPORTS, change
    before = read(feeds_of(small_project(tasks=TWO_REPORTS))["feeds/demo/rss.xml"])
    after = read(feeds_of(small_project(tasks=TWO_REPORTS.replace(old, new)))["feeds/demo/rss.xml"])
    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]


def test_a_mended_word_is_no_item_and_a_mended_figure_is_one(small_project: Callable[..., SmallProject]) -> None:
    tasks = """\
        - id: T1
          updates:
            - {date: 2026-02-01, text: Said.}
            - {date: 2026-02-02, kind: corrected, text: A word was mended.}
            - {date: 2026-02-03, kind: corrected, progress: 30, text: It was 30 all the time.}
            - {date: 2026-02-04, kind: corrected, progress: 30, text: Mended again.}
        """
    feed = read(feeds_of(small_project(tasks=tasks))["feeds/demo/atom.xml"])
    assert [entry.id.rpartition("/")[2] for entry in feed.entries] == ["2026-02-03", "2026-02-01"]


FULL = """\
    - id: T1
      title: Dredge & deepen
      owner: editor
      updates:
        - {date: 2026-02-01, text: Begun., progress: 36}
        - date: 2026-02-05
          text: See T2 and `code` at https://a.example/x.
          progress: 48
          evidence: [Sounding <1>, T2]
          refs: [T2]
    - id: T2
    """


def test_the_title_of_an_item_tells_by_itself_what_happened(small_project: Callable[..., SmallProject]) -> None:
    decision = '- {id: D-01, date: 2026-01-09, decision: "Rent `the barge` of [[demo/T1]]", rationale: Cheap}\n'
    project = small_project({"data/programmes/demo/registers/decisions.yml": decision}, tasks=TITLES)
    items = json.loads(feeds_of(project)["feeds/demo/feed.json"])["items"]
    assert [item["title"] for item in items] == [
        "Demo: T2 completed",
        "Demo: T1 Dredge progressed, 36 % → 48 %",
        "Demo: T1 Dredge progressed, 36 %",
        "Demo: T1 Dredge progressed: drew the barge in by 2 Jan 2026.",
        "Demo: T1 Dredge progressed: Rope was bought.",
        "Demo: T2 progressed: Half of the stones that we have asked for came from the quarry, the …",
        "Demo: D-01 decided: Rent the barge of demo/T1",
    ]


TITLES = """\
    - id: T1
      title: Dredge
      updates:
        - {date: 2026-01-30, text: Rope was bought.}
        - {date: 2026-01-31, text: T1 drew the barge in by 2026-01-02.}
        - {date: 2026-02-01, text: Begun., progress: 36}
        - {date: 2026-02-05, text: Deeper., progress: 48}
    - id: T2
      completed: 2026-02-07
      updates:
        - date: 2026-01-20
          text: Half of the stones that we have asked for came from the quarry, the others are late.
    """


def test_an_item_tells_all_that_is_known_of_its_event(small_project: Callable[..., SmallProject]) -> None:
    feeds = feeds_of(small_project(tasks=FULL))
    item = json.loads(feeds["feeds/owners/editor/feed.json"])["items"][0]
    content = BeautifulSoup(item["content_html"], "html.parser")
    sentence, figures, evidence, about = content.p, *content.find_all("ul"), content.find_all("p")[-1]
    assert [part.get_text() for part in (sentence, figures, about) if isinstance(part, Tag)] == [
        "See T2 and code at https://a.example/x.",
        "T1 36 % → 48 %",
        "About T1 Dredge & deepen, T2, in Demo.",
    ]
    assert [line.get_text() for line in evidence.find_all("li")] == ["Sounding <1>", "T2"]
    assert {str(link["href"]) for link in content.find_all("a")} == {
        f"{ADDRESS}demo/T1.html",
        f"{ADDRESS}demo/T2.html",
        f"{ADDRESS}demo/index.html",
        "https://a.example/x",
    }
    assert item["authors"] == [{"name": "Editor", "url": f"{ADDRESS}owners/editor.html"}]
    assert item["tags"] == ["Demo", "progressed", "tasks", "Editor"]
    for name in ("rss", "atom"):
        entry = read(feeds[f"feeds/demo/{name}.xml"]).entries[0]
        assert entry.content[0].value == item["content_html"], name
        assert entry.summary == item["summary"], name
        assert entry.author == "Editor", name
        assert [category.label or category.term for category in entry.tags] == item["tags"], name


def test_who_has_no_owner_is_told_by_the_publisher(small_project: Callable[..., SmallProject]) -> None:
    feeds = feeds_of(small_project(tasks=TWO_REPORTS))
    assert json.loads(feeds["feeds/feed.json"])["items"][0]["authors"][0]["name"] == "Demo office"
    assert json.loads(feeds["feeds/owners/editor/feed.json"])["items"] == []


@pytest.mark.parametrize("name", ["milestones", "risks", "decisions", "owners", "portfolio"])
def test_a_programme_takes_no_name_that_a_feed_has(name: str, small_project: Callable[..., SmallProject]) -> None:
    portfolio = f"{{title: Demo, publisher: Office, programmes: [{name}], feed_authority: 'demo.example,2026'}}"
    programme = f"{{id: {name}, title: Demo, owner: editor, recorded: 2026-01-01}}"
    project = small_project({"data/portfolio.yml": portfolio, f"data/programmes/{name}/programme.yml": programme})
    assert ("programme.yml", "invalid-id") in [(file, rule) for file, _, _, rule in project.found]
