"""What the rules of the built site find, at which line, and what they must leave alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import BASE_FILES, SITE_ADDRESS, TODAY, write_files
from milepost.check.rules import judge_site
from milepost.check.run import check_project
from milepost.check.site import check_site, read_site
from milepost.data.records.snapshot import Snapshot
from milepost.diagnostics import Diagnostic
from milepost.history.timeline import Past
from milepost.model.snapshot_info import SnapshotInfo
from milepost.report import Report, make_report
from milepost.site.expected import expected_of

ADDRESS = "https://demo.example/status/"
ATOM = '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n{}\n</feed>\n'
RSS = '<rss version="2.0"><channel>\n{}\n</channel></rss>\n'
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n<url><loc>{}</loc></url>\n</urlset>\n'

Check = Callable[[Mapping[str, str | bytes]], list[Diagnostic]]


@pytest.fixture(scope="module")
def empty_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What a project without work says."""
    project = tmp_path_factory.mktemp("empty")
    write_files(project, BASE_FILES)
    return make_report(check_project(project, TODAY), Past())


@pytest.fixture
def check(tmp_path: Path, empty_report: Report) -> Check:
    """Checks a site of the files given, of a project without work."""

    def run(files: Mapping[str, str | bytes]) -> list[Diagnostic]:
        write_files(tmp_path, files)
        return list(check_site(tmp_path, ADDRESS, expected_of(empty_report)))

    return run


def places(found: list[Diagnostic], rule: str) -> list[tuple[str, int]]:
    return [(entry.path.removeprefix("site/"), entry.line) for entry in found if entry.rule == rule]


class TestUnsafeLink:
    @pytest.mark.parametrize(
        "element",
        [
            '<a href="javascript:alert(1)">a</a>',
            "<a href='JavaScript:alert(1)'>a</a>",
            "<a href=vbscript:x>a</a>",
            '<a href=" javascript:alert(1)">a</a>',
            '<a href="java\tscript:alert(1)">a</a>',
            '<a href="&#106;avascript:alert(1)">a</a>',
            '<a href="data:text/html,hi">a</a>',
            '<a href="file:///etc/hosts">a</a>',
            '<a href="ftp://a.example/x?a=1&amp;b=2">a</a>',
            '<img src="data:image/png;base64,AA" alt="">',
            '<iframe src="javascript:1"></iframe>',
            '<form action="javascript:1"></form>',
            '<script src="data:text/javascript,1"></script>',
        ],
    )
    def test_an_address_of_another_scheme_is_found_at_its_line(self, check: Check, element: str) -> None:
        found = check({"index.html": f"<!doctype html>\n<p>Text</p>\n{element}\n"})
        line = 1 if "&#106;" in element else 3
        assert places(found, "unsafe-link") == [("index.html", line)], "a spelling that is not found is told at the top"

    @pytest.mark.parametrize(
        "address",
        [
            "https://a.example/x:y",
            "HTTP://a.example",
            "mailto:a@a.example",
            "tag:a.example,2026:x",
            "#a:b",
            "?a:b",
            "x",
        ],
    )
    def test_the_schemes_of_the_web_and_of_mail_are_left_alone(self, check: Check, address: str) -> None:
        assert places(check({"index.html": f'<a href="{address}">a</a>'}), "unsafe-link") == []

    def test_an_address_in_code_is_text(self, check: Check) -> None:
        page = "<pre>&lt;a href=&quot;javascript:alert(1)&quot;&gt;</pre><p>javascript:alert(1)</p>"
        assert check({"index.html": page}) == []


class TestDuplicateAnchor:
    def test_a_name_is_found_at_its_second_place(self, check: Check) -> None:
        page = '<h2 id="a">A</h2>\n<h2 data-id="a" id="b">B</h2>\n<p id=a>\n<p id="a">\n<p ID="c">'
        found = check({"index.html": page})
        assert places(found, "duplicate-anchor") == [("index.html", 3)]
        assert "the page has a place called a already" in found[0].message

    def test_the_same_name_on_two_pages_is_left_alone(self, check: Check) -> None:
        page = '<p id="a"><p id="A"><pre>id="a"</pre><a href="other.html">o</a>'
        assert check({"index.html": page, "other.html": '<p id="a">'}) == []


