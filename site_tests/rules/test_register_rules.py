"""What the rules about criteria, registers and exceptions find, where they find it, and what they must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject, marked

Project = Callable[..., SmallProject]
Found = list[tuple[str, int, int, str]]

RISKS = "data/programmes/demo/registers/risks.yml"
DECISIONS = "data/programmes/demo/registers/decisions.yml"
CLOSED = "id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-01-01\nclosed: {}\n"


def at(rule: str, **places: list[tuple[int, int]]) -> Found:
    """The findings that are expected of `rule`, one at each place of each file."""
    return [(f"{file}.yml", line, column, rule) for file in places for line, column in places[file]]


class TestCompleteWithUnmetCriteria:
    @pytest.mark.parametrize(
        "said",
        [
            "status: »complete",
            "progress: »100",
            "completed: »2026-01-02",
            "approval: {date: »2026-01-02}",
        ],
    )
    def test_it_is_found_at_what_says_complete_and_at_each_unmet_criterion(
        self, small_project: Project, said: str
    ) -> None:
        milestones, places = marked(
            f"- {{id: M1, {said}, exit_criteria: [{{text: A, met: »false}}, {{text: B, met: true, evidence: [log]}}, "
            "{text: C}, {text: D, met: »false}]}\n"
        )
        project = small_project(milestones=milestones)
        assert project.found == at("complete-with-unmet-criteria", milestones=places)
        assert "criterion 1 and criterion 4 of its exit are not met" in project.text

    def test_criteria_that_are_achieved_as_a_whole_are_all_met(self, small_project: Project) -> None:
        milestones, places = marked("- {id: M1, exit_criteria: {criteria: [{text: A, met: »false}], achieved: »So.}}\n")
        found = small_project(milestones=milestones).found
        assert found == at("complete-with-unmet-criteria", milestones=places)

    def test_a_figure_of_100_of_its_tasks_is_found_at_the_milestone(self, small_project: Project) -> None:
        milestones, places = marked("- {id: »M1, includes: [T1], exit_criteria: [{text: A, met: »false}]}\n")
        project = small_project(milestones=milestones, tasks="- {id: T1, progress: 100}\n")
        assert project.found == at("complete-with-unmet-criteria", milestones=places)

    @pytest.mark.parametrize(
        "said",
        [
            "status: in-progress, exit_criteria: [{text: A, met: false}]",
            "progress: 99, exit_criteria: [{text: A, met: false}]",
            "exit_criteria: [{text: A, met: false}]",
            "status: complete, exit_criteria: [{text: A, met: true, evidence: [log]}, {text: B}]",
            "status: complete, entry_criteria: [{text: A, met: false}]",
            "includes: [T1, T2], exit_criteria: [{text: A, met: false}]",
            "includes: [T1], basis: criteria, exit_criteria: [{text: A, met: false}]",
        ],
    )
    def test_anything_else_is_left_alone(self, small_project: Project, said: str) -> None:
        tasks = "- {id: T1, progress: 100}\n- id: T2\n"
        assert small_project(milestones=f"- {{id: M1, track: design, {said}}}\n", tasks=tasks).found == []

    def test_it_can_be_accepted_criterion_by_criterion(self, small_project: Project) -> None:
        milestones = (
            "- {{id: M1, status: complete, exit_criteria: [{{text: A, met: false}}, {{text: B{}}}], accept: [{{"
            "rule: complete-with-unmet-criteria, figures: {{status: complete, criterion 1: unmet}}, reason: So.}}]}}\n"
        )
        assert small_project(milestones=milestones.format("")).found == []
        rules = {entry[3] for entry in small_project(milestones=milestones.format(", met: false")).found}
        assert rules == {"complete-with-unmet-criteria", "exception-unused"}


class TestMetWithoutEvidence:
    @pytest.mark.parametrize("side", ["entry_criteria", "exit_criteria"])
    def test_it_is_found_where_the_criterion_is_met(self, small_project: Project, side: str) -> None:
        milestones, places = marked(
            f"- {{id: M1, {side}: [{{text: A, met: true, evidence: [a]}}, {{text: B, met: »true, date: 2026-01-02}}]}}"
        )
        project = small_project(milestones=milestones)
        assert project.found == at("met-without-evidence", milestones=places)
        assert {entry.severity for entry in project.diagnostics} == {"warning"}

    @pytest.mark.parametrize(
        "criteria",
        [
            "[{text: A, met: false}, {text: B}, C]",
            "{criteria: [{text: A, met: true}], achieved: {how: So., evidence: [log]}}",
        ],
    )
    def test_anything_else_is_left_alone(self, small_project: Project, criteria: str) -> None:
        assert small_project(milestones=f"- {{id: M1, exit_criteria: {criteria}}}\n").found == []

    def test_that_the_block_is_achieved_without_evidence_proves_nothing(self, small_project: Project) -> None:
        milestones = "- {id: M1, exit_criteria: {criteria: [{text: A, met: true}], achieved: So.}}\n"
        assert {entry[3] for entry in small_project(milestones=milestones).found} == {"met-without-evidence"}

    @pytest.mark.parametrize("closed", ["2026-02-01", "undated"])
    def test_a_closed_programme_is_left_alone(self, small_project: Project, closed: str) -> None:
        milestones = "- {id: M1, exit_criteria: [{text: A, met: true}]}\n"
        assert small_project(programme=CLOSED.format(closed), milestones=milestones).found == []

    def test_it_can_be_accepted_by_side_and_number(self, small_project: Project) -> None:
        accept = "accept: [{rule: met-without-evidence, figures: {exit criterion 1: met}, reason: Seen.}]"
        assert (
            small_project(milestones=f"- {{id: M1, exit_criteria: [{{text: A, met: true}}], {accept}}}\n").found == []
        )
        found = small_project(milestones=f"- {{id: M1, entry_criteria: [{{text: A, met: true}}], {accept}}}\n").found
        assert {entry[3] for entry in found} == {"met-without-evidence", "exception-unused"}


class TestRiskWithoutMitigation:
    @pytest.mark.parametrize("status", ["open", "mitigating"])
    def test_an_open_one_is_found(self, small_project: Project, status: str) -> None:
        risks, places = marked(f"- {{id: R-01, description: Rain, status: »{status}}}\n")
        project = small_project({RISKS: risks})
        assert project.found == at("risk-without-mitigation", risks=places)
        assert {entry.severity for entry in project.diagnostics} == {"warning"}

    @pytest.mark.parametrize("said", ["status: resolved", "status: closed", "status: open, mitigation: Roof"])
    def test_anything_else_is_left_alone(self, small_project: Project, said: str) -> None:
        assert small_project({RISKS: f"- {{id: R-01, description: Rain, {said}}}\n"}).found == []

    def test_a_closed_programme_is_left_alone(self, small_project: Project) -> None:
        risks = "- {id: R-01, description: Rain, status: open}\n"
        assert small_project({RISKS: risks}, programme=CLOSED.format("undated")).found == []

    def test_it_can_be_accepted(self, small_project: Project) -> None:
        accept = "{rule: risk-without-mitigation, figures: {status: open, mitigation: none}, reason: Rain falls.}"
        risks = f"- {{id: R-01, description: Rain, status: open, accept: [{accept}]}}\n"
        assert small_project({RISKS: risks}).found == []


class TestReviewOverdue:
    RISK = "- {{id: R-01, description: Rain, mitigation: Roof, status: {}, review_by: »{}}}\n"

    @pytest.mark.parametrize("status", ["open", "mitigating"])
    def test_an_open_risk_is_found_from_the_day_after(self, small_project: Project, status: str) -> None:
        risks, places = marked(self.RISK.format(status, "2026-11-21"))
        project = small_project({RISKS: risks})
        assert project.found == at("review-overdue", risks=places)
        assert {entry.severity for entry in project.diagnostics} == {"warning"}

    @pytest.mark.parametrize(
        ("status", "day"),
        [("open", "2026-11-22"), ("mitigating", "2027-01-01"), ("resolved", "2026-01-01"), ("closed", "2026-01-01")],
    )
    def test_anything_else_is_left_alone(self, small_project: Project, status: str, day: str) -> None:
        assert small_project({RISKS: marked(self.RISK.format(status, day))[0]}).found == []

    @pytest.mark.parametrize(("day", "is_over"), [("2026-01-31", True), ("2026-02-01", False)])
    def test_a_closed_programme_is_judged_as_of_its_last_day(
        self,
        small_project: Project,
        day: str,
        is_over: bool,  # noqa: FBT001
    ) -> None:
        risks, places = marked(self.RISK.format("open", day))
        project = small_project({RISKS: risks}, programme=CLOSED.format("2026-02-01"))
        assert project.found == (at("review-overdue", risks=places) if is_over else [])


class TestDecisionWithoutRationale:
    def test_it_is_found_at_the_decision(self, small_project: Project) -> None:
        decisions, places = marked("- {id: D-01, date: 2026-01-02, decision: »Go}\n")
        assert small_project({DECISIONS: decisions}).found == at("decision-without-rationale", decisions=places)

    def test_one_with_its_reason_is_left_alone(self, small_project: Project) -> None:
        decisions = "- {id: D-01, date: 2026-01-02, decision: Go, rationale: Calm.}\n"
        assert small_project({DECISIONS: decisions}).found == []

    def test_it_can_be_accepted(self, small_project: Project) -> None:
        accept = "{rule: decision-without-rationale, figures: {rationale: none}, reason: Nobody knows.}"
        decisions = f"- {{id: D-01, date: 2026-01-02, decision: Go, accept: [{accept}]}}\n"
        assert small_project({DECISIONS: decisions}).found == []


def decision(number: int, supersedes: str = "", *, date: str = "2026-01-02", more: str = "") -> str:
    replaced = f", supersedes: [{supersedes}]" if supersedes else ""
    return f"- {{id: D-0{number}, date: {date}, decision: Go, rationale: Calm.{replaced}{more}}}\n"


class TestSupersededDangling:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (decision(1, "»D-01"), "D-01 supersedes itself"),
            (decision(1, "»D-02") + decision(2, "»D-01"), "D-01 supersedes D-02 supersedes D-01: a circle"),
            (
                decision(1, "»D-03") + decision(2, "»D-01") + decision(3, "»D-02"),
                "D-01 supersedes D-03 supersedes D-02 supersedes D-01: a circle",
            ),
            (decision(3, "D-01") + decision(1, "»D-02") + decision(2, "»D-01"), "D-01 supersedes D-02"),
            (
                decision(1, "»D-02", date="2026-01-02") + decision(2, "»D-01", date="2026-01-09"),
                "D-01 supersedes D-02 supersedes D-01: a circle",
            ),
            (decision(1) + decision(2, "»D-01") + decision(3, "»D-01"), "D-01 is superseded by D-02 and D-03"),
            (
                decision(1, date="»2026-01-09") + decision(2, "»D-01", date="»2026-01-08"),
                "D-02 of 2026-01-08 supersedes D-01, which is of 2026-01-09",
            ),
        ],
    )
    def test_it_is_found_at_each_place_once(self, small_project: Project, text: str, message: str) -> None:
        decisions, places = marked(text)
        project = small_project({DECISIONS: decisions})
        assert project.found == at("superseded-dangling", decisions=places)
        assert message in project.text
        assert len({entry.message for entry in project.diagnostics}) == 1

    def test_two_circles_are_two_findings(self, small_project: Project) -> None:
        decisions, places = marked(
            decision(1, "»D-02") + decision(2, "»D-01") + decision(3, "»D-04") + decision(4, "»D-03")
        )
        project = small_project({DECISIONS: decisions})
        assert project.found == at("superseded-dangling", decisions=places)
        assert len({entry.message for entry in project.diagnostics}) == 2

    @pytest.mark.parametrize(
        "text",
        [
            decision(1) + decision(2, "D-01") + decision(3, "D-02"),
            decision(1) + decision(2) + decision(3, "D-01, D-02"),
            decision(2, "D-01", date="2026-01-03") + decision(1, date="2026-01-02"),
        ],
    )
    def test_chains_and_joins_are_left_alone(self, small_project: Project, text: str) -> None:
        assert small_project({DECISIONS: text}).found == []

    def test_that_two_decisions_share_the_place_of_one_can_be_accepted(self, small_project: Project) -> None:
        accept = ", accept: [{rule: superseded-dangling, figures: {D-01: D-02 and D-03}, reason: It was split.}]"
        assert (
            small_project({DECISIONS: decision(1) + decision(2, "D-01") + decision(3, "D-01", more=accept)}).found == []
        )


class TestExceptionExpired:
    TASK = (
        "- {{id: T1, status: »complete, progress: »{}, accept: [{{rule: status-mismatch, "
        "figures: {{status: complete, progress: 90}}, reason: Late., until: »{}}}]}}\n"
    )

    def test_it_is_found_with_what_it_no_longer_accepts(self, small_project: Project) -> None:
        tasks, places = marked(self.TASK.format(90, "2026-11-21"))
        project = small_project(tasks=tasks)
        assert project.found == at("status-mismatch", tasks=places[:2]) + at("exception-expired", tasks=places[2:])
        assert project.check().verdict.accepted == ()

    @pytest.mark.parametrize("day", ["2026-11-22", "2027-01-01"])
    def test_until_its_last_day_it_holds(self, small_project: Project, day: str) -> None:
        assert small_project(tasks=marked(self.TASK.format(90, day))[0]).found == []

    def test_one_that_has_ended_and_is_unused_is_reported_once(self, small_project: Project) -> None:
        tasks, places = marked(self.TASK.format(100, "2026-11-21"))
        assert small_project(tasks=tasks).found == at("exception-expired", tasks=places[2:])

    def test_that_there_is_no_such_rule_is_reported_all_the_same(self, small_project: Project) -> None:
        tasks = marked(self.TASK.format(100, "2026-11-21"))[0].replace("status-mismatch", "status-mismatched")
        assert [entry[3] for entry in small_project(tasks=tasks).found] == ["exception-unused", "exception-expired"]

    @pytest.mark.parametrize(("day", "has_ended"), [("2026-01-31", True), ("2026-02-01", False)])
    def test_a_closed_programme_is_judged_as_of_its_last_day(
        self,
        small_project: Project,
        day: str,
        has_ended: bool,  # noqa: FBT001
    ) -> None:
        tasks = marked(self.TASK.format(90, day))[0]
        found = small_project(programme=CLOSED.format("2026-02-01"), tasks=tasks).found
        assert ("exception-expired" in {entry[3] for entry in found}) is has_ended

    @pytest.mark.parametrize("day", ["2026-11-21"])
    def test_that_of_a_tracker_row_is_found_too(self, small_project: Project, day: str) -> None:
        tracker, places = marked(
            "rows: [{task: T1, progress: »60, accept: [{rule: tracker-mismatch, figures: {task: 40, row: 60}, "
            f"reason: Late., until: »{day}}}]}}]\n"
        )
        tasks, task_places = marked("- {id: T1, progress: »40}\n")
        assert small_project(tasks=tasks, tracker=tracker).found == [
            *at("tracker-mismatch", tasks=task_places, tracker=places[:1]),
            *at("exception-expired", tracker=places[1:]),
        ]


class TestOpenButClosed:
    @pytest.mark.parametrize(("file", "status"), [("risks", "open"), ("risks", "mitigating"), ("issues", "open")])
    @pytest.mark.parametrize("field", ["closed: »2026-01-02", "listed: »closed"])
    def test_an_open_entry_with_a_day_of_closing_or_in_the_closed_list_is_found(
        self, small_project: Project, file: str, status: str, field: str
    ) -> None:
        mitigation = ", mitigation: Call often." if file == "risks" else ""
        entry = f"id: R-01, description: Late., status: »{status}, {field}{mitigation}"
        text, places = marked(f"- {{{entry}}}\n")
        project = small_project({f"data/programmes/demo/registers/{file}.yml": text})
        assert project.found == at("open-but-closed", **{file: places})

    def test_both_are_two_contradictions(self, small_project: Project) -> None:
        text = "- {id: I-01, description: Slow., status: open, closed: 2026-01-02, listed: closed}\n"
        project = small_project({"data/programmes/demo/registers/issues.yml": text})
        assert {found.message for found in project.diagnostics} == {
            "I-01 is open, but was closed on 2026-01-02",
            "I-01 is open, but is listed as closed",
        }

    @pytest.mark.parametrize("status", ["resolved", "closed"])
    def test_an_entry_that_has_ended_may_say_when(self, small_project: Project, status: str) -> None:
        text = f"- {{id: I-01, description: Slow., status: {status}, closed: 2026-01-02, listed: closed}}\n"
        assert small_project({"data/programmes/demo/registers/issues.yml": text}).found == []
