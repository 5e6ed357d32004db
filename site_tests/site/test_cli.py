"""The command line as people and programs use it: what is written where, and with which exit status."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conftest import PROJECT, SmallProject, milepost
from milepost.check import rules
from milepost.check.rules import RULES
from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.cli.main import main
from milepost.data.json_schema import Schema
from milepost.diagnostics import Severity
from milepost.exports import SCHEMAS
from milepost.model.portal import Portal
from milepost.report import Report

TWO_ERRORS = """\
    - id: T1
      progress: 450
    - id: T2
      titel: Second
    """
OPEN_PROGRAMME = """\
    id: demo
    title: Demo
    recorded: 2025-01-01
    """
CLOSED_PROGRAMME = OPEN_PROGRAMME + "closed: 2025-06-30\n"


def run(*arguments: str | Path, environment: dict[str, str | None] | None = None) -> Result:
    """Run the command in this process; what it raises, this raises."""
    return CliRunner(catch_exceptions=False).invoke(main, [str(word) for word in arguments], env=environment)


# check


def test_a_sound_project_is_told_so_with_status_0() -> None:
    done = run("check", "-C", PROJECT)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "The data is sound" in done.stderr


def test_the_number_of_accepted_disagreements_is_told(own_report: Report) -> None:
    done = milepost("check", folder=PROJECT)
    assert done.returncode == 0
    assert f"{len(own_report.verdict.accepted)} accepted disagreements" in done.stderr


def test_each_finding_is_written_with_its_line_a_caret_and_a_hint(small_project: Callable[..., SmallProject]) -> None:
    done = run("check", "-C", small_project(tasks=TWO_ERRORS).folder)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "data/programmes/demo/tasks.yml:2:13: error[percentage-range] 450 is not between 0 and 100",
        "  2 |   progress: 450",
        "    |             ^",
        "  Write a figure from 0 to 100.",
        "data/programmes/demo/tasks.yml:4:3: error[unknown-field] there is no field titel here",
        "  4 |   titel: Second",
        "    |   ^",
        "  Did you mean title?",
    ]
    assert "2 errors" in done.stderr


def test_json_is_one_object_whose_diagnostics_are_flat_records_in_the_order_of_their_places(
    small_project: Callable[..., SmallProject],
) -> None:
    done = run("check", "-C", small_project(tasks=TWO_ERRORS).folder, "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {
        "diagnostics": [
            {
                "path": "data/programmes/demo/tasks.yml",
                "line": 2,
                "column": 13,
                "severity": "error",
                "rule": "percentage-range",
                "message": "450 is not between 0 and 100",
                "hint": "Write a figure from 0 to 100.",
            },
            {
                "path": "data/programmes/demo/tasks.yml",
                "line": 4,
                "column": 3,
                "severity": "error",
                "rule": "unknown-field",
                "message": "there is no field titel here",
                "hint": "Did you mean title?",
            },
        ]
    }


def test_json_of_a_sound_project_is_an_object_without_diagnostics(small_project: Callable[..., SmallProject]) -> None:
    done = run("check", "-C", small_project().folder, "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"diagnostics": []}


MISSPELT = "- {id: T1, titel: First}\n"
DANGLING = "- {id: T1, depends_on: [T9]}\n"


@pytest.mark.parametrize(
    ("tasks", "told"),
    [
        (MISSPELT, "1 error. References and rules were not checked: mend this first."),
        (TWO_ERRORS, "2 errors. References and rules were not checked: mend these first."),
        (DANGLING, "1 error. Rules were not checked: mend this first."),
        ("- {id: T1, owner: editor, progress: 40, status: complete}\n", "2 errors."),
    ],
)
def test_what_an_error_kept_from_being_checked_is_told(
    small_project: Callable[..., SmallProject], tasks: str, told: str
) -> None:
    folder = small_project(tasks=tasks).folder
    assert run("check", "-C", folder).stderr == f"The data is not sound: {told}\n"
    note = told.partition(". ")[2]
    assert run("check", "-C", folder, "--format", "json").stderr.strip() == note
    (log,) = json.loads(run("check", "-C", folder, "--format", "sarif").stdout)["runs"]
    notes = [
        entry["message"]["text"] for one in log.get("invocations", ()) for entry in one["toolExecutionNotifications"]
    ]
    assert notes == ([note] if note else [])


@pytest.mark.parametrize(
    ("tasks", "rule", "shown"),
    [
        (MISSPELT, "rollup-mismatch", ["unknown-field"]),
        (MISSPELT, "unknown-reference", ["unknown-field"]),
        (MISSPELT, "yaml-syntax", []),
        (DANGLING, "rollup-mismatch", ["unknown-reference"]),
        (DANGLING, "duplicate-id", []),
    ],
)
def test_a_rule_that_did_not_run_is_not_told_to_have_found_nothing(
    small_project: Callable[..., SmallProject], tasks: str, rule: str, shown: list[str]
) -> None:
    done = run("check", "-C", small_project(tasks=tasks).folder, "--rule", rule, "--format", "json")
    assert [entry["rule"] for entry in json.loads(done.stdout)["diagnostics"]] == shown
    assert done.exit_code == bool(shown)


def test_text_that_looks_like_the_terminals_markup_is_printed_as_it_is(
    small_project: Callable[..., SmallProject],
) -> None:
    done = run("check", "-C", small_project(tasks="- id: '[bold red]T1[/]'\n").folder)
    assert "'[bold red]T1[/]' is not an id" in done.stdout


def test_what_is_no_text_of_a_terminal_does_not_reach_it(small_project: Callable[..., SmallProject]) -> None:
    done = run("check", "-C", small_project(tasks='- id: "\\e[31mT1"\n').folder)
    assert done.exit_code == 1
    assert "\x1b" not in done.output


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("settings", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}])
def test_findings_reach_a_terminal_that_cannot_show_their_letters(
    form: str, settings: dict[str, str], small_project: Callable[..., SmallProject]
) -> None:
    project = small_project(tasks="- id: Größe 🚀\n")
    done = milepost("check", "--format", form, folder=project.folder, environment={**os.environ, **settings})
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "invalid-id" in done.stdout
    if form == "json":
        assert len(json.loads(done.stdout)["diagnostics"]) == 1


@pytest.fixture
def with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of severity warning that finds something in every programme; none of the listed rules only warns yet."""

    def check(portal: Portal) -> Iterator[Finding]:
        for programme in portal.programmes:
            yield Finding(programme.ref, (programme.record.location("title"),), "this may be late", "Look at it.")

    monkeypatch.setattr(rules, "RULES", (*RULES, PortalRule("may-be-late", check, Severity.WARNING)))


