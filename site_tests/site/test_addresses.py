"""What was published never vanishes: what was renamed leads on, what was removed says so, and the check holds it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from test_history_in_git import Repository

from conftest import BASE_FILES, PROJECT, TODAY, milepost, write_files
from milepost.check.rules.vanished_address import NAME
from milepost.check.with_history import check_with_history
from milepost.diagnostics import Diagnostic
from milepost.history.revisions import read_past
from milepost.model.snapshot_info import SnapshotInfo
from milepost.report import Report, make_report
from milepost.site.build import build
from short_handbook import short_handbook

DEMO = "data/programmes/demo"
FILES = {
    **BASE_FILES,
    "data/people.yml": """\
        - {id: editor, title: Editor, kind: role}
        - {id: jane, title: Jane, kind: person}
        """,
    f"{DEMO}/tasks.yml": """\
        - id: T1
          title: Dredge
          owner: editor
          progress: 10
          subtasks: [{id: T1.1, title: North}, {id: T1.2, title: South}]
          sprints: [{id: S1, title: First, items: [{text: Dig, progress: 10}]}]
        - {id: T2, title: Survey, owner: editor}
        """,
    f"{DEMO}/registers/risks.yml": """\
        - {id: R-01, description: Storms, status: open, owner: editor, mitigation: Wait, raised: 2026-01-10}
        - {id: R-02, description: Mud, status: open, owner: editor, mitigation: Dig}
        """,
    "content/handbook/index.md": "---\ntitle: Handbook\n---\n\n# Handbook\n\nThe [rules](rules/index.md).\n",
    "content/handbook/tides.md": "# Tides\n",
}
DIGEST = "0" * 64
REMOVED = "data/removed.yml"
SNAPSHOT = "2026-02-01"


@dataclass(frozen=True)
class Parsed(Mapping[str, BeautifulSoup]):
    """Pages by route, each parsed when it is looked at."""

    texts: Mapping[str, str]

    def __getitem__(self, route: str) -> BeautifulSoup:
        return BeautifulSoup(self.texts[route], "html.parser")

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class Portal(Repository):
    """A repository whose first commit was published as a snapshot, and what it says after changes of its files."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        write_files(folder, FILES)
        self.publish(SNAPSHOT)

    def publish(self, name: str) -> None:
        """Commit what stands there, and add a row of the ledger that names the commit."""
        self.git("add", "--all", day=name)
        self.git("commit", "--quiet", "--allow-empty", "--message", "A change", day=name)
        row = f"""\
- id: "{name}"
  date: {name}
  as_of: {name}
  commit: "{self.git("rev-parse", "HEAD")}"
  data: "{DIGEST}"
  payload: "{DIGEST}"
  reason: Published.
  approved_by: editor
"""
        ledger = self.folder / "data/snapshots.yml"
        rows = check_with_history(self.folder, TODAY).portal
        before = rows.snapshots if rows is not None else ()
        previous = f'  previous: "{before[-1].digest}"\n' if before else ""
        ledger.write_text((ledger.read_text("utf-8") if ledger.exists() else "") + row + previous, "utf-8")

    def change(self, name: str, text: str, instead: str) -> None:
        path = self.folder / name
        before = path.read_text("utf-8")
        assert text in before
        path.write_text(before.replace(text, instead), "utf-8")

    def remove(self, what: str, more: str = "") -> None:
        """Say that something was removed."""
        path = self.folder / REMOVED
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(f"{before}- {{what: {what}, date: 2026-03-01, reason: Done with.{more}}}\n", "utf-8")

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        return check_with_history(self.folder, TODAY).diagnostics

    @property
    def vanished(self) -> list[tuple[str, str]]:
        """The file and the name of each thing that vanished; nothing else is wrong."""
        assert {entry.rule for entry in self.found} <= {"vanished-address", "stale-progress"}
        return [
            (entry.path, entry.message.split(" any more")[0].rpartition(" ")[2])
            for entry in self.found
            if entry.rule == NAME
        ]

    @property
    def report(self) -> Report:
        checked = check_with_history(self.folder, TODAY)
        assert checked.is_sound, checked.diagnostics
        assert checked.portal is not None
        return make_report(checked, read_past(self.folder, TODAY, checked.portal.snapshots))

    @property
    def pages(self) -> Mapping[str, BeautifulSoup]:
        """Each page that is made, by route; no two have one route."""
        with short_handbook():
            made = [artifact.page for artifact in build(self.report) if artifact.page is not None]
        assert len({page.route for page in made}) == len(made)
        return Parsed({page.route: page.markdown for page in made})

    def leads_to(self, route: str) -> str | None:
        with short_handbook():
            made = [artifact.page for artifact in build(self.report) if artifact.page is not None]
        return next(page.leads_to for page in made if page.route == route)


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(tmp_path / "portal")


