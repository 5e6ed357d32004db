"""What a digest tells: each thing under its topic, figures before and after, what is due, what disagrees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from rich.cells import cell_len

from conftest import HOSTILE, HOSTILE_FILES, SmallProject
from milepost.check.run import check_project
from milepost.data.records import scalars
from milepost.data.records.update import UpdateKind
from milepost.exports import digest_as_html, digest_as_markdown, digest_as_text
from milepost.exports.digest import TOPICS, Digest, make_digest
from milepost.exports.digest_text import WIDTH, wrapped
from milepost.history.timeline import Past
from milepost.model.portal import Portal
from milepost.model.topics import Topic
from milepost.report import Report, make_report
from milepost.text.dates import in_words, span_in_words, with_days_in_words

Project = Callable[..., SmallProject]
Tell = Callable[..., Digest]
SINCE, UNTIL, TODAY = date(2026, 3, 1), date(2026, 3, 8), date(2026, 3, 8)
ADDRESS = "https://status.example/portal/"

PROGRAMME = "id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-01-01\nstart: 2026-01-05\n"
MILESTONES = """\
- {id: M1, title: Basin, owner: editor, window: {start: 2026-01-05, end: 2026-03-04}, includes: [T1]}
- {id: M2, title: Quay, owner: editor, window: {start: 2026-03-02, end: 2026-03-20}, includes: [T2, T3]}
"""
TASKS = """\
- id: T1
  title: Dredge
  owner: editor
  progress: 48
  updates:
    - {date: 2026-02-27, text: Begun, progress: 36}
    - {date: 2026-03-03, text: The "mud" is *out*, progress: 48}
- id: T2
  title: Survey
  owner: editor
  progress: 30
  updates:
    - {date: 2026-02-28, text: Half done, progress: 50}
    - {date: 2026-03-05, text: The charts were lost, kind: regressed, progress: 30}
    - {date: 2026-03-06, text: The boat comes later, kind: slipped}
  subtasks: [{id: T2.1, title: Sonar, progress: 40}]
  accept: [{rule: rollup-mismatch, figures: {reported: 30, computed: 40}, reason: They were lost.}]
- {id: T3, title: Bollards, owner: editor, completed: 2026-03-02}
"""
RISKS = """\
- {id: R-01, description: Storms, status: open, owner: editor, mitigation: Wait, raised: 2026-03-02}
- {id: R-02, description: Ice, status: closed, owner: editor, mitigation: Salt, raised: 2026-03-02, closed: 2026-03-04}
- {id: R-03, description: Fog, status: open, owner: editor, mitigation: Horn, raised: 2026-02-02}
"""
ISSUES = "- {id: I-01, description: A leak, status: open, owner: editor, raised: 2026-03-07}\n"
DECISIONS = "- {id: D-01, date: 2026-03-03, decision: Use stone, rationale: It lasts, owner: editor}\n"
TRACKER = """\
activity:
  - {date: 2026-03-04, text: A pier was added, kind: re-scoped}
  - {date: 2026-03-04, id: A2, text: A typing error was mended, kind: corrected}
checkpoints:
  - {title: Soundings, date: 2026-03-10, text: Look at T1.}
  - {title: Walk, date: 2026-06-01}