@pytest.mark.usefixtures("with_a_warning")
def test_a_warning_fails_a_strict_check_and_no_other(small_project: Callable[..., SmallProject]) -> None:
    folder = small_project().folder
    lenient, strict = run("check", "-C", folder), run("check", "-C", folder, "--strict")
    assert (lenient.exit_code, strict.exit_code) == (0, 1)
    for done in (lenient, strict):
        assert "programme.yml:2:8: warning[may-be-late] this may be late" in done.stdout
        assert "1 warning" in done.stderr


def test_a_strict_check_of_sound_data_is_sound(small_project: Callable[..., SmallProject]) -> None:
    assert run("check", "-C", small_project().folder, "--strict").exit_code == 0


# Wrong usage


def test_outside_a_project_it_is_said_which_folder_is_missing(tmp_path: Path) -> None:
    for command in ("check", "build", "export", "schema"):
        done = milepost(command, folder=tmp_path)
        assert done.returncode == 2, command
        assert "data" in done.stderr, command
        assert str(tmp_path) in done.stderr, command
        assert "Traceback" not in done.stderr, command


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "yaml"],
        ["check", "--as-of", "yesterday"],
        ["check", "--as-of", "2025-02-30"],
        ["check", "-C", "no-such-folder"],
        ["check", "--sloppy"],
        ["check", "--rule", "unreachable-page"],
        ["chekc"],
        ["export", "--format", "xml"],
        ["explain"],
        ["schema", "tasks", "--to", "schemas"],
        ["schema", "tasks", "people"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_with_status_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Error:" in done.stderr


def test_a_project_without_mkdocs_yml_is_checked_but_its_build_says_what_is_missing(
    small_project: Callable[..., SmallProject],
) -> None:
    folder = small_project().folder
    assert milepost("check", folder=folder).returncode == 0
    done = milepost("build", folder=folder)
    assert done.returncode in {1, 2}
    assert "mkdocs.yml" in done.stderr
    assert "Traceback" not in done.stderr


# explain


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_a_rule_is_explained_with_an_example_and_its_output(rule: str) -> None:
    done = run("explain", rule)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[:2] == [rule, "=" * len(rule)]
    assert [
        word for word in ("Why:", "Example, in", "Output:") if not any(line.startswith(word) for line in lines)
    ] == []
    assert f"[{rule}]" in done.stdout


def test_a_misspelled_rule_is_wrong_usage_and_the_right_one_is_named() -> None:
    done = run("explain", "rolup-missmatch")
    assert done.exit_code == 2
    assert "Did you mean rollup-mismatch?" in done.stderr


def test_a_word_that_is_near_no_rule_lists_them_all() -> None:
    done = run("explain", "zzz")
    assert done.exit_code == 2
    assert [rule.name for rule in RULES if rule.name not in done.stderr] == []


# schema


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_the_schema_of_a_kind_of_file_is_printed(schema: Schema) -> None:
    done = run("schema", schema.name)
    assert done.exit_code == 0
    assert done.stdout == schema.text
    assert done.stderr == ""


def test_all_schemas_are_written_where_the_files_of_a_project_look_for_them(
    small_project: Callable[..., SmallProject],
) -> None:
    project = small_project()
    done = run("schema", "-C", project.folder)
    assert done.exit_code == 0
    assert "schemas" in done.stdout
    written = {path.name: path.read_text("utf-8") for path in (project.folder / "data/schema").iterdir()}
    assert written == {schema.file_name: schema.text for schema in SCHEMAS}
    assert project.found == [], "the check takes them for no data"


def test_all_schemas_are_written_to_the_folder_that_is_asked_for_also_outside_a_project(tmp_path: Path) -> None:
    done = milepost("schema", "--to", "of/data files", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "of/data files").iterdir()}
    assert written == {schema.file_name: schema.text for schema in SCHEMAS}