def at(page: BeautifulSoup, anchor: str) -> Tag:
    found = page.find_all(id=anchor)
    assert len(found) == 1, anchor
    assert isinstance(found[0], Tag)
    return found[0]


def words(element: Tag) -> str:
    """The text of an element, without the front matter of a page."""
    text = element.get_text(" ").rpartition("---\n")[2]
    return re.sub(r" ([.,:])", r"\1", " ".join(text.split()))


def link_of(element: Tag) -> str:
    link = element.find("a")
    assert isinstance(link, Tag)
    return str(link["href"])


def test_a_portal_as_it_was_published_has_nothing_to_say(portal: Portal) -> None:
    assert portal.vanished == []
    assert list(portal.report.redirects) == []
    assert "removed.html" not in portal.pages


class TestRenamed:
    def test_a_task_that_does_not_say_so_has_vanished(self, portal: Portal) -> None:
        portal.change(f"{DEMO}/tasks.yml", "id: T1\n", "id: T7\n")
        assert portal.vanished == [(f"{DEMO}/tasks.yml", "demo/T1")]
        (found,) = portal.found
        assert "demo/T1.html, which the snapshot 2026-02-01 published" in found.message
        assert "formerly: [T1]" in found.hint
        assert "- {what: demo/T1, date: ..., reason: ...}" in found.hint

    def test_a_task_leads_on_with_everything_on_its_page(self, portal: Portal) -> None:
        portal.change(f"{DEMO}/tasks.yml", "id: T1\n", "id: T7\n  formerly: [T1]\n")
        portal.change(f"{DEMO}/tasks.yml", "{id: T1.2,", "{id: T7.2, formerly: [T1.2],")
        assert portal.vanished == []
        assert portal.leads_to("demo/T1.html") == "demo/T7.html"
        old = portal.pages["demo/T1.html"]
        assert "called demo/T7 Dredge now" in words(old)
        assert [link_of(at(old, name)) for name in ("T1.1", "T1.2", "S1")] == [
            "T7.html#T1.1",
            "T7.html#T7.2",
            "T7.html#S1",
        ]
        at(portal.pages["demo/T7.html"], "T1.2")

    def test_names_of_before_lead_on_also_where_no_snapshot_had_them(self, portal: Portal) -> None:
        portal.change(f"{DEMO}/tasks.yml", "{id: T2,", "{id: T2, formerly: [T8, T9],")
        portal.change(f"{DEMO}/tasks.yml", "{id: S1,", "{id: S3, formerly: [S1],")
        portal.change(f"{DEMO}/tasks.yml", "id: T1\n", "id: T7\n  formerly: [T1]\n")
        (portal.folder / "data/snapshots.yml").unlink()
        assert {portal.leads_to(f"demo/{name}.html") for name in ("T8", "T9")} == {"demo/T2.html"}
        old = portal.pages["demo/T1.html"]
        assert [link_of(at(old, name)) for name in ("T1.1", "S1", "S3")] == ["T7.html#T1.1", "T7.html#S3", "T7.html#S3"]

    def test_a_name_of_before_stays_known_when_the_next_forgets_it(self, portal: Portal) -> None:
        portal.change(f"{DEMO}/tasks.yml", "{id: T2,", "{id: T8, formerly: [T2],")
        portal.publish("2026-02-20")
        portal.change(f"{DEMO}/tasks.yml", "{id: T8, formerly: [T2],", "{id: T9, formerly: [T8],")
        assert portal.vanished == []
        assert portal.leads_to("demo/T2.html") == portal.leads_to("demo/T8.html") == "demo/T9.html"

    @pytest.mark.parametrize(
        ("file", "old", "new", "page", "name"),
        [
            ("tasks", "{id: T1.1,", "{id: T1.9, %s", "demo/T1.html", "T1.1"),
            ("tasks", "{id: S1,", "{id: S9, %s", "demo/T1.html", "S1"),
            ("registers/risks", "{id: R-01,", "{id: R-09, %s", "demo/risks.html", "R-01"),
        ],
    )
    def test_a_part_of_a_page_keeps_its_anchor_there(
        self, portal: Portal, file: str, old: str, new: str, page: str, name: str
    ) -> None:
        portal.change(f"{DEMO}/{file}.yml", old, new % "")
        assert portal.vanished == [(f"{DEMO}/{file}.yml", f"demo/{name}")]
        portal.change(f"{DEMO}/{file}.yml", new % "", new % f"formerly: [{name}],")
        assert portal.vanished == []
        assert at(portal.pages[page], name).find_parent(id=new.split(",", maxsplit=1)[0].rpartition(" ")[2]) is not None

    def test_a_part_that_went_to_another_page_under_its_name_leads_there(self, portal: Portal) -> None:
        portal.change(f"{DEMO}/tasks.yml", ", {id: T1.2, title: South}", "")
        portal.change(f"{DEMO}/tasks.yml", "title: Survey,", "title: Survey, subtasks: [{id: T1.2, title: South}],")
        assert portal.vanished == []
        assert link_of(at(portal.pages["demo/T1.html"], "T1.2")) == "T2.html#T1.2"

    def test_a_programme_leads_on_with_all_of_its_pages(self, portal: Portal) -> None:
        portal.change(f"{DEMO}/tasks.yml", "{id: T2,", "{id: T9, formerly: [T2],")
        shutil.move(portal.folder / DEMO, portal.folder / "data/programmes/harbour")
        portal.change("data/programmes/harbour/programme.yml", "id: demo", "id: harbour")
        portal.change("data/portfolio.yml", "[demo]", "[harbour]")
        assert portal.vanished == [(REMOVED, "demo")]
        portal.change("data/programmes/harbour/programme.yml", "id: harbour", "id: harbour\nformerly: [demo]")
        assert portal.vanished == []
        portal.git("add", "--all", day="2026-02-05")
        portal.git("commit", "--quiet", "--message", "Renamed", day="2026-02-05")
        routes = {route: portal.leads_to(route) for route in portal.pages if route.startswith("demo/")}
        assert routes == {
            "demo/index.html": "harbour/index.html",
            "demo/T1.html": "harbour/T1.html",
            "demo/T2.html": "harbour/T9.html",
            "demo/T9.html": "harbour/T9.html",
            "demo/changelog.html": "harbour/changelog.html",
            "demo/risks.html": "harbour/risks.html",
            "demo/sprints.html": "harbour/sprints.html",
        }
        assert link_of(at(portal.pages["demo/risks.html"], "R-01")) == "../harbour/risks.html#R-01"
        assert link_of(at(portal.pages["demo/T1.html"], "T1.1")) == "../harbour/T1.html#T1.1"