class TestBrokenLink:
    ROW = Snapshot.model_construct(
        id="one", date=TODAY, as_of=TODAY, commit="", data="", payload="", reason="", approved_by="editor"
    )
    PAGES: Mapping[str, str | bytes] = {
        "index.html": '<a href="s/one/demo/T1.html">one</a>\n<a href="s/two/index.html">two</a>\n<a href="s/one">s</a>'
    }

    def test_a_snapshot_of_the_ledger_is_put_in_later_and_no_other_one_is(
        self, tmp_path: Path, empty_report: Report
    ) -> None:
        write_files(tmp_path, self.PAGES)
        report = replace(empty_report, portal=replace(empty_report.portal, snapshots=(self.ROW,)))
        found = list(check_site(tmp_path, ADDRESS, expected_of(report)))
        assert places(found, "broken-link") == [("index.html", 2), ("index.html", 3)]

    def test_a_frozen_site_has_no_snapshot_in_it(self, tmp_path: Path, empty_report: Report) -> None:
        write_files(tmp_path, self.PAGES)
        frozen = SnapshotInfo("two", TODAY, TODAY, "", "", ADDRESS, "", "")
        portal = replace(empty_report.portal, snapshots=(self.ROW,))
        found = list(check_site(tmp_path, ADDRESS, expected_of(replace(empty_report, portal=portal, frozen=frozen))))
        assert [line for _, line in places(found, "broken-link")] == [1, 2, 3]


class TestUnreachablePage:
    def test_a_page_that_no_way_leads_to_is_found_and_told_at_its_top(self, check: Check) -> None:
        found = check(
            {
                "index.html": '<a href="one/">1</a>',
                "one/index.html": f'<a href="{ADDRESS}two.html#x">2</a>',
                "two.html": '<p id="x"><a href="/status/three.html">3</a>',
                "three.html": '<a href="index.html">home</a>',
                "lost.html": '<a href="also-lost.html">on</a>',
                "also-lost.html": '<a href="lost.html">back</a><a href="index.html">home</a>',
            }
        )
        assert places(found, "unreachable-page") == [("also-lost.html", 1), ("lost.html", 1)]

    def test_what_is_loaded_or_named_in_the_head_is_not_reached_by_that(self, check: Check) -> None:
        found = check({"index.html": '<link rel="next" href="a.html"><iframe src="a.html"></iframe>', "a.html": "A"})
        assert places(found, "unreachable-page") == [("a.html", 1)]

    def test_the_page_for_what_is_not_found_needs_no_link(self, check: Check) -> None:
        assert check({"index.html": "Hello", "404.html": '<a href="index.html">home</a>'}) == []

    def test_a_site_without_a_beginning_cannot_be_reached_at_all(self, check: Check) -> None:
        assert places(check({"a.html": '<a href="a.html">A</a>'}), "unreachable-page") == [("a.html", 1)]


class TestAddressesOfBefore:
    """What stood somewhere once, and the snapshots that hold it."""

    @pytest.fixture
    def check(self, tmp_path: Path) -> Check:
        row = (
            "- {id: one, date: 2026-01-31, as_of: 2026-01-31, reason: So., approved_by: editor, "
            f'commit: "{40 * "a"}", data: "{64 * "b"}", payload: "{64 * "c"}"}}\n'
        )
        gone = "- {what: demo/T9, date: 2026-01-31, reason: So.}\n"
        write_files(tmp_path, {**BASE_FILES, "data/snapshots.yml": row, "data/removed.yml": gone})
        report = make_report(check_project(tmp_path, TODAY), Past())

        def run(files: Mapping[str, str | bytes]) -> list[Diagnostic]:
            write_files(tmp_path / "site", files)
            return list(check_site(tmp_path / "site", ADDRESS, expected_of(report)))

        return run

    def test_a_page_at_one_needs_no_link_and_any_other_does(self, check: Check) -> None:
        found = check({"index.html": "Words.", "demo/T9.html": "Gone.", "demo/T8.html": "Lost."})
        assert places(found, "unreachable-page") == [("demo/T8.html", 1)]

    def test_a_link_into_a_snapshot_of_the_ledger_is_sound_and_into_no_other(self, check: Check) -> None:
        links = [
            f'<a href="{place}">a</a>' for place in ("s/one/a.html", "s/one/", "s/two/a.html", "s/one", "s/a.html")
        ]
        found = check({"index.html": "\n".join(links)})
        # Without its slash a folder is no page where a snapshot is opened from a folder.
        assert places(found, "broken-link") == [("index.html", 3), ("index.html", 4), ("index.html", 5)]