"""
FILES = {
    "programme": PROGRAMME,
    "milestones": MILESTONES,
    "tasks": TASKS,
    "registers/risks": RISKS,
    "registers/issues": ISSUES,
    "registers/decisions": DECISIONS,
    "tracker": TRACKER,
}


@pytest.fixture
def portal_of(small_project: Project) -> Callable[..., Portal]:
    def make(**changes: str) -> Portal:
        project = small_project({f"data/programmes/demo/{name}.yml": text for name, text in (FILES | changes).items()})
        checked = check_project(project.folder, TODAY)
        assert checked.portal is not None, checked.diagnostics
        return checked.portal

    return make


@pytest.fixture
def tell(small_project: Project) -> Tell:
    """The digest of the project with some of its files written otherwise, after some portals that it was before."""

    def make(*before: tuple[date, Portal], since: date = SINCE, until: date = UNTIL, **changes: str) -> Digest:
        project = small_project({f"data/programmes/demo/{name}.yml": text for name, text in (FILES | changes).items()})
        checked = check_project(project.folder, TODAY)
        assert checked.is_sound, checked.diagnostics
        assert checked.portal is not None
        past = Past((*before, (TODAY, checked.portal)) if before else ())
        return make_digest(make_report(checked, past), past, since, until)

    return make


def lines(digest: Digest, topic: Topic) -> list[str]:
    """What stands in a section, each line as `day subject predicate`."""
    return [
        (f"{line.day.isoformat()} " if line.day else "") + line.subject + line.predicate
        for section in digest.sections
        if section.topic is topic
        for group in section.groups
        for line in group.lines
    ]


class TestTopics:
    def test_what_was_completed_or_closed(self, tell: Tell) -> None:
        assert lines(tell(), Topic.COMPLETED) == ["2026-03-02 T3 Bollards was completed.", "2026-03-04 R-02: Ice"]

    def test_what_moved_has_its_figures_before_and_after(self, tell: Tell) -> None:
        assert lines(tell(), Topic.MOVED) == ['2026-03-03 T1 Dredge: The "mud" is *out* (36 % → 48 %)']

    def test_what_slipped_or_fell_back(self, tell: Tell) -> None:
        assert lines(tell(), Topic.SLIPPED) == [
            "2026-03-05 T2 Survey: The charts were lost (50 % → 30 %)",
            "2026-03-06 T2 Survey: The boat comes later",
        ]

    def test_risks_and_issues_opened_since_and_windows_that_ended_are_newly_at_risk(self, tell: Tell) -> None:
        """R-02 was closed again, R-03 is older."""
        assert lines(tell(), Topic.AT_RISK) == [
            "2026-03-02 R-01: Storms",
            "2026-03-07 I-01: A leak",
            "M1 Basin: its window ended on 4 Mar 2026, but it stands at 48 %.",
        ]

    def test_a_window_that_ended_is_news_in_one_week_only(self, tell: Tell) -> None:
        """It has ended on the day after its last: a milestone due on the last day told of is not late yet."""
        told = [
            any("window ended" in line for line in lines(tell(since=since, until=until), Topic.AT_RISK))
            for since, until in [
                (date(2026, 2, 25), date(2026, 3, 4)),
                (date(2026, 3, 4), date(2026, 3, 8)),
                (date(2026, 3, 5), date(2026, 3, 8)),
            ]
        ]
        assert told == [False, True, False]

    def test_what_was_decided_or_re_scoped(self, tell: Tell) -> None:
        assert lines(tell(), Topic.DECIDED) == ["2026-03-03 D-01: Use stone", "2026-03-04 A pier was added"]

    def test_corrections_of_words_are_left_out(self, tell: Tell) -> None:
        assert "typing error" not in digest_as_text(tell(), "")

    def test_there_is_a_section_for_every_kind_of_event_but_corrections(self) -> None:
        assert set(TOPICS) == set(UpdateKind) - {UpdateKind.CORRECTED}

    def test_where_numbers_disagree_stands_what_is_accepted_and_why(self, tell: Tell) -> None:
        (line,) = [line for line in lines(tell(), Topic.DISAGREEMENTS) if "Accepted" in line]
        assert line.startswith("T2 Survey")
        assert "reports 30 %, its 1 subtask gives 40 %" in line
        assert line.endswith("Accepted: They were lost.")

    def test_a_warning_about_a_figure_is_told_once_and_not_again_where_it_is_news(self, tell: Tell) -> None:
        """A milestone that is late is at risk in the week of its end, and disagrees with its figure from then on."""
        warning = "the window of M1 ended on 4 Mar 2026, but M1 stands at 48 %."
        assert warning not in lines(tell(), Topic.DISAGREEMENTS)
        assert lines(tell(since=date(2026, 3, 6)), Topic.DISAGREEMENTS).count(warning) == 1

    def test_a_milestone_whose_lateness_is_accepted_is_at_risk_in_the_week_of_its_end_all_the_same(
        self, tell: Tell
    ) -> None:
        accept = "accept: [{rule: milestone-overdue, figures: {end: 2026-03-04, progress: 48}, reason: Ice.}]"
        accepted = {"milestones": MILESTONES.replace("includes: [T1]", f"includes: [T1], {accept}")}
        assert "M1 Basin: its window ended on 4 Mar 2026, but it stands at 48 %." in lines(
            tell(**accepted), Topic.AT_RISK
        )
        told = [
            any("Ice." in line for line in lines(digest, Topic.DISAGREEMENTS))
            for digest in (tell(**accepted), tell(since=date(2026, 3, 6), **accepted))
        ]
        assert told == [False, True]

    def test_an_empty_section_is_left_out(self, tell: Tell) -> None:
        topics = [section.topic for section in tell(**{"registers/decisions": "[]", "tracker": "{}"}).sections]
        assert Topic.DECIDED not in topics
        assert topics == [
            Topic.COMPLETED,
            Topic.MOVED,
            Topic.SLIPPED,
            Topic.AT_RISK,
            Topic.DUE,
            Topic.DISAGREEMENTS,
        ]

    def test_the_first_line_says_of_how_much_there_is_to_tell(self, tell: Tell) -> None:
        assert tell().lead.startswith("Completed and closed: 2; moved: 1; slipped or fell back: 2; newly at risk: 3;")

    def test_the_last_day_of_the_one_digest_is_not_told_in_the_next(self, tell: Tell) -> None:
        week, next_week = tell(until=date(2026, 3, 3)), tell(since=date(2026, 3, 3))
        both = [lines(digest, Topic.MOVED) for digest in (week, next_week)]
        assert [len(told) for told in both] == [1, 0]
        assert len(lines(week, Topic.COMPLETED) + lines(next_week, Topic.COMPLETED)) == 2


class TestAgainstThePast:
    def test_what_came_to_be_at_risk_or_blocked_since(self, tell: Tell, portal_of: Callable[..., Portal]) -> None:
        before = portal_of()
        statuses = TASKS.replace("id: T1\n", "id: T1\n  status: blocked\n").replace(
            "id: T2\n", "id: T2\n  status: at-risk\n"
        )
        told = lines(tell((date(2026, 2, 20), before), tasks=statuses), Topic.AT_RISK)
        assert "2026-03-08 T1 Dredge is now blocked." in told
        assert "2026-03-08 T2 Survey is now at risk." in told

    @pytest.mark.parametrize("status", ["blocked", "at-risk"])
    def test_what_was_at_risk_before_is_not_newly_so(
        self, tell: Tell, portal_of: Callable[..., Portal], status: str
    ) -> None:
        troubled = TASKS.replace("id: T1\n", f"id: T1\n  status: {status}\n")
        told = lines(tell((date(2026, 2, 20), portal_of(tasks=troubled)), tasks=troubled), Topic.AT_RISK)
        assert [line for line in told if "T1" in line] == []

    def test_what_a_report_tells_of_is_at_risk_all_the_same(self, tell: Tell, portal_of: Callable[..., Portal]) -> None:
        report = "    - {date: 2026-03-05, text: The charts were lost, kind: regressed, progress: 30}\n"
        before = portal_of(tasks=TASKS.replace(report, "").replace("progress: 30\n", "progress: 50\n"))
        digest = tell((date(2026, 2, 20), before), tasks=TASKS.replace("id: T2\n", "id: T2\n  status: at-risk\n"))
        assert "2026-03-05 T2 Survey: The charts were lost (50 % → 30 %)" in lines(digest, Topic.SLIPPED)
        assert [line for line in lines(digest, Topic.AT_RISK) if "T2" in line] == ["T2 Survey is now at risk."]

    def test_a_trouble_is_not_told_as_a_step_back_too(self, tell: Tell, portal_of: Callable[..., Portal]) -> None:
        blocked = TASKS.replace("id: T1\n", "id: T1\n  status: blocked\n")
        digest = tell((date(2026, 2, 20), portal_of()), tasks=blocked)
        assert [line for line in lines(digest, Topic.SLIPPED) if "T1" in line] == []

    def test_how_it_stood_on_the_last_day_counts_and_not_how_it_stands_since(
        self, tell: Tell, portal_of: Callable[..., Portal]
    ) -> None:
        blocked = TASKS.replace("id: T1\n", "id: T1\n  status: blocked\n")
        before = ((date(2026, 2, 20), portal_of()), (date(2026, 3, 4), portal_of(tasks=blocked)))
        digest = tell(*before, until=date(2026, 3, 5))
        assert "2026-03-04 T1 Dredge is now blocked." in lines(digest, Topic.AT_RISK)
        assert [line for line in lines(tell(*before), Topic.AT_RISK) if "T1" in line] == []

    def test_what_was_reported_late_is_told_once_it_is_known(
        self, tell: Tell, portal_of: Callable[..., Portal]
    ) -> None:
        """The update of 28 February was written in March; the one of 27 February was there before."""
        late = "    - {date: 2026-02-28, text: Half done, progress: 50}\n"
        before = portal_of(tasks=TASKS.replace(late, ""))
        told = lines(tell((date(2026, 3, 1), before)), Topic.MOVED)
        assert [line[:10] for line in told] == ["2026-02-28", "2026-03-03"]
        assert [line[:10] for line in lines(tell((date(2026, 3, 1), portal_of())), Topic.MOVED)] == ["2026-03-03"]

    def test_a_past_that_is_not_whole_is_said(self, small_project: Project) -> None:
        checked = check_project(small_project().folder, TODAY)
        past = Past(gap="fatal: /home/someone is no repository")
        digest = make_digest(make_report(checked, past), past, SINCE, UNTIL)
        for form in (digest_as_text, digest_as_markdown, digest_as_html):
            text = " ".join(form(digest, "").split())
            assert "may be missing here" in text
            assert "/home/someone" not in text


class TestDueNext:
    def test_what_ends_or_is_looked_at_in_the_coming_two_weeks(self, tell: Tell) -> None:
        assert lines(tell(), Topic.DUE) == [
            "2026-03-10 Soundings: Look at T1.",
            "2026-03-20 M2 Quay is planned to end.",
        ]

    def test_else_the_next_few(self, tell: Tell) -> None:
        told = tell(
            milestones=MILESTONES.replace("2026-03-20", "2026-05-20"), tracker=TRACKER.replace("03-10", "05-10")
        )
        assert [line[:10] for line in lines(told, Topic.DUE)] == ["2026-05-10", "2026-05-20", "2026-06-01"]

    def test_weeks_without_a_first_day_are_named_as_such(self, tell: Tell) -> None:
        told = tell(
            programme=PROGRAMME.replace("start: 2026-01-05\n", ""),
            milestones="- {id: M2, title: Quay, owner: editor, window: {weeks: [8, 12]}, includes: [T1, T2, T3]}\n",
            tracker="checkpoints: [{title: Walk, week: 6, weekday: tuesday}]\n",
        )
        assert lines(told, Topic.DUE) == [
            "Walk, Tuesday of week 6; its day is not known.",
            "M2 Quay is planned to end in week 12; its day is not known.",
        ]

    def test_weeks_with_a_first_day_are_days(self, tell: Tell) -> None:
        told = tell(milestones=MILESTONES.replace("{start: 2026-03-02, end: 2026-03-20}", "{weeks: [8, 9]}"))
        assert "2026-03-15 M2 Quay is planned to end." in lines(told, Topic.DUE)

    def test_what_is_complete_is_not_due(self, tell: Tell) -> None:
        told = tell(milestones=MILESTONES.replace("includes: [T2, T3]", "completed: 2026-03-05, includes: [T3]"))
        assert [line for line in lines(told, Topic.DUE) if "M2" in line] == []

    @pytest.mark.parametrize(("closed", "is_due"), [("2026-03-08", True), ("2026-03-07", False), ("undated", False)])
    def test_nothing_is_due_where_reporting_has_ended(self, tell: Tell, closed: str, is_due: bool) -> None:  # noqa: FBT001  # the case
        told = tell(programme=f"{PROGRAMME}closed: {closed}\n".replace("2026-01-01", "2026-03-08"))
        assert bool(lines(told, Topic.DUE)) is is_due


class TestForms:
    def test_where_nothing_happened_it_is_said_in_a_sentence_with_what_is_due(self, tell: Tell) -> None:
        day = {"since": date(2026, 1, 20), "until": date(2026, 1, 22)}
        text = digest_as_text(tell(**day), "")
        assert "\nNothing happened since 20 Jan 2026.\n" in text
        assert "* 4 Mar 2026: M1 Basin is planned to end." in text
        assert Topic.MOVED not in text

    @pytest.mark.parametrize("days", [(SINCE, SINCE), (UNTIL, SINCE)])
    def test_days_of_which_none_is_left_are_refused(self, tell: Tell, days: tuple[date, date]) -> None:
        with pytest.raises(ValueError, match="no day lies"):
            tell(since=days[0], until=days[1])

    def test_its_subject_stands_first_in_each_form(self, tell: Tell) -> None:
        subject = "Demo portfolio: what happened from 2 to 8 Mar 2026"
        digest = tell()
        assert digest_as_text(digest, "").splitlines()[:2] == [subject, "=" * len(subject)]
        assert digest_as_markdown(digest, "").splitlines()[0] == f"# {subject}"
        document = etree.fromstring(digest_as_html(digest, "").encode())
        assert document.findtext("head/title") == document.findtext("body/h1") == subject

    def test_each_form_tells_the_same(self, tell: Tell) -> None:
        digest = tell()
        told = [
            f"{line.subject}{line.predicate}"
            for section in digest.sections
            for group in section.groups
            for line in group.lines
        ]
        html = " ".join(BeautifulSoup(digest_as_html(digest, ADDRESS), "html.parser").get_text().split())
        text = " ".join(digest_as_text(digest, "").split())
        markdown = re.sub(r"\\([\W_])|\*\*", r"\1", digest_as_markdown(digest, ""))
        for words in told:
            assert words in html
            assert words in text
            assert words in markdown

    def test_with_an_address_each_thing_is_linked_to_where_it_is_told(self, tell: Tell) -> None:
        digest, update = tell(), f"{ADDRESS}demo/T1.html#2026-03-03"
        assert f"\n  {update}\n" in digest_as_text(digest, ADDRESS)
        assert f": [T1 Dredge]({update}): The" in digest_as_markdown(digest, ADDRESS)
        links = BeautifulSoup(digest_as_html(digest, ADDRESS), "html.parser").find_all("a")
        assert (update, "T1 Dredge") in [(link["href"], link.get_text()) for link in links]
        assert len(links) == sum(section.count for section in digest.sections)

    def test_without_an_address_there_is_no_link(self, tell: Tell) -> None:
        for form in (digest_as_text, digest_as_markdown, digest_as_html):
            made = form(tell(), "")
            assert "](" not in made
            assert "<a" not in made
            assert ".html" not in made

    def test_a_mail_of_html_brings_all_that_it_needs(self, tell: Tell) -> None:
        page = BeautifulSoup(digest_as_html(tell(), ADDRESS), "html.parser")
        assert {element.name for element in page.find_all()} == {
            "html", "head", "meta", "title", "body", "h1", "h2", "h3", "p", "ul", "li", "time", "strong", "a",
        }  # fmt: skip
        assert page.select("[src]") == []
        assert page.select("html[lang=en]")
        assert page.find("meta", attrs={"name": "color-scheme", "content": "light dark"})
        assert "url(" not in str(page)

    def test_no_line_of_text_but_an_address_is_longer_than_72_columns(self, tell: Tell, own_report: Report) -> None:
        own = make_digest(own_report, Past(), date(2024, 1, 1), date(2026, 11, 22))
        for digest in (own, tell()):
            made = digest_as_text(digest, ADDRESS).splitlines()
            assert max(cell_len(line) for line in made if not line.startswith(f"  {ADDRESS}")) <= WIDTH
            assert [line for line in made if line != line.rstrip()] == []


class TestStrangersWords:
    @pytest.fixture
    def hostile(self, small_project: Project, monkeypatch: pytest.MonkeyPatch) -> Digest:
        """The digest of a project each of whose texts tries to be more than text, and which no check has refused."""
        monkeypatch.setattr(scalars, "unsafe_part", lambda _: None)
        checked = check_project(small_project(HOSTILE_FILES).folder, date(2026, 1, 10))
        assert checked.is_sound, checked.diagnostics
        return make_digest(make_report(checked, Past()), Past(), date(2026, 1, 1), date(2026, 1, 10))

    def test_it_is_text_in_html(self, hostile: Digest) -> None:
        made = digest_as_html(hostile, ADDRESS)
        page = BeautifulSoup(made, "html.parser")
        assert not page.find_all(["script", "img"])
        assert all(str(link["href"]).startswith(ADDRESS) for link in page.find_all("a"))
        assert HOSTILE in page.get_text()
        assert etree.fromstring(made.encode()).findtext("head/title", "").startswith(HOSTILE)

    def test_it_is_text_in_markdown(self, hostile: Digest) -> None:
        made = digest_as_markdown(hostile, ADDRESS)
        bare = re.sub(r"\\[\W_]", "", made)
        assert not re.search(r"<(?!!-- -->)", bare)
        assert set(re.findall(r"\]\(([^)]*)\)", bare)) <= set(re.findall(rf"\]\(({re.escape(ADDRESS)}[^)]*)\)", bare))
        assert "**b**" not in made

    def test_a_title_of_several_lines_ends_no_heading(self, tell: Tell) -> None:
        digest = tell(programme=PROGRAMME.replace("title: Demo", 'title: "Demo\\n\\n# Owned @octo"'))
        assert "\n# Owned" not in digest_as_markdown(digest, "")
        assert "@octo" not in digest_as_markdown(digest, "")
        assert "\nDemo # Owned @octo\n" in digest_as_text(digest, "")


def test_lines_are_cut_by_columns_and_not_by_letters() -> None:
    wide = list(wrapped("港" * 50, first="* ", further="  "))
    assert [cell_len(line) for line in wide] == [72, 32]
    assert "".join(wide).replace(" ", "").replace("*", "") == "港" * 50
    assert cell_len("é" + unicodedata.normalize("NFD", "é")) == 2


def test_words_are_kept_whole_where_they_fit() -> None:
    told = "a " * 40 + "b" * 70 + " c"
    assert list(wrapped(told, first="* ", further="  ")) == [
        "* " + " ".join("a" * 35),
        "  " + " ".join("a" * 5),
        "  " + "b" * 70,
        "  c",
    ]


def test_what_steers_a_terminal_or_turns_letters_is_no_text() -> None:
    assert list(wrapped("a\x1b[2Jb\x9bc\u202ed\u200de")) == ["a [2Jb cd\u200de"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-10-21", "2025-10-21", "on 21 Oct 2025"),
        ("2025-10-15", "2025-10-21", "from 15 to 21 Oct 2025"),
        ("2025-09-29", "2025-10-05", "from 29 Sep to 5 Oct 2025"),
        ("2025-12-30", "2026-01-05", "from 30 Dec 2025 to 5 Jan 2026"),
    ],
)
def test_a_stretch_of_days_in_words(first: str, last: str, words: str) -> None:
    assert span_in_words(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_a_day_by_itself_is_written_in_words_and_a_part_of_a_name_is_not() -> None:
    assert with_days_in_words("On 2025-10-01, (2025-10-02).") == "On 1 Oct 2025, (2 Oct 2025)."
    for text in ("log-2025-10-01", "/2025-10-01/", "2025-10-01T10:00", "2025-10-01.csv", "2025-13-01", "v2025-10-01"):
        assert with_days_in_words(text) == text
    assert in_words(date(2026, 5, 1)) == "1 May 2026"