class TestRemoved:
    def test_a_task_has_a_page_that_says_so_and_holds_what_it_was_made_of(self, portal: Portal) -> None:
        (portal.folder / DEMO / "tasks.yml").write_text("- {id: T2, title: Survey, owner: editor}\n", "utf-8")
        assert portal.vanished == [(f"{DEMO}/tasks.yml", "demo/T1")]
        portal.remove("demo/T1", ", instead: demo/T2, title: The dredging")
        assert portal.vanished == []
        page = portal.pages["demo/T1.html"]
        assert "demo/T1 The dredging" in words(page)
        for told in ("removed on 1 Mar 2026", "Why Done with.", "Instead demo/T2", "As it was 2026-02-01"):
            assert told in words(page)
        assert page.find("a", href="../s/2026-02-01/demo/T1.html")
        for name in ("T1.1", "T1.2", "S1"):
            assert f"{name} was removed on 1 Mar 2026: Done with." in words(at(page, name))
        row = portal.pages["removed.html"].select_one("tbody tr")
        assert row is not None
        assert link_of(row) == "demo/T1.html"
        assert words(row) == "demo/T1 The dredging 1 Mar 2026 Done with. demo/T2"

    @pytest.mark.parametrize(
        ("file", "entry", "page", "name"),
        [
            ("tasks", ", {id: T1.2, title: South}", "demo/T1.html", "T1.2"),
            (
                "tasks",
                "\n  sprints: [{id: S1, title: First, items: [{text: Dig, progress: 10}]}]",
                "demo/T1.html",
                "S1",
            ),
            (
                "registers/risks",
                "- {id: R-02, description: Mud, status: open, owner: editor, mitigation: Dig}\n",
                "demo/risks.html",
                "R-02",
            ),
        ],
    )
    def test_a_part_is_told_of_on_the_page_where_it_stood(
        self, portal: Portal, file: str, entry: str, page: str, name: str
    ) -> None:
        portal.change(f"{DEMO}/{file}.yml", entry, "")
        assert portal.vanished == [(f"{DEMO}/{file}.yml", f"demo/{name}")]
        portal.remove(f"demo/{name}")
        assert portal.vanished == []
        told = at(portal.pages[page], name)
        assert "was removed on 1 Mar 2026: Done with." in words(told)
        assert link_of(told) == f"../s/{SNAPSHOT}/{page}#{name}"
        assert link_of(portal.pages["removed.html"].select_one("tbody tr") or told) == f"{page}#{name}"

    def test_a_programme_has_pages_for_all_that_a_snapshot_published_of_it(self, portal: Portal) -> None:
        shutil.rmtree(portal.folder / DEMO)
        write_files(
            portal.folder,
            {
                "data/portfolio.yml": BASE_FILES["data/portfolio.yml"].replace("[demo]", "[other]"),
                "data/programmes/other/programme.yml": "id: other\ntitle: Other\nowner: editor\nrecorded: 2026-01-01\n",
            },
        )
        assert portal.vanished == [(REMOVED, "demo")]
        portal.remove("demo", ", instead: other")
        assert portal.vanished == []
        gone = {route for route in portal.pages if route.startswith("demo/")}
        assert gone == {f"demo/{name}.html" for name in ("index", "T1", "T2", "changelog", "risks", "sprints")}
        assert "removed on 1 Mar 2026, with demo" in words(portal.pages["demo/T1.html"])
        at(portal.pages["demo/risks.html"], "R-01")

    def test_an_owner_has_a_page_that_says_so(self, portal: Portal) -> None:
        portal.change("data/people.yml", "- {id: jane, title: Jane, kind: person}\n", "")
        assert portal.vanished == [("data/people.yml", "owners/jane")]
        portal.remove("owners/jane", ", instead: owners/editor")
        assert portal.vanished == []
        assert portal.pages["owners/jane.html"].find("a", href="editor.html")

    def test_a_page_that_people_wrote_has_a_page_that_says_so(self, portal: Portal) -> None:
        (portal.folder / "content/handbook/tides.md").unlink()
        assert portal.vanished == [(REMOVED, "handbook/tides.html")]
        portal.remove("handbook/tides.html", ", instead: https://tides.example/")
        assert portal.vanished == []
        assert portal.pages["handbook/tides.html"].find("a", href="https://tides.example/")

    def test_what_no_snapshot_had_gets_a_page_too(self, portal: Portal) -> None:
        for what in ("demo/T8", "ferry", "owners/pilot"):
            portal.remove(what)
        assert portal.vanished == []
        assert {"demo/T8.html", "ferry/index.html", "owners/pilot.html"} <= portal.pages.keys()

    def test_a_removal_cannot_be_forgotten(self, portal: Portal) -> None:
        portal.remove("demo/T8")
        portal.publish("2026-03-02")
        (portal.folder / REMOVED).unlink()
        assert portal.vanished == [(REMOVED, "demo/T8")]

    def test_what_was_renamed_first_and_removed_later_says_so_at_both_addresses(self, portal: Portal) -> None:
        portal.change(f"{DEMO}/tasks.yml", "{id: T2,", "{id: T8, formerly: [T2],")
        portal.publish("2026-02-20")
        portal.change(f"{DEMO}/tasks.yml", "- {id: T8, formerly: [T2], title: Survey, owner: editor}\n", "")
        assert portal.vanished == [(f"{DEMO}/tasks.yml", "demo/T8")]
        portal.remove("demo/T8")
        assert portal.vanished == []
        assert "with demo/T8" in words(portal.pages["demo/T2.html"])
        assert "removed on 1 Mar 2026. Why" in words(portal.pages["demo/T8.html"])


