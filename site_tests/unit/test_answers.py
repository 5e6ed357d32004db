"""The four answers, and what stands around an entity: what a reader is told first, and where they can go from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from conftest import SmallProject
from milepost.check.run import check_project
from milepost.history.timeline import Past
from milepost.model.portal import Ref
from milepost.model.snapshot_info import SnapshotInfo
from milepost.report import Report, make_report
from milepost.site.pages.answers import Answers, answers
from milepost.site.pages.descriptor import PageKind
from milepost.site.pages.milestone import KIND as MILESTONE_PAGES
from milepost.site.pages.neighbours import neighbours
from milepost.site.pages.owners import KIND as OWNER_PAGES
from milepost.site.pages.programme import KIND as PROGRAMME_PAGES
from milepost.site.pages.task import KIND as TASK_PAGES
from milepost.site.pages.tracker import KIND as TRACKER_PAGES
from milepost.site.pages.writer import PageWriter

Write = Callable[..., SmallProject]


def report_of(project: SmallProject) -> Report:
    return make_report(project.check(), Past())


def answered(project: SmallProject) -> Answers:
    report = report_of(project)
    return answers(report, report.portal.programmes)


PROGRAMME = "id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-01-01\nstart: 2026-01-05\nclosed: 2026-02-20\n"


class TestAnswers:
    def test_a_milestone_that_is_open_after_its_window_is_late_and_no_other_is(self, small_project: Write) -> None:
        project = small_project(
            programme=PROGRAMME,
            milestones="""\
                - {id: M1, window: {weeks: [0, 1]}, progress: 40}
                - {id: M2, window: {weeks: [0, 1]}, progress: 100, status: complete}
                - {id: M3, window: {weeks: [0, 9]}, progress: 40}
                - {id: M4, progress: 40}
                """,
        )
        late = [(milestone.ref.id, day.isoformat()) for milestone, day in answered(project).late]
        assert late == [("M1", "2026-01-18")]

    def test_a_checkpoint_that_is_over_is_not_next(self, small_project: Write) -> None:
        project = small_project(
            programme=PROGRAMME,
            tracker="""\
                checkpoints:
                  - {title: Over, date: 2026-02-19}
                  - {title: Today, date: 2026-02-20}
                  - {title: Over by its week, week: 1}
                  - {title: To come by its week, week: 8}
                """,
        )
        assert {checkpoint.title for _, checkpoint in answered(project).upcoming} == {"Today", "To come by its week"}

    def test_what_moved_names_each_entity_once_and_prefers_a_figure(self, small_project: Write) -> None:
        project = small_project(
            tasks="""\
                - id: T1
                  progress: 45
                  updates:
                    - {date: 2026-01-10, id: u1, text: Words, kind: progressed}
                    - {date: 2026-01-10, id: u2, text: A figure, kind: progressed, progress: 45}
                    - {date: 2026-01-09, text: Before, kind: progressed}
                - id: T2
                  updates: [{date: 2026-01-08, text: Another, kind: progressed}]
                """,
        )
        found = answered(project)
        assert [(event.day.isoformat(), event.text) for event in found.moved] == [
            ("2026-01-10", "A figure"),
            ("2026-01-08", "Another"),
        ]
        assert len(found.events) == 4


class TestWords:
    """What the four answers say, to a reader who does not know the ids."""

    def words(self, project: SmallProject) -> str:
        page = PageWriter(report_of(project), "index.html").overview()
        return " ".join(BeautifulSoup(page, "html.parser").get_text().split())

    def test_what_moved_is_called_by_its_title_or_else_by_what_was_told(self, small_project: Write) -> None:
        decision = "- {id: D-01, date: 2026-01-09, decision: Rent the barge, rationale: Cheap}\n"
        project = small_project(
            {"data/programmes/demo/registers/decisions.yml": decision},
            tasks="- {id: T1, title: Dredge the basin, updates: [{date: 2026-01-10, text: Sand is gone}]}\n",
        )
        words = self.words(project)
        assert "10 Jan 2026 Demo T1 Dredge the basin progressed" in words
        assert "9 Jan 2026 Demo D-01 decided Rent the barge" in words

    def test_what_is_late_is_called_by_its_title(self, small_project: Write) -> None:
        milestone = "- {id: M1, title: Open the lock, window: {weeks: [0, 1]}, progress: 40}\n"
        project = small_project(programme=PROGRAMME, milestones=milestone)
        assert "Late Demo M1 Open the lock, due 18 Jan 2026" in self.words(project)

    def test_what_is_next_says_of_which_programme_it_is(self, small_project: Write) -> None:
        going_on = PROGRAMME.replace("closed: 2026-02-20\n", "")
        project = small_project(programme=going_on, tracker="checkpoints: [{title: Gate review, date: 2026-12-02}]\n")
        assert "2 Dec 2026 Demo Gate review" in self.words(project)

    def test_what_is_at_risk_says_of_which_programme_it_is(self, small_project: Write) -> None:
        risk = "- {id: R-01, description: Mud slides, mitigation: Piles, status: open, impact: high}\n"
        project = small_project(
            {"data/programmes/demo/registers/risks.yml": risk},
            programme=PROGRAMME,
            milestones="- {id: M1, title: Open the lock, window: {weeks: [0, 1]}, progress: 40}\n",
            tasks="- {id: T1, title: Dredge, status: blocked, milestones: [M1]}\n",
        )
        words = self.words(project)
        assert "Late Demo M1 Open the lock" in words
        assert "Blocked Demo T1 Dredge" in words
        assert "High Demo R-01 Mud slides" in words

    def test_what_is_next_says_that_its_programme_has_closed(self, small_project: Write) -> None:
        project = small_project(programme=PROGRAMME, tracker="checkpoints: [{title: Gate review, week: 9}]\n")
        assert "Demo, closed Gate review" in self.words(project)

    def test_late_is_said_on_the_page_of_the_milestone_and_of_its_programme(self, small_project: Write) -> None:
        milestones = "- {id: M1, window: {weeks: [0, 1]}, progress: 40}\n- {id: M2, progress: 40}\n"
        report = report_of(small_project(programme=PROGRAMME, milestones=milestones))
        pages = {page.route: page.markdown for kind in (MILESTONE_PAGES, PROGRAMME_PAGES) for page in kind.make(report)}
        late = {route: markdown.count(">Late<") for route, markdown in pages.items()}
        # On the programme's page among the answers, and in the table.
        assert late == {"demo/M1.html": 1, "demo/M2.html": 0, "demo/index.html": 2}
        assert "Late</span>, due <time" in pages["demo/M1.html"]


def test_the_log_of_a_tracker_is_read_from_its_newest_entry(small_project: Write) -> None:
    tracker = "activity: [{date: 2026-01-03, text: a}, {date: 2026-01-05, text: b}, {date: 2026-01-09, text: c}]\n"
    (page,) = TRACKER_PAGES.make(report_of(small_project(tracker=tracker)))
    found = [told["id"] for told in BeautifulSoup(page.markdown, "html.parser").select(".mp-update")]
    assert found == ["2026-01-09", "2026-01-05", "2026-01-03"]


class TestLines:
    """Where a line of data leads: to where it is shown, as it was where the page is frozen, and to be edited."""

    SOURCE = "https://code.example/a/b/edit/main/portal/"

    def addresses(self, report: Report) -> set[str]:
        (page,) = (page for page in TASK_PAGES.make(report) if page.route == "demo/T1.html")
        return {str(link["href"]) for link in BeautifulSoup(page.markdown, "html.parser").select("a.mp-line")}

    def test_a_page_of_today_shows_lines_and_offers_one_to_be_edited(self, small_project: Write) -> None:
        report = replace(report_of(small_project(tasks="- {id: T1, progress: 20}\n")), source_address=self.SOURCE)
        file = "portal/data/programmes/demo/tasks.yml#L1"
        assert self.addresses(report) == {
            f"https://code.example/a/b/blob/main/{file}",
            f"https://code.example/a/b/edit/main/{file}",
        }

    def test_a_frozen_page_shows_them_as_they_were(self, small_project: Write) -> None:
        report = report_of(small_project(tasks="- {id: T1, progress: 20}\n"))
        frozen = SnapshotInfo("a", date(2026, 3, 9), date(2026, 3, 8), "c0ffee", "", "", "", "")
        then = replace(report, source_address=self.SOURCE, frozen=frozen)
        file = "portal/data/programmes/demo/tasks.yml#L1"
        assert self.addresses(then) == {f"https://code.example/a/b/blob/c0ffee/{file}"}


def test_the_parts_of_a_figure_are_given_as_they_are_counted(small_project: Write) -> None:
    tasks = "- {id: T1, milestones: [M1], subtasks: [{id: T1.1, progress: 60}, {id: T1.2, progress: 65}]}\n"
    report = report_of(small_project(milestones="- {id: M1}\n", tasks=tasks))
    (page,) = MILESTONE_PAGES.make(report)
    why = BeautifulSoup(page.markdown, "html.parser").select_one("details.mp-why")
    assert why is not None
    assert "(62.5) / 1 = 62.5" in why.get_text()
    part = why.select_one("td[data-label=Figure] data")
    assert part is not None
    assert (part.get_text(), part["value"], part["data-ref"]) == ("62.5 %", "62.5", "demo/T1:computed")


class TestFollow:
    """The way from a page to its feed, for whoever has no program that finds it."""

    @pytest.mark.parametrize(
        ("kind", "route", "feed"),
        [
            (PROGRAMME_PAGES, "demo/index.html", "../feeds/demo/atom.xml"),
            (OWNER_PAGES, "owners/editor.html", "../feeds/owners/editor/atom.xml"),
        ],
    )
    def test_a_page_leads_to_its_feed_unless_it_is_frozen(
        self, small_project: Write, kind: PageKind, route: str, feed: str
    ) -> None:
        report = report_of(small_project())
        frozen = replace(report, frozen=SnapshotInfo("a", date(2026, 3, 9), date(2026, 3, 8), "c", "", "", "", ""))
        now, then = ({page.route: page.markdown for page in kind.make(each)}[route] for each in (report, frozen))
        assert f'href="{feed}"' in now
        assert f'href="{feed}"' not in then


class TestFreshness:
    @pytest.mark.parametrize(
        ("closed", "last", "said"),
        [
            ("closed: 2026-01-31", "2026-01-30", "closed"),
            ("", "2026-01-31", "1 day old"),
            ("", "2026-02-01", "today"),
            ("", "2026-01-01", "stale: 31 days old"),
        ],
    )
    def test_it_says_how_old_the_last_report_is(self, small_project: Write, closed: str, last: str, said: str) -> None:
        project = small_project(
            programme=f"id: demo\ntitle: Demo\nrecorded: 2026-01-01\n{closed}\n",
            tasks=f"- {{id: T1, updates: [{{date: {last}, text: Words}}]}}\n",
        )
        checked = check_project(project.folder, date(2026, 2, 1))
        report = make_report(checked, Past())
        programme = report.portal.programmes[0]
        assert PageWriter(report, "index.html").freshness(programme, report.events[0].day) == said

    def test_what_git_tells_of_a_closed_programme_is_said_to_be_later(self, small_project: Write) -> None:
        report = report_of(small_project(programme=PROGRAMME))
        freshness = PageWriter(report, "index.html").freshness(report.portal.programmes[0], date(2026, 2, 21))
        assert freshness == "changed after it closed"

    def test_nothing_reported_is_said(self, small_project: Write) -> None:
        report = report_of(small_project(tasks="- {id: T1}\n"))
        assert PageWriter(report, "index.html").freshness(report.portal.programmes[0], None) == "nothing reported yet"


class TestNeighbours:
    MILESTONES = """\
        - {id: M1, depends_on: [T2]}
        - {id: M2, depends_on: [M1, T1]}
        - {id: M3, depends_on: [M1]}
        """
    TASKS = "- {id: T1}\n- {id: T2}\n"

    def test_what_waits_for_what_is_told_on_both_sides(self, small_project: Write) -> None:
        portal = report_of(small_project(milestones=self.MILESTONES, tasks=self.TASKS)).portal
        around = neighbours(portal.programmes[0])
        waits_for = {ref.id: [node.ref.id for node in found.waits_for] for ref, found in around.items()}
        waited_for = {ref.id: [node.ref.id for node in found.waited_for_by] for ref, found in around.items()}
        assert waits_for == {"M1": ["T2"], "M2": ["M1", "T1"], "M3": ["M1"], "T1": [], "T2": []}
        assert waited_for == {"M1": ["M2", "M3"], "M2": [], "M3": [], "T1": ["M2"], "T2": ["M1"]}

    def test_one_goes_from_milestone_to_milestone_and_from_task_to_task(self, small_project: Write) -> None:
        portal = report_of(small_project(milestones=self.MILESTONES, tasks=self.TASKS)).portal
        around = neighbours(portal.programmes[0])
        onward = {
            ref.id: (found.previous and found.previous.ref.id, found.next and found.next.ref.id)
            for ref, found in around.items()
        }
        assert onward == {
            "M1": (None, "M2"),
            "M2": ("M1", "M3"),
            "M3": ("M2", None),
            "T1": (None, "T2"),
            "T2": ("T1", None),
        }

    def test_a_programme_without_work_has_none(self, small_project: Write) -> None:
        assert neighbours(report_of(small_project()).portal.programmes[0]) == {}


@pytest.mark.parametrize(
    ("reported", "parts", "whole"),
    [("progress: 100", "", True), ("progress: 99", "", False), ("", "", False), ("progress: 100", "50", False)],
)
def test_a_bar_is_that_of_finished_work_only_where_every_figure_says_so(
    small_project: Write, reported: str, parts: str, whole: object
) -> None:
    subtasks = f", subtasks: [{{id: T1.1, progress: {parts}}}]" if parts else ""
    accept = ", accept: [{rule: rollup-mismatch, figures: {reported: 100, computed: 50}, reason: Known}]"
    task = f"- {{id: T1{', ' if reported else ''}{reported}{subtasks}{accept if parts else ''}}}\n"
    portal = report_of(small_project(tasks=task)).portal
    assert portal.node(Ref("demo", "T1")).progress.is_whole is whole
