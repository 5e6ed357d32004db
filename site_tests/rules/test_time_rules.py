"""What each rule about time finds, where it finds it, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject, marked

Project = Callable[..., SmallProject]
Found = list[tuple[str, int, int, str]]

CLOSED = "id: demo\ntitle: Demo\nrecorded: 2026-01-01\nclosed: {}\n"
STARTED = "id: demo\ntitle: Demo\nrecorded: 2026-01-01\nstart: {}\n"


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
            milestones="- {id: M1, window: {start: 2027-01-01, end: 2027-02-01}}\n",
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