class TestLists:
    def test_one_that_has_nothing_to_show_stays_and_says_where_it_can_be_read(self, portal: Portal) -> None:
        (portal.folder / DEMO / "registers/risks.yml").write_text("", "utf-8")
        for name in ("R-01", "R-02"):
            portal.remove(f"demo/{name}")
        assert portal.vanished == []
        page = portal.pages["demo/risks.html"]
        assert "Nothing is listed here any more" in words(page)
        assert page.find("a", href=f"../s/{SNAPSHOT}/demo/risks.html")
        assert "R-01 was removed" in words(at(page, "R-01"))

    def test_it_asks_for_no_declaration_of_itself(self, portal: Portal) -> None:
        portal.change(
            f"{DEMO}/tasks.yml", "\n  sprints: [{id: S1, title: First, items: [{text: Dig, progress: 10}]}]", ""
        )
        portal.remove("demo/S1")
        assert portal.vanished == []
        assert "Nothing is listed here any more" in words(portal.pages["demo/sprints.html"])

    def test_a_day_that_moved_leaves_the_month_that_it_was_in(self, portal: Portal) -> None:
        updated = "updates: [{date: %s, text: Begun}],"
        portal.change(f"{DEMO}/tasks.yml", "title: Survey,", f"title: Survey, {updated % '2025-12-30'}")
        portal.publish("2026-02-20")
        portal.change(f"{DEMO}/tasks.yml", "2025-12-30", "2026-01-02")
        assert portal.vanished == []
        assert "Nothing is listed here any more" in words(portal.pages["activity/2025-12.html"])


