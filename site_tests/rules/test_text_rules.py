"""What the rules about texts find: scalars that others read otherwise, markup, and figures that fall."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject, marked

Project = Callable[..., SmallProject]

FIELDS = [
    ("portfolio", "title: {}\npublisher: O\nprogrammes: [demo]\nfeed_authority: demo.example,2026\n"),
    ("people", "- {{id: editor, title: {}, kind: role}}\n"),
    ("programmes/demo/programme", "id: demo\ntitle: Demo\nversion: {}\nowner: editor\nrecorded: 2026-01-01\n"),
    ("programmes/demo/milestones", "- {{id: M1, exit_criteria: [{}]}}\n"),
    ("programmes/demo/tasks", "- {{id: T1, coverage: {{api: {}}}}}\n"),
    ("programmes/demo/tasks", "- {{id: T1, updates: [{{date: 2026-01-02, text: {}}}]}}\n"),
    ("programmes/demo/tracker", "metrics: [{{title: Users, readings: [{{date: 2026-01-02, value: {}}}]}}]\n"),
    ("programmes/demo/registers/risks", "- {{id: R-01, description: {}, status: open}}\n"),
]
"""A text field of each kind of file, and how it is written."""


def found_in(project: SmallProject, rule: str) -> list[tuple[int, int]]:
    return [(line, column) for _, line, column, found in project.found if found == rule]


class TestAmbiguousScalar:
    @pytest.mark.parametrize(
        "text",
        [
            *("yes", "No", "ON", "off", "true", "False", "y", "N"),
            *("1.10", "012", "0o17", "1_000", "0x1F", "0b11", "1e3", "-5", "+7", ".5", "1.", "6.02e+23"),
            *(".inf", "-.INF", ".nan", "1:30", "190:20:30.15"),
            *("2025-10-21", "2025-1-2", "2025-10-21T10:00:00Z", "2025-10-21 10:00:00 +1"),
        ],
    )
    def test_what_others_read_as_no_text_is_found(self, small_project: Project, text: str) -> None:
        tasks, places = marked(f"- {{id: T1, notes: [»{text}, More]}}\n")
        project = small_project(tasks=tasks)
        assert project.found == [("tasks.yml", *places[0], "ambiguous-scalar")]
        assert f'Put it in quotes: "{text}".' in project.text

    @pytest.mark.parametrize(
        "text",
        [
            *(
                '"yes"',
                "'1.10'",
                '"2025-10-21"',
                "yes and no",
                "1.10.2",
                "v1.10",
                "45 %",
                "1:30 h",
                "On time",
                "2025-10",
            ),
            *("1.2.3", "0x1G", "e3", "infinity", "12 May", "None", "1,000", "24:75", "1-2", "-", "."),
        ],
    )
    def test_quotes_and_words_are_text_to_all(self, small_project: Project, text: str) -> None:
        text = f'"{text}"' if "," in text or text in {"-", "."} else text
        assert found_in(small_project(tasks=f"- {{id: T1, notes: [{text}]}}\n"), "ambiguous-scalar") == []

    @pytest.mark.parametrize(("file", "form"), FIELDS)
    def test_it_is_found_in_the_texts_of_every_kind_of_file(self, small_project: Project, file: str, form: str) -> None:
        text, places = marked(form.format("»1.10"))
        assert found_in(small_project({f"data/{file}.yml": text}), "ambiguous-scalar") == places

    def test_a_text_over_several_lines_that_begins_with_a_number_is_text(self, small_project: Project) -> None:
        assert small_project(tasks="- id: T1\n  summary: >-\n    2025\n  title: 12\n    tasks\n").found == []

    def test_ids_days_figures_and_words_of_a_field_are_no_texts(self, small_project: Project) -> None:
        tasks = """\
            - id: e3
              status: complete
              progress: 100
              weight: 2
              completed: 2026-01-02
              accept: [{rule: status-mismatch, figures: {progress: 1}, reason: So it is.}]
            """
        assert found_in(small_project(tasks=tasks), "ambiguous-scalar") == []


class TestProgressRegression:
    def test_a_fall_is_found_at_both_figures(self, small_project: Project) -> None:
        tasks, places = marked(
            """\
            - id: T1
              updates:
                - {date: 2026-01-01, text: A, progress: 70}
                - {date: 2026-01-02, text: B, progress: »80}
                - {date: 2026-01-03, text: C}
                - {date: 2026-01-04, text: D, progress: »60}
                - {date: 2026-01-05, text: E, progress: 60}
            """
        )
        project = small_project(tasks=tasks)
        assert project.found == [("tasks.yml", *place, "progress-regression") for place in places]
        assert "T1 falls from 80 % on 2026-01-02 to 60 % on 2026-01-04" in project.text

    def test_it_goes_by_the_days_not_by_the_lines(self, small_project: Project) -> None:
        updates = "[{date: 2026-01-04, text: D, progress: 80}, {date: 2026-01-02, text: B, progress: 60}]"
        assert found_in(small_project(tasks=f"- {{id: T1, updates: {updates}}}\n"), "progress-regression") == []

    def test_one_within_a_day_is_one(self, small_project: Project) -> None:
        tasks, places = marked(
            "- {id: T1, updates: [{date: 2026-01-02, text: B, progress: »80}, "
            "{date: 2026-01-02, id: U2, text: C, progress: »60}]}\n"
        )
        assert found_in(small_project(tasks=tasks), "progress-regression") == places

    def test_a_milestone_has_reports_as_well(self, small_project: Project) -> None:
        milestones, places = marked(
            "- {id: M1, updates: [{date: 2026-01-02, text: B, progress: »80}, "
            "{date: 2026-01-03, text: C, progress: »0}]}\n"
        )
        assert found_in(small_project(milestones=milestones), "progress-regression") == places

    def test_the_row_of_the_tracker_is_a_report(self, small_project: Project) -> None:
        tasks, of_tasks = marked("- {id: T1, updates: [{date: 2026-01-02, text: B, progress: »80}]}\n")
        tracker, of_rows = marked("rows: [{task: T1, progress: »80, date: 2026-01-09}]\n")
        assert small_project(tasks=tasks, tracker=tracker).found == []
        project = small_project(tasks=tasks, tracker=tracker.replace("80", "70"))
        assert [entry[:3] for entry in project.found if entry[3] == "progress-regression"] == [
            ("tasks.yml", *of_tasks[0]),
            ("tracker.yml", *of_rows[0]),
        ]

    @pytest.mark.parametrize("kind", ["regressed", "corrected"])
    @pytest.mark.parametrize(
        "told",
        [
            "{{date: 2026-01-03, text: C, progress: 60, kind: {}}}",
            "{{date: 2026-01-03, text: C, progress: 60}}, {{date: 2026-01-03, id: U2, text: C, kind: {}}}",
        ],
    )
    def test_a_fall_that_is_told_on_its_day_is_left_alone(self, small_project: Project, told: str, kind: str) -> None:
        tasks = f"- {{id: T1, updates: [{{date: 2026-01-02, text: B, progress: 80}}, {told.format(kind)}]}}\n"
        assert found_in(small_project(tasks=tasks), "progress-regression") == []

    def test_one_that_the_activity_log_tells_is_left_alone(self, small_project: Project) -> None:
        tasks = """\
            - id: T1
              updates:
                - {date: 2026-01-02, text: B, progress: 80}
                - {date: 2026-01-03, text: C, progress: 60}
            """
        told = "activity: [{{date: 2026-01-0{}, text: It was reopened., kind: regressed, refs: [T1]}}]\n"
        project = small_project(tasks=tasks, tracker=told.format(3))
        assert found_in(project, "progress-regression") == []
        assert len(found_in(small_project(tasks=tasks, tracker=told.format(4)), "progress-regression")) == 2

    def test_it_can_be_accepted_with_its_day_and_figures(self, small_project: Project) -> None:
        tasks = """\
            - id: T1
              accept: [{rule: progress-regression, figures: {date: 2026-01-03, before: 80, after: 60}, reason: Known.}]
              updates:
                - {date: 2026-01-02, text: B, progress: 80}
                - {date: 2026-01-03, text: C, progress: 60}
            """
        assert small_project(tasks=tasks).found == []