def test_a_folder_that_cannot_be_written_is_told_with_status_2(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    done = run("schema", "--to", tmp_path / "taken")
    assert done.exit_code == 2
    assert f"{tmp_path / 'taken'} cannot be written" in done.stderr


def test_a_misspelled_kind_is_wrong_usage_and_the_right_one_is_named() -> None:
    done = run("schema", "tsaks")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Did you mean tasks?" in done.stderr


def test_a_word_that_is_near_no_kind_lists_them_all() -> None:
    done = run("schema", "zzz")
    assert done.exit_code == 2
    assert [schema.name for schema in SCHEMAS if schema.name not in done.stderr] == []


# The day


def as_of(folder: Path, *arguments: str, epoch: str | None = None) -> str:
    done = run("export", "-C", folder, *arguments, environment={"SOURCE_DATE_EPOCH": epoch})
    assert done.exit_code == 0, done.output
    day: str = json.loads(done.stdout)["programmes"][0]["as_of"]
    return day


def test_an_active_programme_is_judged_as_of_the_day_asked_for_else_of_source_date_epoch(
    small_project: Callable[..., SmallProject],
) -> None:
    folder = small_project(programme=OPEN_PROGRAMME).folder
    assert as_of(folder, "--as-of", "2025-10-21") == "2025-10-21"
    # One second before midnight, UTC, wherever the machine stands.
    assert as_of(folder, epoch="1761091199") == "2025-10-21"
    assert as_of(folder, epoch="1761091200") == "2025-10-22"
    assert as_of(folder, "--as-of", "2024-02-29", epoch="1761091200") == "2024-02-29"


def test_a_closed_programme_is_judged_as_of_its_last_report_whatever_is_asked_for(
    small_project: Callable[..., SmallProject],
) -> None:
    folder = small_project(programme=CLOSED_PROGRAMME).folder
    assert as_of(folder, "--as-of", "2025-10-21", epoch="1761091200") == "2025-06-30"


def test_a_programme_closed_on_no_known_day_is_judged_as_of_its_recording(
    small_project: Callable[..., SmallProject],
) -> None:
    folder = small_project(programme=OPEN_PROGRAMME + "closed: undated\n").folder
    assert as_of(folder, "--as-of", "2025-10-21", epoch="1761091200") == "2025-01-01"


@pytest.mark.parametrize("epoch", ["yesterday", "²", "9" * 30])
def test_a_source_date_epoch_that_is_no_moment_is_wrong_usage(
    epoch: str, small_project: Callable[..., SmallProject]
) -> None:
    """Were it passed over, the day of the clock would reach the output without anybody's knowing."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    done = milepost("check", folder=small_project(programme=OPEN_PROGRAMME).folder, environment=environment)
    assert done.returncode == 2, done.stderr
    assert "SOURCE_DATE_EPOCH" in done.stderr
    assert "Traceback" not in done.stderr


# export


@pytest.fixture(scope="module")
def exported() -> dict[str, Any]:
    """Each programme of the project's own data, as exported, by its id."""
    done = run("export", "-C", PROJECT, "--format", "json")
    assert done.exit_code == 0
    return {programme["id"]: programme for programme in json.loads(done.stdout)["programmes"]}


COUNTS = {
    #                       milestones, tasks, subtasks, updates, coverage cells, sprints, sprint items
    "service-restoration": (4, 5, 25, 0, 0, 0, 0),
    "platform-hardening": (5, 6, 0, 0, 0, 0, 0),
    # 14 updates of tasks, one of M1, and the three dated notes of DM3 and DM4.
    "fixnado": (10, 12, 51, 18, 0, 0, 0),
    "edulure": (0, 12, 35, 0, 56, 9, 27),
    "marketplace-launch": (5, 7, 0, 0, 0, 0, 0),
}


@pytest.mark.parametrize("slug", COUNTS)
def test_the_export_holds_what_the_document_of_the_programme_holds(slug: str, exported: dict[str, Any]) -> None:
    programme = exported[slug]
    tasks, milestones = programme["tasks"], programme["milestones"]
    sprints = [sprint for task in tasks for sprint in task["sprints"]]
    assert COUNTS[slug] == (
        len(milestones),
        len(tasks),
        sum(len(task["subtasks"]) for task in tasks),
        sum(len(entity["updates"]) for entity in (*milestones, *tasks)),
        sum(len(task["coverage"]) for task in tasks),
        len(sprints),
        sum(len(sprint["items"]) for sprint in sprints),
    )


def test_the_export_holds_these_programmes_and_no_other(exported: dict[str, Any]) -> None:
    assert sorted(exported) == sorted(COUNTS)


REPORTED = {
    "service-restoration": ([0, 0, 0, 0], [None] * 5),
    "platform-hardening": ([100, 100, 100, 40, 0], [None] * 6),
    "fixnado": ([None] * 10, [100, 8, 100, 45, 96, 9, 48, 12, 8, 7, 5, 6]),
    "edulure": ([], [32, 22, 0, 60, 0, 0, 0, 70, 45, 30, 20, 15]),
    "marketplace-launch": ([None] * 5, [100] * 7),
}


@pytest.mark.parametrize("slug", REPORTED)
def test_the_export_reports_each_figure_as_its_document_does(slug: str, exported: dict[str, Any]) -> None:
    milestones, tasks = exported[slug]["milestones"], exported[slug]["tasks"]
    assert REPORTED[slug] == (
        [milestone["progress"]["reported"] for milestone in milestones],
        [task["progress"]["reported"] for task in tasks],
    )


def figures(value: Any) -> Iterator[int]:
    """Every reported figure below `value`, each as often as it is stated."""
    if isinstance(value, dict):
        progress = value.get("progress")
        if isinstance(progress, dict) and progress["reported"] is not None:
            yield progress["reported"]
        for field in value.values():
            yield from figures(field)
    elif isinstance(value, list):
        for item in value:
            yield from figures(item)


def test_the_export_reports_the_111_figures_that_the_documents_state(exported: dict[str, Any]) -> None:
    stated = {slug: list(figures(programme)) for slug, programme in exported.items()}
    assert {slug: len(found) for slug, found in stated.items()} == {
        "service-restoration": 4,
        "platform-hardening": 5,
        "fixnado": 12,
        # 12 tasks, 35 subtasks, 9 sprints and their 27 items.
        "edulure": 83,
        "marketplace-launch": 7,
    }
    assert sum(len(found) for found in stated.values()) == 111


def test_every_subtask_and_sprint_of_edulure_reports_a_figure(exported: dict[str, Any]) -> None:
    tasks = exported["edulure"]["tasks"]
    parts = [part for task in tasks for part in (*task["subtasks"], *task["sprints"])]
    assert [part["id"] for part in parts if part["progress"]["reported"] is None] == []
    for sprint in (sprint for task in tasks for sprint in task["sprints"]):
        assert None not in [item["progress"]["reported"] for item in sprint["items"]], sprint["id"]


def test_the_export_holds_both_figures_where_a_document_contradicts_itself(exported: dict[str, Any]) -> None:
    tasks = {task["id"]: task["progress"] for task in exported["edulure"]["tasks"]}
    assert [tasks[name] for name in ("T1", "T2", "T3")] == [
        {"reported": 32, "computed": 100},
        {"reported": 22, "computed": 100},
        {"reported": 0, "computed": 100},
    ]


def test_the_export_holds_the_tracker_and_registers_of_marketplace_launch(exported: dict[str, Any]) -> None:
    programme = exported["marketplace-launch"]
    tracker, registers = programme["tracker"], programme["registers"]
    parts = ("rows", "activity", "checkpoints", "cadence", "metrics")
    assert {part: len(tracker[part]) for part in parts} == dict(zip(parts, (7, 7, 4, 3, 7), strict=True))
    assert {name: len(entries) for name, entries in registers.items() if entries} == {"risks": 5, "decisions": 3}
    # The document names no one for the third.
    assert [len(meeting["attendees"]) for meeting in tracker["cadence"]] == [5, 4, 0]
    rows = {row["task"]: (row["owner"], row["milestone"], row["date"]) for row in tracker["rows"]}
    assert all(None not in row for row in rows.values())
    for task in programme["tasks"]:
        owner, milestone, _ = rows[task["id"]]
        assert (task["owner"], task["milestones"]) == (owner, [milestone])


def test_the_same_data_is_exported_in_the_same_bytes() -> None:
    environments = [
        {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone} for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    first, second = (milepost("export", folder=PROJECT, environment=environment) for environment in environments)
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == second.stdout


def test_what_is_not_sound_is_not_exported(small_project: Callable[..., SmallProject]) -> None:
    done = run("export", "-C", small_project(tasks=TWO_ERRORS).folder)
    assert done.exit_code == 1
    assert "tasks.yml:2:13: error[percentage-range]" in done.output
    assert "Nothing was exported" in done.stderr
    # Whoever reads the output as JSON gets none, and no half of one.
    assert "{" not in done.stdout