class TestWrongRemovals:
    @pytest.mark.parametrize(
        ("entry", "column", "rule", "message"),
        [
            ("what: demo/T1", 10, "duplicate-id", "demo/T1 is said to be removed, and is the task at"),
            ("what: demo", 10, "duplicate-id", "and is the programme at"),
            ("what: owners/jane", 10, "duplicate-id", "and is the owner at data/people.yml:2:8"),
            ("what: handbook/tides.html", 10, "duplicate-id", "and is a page of this portal"),
            ("what: index.html", 10, "duplicate-id", "and is a page of this portal"),
            ("what: handbook/rules/broken-link.html", 10, "duplicate-id", "and is a page of this portal"),
            ("what: demo/T1.1", 10, "duplicate-id", "and is the subtask at"),
            (f"what: {80 * 'é'}/{119 * 'é'}.html", 10, "invalid-id", "names nothing"),
            (f"what: {114 * '日'}.html", 10, "invalid-id", "no file of a site can have a name as long"),
            ("what: s/2026-02-01/index.html", 10, "invalid-id", "names nothing that a portal can publish"),
            ("what: ../index.html", 10, "invalid-id", "names nothing that a portal can publish"),
            ("what: Index.html", 10, "duplicate-id", "by capitals or accents alone from index.html, a page of this"),
            ("what: handbook/TIDES.html", 10, "duplicate-id", "alone from handbook/tides.html, a page of this portal"),
            ("what: index.html/x.html", 10, "invalid-id", "index.html has the name of a folder in it"),
            ("what: Demo/t1.html/x.html", 10, "invalid-id", "demo/T1.html has the name of a folder in it"),
            ("what: portal.json/x.html", 10, "invalid-id", "a file of the site has the name of a folder in it"),
            ("what: sitemap.xml/a/x.html", 10, "invalid-id", "a file of the site has the name of a folder in it"),
            ("what: demo/charts/a-dark.svg/x.html", 10, "invalid-id", "a file of the site has the name of a folder"),
            ("what: feeds/demo/atom.xml/x.html", 10, "invalid-id", "a file of the site has the name of a folder in it"),
            ('what: "a\\u2028b.html"', 10, "invalid-id", "names nothing that a portal can publish"),
            ('what: "a\\u0085b.html"', 10, "invalid-id", "names nothing that a portal can publish"),
            ('what: "a/\\u00a0b.html"', 10, "invalid-id", "names nothing that a portal can publish"),
            ("wat: demo/T9", 5, "unknown-field", "wat"),
        ],
    )
    def test_each_is_named_at_its_place(self, portal: Portal, entry: str, column: int, rule: str, message: str) -> None:
        text = f"# yaml\n- {{{entry}, date: 2026-03-01, reason: So.}}\n"
        (portal.folder / REMOVED).write_text(text, "utf-8")
        found = [one for one in portal.found if one.rule == rule]
        assert [(one.path, one.line, message in one.message) for one in found] == [(REMOVED, 2, True)]
        assert found[0].column in (column, 4)

    def test_one_of_another_name_for_what_is_there_is_refused(self, portal: Portal) -> None:
        portal.change(f"{DEMO}/tasks.yml", "{id: T2,", "{id: T8, formerly: [T2],")
        portal.remove("demo/T2")
        (found,) = portal.found
        assert (found.rule, "is what demo/T8 was called before" in found.message) == ("duplicate-id", True)

    def test_two_of_one_thing_an_unknown_instead_and_a_day_to_come(self, portal: Portal) -> None:
        entries = (
            "- {what: demo/T8, date: 2026-03-01, reason: So.}\n"
            "- {what: demo/t8, date: 2026-03-01, reason: So., instead: demo/T11}\n"
            "- {what: demo/T9, date: 2030-01-01, reason: So.}\n"
        )
        (portal.folder / REMOVED).write_text(entries, "utf-8")
        assert [(one.line, one.column, one.rule) for one in portal.found] == [
            (2, 10, "duplicate-id"),
            (2, 59, "unknown-reference"),
            (3, 25, "future-date"),
        ]
        assert "Did you mean" in portal.found[1].hint

    def test_none_can_be_where_a_file_or_a_folder_of_another_is(self, portal: Portal) -> None:
        write_files(portal.folder, {"content/LICENCE": "Free.\n", "content/old.html/page.md": "# Page\n"})
        places = ("licence/a.html", "old.html", "demo/T9", "demo/T9.html", "demo/T9.html/b.html", "node.js/c.html")
        for what in places:
            portal.remove(what)
        assert [(one.line, one.rule, one.message.partition(":")[2].strip()) for one in portal.found] == [
            (1, "invalid-id", "content/LICENCE has the name of a folder in it"),
            (2, "invalid-id", "old.html/page.html stands in a folder of that name"),
            (4, "duplicate-id", "3:10"),
            (5, "invalid-id", "the page of the removal at data/removed.yml:3:10 has the name of a folder in it"),
        ]

    def test_a_reference_in_a_reason_must_lead_somewhere(self, portal: Portal) -> None:
        portal.remove("demo/T9", ", title: 'Near [[demo/T77]]'")
        assert [one.rule for one in portal.found] == ["unknown-reference"]