class TestFeedLink:
    @pytest.mark.parametrize(
        "feed",
        [
            ATOM.format(f'<link href="{ADDRESS}gone.html"/>'),
            RSS.format(f"<item>\n<link>{ADDRESS}gone.html</link></item>"),
            RSS.format(f"<item>\n<guid>{ADDRESS}gone.html</guid></item>"),
            RSS.format(f'<item>\n<enclosure url="{ADDRESS}gone.svg"/></item>'),
            RSS.format(f"<item>\n<link>\n{ADDRESS}index.html#gone</link></item>"),
            "\n" + SITEMAP.format(f"{ADDRESS}gone.html"),
            ATOM.format('<link href="gone.html"/>'),
        ],
    )
    def test_a_link_that_leads_nowhere_is_found_at_its_line(self, check: Check, feed: str) -> None:
        found = check({"index.html": '<p id="here">', "feeds/feed.xml": feed})
        assert places(found, "feed-link") == [("feeds/feed.xml", 3)]
        assert len(found) == 1

    @pytest.mark.parametrize(
        "feed",
        [
            ATOM.format(f'<link href="{ADDRESS}index.html#here"/><id>tag:demo.example,2026:gone</id>'),
            ATOM.format(f'<link href="{ADDRESS}"/><link rel="self" href="feed.xml"/><link href="../index.html"/>'),
            ATOM.format(f'<content type="html">{ADDRESS}gone.html &lt;a href="gone.html"&gt;</content>'),
            RSS.format('<guid isPermaLink="false">gone</guid><link>https://a.example/x</link>'),
            RSS.format(f"<title>{ADDRESS}gone.html</title><docs>https://www.rssboard.org/rss</docs>"),
            SITEMAP.format(f"{ADDRESS}index.html"),
        ],
    )
    def test_one_that_leads_somewhere_or_away_is_left_alone(self, check: Check, feed: str) -> None:
        assert check({"index.html": '<p id="here">', "feeds/feed.xml": feed}) == []

    @pytest.mark.parametrize(
        ("name", "content", "line"),
        [
            ("feeds/feeds.opml", f'<opml><body>\n<outline xmlUrl="{ADDRESS}gone.xml"/></body></opml>', 2),
            ("feeds/feeds.opml", f'<opml><body>\n\n<outline htmlUrl="{ADDRESS}gone.html"/></body></opml>', 3),
            (
                "feeds/atom.xml",
                '<?xml version="1.0"?>\n<?xml-stylesheet type="text/css" href="../gone.css"?>\n<feed/>',
                2,
            ),
            ("feeds/feed.json", f'{{\n"items": [{{"url": "{ADDRESS}gone.html"}}]\n}}', 2),
            ("feeds/feed.json", f'{{\n\n"authors": [{{"url": "{ADDRESS}index.html#gone"}}]\n}}', 3),
            ("feeds/feed.json", f'{{"title": "{ADDRESS}",\n"feed_url": "{ADDRESS}gone.json"}}', 2),
            ("feeds/plan.ics", f"BEGIN:VCALENDAR\r\nURL:{ADDRESS}gone.html\r\n", 2),
            ("feeds/plan.ics", f"BEGIN:VCALENDAR\r\nurl;VALUE=URI:{ADDRESS[:9]}\r\n {ADDRESS[9:]}gone.html\r\n", 2),
            ("feeds/plan.ics", f"BEGIN:VCALENDAR\nSUMMARY:a\n b\nURL:{ADDRESS}index.html#gone\n", 4),
        ],
    )
    def test_one_in_another_format_is_found_at_its_line(self, check: Check, name: str, content: str, line: int) -> None:
        found = check({"index.html": '<p id="here">', name: content})
        assert places(found, "feed-link") == [(name, line)]
        assert len(found) == 1

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("feeds/feed.json", f'{{"url": "{ADDRESS}index.html#here", "id": "tag:a", "content_html": "<a href=x>"}}'),
            ("portal.json", '{"url": "gone.html"'),
            ("feeds/plan.ics", f"BEGIN:VCALENDAR\r\nURL:{ADDRESS}index.html#\r\n here\r\nDESCRIPTION:URL:gone\r\n"),
            ("feeds/feeds.opml", f'<opml><outline xmlUrl="{ADDRESS}" htmlUrl="https://a.example/x"/></opml>'),
        ],
    )
    def test_one_in_another_format_that_leads_somewhere_is_left_alone(
        self, check: Check, name: str, content: str
    ) -> None:
        assert check({"index.html": '<p id="here">', name: content}) == []

    @pytest.mark.parametrize(
        ("name", "content", "line", "why"),
        [
            ("feeds/feed.json", '{\n"a": }', 2, "Expecting value"),
            ("feeds/feed.json", b'{"a": "\xff"}', 1, "no JSON in UTF-8"),
            ("feeds/feed.json", "[" * 100_000, 1, "no JSON in UTF-8"),
            ("feeds/plan.ics", b"BEGIN:VCALENDAR\r\nSUMMARY:\xff\r\n", 2, "no text in UTF-8"),
            ("feeds/plan.ics", "", 1, "BEGIN:VCALENDAR"),
            ("feeds/feeds.opml", "<opml>\n", 2, "no element found"),
        ],
    )
    def test_one_in_another_format_that_cannot_be_read_is_found(
        self, check: Check, name: str, content: str | bytes, line: int, why: str
    ) -> None:
        found = check({"index.html": "Hello", name: content})
        assert places(found, "feed-link") == [(name, line)]
        assert why in found[0].message

    @pytest.mark.parametrize(
        ("feed", "line", "why"),
        [
            ("<rss>\n<channel>\n</rss>\n", 3, "mismatched tag"),
            ("", 1, "no element found"),
            ('<?xml version="1.0" encoding="klingon"?>\n<rss/>', 1, "its encoding is not known"),
            ('<?xml version="1.0" encoding="utf-16-le"?>\n<rss/>', 1, "encoding"),
            ("<rss>\n&gone;</rss>", 2, "undefined entity"),
        ],
    )
    def test_one_that_cannot_be_read_is_found(self, check: Check, feed: str, line: int, why: str) -> None:
        found = check({"index.html": "Hello", "feed.xml": feed})
        assert places(found, "feed-link") == [("feed.xml", line)]
        assert why in found[0].message

    def test_a_document_type_is_refused_before_an_entity_is_read(self, check: Check) -> None:
        """Read, this one's last entity would be 100,000,000,000 letters long."""
        entities = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
        bomb = f'<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY e0 "x">{entities}]>\n<rss>&e11;</rss>'
        found = check({"index.html": "Hello", "feed.xml": bomb})
        assert places(found, "feed-link") == [("feed.xml", 2)]
        assert "a document type is declared" in found[0].message


