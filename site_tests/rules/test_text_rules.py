"""What the rules about texts find: scalars that others read otherwise, markup, and figures that fall."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from conftest import HOSTILE, HOSTILE_FILES, SmallProject, marked
from milepost.data.records.markup import unsafe_part

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
                - {date: 2026-11-01, text: A, progress: 70}
                - {date: 2026-11-02, text: B, progress: »80}
                - {date: 2026-11-03, text: C}
                - {date: 2026-11-04, text: D, progress: »60}
                - {date: 2026-11-05, text: E, progress: 60}
            """
        )
        project = small_project(tasks=tasks)
        assert project.found == [("tasks.yml", *place, "progress-regression") for place in places]
        assert "T1 falls from 80 % on 2026-11-02 to 60 % on 2026-11-04" in project.text

    def test_it_goes_by_the_days_not_by_the_lines(self, small_project: Project) -> None:
        updates = "[{date: 2026-11-04, text: D, progress: 80}, {date: 2026-11-02, text: B, progress: 60}]"
        assert found_in(small_project(tasks=f"- {{id: T1, updates: {updates}}}\n"), "progress-regression") == []

    def test_one_within_a_day_is_one(self, small_project: Project) -> None:
        tasks, places = marked(
            "- {id: T1, updates: [{date: 2026-11-02, text: B, progress: »80}, "
            "{date: 2026-11-02, id: U2, text: C, progress: »60}]}\n"
        )
        assert found_in(small_project(tasks=tasks), "progress-regression") == places

    def test_a_milestone_has_reports_as_well(self, small_project: Project) -> None:
        milestones, places = marked(
            "- {id: M1, updates: [{date: 2026-11-02, text: B, progress: »80}, "
            "{date: 2026-11-03, text: C, progress: »0}]}\n"
        )
        assert found_in(small_project(milestones=milestones), "progress-regression") == places

    def test_the_row_of_the_tracker_is_a_report(self, small_project: Project) -> None:
        tasks, of_tasks = marked("- {id: T1, updates: [{date: 2026-11-02, text: B, progress: »80}]}\n")
        tracker, of_rows = marked("rows: [{task: T1, progress: »80, date: 2026-11-09}]\n")
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
            "{{date: 2026-11-03, text: C, progress: 60, kind: {}}}",
            "{{date: 2026-11-03, text: C, progress: 60}}, {{date: 2026-11-03, id: U2, text: C, kind: {}}}",
        ],
    )
    def test_a_fall_that_is_told_on_its_day_is_left_alone(self, small_project: Project, told: str, kind: str) -> None:
        tasks = f"- {{id: T1, updates: [{{date: 2026-11-02, text: B, progress: 80}}, {told.format(kind)}]}}\n"
        assert found_in(small_project(tasks=tasks), "progress-regression") == []

    def test_one_that_the_activity_log_tells_is_left_alone(self, small_project: Project) -> None:
        tasks = """\
            - id: T1
              updates:
                - {date: 2026-11-02, text: B, progress: 80}
                - {date: 2026-11-03, text: C, progress: 60}
            """
        told = "activity: [{{date: {}, text: It was reopened., kind: {}, refs: [{}]}}]\n"
        project = small_project(tasks=tasks, tracker=told.format("2026-11-03", "regressed", "T1"))
        assert found_in(project, "progress-regression") == []
        for other in [
            ("2026-11-04", "regressed", "T1"),
            ("2026-11-03", "slipped", "T1"),
            ("2026-11-03", "regressed", ""),
        ]:
            project = small_project(tasks=tasks, tracker=told.format(*other))
            assert len(found_in(project, "progress-regression")) == 2

    def test_a_row_of_the_day_of_an_update_is_not_a_second_report(self, small_project: Project) -> None:
        tasks = "- {id: T1, updates: [{date: 2026-11-02, text: B, progress: 80}]}\n"
        project = small_project(tasks=tasks, tracker="rows: [{task: T1, progress: 70, date: 2026-11-02}]\n")
        assert found_in(project, "progress-regression") == []

    def test_it_can_be_accepted_with_its_day_and_figures(self, small_project: Project) -> None:
        tasks = """\
            - id: T1
              accept: [{rule: progress-regression, figures: {date: 2026-11-03, before: 80, after: 60}, reason: Known.}]
              updates:
                - {date: 2026-11-02, text: B, progress: 80}
                - {date: 2026-11-03, text: C, progress: 60}
            """
        assert small_project(tasks=tasks).found == []