def test_a_frozen_page_leads_to_older_snapshots_on_the_site_of_today_alone(portal: Portal) -> None:
    portal.change(f"{DEMO}/tasks.yml", "- {id: T2, title: Survey, owner: editor}\n", "")
    portal.remove("demo/T2")
    for current, address in (("https://demo.example/", f"https://demo.example/s/{SNAPSHOT}/demo/T2.html"), ("", None)):
        frozen = SnapshotInfo("two", TODAY, TODAY, "", "", f"{current}s/two/" if current else "", current, "")
        made = build(replace(portal.report, frozen=frozen))
        (page,) = [artifact.content for artifact in made if artifact.path == "demo/T2.md"]
        assert SNAPSHOT in page
        link = BeautifulSoup(page, "html.parser").find("a", string=SNAPSHOT)
        assert (str(link["href"]) if isinstance(link, Tag) else None) == address


def test_nothing_is_said_where_git_cannot_say(portal: Portal, tmp_path: Path) -> None:
    shutil.copytree(portal.folder, tmp_path / "bare", ignore=shutil.ignore_patterns(".git"))
    portal.change(f"{DEMO}/tasks.yml", "id: T1\n", "id: T7\n")
    assert portal.found != ()
    shutil.copy(portal.folder / DEMO / "tasks.yml", tmp_path / "bare" / DEMO / "tasks.yml")
    assert check_with_history(tmp_path / "bare", TODAY).diagnostics == ()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a portal in which things were renamed and removed."""
    portal = Portal(tmp_path_factory.mktemp("moved") / "portal")
    shutil.copy(PROJECT / "mkdocs.yml", portal.folder)
    shutil.copytree(PROJECT / "overrides", portal.folder / "overrides")
    write_files(portal.folder, {"hooks/portal.py": (PROJECT / "hooks/portal.py").read_bytes()})
    portal.change(f"{DEMO}/tasks.yml", "id: T1\n", "id: T7\n  formerly: [T1]\n")
    portal.change(f"{DEMO}/tasks.yml", "- {id: T2, title: Survey, owner: editor}\n", "")
    portal.change("content/handbook/index.md", "# Handbook", "# Handbook\n\n[Gone](../demo/T2.md)")
    portal.remove("demo/T2")
    (portal.folder / DEMO / "registers/risks.yml").unlink()
    portal.remove("demo/R-01")
    portal.remove("demo/R-02")
    (portal.folder / "content/handbook/tides.md").rename(portal.folder / "content/handbook/über tides.md")
    portal.change("content/handbook/index.md", "# Handbook", "# Handbook\n\n[Tides](<über tides.md>)")
    portal.remove("handbook/tides.html", ", instead: handbook/über tides.html")
    portal.remove("handbook/öld tides.html")
    done = milepost("build", "--as-of", TODAY.isoformat(), folder=portal.folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return portal.folder / "site"


def test_an_address_of_before_takes_browsers_on_and_search_engines_too(site: Path) -> None:
    page = BeautifulSoup((site / "demo/T1.html").read_text("utf-8"), "html.parser")
    refresh = page.select_one('meta[http-equiv="refresh"]')
    canonical = page.select_one('link[rel="canonical"]')
    assert refresh is not None
    assert refresh["content"] == "0; url=T7.html"
    assert canonical is not None
    assert str(canonical["href"]).endswith("/demo/T7.html")
    assert page.select('meta[name="robots"][content="noindex"]')
    for name in ("T7", "T2", "risks"):
        other = BeautifulSoup((site / f"demo/{name}.html").read_text("utf-8"), "html.parser")
        assert not other.select('meta[http-equiv="refresh"], meta[name="robots"]')


def test_it_stands_in_no_sitemap_and_no_search(site: Path) -> None:
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert "/demo/T7.html<" in sitemap
    assert "/demo/T1.html<" not in sitemap
    assert {"demo/T7.html", "demo/T2.html"} <= found
    assert not {"demo/T1.html", "demo/risks.html"} & found