class TestLines:
    def test_a_finding_stands_at_the_attribute_that_holds_the_address(self, check: Check) -> None:
        page = '<title>gone.html</title>\n<p data-href="gone.html" title="gone.html">\n<img alt="gone.html">\n'
        found = check({"index.html": page + '<a class="x" href="gone.html">g</a>\n<a href="gone.html">again</a>'})
        assert [(entry.rule, entry.line) for entry in found] == [("broken-link", 4)]

    def test_an_address_with_signs_that_html_escapes_is_found(self, check: Check) -> None:
        found = check(
            {"index.html": "\n<a href=\"gone.html?a=1&amp;b=&quot;2&quot;\">g</a>\n<a href='g.html?a&b'>g</a>"}
        )
        assert places(found, "broken-link") == [("index.html", 2), ("index.html", 3)]

    def test_a_page_of_any_bytes_ends_in_no_traceback(self, tmp_path: Path, empty_report: Report) -> None:
        (tmp_path / "index.html").write_bytes(b'\xff\xfe\x00<a href="gone\xe9.html">\x00</a><a href="http://[">b</a>')
        (tmp_path / "feed.xml").write_bytes(b"\xff\xfe\x00\x01<")
        assert {entry.rule for entry in check_site(tmp_path, ADDRESS, expected_of(empty_report))} == {
            "broken-link",
            "feed-link",
        }


def test_the_built_site_is_sound(built_site: Path, own_report: Report) -> None:
    site = read_site(built_site, SITE_ADDRESS, expected_of(own_report))
    assert judge_site(site) == ()
    assert len(site.pages) > 100
    assert sum(len(feed.links) for feed in site.feeds) > 100
