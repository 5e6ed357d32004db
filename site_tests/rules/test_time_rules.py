"""What each rule about time finds, where it finds it, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject, marked

Project = Callable[..., SmallProject]
Found = list[tuple[str, int, int, str]]

CLOSED = "id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-01-01\nclosed: {}\n"
STARTED = "id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-01-01\nstart: {}\n"


def at(rule: str, **places: list[tuple[int, int]]) -> Found:
    """The findings that are expected of `rule`, one at each place of each file."""
    return [(f"{file}.yml", line, column, rule) for file in places for line, column in places[file]]


def found_by(project: SmallProject, rule: str) -> Found:
    """What one rule finds; the others may have their say about the same days."""
    return [entry for entry in project.found if entry[3] == rule]


class TestFutureDate:
    @pytest.mark.parametrize(
        ("file", "text"),
        [
            ("milestones", "- {{id: M1, updates: [{{date: »{}, text: Begun.}}]}}\n"),
            ("milestones", "- {{id: M1, completed: »{}}}\n"),
            ("milestones", "- {{id: M1, approval: {{date: »{}}}}}\n"),
            ("milestones", "- {{id: M1, exit_criteria: [{{text: Dry., met: true, evidence: [log], date: »{}}}]}}\n"),
            ("milestones", "- {{id: M1, entry_criteria: [{{text: Dry., met: true, evidence: [log], date: »{}}}]}}\n"),
            ("milestones", "- {{id: M1, exit_criteria: {{criteria: [Dry.], achieved: {{how: Sun., date: »{}}}}}}}\n"),
            ("tasks", "- {{id: T1, updates: [{{date: »{}, text: Begun.}}]}}\n"),
            ("tasks", "- {{id: T1, completed: »{}}}\n"),
            ("tasks", "- {{id: T1, subtasks: [{{id: T1.1, completed: »{}}}]}}\n"),
            ("tracker", "updated: »{}\n"),
            ("tracker", "activity: [{{date: »{}, text: Begun.}}]\n"),
            ("tracker", "metrics: [{{title: Depth, readings: [{{date: »{}, value: 9 m}}]}}]\n"),
            ("registers/decisions", "- {{id: D-01, date: »{}, decision: Go., rationale: Calm.}}\n"),
            ("registers/issues", "- {{id: I-01, description: Noise, status: open, raised: »{}}}\n"),
            ("registers/issues", "- {{id: I-01, description: Noise, status: closed, closed: »{}}}\n"),
            ("registers/risks", "- {{id: R-01, description: Rain, mitigation: Roof, status: open, raised: »{}}}\n"),
            ("registers/risks", "- {{id: R-01, description: Rain, mitigation: Roof, status: closed, closed: »{}}}\n"),
        ],
    )
    def test_whatever_happened_on_a_day_to_come_is_found(self, small_project: Project, file: str, text: str) -> None:
        written, places = marked(text.format("2026-11-23"))
        project = small_project(**{file: written})
        assert project.found == at("future-date", **{file.rsplit("/", 1)[-1]: places})
        assert "2026-11-23, later than 2026-11-22, the day of this check" in project.text
        assert found_by(small_project(**{file: text.format("2026-11-22").replace("»", "")}), "future-date") == []

    @pytest.mark.parametrize(
        ("file", "text", "where"),
        [
            ("tasks", "- id: T1\n  updates: [{date: 2026-11-23, text: Begun.}]\n", "T1"),
            ("tracker", "rows:\n- task: T1\n  date: 2026-11-23\n", "the tracker row of T1"),
            ("tracker", "activity: [{date: 2026-11-23, text: Begun.}]\n", "programme.yml"),
        ],
    )
    def test_the_hint_says_where_such_a_day_can_be_accepted(
        self, small_project: Project, file: str, text: str, where: str
    ) -> None:
        files = {"tasks": "- id: T1\n", file: text}
        (hint,) = [found.hint for found in small_project(**files).diagnostics if found.rule == "future-date"]
        before, _, acceptance = hint.rpartition("accept: ")
        assert before.endswith(f"or accept it in {where}: ")
        line = f"accept: {acceptance.replace('...', 'Planned.')}\n"
        head = "id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-01-01\n"
        there = {"programme": head + line} if where == "programme.yml" else {file: f"{text}  {line}"}
        assert found_by(small_project(**{**files, **there}), "future-date") == []

    def test_in_an_update_itself_nothing_can_be_accepted(self, small_project: Project) -> None:
        update = "{date: 2026-11-23, text: Begun., accept: [{rule: future-date, figures: {date: 1}, reason: So.}]}"
        (found,) = small_project(tasks=f"- {{id: T1, updates: [{update}]}}\n").diagnostics
        assert (found.message, found.rule) == ("there is no field accept here", "unknown-field")
        assert found.hint.startswith("Write it beside the id of the milestone, task, ")

    def test_a_programme_cannot_have_ended_on_a_day_to_come(self, small_project: Project) -> None:
        """Else that day, and not the day of the check, would be the measure of all in it."""
        head, text = "id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-01-01\n", "closed: »{}\n"
        written, places = marked(head + text.format("2026-11-23"))
        project = small_project(programme=written)
        assert project.found == at("future-date", programme=places)
        assert "2026-11-23, later than 2026-11-22, the day of this check" in project.text
        assert small_project(programme=head + text.format("2026-11-22").replace("»", "")).found == []

    def test_a_check_as_of_an_earlier_day_reads_what_was_entered_since(self, small_project: Project) -> None:
        head = "id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-11-23\nclosed: undated\n"
        assert small_project(programme=head).found == []

    def test_a_tracker_row_of_a_day_to_come_is_found(self, small_project: Project) -> None:
        tracker, places = marked("rows: [{task: T1, date: »2026-11-23}]\n")
        assert small_project(tasks="- id: T1\n", tracker=tracker).found == at("future-date", tracker=places)

    @pytest.mark.parametrize(
        ("closed", "words"),
        [
            ("2025-01-31", "2025-01-31, the day on which the programme closed"),
            ("undated", "2026-01-01, the day on which the closed programme was entered"),
        ],
    )
    def test_a_closed_programme_is_judged_as_of_its_last_day(
        self, small_project: Project, closed: str, words: str
    ) -> None:
        tasks, places = marked("- {id: T1, completed: »2026-01-02}\n- {id: T2, completed: 2025-01-31}\n")
        project = small_project(programme=CLOSED.format(closed), tasks=tasks)
        assert project.found == at("future-date", tasks=places)
        assert words in project.text

    def test_plans_may_lie_ahead(self, small_project: Project) -> None:
        project = small_project(
            {
                "data/programmes/demo/registers/risks.yml": "- {id: R-01, description: Rain, mitigation: Roof, "
                "status: open, review_by: 2027-01-01}\n"
            },
            programme=STARTED.format("2027-01-01"),
            milestones="- {id: M1, track: design, window: {start: 2027-01-01, end: 2027-02-01}}\n",
            tracker="checkpoints: [{title: Look, date: 2027-01-01}]\n",
            tasks="- {id: T1, status: complete, progress: 90, accept: [{rule: status-mismatch, "
            "figures: {status: complete, progress: 90}, reason: Late., until: 2027-01-01}]}\n",
        )
        assert project.found == []

    def test_it_can_be_accepted_by_its_day(self, small_project: Project) -> None:
        accept = "accept: [{rule: future-date, figures: {date: 2027-01-01}, reason: As printed.}]"
        assert small_project(tasks=f"- {{id: T1, completed: 2027-01-01, {accept}}}\n").found == []
        assert found_by(small_project(tasks=f"- {{id: T1, completed: 2027-01-02, {accept}}}\n"), "future-date") != []


def updates_of(*days: str) -> str:
    return ", ".join(f"{{date: {day}, id: U{number}, text: So.}}" for number, day in enumerate(days, start=1))


class TestUpdateOutOfOrder:
    @pytest.mark.parametrize(
        "days",
        [
            ("2026-01-01", "»2026-01-05", "»2026-01-03"),
            ("2026-01-01", "2026-01-02", "»2026-01-09", "»2026-01-04", "2026-01-05"),
            ("2026-01-09", "»2026-01-05", "»2026-01-07", "2026-01-01"),
            ("2026-01-09", "2026-01-09", "2026-01-05", "»2026-01-01", "»2026-01-07"),
        ],
    )
    @pytest.mark.parametrize(
        ("file", "text"),
        [
            ("tasks", "- {{id: T1, status: complete, updates: [{}]}}\n"),
            ("milestones", "- {{id: M1, status: complete, updates: [{}]}}\n"),
            ("tracker", "activity: [{}]\n"),
        ],
    )
    def test_the_two_that_break_the_order_of_the_rest_are_found(
        self, small_project: Project, days: tuple[str, ...], file: str, text: str
    ) -> None:
        written, places = marked(text.format(updates_of(*days)))
        assert small_project(**{file: written}).found == at("update-out-of-order", **{file: places})

    @pytest.mark.parametrize(
        "days",
        [
            (),
            ("2026-01-01",),
            ("2026-01-05", "2026-01-01"),
            ("2026-01-01", "2026-01-03", "2026-01-03", "2026-01-05"),
            ("2026-01-05", "2026-01-03", "2026-01-03", "2026-01-01"),
            ("2026-01-01", "2026-01-01"),
        ],
    )
    def test_oldest_first_and_newest_first_are_left_alone(self, small_project: Project, days: tuple[str, ...]) -> None:
        updates = updates_of(*days)
        project = small_project(
            tasks=f"- {{id: T1, status: complete, updates: [{updates}]}}\n", tracker=f"activity: [{updates}]\n"
        )
        assert project.found == []

    def test_each_entity_has_an_order_of_its_own(self, small_project: Project) -> None:
        rising, falling = updates_of("2026-01-01", "2026-01-02"), updates_of("2026-01-02", "2026-01-01")
        tasks = f"- {{id: T1, status: complete, updates: [{rising}]}}\n"
        tasks += f"- {{id: T2, status: complete, updates: [{falling}]}}\n"
        assert small_project(tasks=tasks).found == []


class TestUpdateAfterCompletion:
    @pytest.mark.parametrize(("file", "name"), [("tasks", "T1"), ("milestones", "M1")])
    def test_it_is_found_at_both_days(self, small_project: Project, file: str, name: str) -> None:
        text, places = marked(
            f"- {{id: {name}, completed: »2026-01-05, updates: [{{date: 2026-01-04, text: Nearly.}}, "
            "{date: 2026-01-05, text: Done.}, {date: »2026-01-06, text: More.}]}\n"
        )
        project = small_project(**{file: text})
        assert project.found == at("update-after-completion", **{file: places})
        assert {entry.severity for entry in project.diagnostics} == {"warning"}

    @pytest.mark.parametrize("kind", ["corrected", "approved"])
    def test_corrections_and_approvals_may_follow(self, small_project: Project, kind: str) -> None:
        update = f"{{date: 2026-01-06, kind: {kind}, text: So.}}"
        assert small_project(tasks=f"- {{id: T1, completed: 2026-01-05, updates: [{update}]}}\n").found == []

    def test_it_can_be_accepted_by_both_days(self, small_project: Project) -> None:
        tasks = (
            "- {{id: T1, completed: 2026-01-05, updates: [{{date: {}, text: More.}}], accept: [{{"
            "rule: update-after-completion, figures: {{completed: 2026-01-05, update: 2026-01-06}}, reason: So.}}]}}\n"
        )
        assert small_project(tasks=tasks.format("2026-01-06")).found == []
        rules = {entry[3] for entry in small_project(tasks=tasks.format("2026-01-07")).found}
        assert rules == {"update-after-completion", "exception-unused"}


class TestMilestoneOverdue:
    @pytest.mark.parametrize(
        "said",
        ["progress: »60", "status: »in-progress", "status: »blocked", "progress: »0", "status: »at-risk", "weight: 2"],
    )
    def test_it_is_found_at_the_end_of_the_window_and_at_what_says_that_it_is_open(
        self, small_project: Project, said: str
    ) -> None:
        milestones, places = marked(f"- {{id: M1, {said}, window: {{start: 2026-01-05, end: »2026-11-21}}}}\n")
        project = small_project(milestones=milestones)
        assert project.found == at("milestone-overdue", milestones=places)
        assert {entry.severity for entry in project.diagnostics} == {"warning"}

    @pytest.mark.parametrize(
        "said",
        [
            "progress: 100",
            "status: complete",
            "completed: 2026-01-06",
            "approval: {date: 2026-01-06}",
            "exit_criteria: {criteria: [Dry.], achieved: Sun.}",
            "includes: [T1]",
        ],
    )
    def test_a_complete_one_is_left_alone(self, small_project: Project, said: str) -> None:
        milestones = f"- {{id: M1, track: design, {said}, window: {{start: 2026-01-05, end: 2026-01-06}}}}\n"
        assert small_project(milestones=milestones, tasks="- {id: T1, progress: 100}\n").found == []

    def test_a_figure_of_100_from_some_of_its_tasks_does_not_make_it_complete(self, small_project: Project) -> None:
        milestones = "- {id: M1, includes: [T1, T2], window: {start: 2026-01-05, end: 2026-01-06}}\n"
        found = small_project(milestones=milestones, tasks="- {id: T1, progress: 100}\n- id: T2\n").found
        assert {entry[3] for entry in found} == {"milestone-overdue"}

    def test_a_window_of_one_day_ends_too(self, small_project: Project) -> None:
        milestones, places = marked("- {id: M1, progress: »60, window: {start: 2026-01-05, end: »2026-01-05}}\n")
        assert small_project(milestones=milestones).found == at("milestone-overdue", milestones=places)

    def test_a_window_that_ends_on_the_day_or_later_is_left_alone(self, small_project: Project) -> None:
        window = "window: {start: 2026-01-05, end: 2026-11-22}"
        assert small_project(milestones=f"- {{id: M1, progress: 60, {window}}}\n").found == []

    @pytest.mark.parametrize(("start", "is_over"), [("2026-11-01", True), ("2026-11-02", False)])
    def test_weeks_are_days_where_the_programme_says_when_it_starts(
        self,
        small_project: Project,
        start: str,
        is_over: bool,  # noqa: FBT001
    ) -> None:
        milestones, places = marked("- {id: M1, progress: »60, window: {weeks: [0, »2]}}\n")
        expected = at("milestone-overdue", milestones=places) if is_over else []
        assert small_project(programme=STARTED.format(start), milestones=milestones).found == expected

    def test_without_a_start_weeks_are_no_days(self, small_project: Project) -> None:
        assert small_project(milestones="- {id: M1, progress: 60, window: {weeks: [0, 2]}}\n").found == []

    def test_weeks_beyond_the_calendar_are_no_days(self, small_project: Project) -> None:
        milestones = "- {id: M1, progress: 60, window: {weeks: [0, 999999999]}}\n"
        assert small_project(programme=STARTED.format("2026-01-05"), milestones=milestones).found == []

    @pytest.mark.parametrize(("closed", "is_over"), [("2026-02-01", True), ("2026-01-31", False)])
    def test_a_closed_programme_is_judged_as_of_its_last_day(
        self,
        small_project: Project,
        closed: str,
        is_over: bool,  # noqa: FBT001
    ) -> None:
        milestones = "- {id: M1, progress: 60, window: {start: 2026-01-05, end: 2026-01-31}}\n"
        found = small_project(programme=CLOSED.format(closed), milestones=milestones).found
        assert {entry[3] for entry in found} == ({"milestone-overdue"} if is_over else set())

    def test_it_can_be_accepted_until_the_figure_or_the_window_moves(self, small_project: Project) -> None:
        milestones = (
            "- {{id: M1, progress: {}, window: {{start: 2026-01-05, end: 2026-01-{}}}, accept: [{{"
            "rule: milestone-overdue, figures: {{end: 2026-01-31, progress: 60}}, reason: Frost.}}]}}\n"
        )
        assert small_project(milestones=milestones.format(60, 31)).found == []
        for moved in [(61, 31), (60, 30)]:
            rules = {entry[3] for entry in small_project(milestones=milestones.format(*moved)).found}
            assert rules == {"milestone-overdue", "exception-unused"}


class TestStaleProgress:
    @pytest.mark.parametrize("said", ["progress: 40", "status: in-progress", "status: blocked", "weight: 2"])
    @pytest.mark.parametrize(("file", "name"), [("tasks", "T1"), ("milestones", "M1")])
    def test_the_newest_report_of_open_work_is_found(
        self, small_project: Project, file: str, name: str, said: str
    ) -> None:
        text, places = marked(
            f"- {{id: {name}, {said}, updates: [{{date: 2026-10-01, text: A.}}, {{date: »2026-10-22, text: B.}}]}}\n"
        )
        project = small_project(**{file: text})
        assert project.found == at("stale-progress", **{file: places})
        assert "31 days before 2026-11-22, the day of this check" in project.text
        assert small_project(**{file: text.replace("2026-10-22", "2026-10-23")}).found == []

    @pytest.mark.parametrize(
        "said", ["progress: 100", "status: complete", "progress: 0", "status: not-started", "completed: 2026-01-02"]
    )
    def test_what_is_complete_or_has_not_started_is_left_alone(self, small_project: Project, said: str) -> None:
        assert small_project(tasks=f"- {{id: T1, {said}, updates: [{{date: 2026-01-02, text: So.}}]}}\n").found == []

    def test_work_without_a_dated_report_is_left_alone(self, small_project: Project) -> None:
        assert small_project(tasks="- {id: T1, progress: 40}\n").found == []

    @pytest.mark.parametrize(
        "tracker",
        [
            "rows: [{task: T1, date: »2026-01-02}]\n",
            "updated: »2026-01-02\nrows: [{task: T1}]\n",
            "activity: [{date: »2026-01-02, text: So., refs: [T1]}]\n",
            "activity: [{date: »2026-01-02, text: So., refs: [T1.1]}]\n",
        ],
    )
    def test_rows_and_the_activity_log_are_reports_too(self, small_project: Project, tracker: str) -> None:
        tasks = "- {id: T1, progress: 40, subtasks: [{id: T1.1}], updates: [{date: 2026-01-01, text: So.}]}\n"
        text, places = marked(tracker)
        assert small_project(tasks=tasks, tracker=text).found == at("stale-progress", tracker=places)
        assert small_project(tasks=tasks, tracker=text.replace("2026-01-02", "2026-11-01")).found == []

    @pytest.mark.parametrize(("day", "is_stale"), [("2026-10-01", False), ("2026-01-01", True)])
    def test_a_milestone_is_kept_fresh_by_its_tasks(
        self,
        small_project: Project,
        day: str,
        is_stale: bool,  # noqa: FBT001
    ) -> None:
        milestones, places = marked("- {id: M1, includes: [T1], updates: [{date: »2026-02-01, text: So.}]}\n")
        tasks = f"- {{id: T1, progress: 0, updates: [{{date: {day}, text: So.}}]}}\n"
        milestones = milestones.replace("M1,", "M1, status: in-progress,")
        found = small_project(milestones=milestones, tasks=tasks).found
        assert [entry[:2] for entry in found] == ([("milestones.yml", 1)] if is_stale else [])
        assert len(places) == 1

    @pytest.mark.parametrize("closed", ["2026-11-22", "undated"])
    def test_a_closed_programme_is_left_alone(self, small_project: Project, closed: str) -> None:
        programme = CLOSED.format(closed).replace("recorded: 2026-01-01", "recorded: 2026-11-22")
        tasks = "- {id: T1, progress: 40, updates: [{date: 2026-01-02, text: So.}]}\n"
        assert small_project(programme=programme, tasks=tasks).found == []

    @pytest.mark.parametrize(("allowed", "is_stale"), [(20, True), (21, False)])
    def test_the_portfolio_says_how_long_is_too_long(
        self,
        small_project: Project,
        allowed: int,
        is_stale: bool,  # noqa: FBT001
    ) -> None:
        portfolio = (
            f"title: P\npublisher: O\nprogrammes: [demo]\nfeed_authority: d.example,2026\nstale_days: {allowed}\n"
        )
        tasks = "- {id: T1, progress: 40, updates: [{date: 2026-11-01, text: So.}]}\n"
        found = small_project({"data/portfolio.yml": portfolio}, tasks=tasks).found
        assert {entry[3] for entry in found} == ({"stale-progress"} if is_stale else set())

    def test_it_can_be_accepted_until_the_next_report(self, small_project: Project) -> None:
        tasks = (
            "- {{id: T1, progress: 40, updates: [{{date: {}, text: So.}}], accept: "
            "[{{rule: stale-progress, figures: {{reported: 2026-01-02}}, reason: Winter.}}]}}\n"
        )
        assert small_project(tasks=tasks.format("2026-01-02")).found == []
        rules = {entry[3] for entry in small_project(tasks=tasks.format("2026-01-03")).found}
        assert rules == {"stale-progress", "exception-unused"}


class TestCheckpointPast:
    @pytest.mark.parametrize(
        ("when", "start"),
        [
            ("date: »2026-11-21", "2026-01-05"),
            # Week 1 of these begins on a Tuesday, and on a Sunday.
            ("week: »1, weekday: saturday", "2026-11-10"),
            ("week: »1", "2026-11-08"),
        ],
    )
    def test_it_is_found_from_the_day_after(self, small_project: Project, when: str, start: str) -> None:
        tracker, places = marked(f"checkpoints: [{{title: Soundings, {when}}}]\n")
        project = small_project(programme=STARTED.format(start), tracker=tracker)
        assert project.found == at("checkpoint-past", tracker=places)
        assert "the checkpoint Soundings was on 2026-11-21, before 2026-11-22" in project.text
        assert {entry.severity for entry in project.diagnostics} == {"warning"}

    @pytest.mark.parametrize(
        ("when", "start"),
        [
            ("date: 2026-11-22", "2026-01-05"),
            ("week: 1, weekday: sunday", "2026-11-10"),
            ("week: 1, weekday: monday", "2026-11-10"),
            ("week: 1", "2026-11-09"),
            ("week: 999999999", "2026-11-09"),
        ],
    )
    def test_those_of_the_day_or_later_are_left_alone(self, small_project: Project, when: str, start: str) -> None:
        tracker = f"checkpoints: [{{title: Soundings, {when}}}]\n"
        assert small_project(programme=STARTED.format(start), tracker=tracker).found == []

    def test_without_a_start_weeks_are_no_days(self, small_project: Project) -> None:
        assert small_project(tracker="checkpoints: [{title: Soundings, week: 1, weekday: monday}]\n").found == []

    def test_a_closed_programme_is_left_alone(self, small_project: Project) -> None:
        tracker = "checkpoints: [{title: Soundings, date: 2026-01-01}]\n"
        assert small_project(programme=CLOSED.format("2026-02-01"), tracker=tracker).found == []


class TestStartedBeforeDependency:
    @pytest.mark.parametrize(
        "begun",
        [
            "progress: »10",
            "completed: »2026-01-02",
            "status: »complete",
            "progress: 0, updates: [{date: 2026-01-02, kind: slipped, text: So.}, {date: »2026-01-03, text: So.}]",
        ],
    )
    @pytest.mark.parametrize("still_open", ["progress: »40", "status: »in-progress", "progress: »0"])
    def test_it_is_found_where_the_dependency_is_open(
        self, small_project: Project, begun: str, still_open: str
    ) -> None:
        tasks, places = marked(f"- {{id: T1, {still_open}}}\n- {{id: T2, depends_on: [»T1], {begun}}}\n")
        project = small_project(tasks=tasks)
        assert found_by(project, "started-before-dependency") == at("started-before-dependency", tasks=places)
        assert {entry.severity for entry in project.diagnostics} == {"warning"}

    @pytest.mark.parametrize(
        "day", ["completed: »2026-02-01", "approval: {date: »2026-02-01}", "completed: »2026-01-03"]
    )
    def test_it_is_found_where_the_dependency_was_completed_later(self, small_project: Project, day: str) -> None:
        milestones, places = marked(
            f"- {{id: M1, {day}}}\n- {{id: M2, depends_on: [»M1], status: complete, updates: "
            "[{date: »2026-01-02, text: So.}, {date: 2026-01-05, text: So.}]}\n"
        )
        project = small_project(milestones=milestones)
        assert project.found == at("started-before-dependency", milestones=places)

    @pytest.mark.parametrize(
        "said", ["completed: 2026-01-02", "completed: 2026-01-01", "status: complete", "progress: 100"]
    )
    def test_a_dependency_that_was_complete_by_then_is_left_alone(self, small_project: Project, said: str) -> None:
        update = "{date: 2026-01-02, text: So.}"
        tasks = f"- {{id: T1, {said}}}\n- {{id: T2, depends_on: [T1], status: complete, updates: [{update}]}}\n"
        assert small_project(tasks=tasks).found == []

    def test_a_completion_before_that_of_the_dependency_is_found(self, small_project: Project) -> None:
        tasks, places = marked(
            "- {id: T1, completed: »2026-01-03}\n- {id: T2, depends_on: [»T1], completed: »2026-01-02}\n"
        )
        assert small_project(tasks=tasks).found == at("started-before-dependency", tasks=places)

    def test_a_dependency_of_which_nothing_is_said_is_left_alone(self, small_project: Project) -> None:
        assert small_project(tasks="- {id: T1}\n- {id: T2, progress: 10, depends_on: [T1]}\n").found == []

    @pytest.mark.parametrize("kind", ["slipped", "opened", "decided", "corrected", "closed"])
    def test_what_has_not_begun_is_left_alone(self, small_project: Project, kind: str) -> None:
        update = f"{{date: 2026-01-02, kind: {kind}, text: So.}}"
        tasks = f"- {{id: T1, progress: 40}}\n- {{id: T2, progress: 0, depends_on: [T1], updates: [{update}]}}\n"
        assert small_project(tasks=tasks).found == []

    def test_a_milestone_is_judged_by_the_figure_of_its_tasks(self, small_project: Project) -> None:
        milestones, places = marked("- {id: »M1, includes: [T1]}\n- {id: »M2, includes: [T2], depends_on: [»M1]}\n")
        project = small_project(milestones=milestones, tasks="- {id: T1, progress: 40}\n- {id: T2, progress: 1}\n")
        assert project.found == at("started-before-dependency", milestones=places)

    def test_what_a_milestone_is_made_of_comes_in_time(self, small_project: Project) -> None:
        milestones = "- {id: M1, includes: [T1], depends_on: [T1]}\n"
        assert small_project(milestones=milestones, tasks="- {id: T1, progress: 40}\n").found == []

    def test_it_can_be_accepted_by_both_figures(self, small_project: Project) -> None:
        tasks = (
            "- {{id: T1, progress: {}}}\n- {{id: T2, progress: {}, depends_on: [T1], accept: "
            "[{{rule: started-before-dependency, figures: {{T1: 40, T2: 10}}, reason: Ice.}}]}}\n"
        )
        assert small_project(tasks=tasks.format(40, 10)).found == []
        for moved in [(41, 10), (40, 11)]:
            rules = {entry[3] for entry in small_project(tasks=tasks.format(*moved)).found}
            assert rules == {"started-before-dependency", "exception-unused"}
