"""The feeds, read by feedparser as a reader's program would: what they carry, and where their links lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag

from conftest import SITE_ADDRESS, SmallProject
from milepost.events import of_programme
from milepost.feeds import FEEDS, channels
from milepost.history import Past
from milepost.records import scalars
from milepost.report import Report, make_report

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
    report = make_report(project.check(), Past())
    return {
        feed.route(channel.programme): feed.write(channel, feed.route(channel.programme))
        for channel in channels(report, ADDRESS)
        for feed in FEEDS
    }


@pytest.fixture(scope="module")
def routes(own_report: Report) -> dict[str, str | None]:
    """Every feed that the site must have: its route, and the programme that it is of, or None for the portfolio."""
    slugs = [None, *(programme.slug for programme in own_report.portal.programmes)]
    return {feed.route(slug): slug for slug in slugs for feed in FEEDS}


# Of the built site


def test_the_portfolio_and_each_programme_have_a_feed_and_nothing_else_has(
    built_site: Path, routes: Mapping[str, str | None]
) -> None:
    built = {path.relative_to(built_site).as_posix() for path in built_site.joinpath("feeds").rglob("*.xml")}
    assert built == set(routes)
    assert len(routes) == 6 * len(FEEDS)


def test_a_feed_carries_each_event_of_its_programme_once_on_its_day(
    built_site: Path, own_report: Report, routes: Mapping[str, str | None]
) -> None:
    for route, slug in routes.items():
        feed = read((built_site / route).read_bytes())
        happened = own_report.events if slug is None else of_programme(own_report.events, slug)
        told = [(entry.id.rpartition(":")[2], day(entry.published_parsed)) for entry in feed.entries]
        assert told == [(event.key, event.day) for event in happened], route
        assert len({entry.id for entry in feed.entries}) == len(feed.entries), route


def test_the_id_of_each_item_is_a_tag_uri_of_the_portfolios_authority(
    built_site: Path, own_report: Report, routes: Mapping[str, str | None]
) -> None:
    authority = own_report.portal.portfolio.feed_authority
    for route in routes:
        for entry in read((built_site / route).read_bytes()).entries:
            assert TAG_URI.fullmatch(entry.id), f"{route}: {entry.id}"
            assert entry.id.startswith(f"tag:{authority}:"), f"{route}: {entry.id}"


def test_a_feed_is_dated_by_its_newest_event_or_by_the_day_on_which_its_programme_was_recorded(
    built_site: Path, own_report: Report, routes: Mapping[str, str | None]
) -> None:
    recorded = {programme.slug: programme.record.recorded for programme in own_report.portal.programmes}
    for route, slug in routes.items():
        happened = own_report.events if slug is None else of_programme(own_report.events, slug)
        newest = max(event.day for event in happened) if happened else recorded[slug or ""]
        assert day(read((built_site / route).read_bytes()).feed.updated_parsed) == newest, route


def test_each_item_leads_to_a_place_that_the_built_site_has(built_site: Path, routes: Mapping[str, str | None]) -> None:
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


def test_a_feed_links_to_the_page_that_it_is_about_and_names_its_own_address(
    built_site: Path, routes: Mapping[str, str | None]
) -> None:
    for route, slug in routes.items():
        feed = read((built_site / route).read_bytes()).feed
        page = f"{slug}/index.html" if slug else "index.html"
        assert feed.link == SITE_ADDRESS + page, f"a reader opens {feed.link} for {route}"
        assert SITE_ADDRESS + route in [link.href for link in feed.links if link.rel == "self"]
        assert (built_site / page).is_file()


def test_the_head_of_each_page_announces_the_nearest_feed(
    built_site: Path, routes: Mapping[str, str | None], own_report: Report
) -> None:
    slugs = {programme.slug for programme in own_report.portal.programmes}
    for path in sorted(built_site.rglob("*.html")):
        page = path.relative_to(built_site).as_posix()
        # A narrative belongs to the programme that it is called after.
        slug = page.removeprefix("programmes/").removesuffix(".html").partition("/")[0]
        head = BeautifulSoup(path.read_text("utf-8"), "html.parser").head
        assert isinstance(head, Tag), page
        for feed in FEEDS:
            links = head.select(f'link[rel~=alternate][type="{feed.media_type}"]')
            found = [urljoin(SITE_ADDRESS + page, str(link["href"])).removeprefix(SITE_ADDRESS) for link in links]
            assert found == [feed.route(slug if slug in slugs else None)], page
            assert found[0] in routes, page


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
    for route, content in feeds_of(small_project()).items():
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
    for route, content in feeds_of(small_project(tasks=TWO_REPORTS)).items():
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