class TestUnsafeMarkup:
    @pytest.mark.parametrize(
        "text",
        [
            *("<script>alert(1)</script>", "<SCRIPT src=//a.example/x.js></SCRIPT>", "A <b>bold</b> word", "</div>"),
            *(
                "<img src=x onerror=alert(1)>",
                "<img src=x onerror=alert(1)",
                "<svg/onload=alert(1)>",
                "<br/>",
                "<br />",
            ),
            *(
                "<x onclick=alert(1)>",
                "<my-element class=a>",
                "<a\thref='x'>",
                "Text <!-- not shown -->",
                "<!DOCTYPE html>",
            ),
            *("<iframe>", "<details open ontoggle=alert(1)>", "a `<b>` and <i>", "`unclosed <b>", "`a`<b>`c`"),
            *("[a](javascript:alert(1))", "JavaScript:void(0)", "vbscript:msgbox(1)", "java\\tscript:alert(1)"),
            *("data:text/html,hello", "data:text/html;base64,PGI+", "data:,hello", "<b\\n>"),
        ],
    )
    def test_markup_and_addresses_that_run_are_found(self, small_project: Project, text: str) -> None:
        tasks, places = marked(f'- {{id: T1, notes: ["Plain", »"{text}"]}}\n')
        assert small_project(tasks=tasks).found == [("tasks.yml", *place, "unsafe-markup") for place in places]

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "a < b",
                "a <b and c",
                "a<b",
                "x <= y >= z",
                "1 < 2 > 1",
                "-> <- <> <",
                "p < 0.05 and q > 3",
                "a <b, c> d",
            ),
            *("`<script>alert(1)</script>`", "`<img src=x onerror=alert(1)>`", "`javascript:alert(1)`", "`<slug>`"),
            *("<slug>", "<programme>/<id>", "List<String>", "<5 %", "I <3 it", "x << 2", "https://a.example/?a=<b&c=1"),
            *("Migrate data: users, orders", "The data:", "metadata:text/x,y", "JavaScript: the good parts"),
            *("Uses javascript, html", "Not javascript:", "&lt;b&gt;", "**b** {{ 7*7 }} {% raw %}", "me@a.example"),
        ],
    )
    def test_words_signs_and_code_are_left_alone(self, small_project: Project, text: str) -> None:
        assert small_project(tasks=f'- {{id: T1, notes: ["{text}"]}}\n').found == []

    @pytest.mark.parametrize(("file", "form"), FIELDS)
    def test_it_is_found_in_the_texts_of_every_kind_of_file(self, small_project: Project, file: str, form: str) -> None:
        text, places = marked(form.format("»'<b>x</b>'"))
        assert found_in(small_project({f"data/{file}.yml": text}), "unsafe-markup") == places

    def test_every_text_of_a_hostile_project_is_refused_at_its_place(self, small_project: Project) -> None:
        place_of = re.compile(re.escape(HOSTILE) + "|javascript:window")
        expected = [
            (name.rsplit("/")[-1], line.count("\n", 0, found.start()) + 1)
            for name, line in HOSTILE_FILES.items()
            for found in place_of.finditer(line)
        ]
        found = [(file, line) for file, line, _, rule in small_project(HOSTILE_FILES).found if rule == "unsafe-markup"]
        assert sorted(found) == sorted(expected)
        assert len(expected) > 50

    def test_in_backticks_every_text_of_that_project_is_shown(self, small_project: Project) -> None:
        in_code = {name: text.replace(HOSTILE, f"`{HOSTILE}`") for name, text in HOSTILE_FILES.items()}
        found = [(file, line) for file, line, _, rule in small_project(in_code).found if rule == "unsafe-markup"]
        assert found == [("programme.yml", 9)], "the address of the link alone, which cannot be in backticks"

    def test_a_long_text_costs_time_in_step_with_its_length(self) -> None:
        for text in (
            "<a " * 100_000,
            "<a a" * 100_000,
            "<a/" * 100_000,
            "data:" * 100_000,
            "j\t" * 100_000,
            "<a" + " " * 100_000,
        ):
            began = time.perf_counter()
            unsafe_part(text)
            assert time.perf_counter() - began < 2
