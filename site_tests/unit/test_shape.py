"""The first gate: what stands in the data folder becomes records, or an error at its place that says what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import SmallProject
from milepost.data.loader import Records, load
from milepost.data.records.milestone import Milestone
from milepost.data.records.scalars import MAX_ID_LENGTH
from milepost.data.records.task import Task
from milepost.diagnostics import Diagnostic

Project = Callable[..., SmallProject]


def records_of(project: SmallProject) -> Records:
    loaded = load(project.folder)
    assert loaded.diagnostics == ()
    assert loaded.records is not None
    return loaded.records


def only_task(project: SmallProject) -> Task:
    (task,) = records_of(project).programmes["demo"].tasks
    return task


def only_milestone(project: SmallProject) -> Milestone:
    (milestone,) = records_of(project).programmes["demo"].milestones
    return milestone


def only_finding(project: SmallProject) -> Diagnostic:
    (finding,) = project.diagnostics
    return finding


class TestText:
    @pytest.mark.parametrize("word", ["no", "on", "1.10", "2025-02-30", "0x1F", "true"])
    def test_text_is_the_text_as_written(self, small_project: Project, word: str) -> None:
        assert only_task(small_project(tasks=f"- {{id: T1, title: '{word}'}}\n")).title == word

    def test_a_version_keeps_its_last_nought(self, small_project: Project) -> None:
        project = small_project(programme="{id: demo, title: Demo, version: '1.10', recorded: 2026-01-01}\n")
        assert records_of(project).programmes["demo"].programme.version == "1.10"

    def test_a_folded_sentence_is_one_line_without_the_break_at_its_end(self, small_project: Project) -> None:
        project = small_project(tasks="- id: T1\n  summary: >\n    One sentence,\n    folded.\n")
        assert only_task(project).summary == "One sentence, folded."

    @pytest.mark.parametrize("value", ['""', '"  "', "[a]", "{a: b}"])
    def test_text_that_is_no_text_is_refused_at_its_place(self, small_project: Project, value: str) -> None:
        assert small_project(tasks=f"- id: T1\n  title: {value}\n").found == [("tasks.yml", 2, 10, "wrong-type")]

    @pytest.mark.parametrize("escape", ["\\x07", "\\0", "\\x1b", "\\uFFFE"])
    def test_text_that_no_feed_or_page_can_carry_is_refused(self, small_project: Project, escape: str) -> None:
        """XML has no way to write these, not even escaped: one in a sentence, and the whole feed is refused."""
        project = small_project(tasks=f'- id: T1\n  updates:\n    - {{date: 2025-01-01, text: "one{escape}two"}}\n')
        assert [entry[:3] for entry in project.found] == [("tasks.yml", 3, 32)]


class TestPercentages:
    @pytest.mark.parametrize(
        ("written", "figure"), [("0", 0), ("45", 45), ("45%", 45), ('"45%"', 45), ("100", 100), ("100%", 100)]
    )
    def test_a_whole_number_with_or_without_its_sign_is_a_percentage(
        self, small_project: Project, written: str, figure: int
    ) -> None:
        assert only_task(small_project(tasks=f"- {{id: T1, progress: {written}}}\n")).progress == figure

    @pytest.mark.parametrize(
        "written",
        [
            '"45"',
            "'45'",
            "45.5",
            "45.0",
            "045",
            "00",
            "4O",
            "45 %",
            "45%%",
            "4_5",
            "+45",
            "4e1",
            "0x2D",
            "٤٥",
            "45,5",
            "half",
            '""',
            "true",
            "[]",
            "[45]",
            "{}",
            "{reported: 45}",
        ],
    )
    def test_anything_else_is_refused_at_its_place_with_what_to_write(
        self, small_project: Project, written: str
    ) -> None:
        project = small_project(tasks=f"- id: T1\n  progress: {written}\n")
        assert project.found == [("tasks.yml", 2, 13, "percentage-format")]
        assert only_finding(project).hint

    @pytest.mark.parametrize(
        ("field", "hint"),
        [
            ("progress: '45'", "Write it without quotes: 45."),
            ("weight: '2'", "Write it without quotes: 2."),
            ("accept: [{rule: unowned, figures: {owner: none}, reason: ...}]", "Say why, in words."),
            ("accept: [{rule: unowned, figures: {owner: none}, reason: ' . … '}]", "Say why, in words."),
        ],
    )
    def test_what_to_do_about_quotes_and_dots_is_said(self, small_project: Project, field: str, hint: str) -> None:
        assert only_finding(small_project(tasks=f"- id: T1\n  {field}\n")).hint == hint

    def test_true_in_quotes_is_no_truth(self, small_project: Project) -> None:
        project = small_project(milestones="- {id: M1, exit_criteria: [{text: Deep, met: 'true'}]}\n")
        assert only_finding(project).hint == "Write it without quotes: true."

    def test_a_removal_says_why(self, small_project: Project) -> None:
        project = small_project({"data/removed.yml": "- {what: demo/T9, date: 2026-01-02, reason: ...}\n"})
        assert only_finding(project).hint == "Say why, in words."

    @pytest.mark.parametrize("written", ["", "~", "null"])
    def test_a_percentage_that_is_missing_after_its_colon_is_refused(
        self, small_project: Project, written: str
    ) -> None:
        """A figure that was deleted by mistake must not pass for one that was never reported."""
        project = small_project(tasks=f"- id: T1\n  progress: {written}\n  title: One\n")
        assert [(line, rule) for _, line, _, rule in project.found] == [(2, "percentage-format")]

    @pytest.mark.parametrize("field", ["owner", "title", "status", "completed", "weight"])
    def test_any_field_with_nothing_after_its_colon_is_refused(self, small_project: Project, field: str) -> None:
        project = small_project(tasks=f"- id: T1\n  {field}:\n  summary: One\n")
        assert [entry[:2] for entry in project.found] == [("tasks.yml", 2)]

    @pytest.mark.parametrize("written", ["-1", "-0", "101", "101%", "-45%", "1000", "99999999999999999999999"])
    def test_a_number_out_of_range_is_refused_at_its_place(self, small_project: Project, written: str) -> None:
        project = small_project(tasks=f"- id: T1\n  progress: {written}\n")
        assert project.found == [("tasks.yml", 2, 13, "percentage-range")]

    @pytest.mark.parametrize(
        ("place", "text"),
        [
            ((2, 13), "- id: T1\n  progress: x\n"),
            ((2, 35), "- id: T1\n  subtasks: [{id: T1.1, progress: x}]\n"),
            ((2, 32), "- id: T1\n  sprints: [{id: S1, progress: x}]\n"),
            ((2, 53), "- id: T1\n  sprints: [{id: S1, items: [{text: Item, progress: x}]}]\n"),
            ((2, 54), "- id: T1\n  updates: [{date: 2025-01-01, text: Done, progress: x}]\n"),
        ],
        ids=["task", "subtask", "sprint", "item", "update"],
    )
    def test_a_percentage_is_read_alike_wherever_it_stands(
        self, small_project: Project, place: tuple[int, int], text: str
    ) -> None:
        assert small_project(tasks=text).found == [("tasks.yml", *place, "percentage-format")]


class TestOtherValues:
    @pytest.mark.parametrize("written", ["2025-10-21", "2024-02-29", '"2025-10-21"'])
    def test_a_day_of_the_calendar_is_read(self, small_project: Project, written: str) -> None:
        task = only_task(small_project(tasks=f"- {{id: T1, completed: {written}}}\n"))
        assert task.completed is not None
        assert task.completed.isoformat() == written.strip('"')

    @pytest.mark.parametrize(
        "written",
        [
            "2025-02-30",
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-10-00",
            "0000-01-01",
            "2025-10-1",
            "2025-W10-1",
            "20251021",
            "21.10.2025",
            "2025-10-21T00:00:00",
            "2025-10-21 ",
            "٢٠٢٥-١٠-٢١",
            "soon",
            "[2025-10-21]",
        ],
    )
    def test_a_day_that_is_not_in_the_calendar_is_refused_at_its_place(
        self, small_project: Project, written: str
    ) -> None:
        quoted = f'"{written}"' if written.endswith(" ") else written
        project = small_project(tasks=f"- id: T1\n  completed: {quoted}\n")
        assert project.found == [("tasks.yml", 2, 14, "wrong-type")]

    def test_a_programme_may_be_closed_without_a_day_but_not_with_another_word(self, small_project: Project) -> None:
        head = "{{id: demo, title: Demo, recorded: 2026-01-01, closed: {}}}\n"
        assert (
            records_of(small_project(programme=head.format("undated"))).programmes["demo"].programme.closed == "undated"
        )
        project = small_project(programme=head.format("unknown"))
        assert project.found == [("programme.yml", 1, 55, "wrong-type")]

    @pytest.mark.parametrize("written", ["yes", "no", "on", "True", "1", '"true"'])
    def test_truth_is_spelled_true_or_false(self, small_project: Project, written: str) -> None:
        text = "- id: M1\n  exit_criteria: [{{text: It holds, met: {}, evidence: [log]}}]\n"
        assert small_project(milestones=text.format(written)).found == [("milestones.yml", 2, 41, "wrong-type")]
        assert small_project(milestones=text.format("true")).found == []

    @pytest.mark.parametrize("written", ["0", "-1", "1.5", '"2"', "two"])
    def test_a_weight_is_a_whole_number_from_1(self, small_project: Project, written: str) -> None:
        project = small_project(tasks=f"- id: T1\n  weight: {written}\n")
        assert project.found == [("tasks.yml", 2, 11, "wrong-type")]

    @pytest.mark.parametrize("window", ["{weeks: [1]}", "{weeks: [1, 2, 3]}", "{}", "{start: 2025-01-01}", "[1, 2]"])
    def test_a_window_has_two_ends(self, small_project: Project, window: str) -> None:
        project = small_project(milestones=f"- id: M1\n  window: {window}\n")
        assert [(line, rule) for _, line, _, rule in project.found] == [(2, "wrong-type")]

    def test_a_week_that_is_no_number_is_the_one_thing_wrong_with_its_window(self, small_project: Project) -> None:
        project = small_project(milestones="- id: M1\n  window: {weeks: [0, two]}\n")
        assert project.found == [("milestones.yml", 2, 23, "wrong-type")]

    def test_a_window_is_in_weeks_or_in_days_and_not_in_both(self, small_project: Project) -> None:
        both = "{weeks: [0, 2], start: 2025-01-01, end: 2025-01-09}"
        assert small_project(milestones=f"- id: M1\n  window: {both}\n").found == [
            ("milestones.yml", 2, 11, "wrong-type")
        ]

    @pytest.mark.parametrize("when", ["", "date: 2025-01-01, week: 2", "weekday: monday"])
    def test_a_checkpoint_has_a_date_or_a_week(self, small_project: Project, when: str) -> None:
        project = small_project(tracker=f"checkpoints:\n  - {{title: Review, {when}}}\n")
        assert project.found == [("tracker.yml", 2, 5, "wrong-type")]

    def test_a_word_that_is_not_among_those_of_a_field_is_refused_with_the_nearest(
        self, small_project: Project
    ) -> None:
        project = small_project(tasks="- id: T1\n  status: completed\n")
        assert project.found == [("tasks.yml", 2, 11, "wrong-type")]
        assert "Did you mean complete?" in only_finding(project).hint

    def test_an_acceptance_names_at_least_one_figure(self, small_project: Project) -> None:
        project = small_project(tasks="- id: T1\n  accept: [{rule: rollup-mismatch, figures: {}, reason: Why not.}]\n")
        assert project.found == [("tasks.yml", 2, 45, "wrong-type")]


class TestIds:
    @pytest.mark.parametrize(
        "name", ["M1", "DM3", "T1.2", "T4A", "S5A", "UT-004", "R-01", "a1", "Com10", "T" + "1" * 39]
    )
    def test_an_id_begins_with_a_letter_and_holds_a_digit(self, small_project: Project, name: str) -> None:
        assert only_task(small_project(tasks=f"- id: {name}\n")).id == name

    @pytest.mark.parametrize(
        "name",
        [
            "..",
            "../T1",
            "T1/../T2",
            "T1/2",
            "T1\\\\2",
            "/T1",
            "T1.",
            ".T1",
            "T1..2",
            "T1--2",
            "-T1",
            "T 1",
            " T1",
            "T1\\n",
            "Task",
            "1T",
            "Té1",
            "T1#2",
            "T1%2e",
            "T1_2",
            "",
            "T" + "1" * MAX_ID_LENGTH,
            "com1",
            "COM9",
            "LPT1",
            "com1.2",
        ],
    )
    def test_an_id_that_is_no_safe_file_name_is_refused_at_its_place(self, small_project: Project, name: str) -> None:
        project = small_project(tasks=f'- id: "{name}"\n')
        assert project.found == [("tasks.yml", 1, 7, "invalid-id")]

    @pytest.mark.parametrize("value", ["", "[T1]", "{T1: 1}"])
    def test_an_id_is_one_word(self, small_project: Project, value: str) -> None:
        assert [entry[3] for entry in small_project(tasks=f"- id: {value}\n").found] == ["invalid-id"]

    @pytest.mark.parametrize("name", ["Editor", "editor_1", "con", "nul", "com1", "a--b", "-a", "a/b", "..", "é"])
    def test_the_id_of_a_person_is_of_small_letters_digits_and_hyphens(self, small_project: Project, name: str) -> None:
        project = small_project({"data/people.yml": f"- {{id: {name}, title: Somebody, kind: role}}\n"})
        assert project.found == [("people.yml", 1, 8, "invalid-id")]

    @pytest.mark.parametrize("word", ["true", "yes", "no", "on", "off", "y"])
    def test_the_id_of_a_person_that_some_readers_take_for_true_or_false_stands_in_quotes(
        self, small_project: Project, word: str
    ) -> None:
        people = "- {{id: {}, title: Somebody, kind: role}}\n- {{id: editor, title: Editor, kind: role}}\n"
        project = small_project({"data/people.yml": people.format(word)})
        assert project.found == [("people.yml", 1, 8, "ambiguous-scalar")]
        assert small_project({"data/people.yml": people.format(f'"{word}"')}).found == []


class TestShortForms:
    def test_a_bare_list_of_criteria_is_a_block_of_them(self, small_project: Project) -> None:
        milestone = only_milestone(
            small_project(
                milestones="""\
                - id: M1
                  exit_criteria:
                    - All tests pass
                    - {text: It is signed, met: true}
                """
            )
        )
        assert milestone.exit_criteria is not None
        assert [(criterion.text, criterion.met) for criterion in milestone.exit_criteria.criteria] == [
            ("All tests pass", None),
            ("It is signed", True),
        ]

    def test_a_bare_sentence_says_how_criteria_were_achieved(self, small_project: Project) -> None:
        milestone = only_milestone(
            small_project(milestones="- {id: M1, exit_criteria: {criteria: [It holds], achieved: By a test}}\n")
        )
        assert milestone.exit_criteria is not None
        assert milestone.exit_criteria.achieved is not None
        assert milestone.exit_criteria.achieved.how == "By a test"

    def test_a_bare_id_includes_the_whole_task(self, small_project: Project) -> None:
        text = "- id: M1\n  includes: [T1, {task: T2, role: scoped}, {task: T3, subtasks: [T3.1]}, {task: T4}]\n"
        milestone = only_milestone(small_project(milestones=text))
        assert [(entry.task, entry.is_whole) for entry in milestone.includes] == [
            ("T1", True),
            ("T2", False),
            ("T3", False),
            ("T4", True),
        ]

    def test_a_bare_list_of_deliverables_is_their_items(self, small_project: Project) -> None:
        milestone = only_milestone(small_project(milestones="- {id: M1, deliverables: [A manual]}\n"))
        assert milestone.deliverables is not None
        assert milestone.deliverables.items == ("A manual",)

    def test_what_is_wrong_in_a_short_form_is_reported_where_it_stands(self, small_project: Project) -> None:
        project = small_project(
            milestones="""\
            - id: M1
              includes: [T1, T 2]
              deliverables:
                - One
                - [Two]
              entry_criteria:
                - ""
                - {text: It holds, mett: true}
              exit_criteria:
                achieved: {}
                criteria: [{met: true}]
            """
        )
        assert project.found == [
            ("milestones.yml", 2, 18, "invalid-id"),
            ("milestones.yml", 5, 7, "wrong-type"),
            ("milestones.yml", 7, 7, "wrong-type"),
            ("milestones.yml", 8, 24, "unknown-field"),
            ("milestones.yml", 10, 15, "missing-field"),
            ("milestones.yml", 11, 16, "missing-field"),
        ]

    def test_a_word_where_a_list_belongs_is_reported_at_the_word(self, small_project: Project) -> None:
        project = small_project(milestones="- id: M1\n  goals: One goal\n")
        assert project.found == [("milestones.yml", 2, 10, "wrong-type")]

    def test_records_remember_where_their_short_forms_stand(self, small_project: Project) -> None:
        milestone = only_milestone(
            small_project(milestones="- id: M1\n  includes: [T1, T2]\n  exit_criteria: [It holds]\n")
        )
        place = milestone.includes[1].location("task")
        assert (place.line, place.column) == (2, 18)
        assert milestone.exit_criteria is not None
        place = milestone.exit_criteria.criteria[0].location()
        assert (place.line, place.column) == (3, 19)


class TestFields:
    def test_an_unknown_field_is_reported_at_its_name_with_the_nearest_known_one(self, small_project: Project) -> None:
        project = small_project(tasks="- id: T1\n  progres: 40\n")
        assert project.found == [("tasks.yml", 2, 3, "unknown-field")]
        assert only_finding(project).hint == "Did you mean progress?"

    def test_an_unknown_field_is_explained_by_the_fields_of_its_own_record(self, small_project: Project) -> None:
        project = small_project(tasks="- id: T1\n  sprints:\n    - id: S1\n      items: [{txt: Item, text: Item}]\n")
        assert project.found == [("tasks.yml", 4, 16, "unknown-field")]
        assert only_finding(project).hint == "Did you mean text?"

    def test_an_unknown_field_like_none_lists_the_fields_there_are(self, small_project: Project) -> None:
        project = small_project({"data/people.yml": "- {id: editor, title: E, kind: role, zzz: 1}\n"})
        hint = only_finding(project).hint
        assert all(field in hint for field in ("id", "title", "kind"))

    def test_a_missing_field_is_reported_at_its_record_with_what_it_is_for(self, small_project: Project) -> None:
        project = small_project(tasks="- id: T1\n- title: Two\n")
        assert project.found == [("tasks.yml", 2, 3, "missing-field")]
        assert "id" in only_finding(project).message
        assert "Unique in the programme" in only_finding(project).hint

    @pytest.mark.parametrize("field", ["Bad domain", "Backend", "back_end"])
    def test_a_wrong_name_in_a_table_of_names_is_reported_at_the_name(self, small_project: Project, field: str) -> None:
        project = small_project(tasks=f"- id: T1\n  coverage:\n    {field}: Something\n")
        assert project.found == [("tasks.yml", 3, 5, "invalid-id")]

    def test_a_field_that_is_called_as_pydantic_calls_a_key_is_only_an_unknown_field(
        self, small_project: Project
    ) -> None:
        assert small_project(tracker='"[key]": 1\n').found == [("tracker.yml", 1, 1, "unknown-field")]

    def test_the_same_name_in_a_list_of_records_is_reported_at_the_field(self, small_project: Project) -> None:
        assert small_project(tasks='- id: T1\n  "[key]": 1\n').found == [("tasks.yml", 2, 3, "unknown-field")]


class TestTheWholeFolder:
    def test_every_error_of_every_file_is_reported_in_one_run(self, small_project: Project) -> None:
        project = small_project(
            {
                "data/people.yml": "- {id: Editor, title: Editor, kind: robot}\n",
                "data/programmes/demo/registers/risks.yml": "- {id: R-01, description: It rains, status: wet}\n",
                "data/programmes/demo/registers/decisions.yml": b"- id: \xff\n",
            },
            milestones="- id: M1\n  progres: 3\n- id: bad\n  weight: 0\n",
            tasks="- id: T1\n  progress: 101\n  completed: 2025-02-30\n- id: T2\n  progress: x\n",
            tracker="rows: [{task: T1\n",
        )
        assert project.found == [
            ("people.yml", 1, 8, "invalid-id"),
            ("people.yml", 1, 37, "wrong-type"),
            ("milestones.yml", 2, 3, "unknown-field"),
            ("milestones.yml", 3, 7, "invalid-id"),
            ("milestones.yml", 4, 11, "wrong-type"),
            ("decisions.yml", 1, 7, "not-utf8"),
            ("risks.yml", 1, 45, "wrong-type"),
            ("tasks.yml", 2, 13, "percentage-range"),
            ("tasks.yml", 3, 14, "wrong-type"),
            ("tasks.yml", 5, 13, "percentage-format"),
            ("tracker.yml", 1, 8, "yaml-syntax"),
        ]

    def test_nothing_is_made_of_a_folder_with_an_error(self, small_project: Project) -> None:
        checked = small_project(tasks="- id: T1\n  progress: x\n").check()
        assert checked.portal is None
        assert not checked.is_sound

    def test_the_entries_of_split_files_come_together(self, small_project: Project) -> None:
        project = small_project(
            {
                "data/programmes/demo/tasks/two.yml": "- id: T2\n",
                "data/programmes/demo/tasks/deeper/three.yml": "- id: T3\n",
                "data/programmes/demo/registers/risks/late.yml": "- {id: R-01, description: Rain, status: open}\n",
            },
            tasks="- id: T1\n",
        )
        records = records_of(project).programmes["demo"]
        assert {task.id for task in records.tasks} == {"T1", "T2", "T3"}
        assert [risk.id for risk in records.registers["risks"]] == ["R-01"]

    @pytest.mark.parametrize("text", ["", "# Nothing yet.\n", "---\n"])
    def test_an_empty_file_of_entries_holds_none(self, small_project: Project, text: str) -> None:
        project = small_project(
            {"data/people.yml": text, "data/programmes/demo/registers/risks.yml": text},
            milestones=text,
            tasks=text,
            tracker=text,
        )
        records = records_of(project)
        assert records.people == ()
        assert records.programmes["demo"].tasks == ()

    @pytest.mark.parametrize("name", ["data/portfolio.yml", "data/programmes/demo/programme.yml"])
    def test_an_empty_file_that_must_say_something_is_an_error_there(self, small_project: Project, name: str) -> None:
        project = small_project({name: ""})
        assert [(entry.path, entry.line) for entry in project.diagnostics] == [(name, 1)]

    @pytest.mark.parametrize("name", ["portfolio.yml", "programmes/demo/programme.yml"])
    def test_a_file_that_must_be_there_is_asked_for_by_name(self, small_project: Project, name: str) -> None:
        project = small_project()
        (project.folder / "data" / name).unlink()
        # An empty folder stands for nothing in git, and so it does here.
        (project.folder / "data/programmes/demo/tasks.yml").write_text("- id: T1\n", encoding="utf-8")
        finding = only_finding(project)
        assert (finding.path, finding.rule) == (f"data/{name}", "missing-field")
        assert name in finding.message

    def test_a_project_without_data_is_asked_for_its_portfolio(self, tmp_path: Path) -> None:
        assert [found.path for found in SmallProject(tmp_path).diagnostics] == ["data/portfolio.yml"]

    @pytest.mark.parametrize(
        "name",
        [
            "data/persons.yml",
            "data/programmes/demo/task.yml",
            "data/programmes/demo/tasks.yaml",
            "data/programmes/demo/registers/riscs.yml",
            "data/programmes/loose.yml",
            "data/programmes/demo/tasks.yml/inner.yml",
        ],
    )
    def test_a_file_from_which_nothing_is_read_is_reported(self, small_project: Project, name: str) -> None:
        assert [(found.path, found.rule) for found in small_project({name: "- id: T1\n"}).diagnostics] == [
            (name, "misplaced-file")
        ]

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("data/programmes/night-ferry/risks.yml", "programmes/night-ferry/registers/risks.yml"),
            ("data/programmes/night-ferry/risk.yml", "programmes/night-ferry/registers/risks.yml"),
            ("data/programmes/night-ferry/registers/tasks.yml", "programmes/night-ferry/tasks.yml"),
            ("data/programmes/night-ferry/task.yml", "programmes/night-ferry/tasks.yml"),
            ("data/programmes/night-ferry/tasks.yaml/x.yml", ""),
            ("data/programmes/night-ferry/notes.yml", ""),
            ("data/registers/people.yml", "people.yml"),
            ("data/persons.yaml", ""),
            ("data/removed.yaml", "removed.yml"),
        ],
    )
    def test_where_a_misplaced_file_belongs_is_told_by_its_own_name(
        self, small_project: Project, name: str, meant: str
    ) -> None:
        head = "{id: night-ferry, title: Night ferry, owner: editor, recorded: 2026-01-01}\n"
        project = small_project({name: "- id: T1\n", "data/programmes/night-ferry/programme.yml": head})
        expected = f"Did you mean {meant}?" if meant else "Move it to the place of its kind, or remove it."
        assert only_finding(project).hint == expected

    def test_files_that_are_not_yaml_are_left_alone(self, small_project: Project) -> None:
        assert small_project({"data/README.md": "About the data.\n", "data/.keep": b""}).diagnostics == ()

    def test_a_record_that_was_not_read_from_a_file_has_no_place(self) -> None:
        with pytest.raises(LookupError):
            Task(id="T1").location("id")

    def test_a_day_is_a_day_when_read(self, small_project: Project) -> None:
        records = records_of(small_project())
        assert records.programmes["demo"].programme.recorded == date(2026, 1, 1)


def test_the_order_of_entries_does_not_depend_on_how_a_folder_lists_its_files(small_project: Project) -> None:
    """Folders list their files in another order on every machine; the site is the same on all of them."""
    numbers = [7, 2, 9, 4, 1, 8, 3, 6, 5]
    files = {f"data/programmes/demo/tasks/{number}.yml": f"- id: T{number}\n" for number in numbers}
    records = records_of(small_project(files)).programmes["demo"]
    assert [task.id for task in records.tasks] == [f"T{number}" for number in sorted(numbers)]
