"""What each rule of the portal finds, where it finds it, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject, marked

Project = Callable[..., SmallProject]
Found = list[tuple[str, int, int, str]]

PORTFOLIO = "title: P\npublisher: O\nprogrammes: [demo]\nfeed_authority: demo.example,2026\ntolerance: {}\n"
RISKS = "data/programmes/demo/registers/risks.yml"
ISSUES = "data/programmes/demo/registers/issues.yml"


def at(rule: str, **places: list[tuple[int, int]]) -> Found:
    """The findings that are expected of `rule`, one at each place of each file."""
    return [(f"{file}.yml", line, column, rule) for file in places for line, column in places[file]]


def acceptance_of(hint: str) -> str:
    """What a hint says to write, with a reason."""
    return "accept: " + hint.rpartition("accept: ")[2].replace("...", "Known.")


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"tasks": "- id: T1\n  status: complete\n  progress: 90\n"}, "T1"),
        (
            {"tasks": "- id: T1\n", "tracker": "rows:\n- task: T1\n  status: complete\n  progress: 90\n"},
            "the tracker row of T1",
        ),
        (
            {"milestones": "- id: M1\n  status: complete\n  basis: criteria\n  exit_criteria: [Dry]\n"},
            "M1",
        ),
    ],
)
def test_what_the_hint_of_a_status_says_to_accept_can_be_written_where_it_says(
    small_project: Project, files: dict[str, str], where: str
) -> None:
    (hint,) = {found.hint for found in small_project(**files).diagnostics if found.rule == "status-mismatch"}
    assert f"accept it in {where}: " in hint
    name, text = list(files.items())[-1]
    accepted = small_project(**{**files, name: f"{text}  {acceptance_of(hint)}\n"})
    assert "status-mismatch" not in {entry[3] for entry in accepted.found}


@pytest.mark.parametrize(
    ("task", "row"),
    [
        ("progress: 40", "progress: 60"),
        ("status: at-risk", "status: blocked"),
        ("milestones: [M1, M2]", "milestone: M3"),
    ],
)
@pytest.mark.parametrize("file", ["tasks", "tracker"])
def test_what_the_hint_of_a_row_says_to_accept_can_be_written_in_the_task_and_in_the_row(
    small_project: Project, task: str, row: str, file: str
) -> None:
    files = {
        "milestones": "- {id: M1, owner: editor}\n- {id: M2, owner: editor}\n- {id: M3, owner: editor}\n",
        "tasks": f"- id: T1\n  {task}\n",
        "tracker": f"rows:\n- task: T1\n  {row}\n",
    }
    (hint,) = {found.hint for found in small_project(**files).diagnostics if found.rule == "tracker-mismatch"}
    accepted = small_project(**{**files, file: f"{files[file]}  {acceptance_of(hint)}\n"})
    assert not {entry[3] for entry in accepted.found} & {"tracker-mismatch", "exception-unused"}


class TestRollupMismatch:
    def test_it_is_found_at_the_figure_and_at_each_of_its_parts(self, small_project: Project) -> None:
        tasks, places = marked(
            """\
            - id: T1
              progress: »32
              subtasks:
                - {id: T1.1, progress: »100}
                - {id: T1.2, progress: »60}
            """
        )
        project = small_project(tasks=tasks)
        assert project.found == at("rollup-mismatch", tasks=places)
        assert "T1 reports 32 %, its 2 subtasks give 80 %: (100 + 60) / 2 = 80" in project.text

    def test_what_the_hint_says_to_accept_can_be_written_as_it_stands(self, small_project: Project) -> None:
        tasks = "- id: T1\n  progress: 32\n  subtasks: [{id: T1.1, progress: 100}, {id: T1.2, progress: 60}]\n"
        (hint,) = {found.hint for found in small_project(tasks=tasks).diagnostics}
        assert small_project(tasks=f"{tasks}  {acceptance_of(hint)}\n").found == []

    def test_the_reason_is_for_people_to_give(self, small_project: Project) -> None:
        tasks = "- id: T1\n  progress: 32\n  subtasks: [{id: T1.1, progress: 100}, {id: T1.2, progress: 60}]\n"
        hint = small_project(tasks=tasks).diagnostics[0].hint
        project = small_project(tasks=f"{tasks}  {acceptance_of(hint).replace('Known.', '...')}\n")
        assert [entry[3] for entry in project.found] == ["wrong-type"]

    def test_when_an_accepted_figure_moves_the_hint_names_the_way_to_keep_both(self, small_project: Project) -> None:
        tasks = """\
            - id: T1
              progress: 33
              subtasks: [{id: T1.1, progress: 100}, {id: T1.2, progress: 60}]
              accept: [{rule: rollup-mismatch, figures: {reported: 32, computed: 80}, reason: So.}]
            """
        (hint,) = {found.hint for found in small_project(tasks=tasks).diagnostics if found.rule == "exception-unused"}
        assert "Where the new figures disagree too, and are right, write those in it." in hint
        assert small_project(tasks=tasks.replace("reported: 32", "reported: 33")).found == []

    def test_a_part_without_a_figure_is_not_among_the_places(self, small_project: Project) -> None:
        tasks, places = marked(
            "- {id: T1, progress: »90, subtasks: [{id: T1.1, progress: »0}, {id: T1.2}, {id: T1.3, progress: »100}]}\n"
        )
        project = small_project(tasks=tasks)
        assert project.found == at("rollup-mismatch", tasks=places)
        assert "2 of its 3 subtasks" in project.text

    @pytest.mark.parametrize("figure", [0, 33, 50, 66])
    def test_parts_without_a_figure_leave_open_what_they_could_make_of_it(
        self, small_project: Project, figure: int
    ) -> None:
        parts = "[{id: T1.1, progress: 0}, {id: T1.2}, {id: T1.3}]"
        assert small_project(tasks=f"- {{id: T1, progress: {figure}, subtasks: {parts}}}\n").found == []

    def test_beyond_what_they_could_make_of_it_it_is_found(self, small_project: Project) -> None:
        parts = "[{id: T1.1, progress: 0}, {id: T1.2}, {id: T1.3}]"
        project = small_project(tasks=f"- {{id: T1, progress: 67, subtasks: {parts}}}\n")
        assert {entry[3] for entry in project.found} == {"rollup-mismatch"}

    @pytest.mark.parametrize(("figure", "sound"), [(77, False), (78, True), (80, True), (82, True), (83, False)])
    def test_within_the_tolerance_of_the_portfolio_it_is_no_finding(
        self,
        small_project: Project,
        figure: int,
        sound: bool,  # noqa: FBT001
    ) -> None:
        project = small_project(
            {"data/portfolio.yml": PORTFOLIO.format(2)},
            tasks=f"- {{id: T1, progress: {figure}, subtasks: [{{id: T1.1, progress: 80}}]}}\n",
        )
        assert (project.found == []) is sound

    def test_without_a_tolerance_a_third_is_not_33(self, small_project: Project) -> None:
        parts = "[{id: T1.1, progress: 100}, {id: T1.2, progress: 0}, {id: T1.3, progress: 0}]"
        project = small_project(tasks=f"- {{id: T1, progress: 33, subtasks: {parts}}}\n")
        assert "33.33" in project.text

    def test_sprints_are_compared_by_themselves(self, small_project: Project) -> None:
        tasks, places = marked(
            """\
            - id: T1
              progress: »50
              subtasks: [{id: T1.1, progress: 50}]
              sprints: [{id: S1, progress: »40}]
            """
        )
        assert small_project(tasks=tasks).found == at("rollup-mismatch", tasks=places)

    @pytest.mark.parametrize(("figure", "sound"), [(0, True), (10, True), (33, True), (34, False)])
    def test_a_sprint_is_compared_with_its_items(
        self,
        small_project: Project,
        figure: int,
        sound: bool,  # noqa: FBT001
    ) -> None:
        tasks, places = marked(
            f"""\
            - id: T1
              sprints:
                - id: S1
                  progress: »{figure}
                  items: [{{text: One, progress: »0}}, {{text: Two, progress: »0}}, {{text: Three}}]
            """
        )
        assert small_project(tasks=tasks).found == ([] if sound else at("rollup-mismatch", tasks=places))

    def test_a_milestone_is_compared_with_its_tasks_wherever_they_report(self, small_project: Project) -> None:
        milestones, milestone_places = marked("- {id: M1, progress: »50, includes: [T1, T2]}\n")
        tasks, task_places = marked("- {id: T1, progress: »100}\n- id: T2\n")
        tracker, row_places = marked("rows: [{task: T2, progress: »20}]\n")
        project = small_project(milestones=milestones, tasks=tasks, tracker=tracker)
        assert project.found == at(
            "rollup-mismatch", milestones=milestone_places, tasks=task_places, tracker=row_places
        )

    def test_a_milestone_is_compared_with_its_criteria_where_they_are_its_basis(self, small_project: Project) -> None:
        criteria = "exit_criteria: [{text: One, met: true, evidence: [log]}, {text: Two, met: false}]"
        assert small_project(milestones=f"- {{id: M1, progress: 10, {criteria}}}\n").found == []
        assert small_project(milestones=f"- {{id: M1, progress: 50, basis: criteria, {criteria}}}\n").found == []
        project = small_project(milestones=f"- {{id: M1, progress: 10, basis: criteria, {criteria}}}\n")
        assert {entry[3] for entry in project.found} == {"rollup-mismatch"}

    def test_a_task_in_part_says_nothing_against_the_figure_of_a_milestone(self, small_project: Project) -> None:
        project = small_project(
            milestones="- {id: M1, progress: 50, includes: [{task: T1, role: kick-off}]}\n",
            tasks="- {id: T1, progress: 100}\n",
        )
        assert project.found == []

    def test_weights_are_counted(self, small_project: Project) -> None:
        parts = "[{id: T1.1, progress: 100, weight: 3}, {id: T1.2, progress: 0}]"
        assert small_project(tasks=f"- {{id: T1, progress: 75, subtasks: {parts}}}\n").found == []

    def test_what_reports_no_figure_is_not_compared(self, small_project: Project) -> None:
        tasks = "- {id: T1, subtasks: [{id: T1.1, progress: 50}], sprints: [{id: S1, progress: 10}]}\n"
        assert small_project(tasks=tasks).found == []


class TestStatusMismatch:
    @pytest.mark.parametrize(
        ("status", "figure"),
        [
            ("complete", 99),
            ("complete", 0),
            ("not-started", 1),
            ("in-progress", 100),
            ("at-risk", 100),
            ("blocked", 100),
        ],
    )
    def test_a_status_that_the_figure_contradicts_is_found_at_both(
        self, small_project: Project, status: str, figure: int
    ) -> None:
        tasks, places = marked(f"- id: T1\n  status: »{status}\n  progress: »{figure}\n")
        assert small_project(tasks=tasks).found == at("status-mismatch", tasks=places)

    @pytest.mark.parametrize(
        ("status", "figure"),
        [
            ("complete", 100),
            ("not-started", 0),
            ("in-progress", 0),
            ("in-progress", 1),
            ("in-progress", 99),
            ("at-risk", 0),
            ("at-risk", 50),
            ("blocked", 0),
        ],
    )
    def test_a_status_that_the_figure_bears_out_is_left_alone(
        self, small_project: Project, status: str, figure: int
    ) -> None:
        assert small_project(tasks=f"- {{id: T1, status: {status}, progress: {figure}}}\n").found == []

    @pytest.mark.parametrize("status", ["complete", "not-started", "in-progress"])
    def test_a_status_without_any_figure_is_left_alone(self, small_project: Project, status: str) -> None:
        assert small_project(tasks=f"- {{id: T1, status: {status}}}\n").found == []

    @pytest.mark.parametrize("status", ["not-started", "in-progress", "at-risk", "blocked"])
    @pytest.mark.parametrize(
        ("file", "text"),
        [
            ("tasks", "- {{id: T1, status: »{status}, completed: »2026-01-02}}\n"),
            ("tasks", "- {{id: T1, subtasks: [{{id: T1.1, status: »{status}, completed: »2026-01-02}}]}}\n"),
            ("milestones", "- {{id: M1, status: »{status}, completed: »2026-01-02}}\n"),
            ("milestones", "- {{id: M1, status: »{status}, approval: {{date: »2026-01-02, by: editor}}}}\n"),
        ],
    )
    def test_a_word_that_says_open_and_a_day_that_says_done_contradict_each_other(
        self, small_project: Project, file: str, text: str, status: str
    ) -> None:
        written, places = marked(text.format(status=status))
        assert small_project(**{file: written}).found == at("status-mismatch", **{file: places})

    def test_the_word_of_a_tracker_row_is_held_to_the_day_of_its_task(self, small_project: Project) -> None:
        tasks, of_task = marked("- {id: T1, completed: »2026-01-02}\n")
        tracker, of_row = marked("rows: [{task: T1, owner: editor, status: »in-progress}]\n")
        assert small_project(tasks=tasks, tracker=tracker).found == at("status-mismatch", tasks=of_task, tracker=of_row)

    def test_a_complete_word_and_a_day_agree(self, small_project: Project) -> None:
        assert small_project(tasks="- {id: T1, status: complete, completed: 2026-01-02}\n").found == []

    def test_a_day_of_completion_counts_as_the_word(self, small_project: Project) -> None:
        tasks, places = marked("- id: T1\n  completed: »2025-01-31\n  progress: »90\n")
        assert small_project(tasks=tasks).found == at("status-mismatch", tasks=places)
        assert small_project(tasks="- {id: T1, completed: 2025-01-31, progress: 100}\n").found == []

    def test_a_task_that_is_worked_on_again_says_why_it_keeps_its_day(self, small_project: Project) -> None:
        task = "id: T1, status: in-progress, completed: 2025-01-31, progress: 90"
        accept = "{rule: status-mismatch, figures: {status: in-progress, completed: 2025-01-31}, reason: Reopened.}"
        assert [entry[3] for entry in small_project(tasks=f"- {{{task}}}\n").found] == ["status-mismatch"] * 2
        assert small_project(tasks=f"- {{{task}, accept: [{accept}]}}\n").found == []

    @pytest.mark.parametrize(
        ("file", "text"),
        [
            ("milestones", "- {id: M1, status: »complete, progress: »90}\n"),
            ("tasks", "- {id: T1, subtasks: [{id: T1.1, status: »complete, progress: »90}]}\n"),
            ("tasks", "- {id: T1, subtasks: [{id: T1.1, completed: »2025-01-01, progress: »90}]}\n"),
            ("tasks", "- {id: T1, sprints: [{id: S1, status: »not-started, progress: »90}]}\n"),
        ],
        ids=["milestone", "subtask", "completed subtask", "sprint"],
    )
    def test_it_is_found_of_whatever_has_a_status(self, small_project: Project, file: str, text: str) -> None:
        written, places = marked(text)
        assert small_project(**{file: written}).found == at("status-mismatch", **{file: places})

    def test_a_row_is_judged_by_the_figure_of_its_task(self, small_project: Project) -> None:
        tracker, places = marked("rows: [{task: T1, status: »complete, progress: »90}]\n")
        assert small_project(tasks="- id: T1\n", tracker=tracker).found == at("status-mismatch", tracker=places)
        tasks, figure = marked("- {id: T1, progress: »90}\n")
        tracker, word = marked("rows: [{task: T1, status: »complete}]\n")
        assert small_project(tasks=tasks, tracker=tracker).found == at("status-mismatch", tasks=figure, tracker=word)

    def test_where_nothing_is_reported_the_computed_figure_is_what_counts(self, small_project: Project) -> None:
        tasks, places = marked("- {id: T1, status: »complete, subtasks: [{id: T1.1, progress: 90}]}\n")
        assert small_project(tasks=tasks).found == at("status-mismatch", tasks=places)
        milestones, places = marked("- {id: M1, status: »in-progress, includes: [T1]}\n")
        project = small_project(milestones=milestones, tasks="- {id: T1, progress: 100}\n")
        assert project.found == at("status-mismatch", milestones=places)

    @pytest.mark.parametrize(
        ("status", "figure", "sound"),
        [
            ("in-progress", 100, True),
            ("at-risk", 100, True),
            ("complete", 100, True),
            ("in-progress", 40, True),
            ("not-started", 0, True),
            ("complete", 40, False),
            ("not-started", 40, False),
        ],
    )
    def test_parts_without_a_figure_leave_open_which_status_is_right(
        self,
        small_project: Project,
        status: str,
        figure: int,
        sound: bool,  # noqa: FBT001
    ) -> None:
        """One part of two at 100 % proves neither that the whole is complete nor that it is not."""
        project = small_project(
            milestones=f"- {{id: M1, status: {status}, includes: [T1, T2]}}\n",
            tasks=f"- {{id: T1, progress: {figure}}}\n- id: T2\n",
        )
        assert [entry[3] for entry in project.found] == ([] if sound else ["status-mismatch"])


class TestTrackerMismatch:
    @pytest.mark.parametrize(
        ("said", "reported"),
        [
            ("progress: »40", "progress: »60"),
            ("status: »in-progress", "status: »blocked"),
            ("owner: »editor", "owner: »writer"),
            ("milestones: »[M1]", "milestone: »M2"),
        ],
    )
    def test_a_row_that_says_another_thing_is_found_at_both_places(
        self, small_project: Project, said: str, reported: str
    ) -> None:
        people = "- {id: editor, title: E, kind: role}\n- {id: writer, title: W, kind: role}\n"
        tasks, task_places = marked(f"- id: T1\n  {said}\n")
        tracker, row_places = marked(f"rows:\n  - task: T1\n    {reported}\n")
        project = small_project(
            {"data/people.yml": people},
            milestones="- {id: M1, track: design}\n- {id: M2, track: design}\n",
            tasks=tasks,
            tracker=tracker,
        )
        assert project.found == at("tracker-mismatch", tasks=task_places, tracker=row_places)

    def test_every_field_that_differs_is_found(self, small_project: Project) -> None:
        project = small_project(
            tasks="- {id: T1, progress: 40, status: in-progress}\n",
            tracker="rows: [{task: T1, progress: 60, status: blocked}]\n",
        )
        assert [entry[3] for entry in project.found] == ["tracker-mismatch"] * 4

    @pytest.mark.parametrize(
        ("task", "row"),
        [
            ("progress: 40, status: in-progress, owner: editor, milestones: [M1]", "note: Nothing new"),
            ("title: Alone", "progress: 40, status: in-progress, owner: editor, milestone: M1"),
            (
                "progress: 40, status: in-progress, owner: editor, milestones: [M1, M2]",
                "progress: 40%, status: in-progress, owner: editor, milestone: M2",
            ),
        ],
        ids=["the task alone", "the row alone", "both the same"],
    )
    def test_what_is_said_once_or_twice_the_same_is_left_alone(
        self, small_project: Project, task: str, row: str
    ) -> None:
        project = small_project(
            milestones="- id: M1\n- id: M2\n",
            tasks=f"- {{id: T1, {task}}}\n",
            tracker=f"rows: [{{task: T1, {row}}}]\n",
        )
        assert project.found == []

    def test_rows_of_other_tasks_are_left_alone(self, small_project: Project) -> None:
        project = small_project(
            tasks="- {id: T1, progress: 40}\n- {id: T2, progress: 60}\n",
            tracker="rows: [{task: T2, progress: 60}, {task: T1, progress: 40}]\n",
        )
        assert project.found == []


class TestApprovedWithOpenWork:
    APPROVED = "approval: {date: »2025-01-31}"
    ACHIEVED = "exit_criteria: {criteria: [It holds], achieved: »By a test}"

    @pytest.mark.parametrize("passed", [APPROVED, ACHIEVED], ids=["approved", "achieved"])
    def test_open_work_is_found_at_the_approval_and_at_each_open_figure(
        self, small_project: Project, passed: str
    ) -> None:
        milestones, milestone_places = marked(f"- {{id: M1, {passed}, includes: [T1, T2, T3, T4, T5]}}\n")
        tasks, task_places = marked(
            """\
            - {id: T1, progress: »8}
            - {id: T2, progress: 100}
            - {id: »T3, subtasks: [{id: T3.1, progress: 50}]}
            - {id: T4}
            - {id: T5}
            """
        )
        tracker, row_places = marked("rows: [{task: T5, progress: »0}]\n")
        project = small_project(milestones=milestones, tasks=tasks, tracker=tracker)
        assert project.found == at(
            "approved-with-open-work", milestones=milestone_places, tasks=task_places, tracker=row_places
        )
        assert "figures: {T1: 8, T3: 50, T5: 0}" in project.text

    @pytest.mark.parametrize("passed", [APPROVED, ACHIEVED], ids=["approved", "achieved"])
    def test_the_own_figure_of_the_milestone_is_work_as_well(self, small_project: Project, passed: str) -> None:
        milestones, places = marked(f"- id: M1\n  progress: »90\n  {passed}\n")
        assert sorted(small_project(milestones=milestones).found) == at("approved-with-open-work", milestones=places)

    @pytest.mark.parametrize("passed", [APPROVED, ACHIEVED], ids=["approved", "achieved"])
    def test_work_that_is_done_or_has_no_figure_is_left_alone(self, small_project: Project, passed: str) -> None:
        milestones, _ = marked(f"- {{id: M1, progress: 100, {passed}, includes: [T1, T2]}}\n")
        assert small_project(milestones=milestones, tasks="- {id: T1, progress: 100}\n- id: T2\n").found == []

    def test_a_task_in_part_is_left_alone(self, small_project: Project) -> None:
        project = small_project(
            milestones="- {id: M1, approval: {date: 2025-01-31}, includes: [{task: T1, role: kick-off}]}\n",
            tasks="- {id: T1, progress: 8}\n",
        )
        assert project.found == []

    @pytest.mark.parametrize(
        "open_exit",
        [
            "exit_criteria: [It holds]",
            "exit_criteria: [{text: It holds, met: true, evidence: [log]}]",
            "entry_criteria: {criteria: [It holds], achieved: By a test}",
            "objective: None",
        ],
    )
    def test_a_milestone_that_is_not_through_may_have_open_work(self, small_project: Project, open_exit: str) -> None:
        project = small_project(
            milestones=f"- {{id: M1, {open_exit}, includes: [T1]}}\n", tasks="- {id: T1, progress: 8}\n"
        )
        assert project.found == []


class TestResolvedButActive:
    @pytest.mark.parametrize("path", [RISKS, ISSUES], ids=["risk", "issue"])
    @pytest.mark.parametrize("status", ["resolved", "closed"])
    def test_what_has_ended_but_is_listed_as_active_is_found_at_both(
        self, small_project: Project, path: str, status: str
    ) -> None:
        text, places = marked(f"- {{id: R-01, description: Rain, status: »{status}, listed: »active}}\n")
        file = path.rsplit("/", 1)[1].removesuffix(".yml")
        assert small_project({path: text}).found == at("resolved-but-active", **{file: places})

    @pytest.mark.parametrize(
        "said",
        [
            "status: open, listed: active",
            "status: mitigating, listed: active",
            "status: resolved, listed: closed",
            "status: resolved",
            "status: closed",
        ],
    )
    def test_anything_else_is_left_alone(self, small_project: Project, said: str) -> None:
        assert small_project({RISKS: f"- {{id: R-01, description: Rain, mitigation: Roof, {said}}}\n"}).found == []


class TestWindowInverted:
    @pytest.mark.parametrize("window", ["{weeks: »[6, 2]}", "{start: 2025-01-02, end: »2025-01-01}"])
    def test_a_window_that_ends_before_it_starts_is_found(self, small_project: Project, window: str) -> None:
        milestones, places = marked(f"- {{id: M1, window: {window}}}\n")
        assert small_project(milestones=milestones).found == at("window-inverted", milestones=places)

    @pytest.mark.parametrize(
        "window",
        [
            "{weeks: [2, 6]}",
            "{weeks: [2, 2]}",
            "{weeks: [9, 10]}",
            "{start: 2025-01-01, end: 2025-01-02}",
            "{start: 2025-01-01, end: 2025-01-01}",
        ],
    )
    def test_other_windows_are_left_alone(self, small_project: Project, window: str) -> None:
        assert small_project(milestones=f"- {{id: M1, status: complete, window: {window}}}\n").found == []


ACCEPTANCE = ("tasks.yml", 4, 7, "exception-unused")
"""Where the acceptance of the task below stands."""


def task_that_accepts(
    reported: str, computed: str, *, rule: str = "rollup-mismatch", pinned: str = "reported: 32, computed: 80"
) -> str:
    return f"""\
        - id: T1
          progress: {reported}
          accept:
            - rule: {rule}
              figures: {{{pinned}}}
              reason: It was set before the subtasks closed.
          subtasks: [{{id: T1.1, progress: {computed}}}]
        """


class TestAcceptance:
    def test_a_finding_with_the_very_figures_is_accepted(self, small_project: Project) -> None:
        checked = small_project(tasks=task_that_accepts("32", "80")).check()
        assert checked.diagnostics == ()
        assert checked.is_sound
        (accepted,) = checked.verdict.accepted
        assert (accepted.rule, str(accepted.finding.ref)) == ("rollup-mismatch", "demo/T1")
        assert accepted.acceptance.reason == "It was set before the subtasks closed."

    @pytest.mark.parametrize("pinned", ["reported: 32%, computed: 80%", "computed: 80, reported: 32"])
    def test_figures_may_be_pinned_with_their_sign_and_in_any_order(self, small_project: Project, pinned: str) -> None:
        assert small_project(tasks=task_that_accepts("32", "80", pinned=pinned)).found == []

    @pytest.mark.parametrize(("reported", "computed"), [("33", "80"), ("32", "81"), ("31", "79")])
    def test_when_either_figure_moves_the_finding_comes_back_and_the_exception_is_unused(
        self, small_project: Project, reported: str, computed: str
    ) -> None:
        tasks, places = marked(task_that_accepts(f"»{reported}", f"»{computed}"))
        found = small_project(tasks=tasks).found
        assert [entry for entry in found if entry[3] == "rollup-mismatch"] == at("rollup-mismatch", tasks=places)
        assert ACCEPTANCE in found

    @pytest.mark.parametrize(
        "pinned", ["reported: 32", "reported: 32, computed: 80, more: 1", "reported: 80, computed: 32"]
    )
    def test_other_figures_than_those_of_the_finding_accept_nothing(self, small_project: Project, pinned: str) -> None:
        found = small_project(tasks=task_that_accepts("32", "80", pinned=pinned)).found
        assert {entry[3] for entry in found} == {"rollup-mismatch", "exception-unused"}

    def test_when_the_disagreement_ends_the_exception_is_unused(self, small_project: Project) -> None:
        found = small_project(tasks=task_that_accepts("80", "80")).found
        assert ACCEPTANCE in found
        assert {entry[3] for entry in found} == {"exception-unused"}

    def test_one_of_an_unknown_rule_is_reported_at_its_name(self, small_project: Project) -> None:
        project = small_project(tasks=task_that_accepts("80", "80", rule="rolup-mismatch"))
        assert project.found == [("tasks.yml", 4, 13, "exception-unused")]
        assert "rollup-mismatch" in project.diagnostics[0].hint

    @pytest.mark.parametrize("rule", ["percentage-range", "yaml-syntax", "exception-unused", "broken-link"])
    def test_a_rule_whose_findings_cannot_be_accepted_is_as_good_as_unknown(
        self, small_project: Project, rule: str
    ) -> None:
        project = small_project(tasks=task_that_accepts("80", "80", rule=rule))
        assert project.found == [("tasks.yml", 4, 13, "exception-unused")]

    def test_the_same_acceptance_twice_leaves_one_unused(self, small_project: Project) -> None:
        acceptance = "{rule: rollup-mismatch, figures: {reported: 32, computed: 80}, reason: So it is.}"
        project = small_project(
            tasks=f"""\
            - id: T1
              progress: 32
              accept:
                - {acceptance}
                - {acceptance}
              subtasks: [{{id: T1.1, progress: 80}}]
            """
        )
        assert ("tasks.yml", 5, 7, "exception-unused") in project.found
        assert len(project.check().verdict.accepted) == 1

    def test_an_acceptance_holds_for_its_own_entity_only(self, small_project: Project) -> None:
        other, places = marked("- {id: T2, progress: »32, subtasks: [{id: T2.1, progress: »80}]}\n")
        project = small_project({"data/programmes/demo/tasks/other.yml": other}, tasks=task_that_accepts("32", "80"))
        assert project.found == at("rollup-mismatch", other=places)

    def test_a_rule_s_acceptance_does_not_cover_another_rule(self, small_project: Project) -> None:
        tasks = """\
            - id: T1
              status: complete
              progress: 32
              accept: [{rule: rollup-mismatch, figures: {status: complete, progress: 32}, reason: So it is.}]
            """
        assert {entry[3] for entry in small_project(tasks=tasks).found} == {"status-mismatch", "exception-unused"}

    @pytest.mark.parametrize(
        "files",
        [
            {
                "tasks": "- {id: T1, status: complete, progress: 90, accept: "
                "[{rule: status-mismatch, figures: {status: complete, progress: 90}, reason: Late.}]}\n"
            },
            {
                "tasks": "- {id: T1, subtasks: [{id: T1.1, status: complete, progress: 90, accept: "
                "[{rule: status-mismatch, figures: {status: complete, progress: 90}, reason: Late.}]}]}\n"
            },
            {
                "tasks": "- {id: T1, sprints: [{id: S1, progress: 10, items: [{text: A, progress: 0}], accept: "
                "[{rule: rollup-mismatch, figures: {reported: 10, computed: 0}, reason: Late.}]}]}\n"
            },
            {
                "tasks": "- {id: T1, progress: 40}\n",
                "tracker": "rows: [{task: T1, progress: 60, accept: "
                "[{rule: tracker-mismatch, figures: {task: 40, row: 60}, reason: Late.}]}]\n",
            },
            {
                "tasks": "- {id: T1, progress: 40, accept: "
                "[{rule: tracker-mismatch, figures: {task: 40, row: 60}, reason: Late.}]}\n",
                "tracker": "rows: [{task: T1, progress: 60}]\n",
            },
            {
                "tasks": "- {id: T1, subtasks: [{id: T1.1, progress: 80}]}\n",
                "tracker": "rows: [{task: T1, progress: 60, accept: "
                "[{rule: rollup-mismatch, figures: {reported: 60, computed: 80}, reason: Late.}]}]\n",
            },
            {
                "tasks": "- {id: T1, subtasks: [{id: T1.1, progress: 80}], accept: "
                "[{rule: rollup-mismatch, figures: {reported: 60, computed: 80}, reason: Late.}]}\n",
                "tracker": "rows: [{task: T1, progress: 60}]\n",
            },
            {
                "tasks": "- {id: T1, progress: 8}\n- {id: T2, progress: 9}\n",
                "milestones": "- {id: M1, includes: [T1, T2], approval: {date: 2025-01-31}, accept: "
                "[{rule: approved-with-open-work, figures: {T1: 8, T2: 9}, reason: Late.}]}\n",
            },
            {
                "registers/risks": "- {id: R-01, description: Rain, status: resolved, listed: active, accept: "
                "[{rule: resolved-but-active, figures: {status: resolved, listed: active}, reason: Late.}]}\n"
            },
        ],
        ids=[
            "task",
            "subtask",
            "sprint",
            "row against task",
            "task against row",
            "row against subtasks",
            "task with a row against subtasks",
            "milestone",
            "risk",
        ],
    )
    def test_whatever_can_disagree_can_be_accepted_where_it_stands(
        self, small_project: Project, files: dict[str, str]
    ) -> None:
        checked = small_project(**files).check()
        assert checked.diagnostics == ()
        assert len(checked.verdict.accepted) == 1

    def test_an_approval_is_not_accepted_for_less_than_all_of_its_open_work(self, small_project: Project) -> None:
        project = small_project(
            tasks="- {id: T1, progress: 8}\n- {id: T2, progress: 9}\n",
            milestones="- {id: M1, includes: [T1, T2], approval: {date: 2025-01-31}, accept: "
            "[{rule: approved-with-open-work, figures: {T1: 8}, reason: Late.}]}\n",
        )
        assert {entry[3] for entry in project.found} == {"approved-with-open-work", "exception-unused"}

    @pytest.mark.parametrize(
        ("file", "text"),
        [
            ("programme", "id: demo\ntitle: Demo\nrecorded: 2026-01-01\naccept: [»{}]\n"),
            ("milestones", "- {{id: M1, accept: [»{}]}}\n"),
            ("tasks", "- {{id: T1, subtasks: [{{id: T1.1, accept: [»{}]}}]}}\n"),
            ("tasks", "- {{id: T1, sprints: [{{id: S1, accept: [»{}]}}]}}\n"),
            ("registers/risks", "- {{id: R-01, description: Rain, status: closed, accept: [»{}]}}\n"),
        ],
        ids=["programme", "milestone", "subtask", "sprint", "risk"],
    )
    def test_an_unused_one_is_found_wherever_it_stands(self, small_project: Project, file: str, text: str) -> None:
        acceptance = "{rule: status-mismatch, figures: {status: complete}, reason: Late.}"
        written, places = marked(text.format(acceptance))
        name = file.rsplit("/", 1)[-1]
        assert small_project(**{file: written}).found == at("exception-unused", **{name: places})

    def test_an_unused_one_of_a_row_is_found(self, small_project: Project) -> None:
        tracker, places = marked(
            "rows: [{task: T1, accept: [»{rule: tracker-mismatch, figures: {task: 1, row: 2}, reason: Late.}]}]\n"
        )
        assert small_project(tasks="- id: T1\n", tracker=tracker).found == at("exception-unused", tracker=places)


class TestGates:
    def test_rules_are_silent_until_every_reference_leads_somewhere(self, small_project: Project) -> None:
        """What rests on a reference that leads nowhere cannot be judged; the mended data is judged in full."""
        tasks = "- {{id: T1, status: complete, progress: 90, depends_on: [{}]}}\n- id: T2\n"
        assert {entry[3] for entry in small_project(tasks=tasks.format("T9")).found} == {"unknown-reference"}
        assert {entry[3] for entry in small_project(tasks=tasks.format("T2")).found} == {"status-mismatch"}

    def test_references_are_silent_until_every_file_has_its_shape(self, small_project: Project) -> None:
        project = small_project(tasks="- {id: T1, depends_on: [T9]}\n", milestones="- {id: M1, progress: x}\n")
        assert {entry[3] for entry in project.found} == {"percentage-format"}

    def test_every_rule_reports_in_the_same_run(self, small_project: Project) -> None:
        project = small_project(
            {RISKS: "- {id: R-01, description: Rain, status: closed, listed: active}\n"},
            milestones="- {id: M1, window: {weeks: [3, 1]}, approval: {date: 2025-01-31}, includes: [T1]}\n",
            tasks="- {id: T1, status: complete, progress: 90, subtasks: [{id: T1.1, progress: 10}], accept: "
            "[{rule: rollup-mismatch, figures: {reported: 1, computed: 2}, reason: Late.}]}\n",
            tracker="rows: [{task: T1, progress: 80}]\n",
        )
        assert {entry[3] for entry in project.found} == {
            "approved-with-open-work",
            "exception-unused",
            "resolved-but-active",
            "rollup-mismatch",
            "status-mismatch",
            "tracker-mismatch",
            "window-inverted",
        }
