"""What happened between two states of the data: by meaning, each thing once."""

# ruff: noqa: E501  # a case reads best on one line
from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import SmallProject
from milepost.data.records.base import Record
from milepost.data.records.milestone import Milestone
from milepost.data.records.programme import Programme
from milepost.data.records.registers import REGISTERS
from milepost.data.records.task import Sprint, Subtask, Task
from milepost.history.diff import Comparison, compare, meaning
from milepost.model.events import Event, Move
from milepost.model.portal import Portal, Ref
from milepost.site.feeds.channels import is_news

DAY = date(2026, 3, 1)
Project = Callable[..., SmallProject]

MILESTONES = (
    "- {id: M1, title: Basin, window: {weeks: [0, 2]}, includes: [T1], exit_criteria: [{text: Deep, met: false}]}\n"
)
TASKS = """\
- id: T1
  title: Dredge
  owner: crew
  status: in-progress
  progress: 36
  summary: Make it deep.
  outputs: [Mud, Map]
  subtasks: [{id: T1.1, progress: 36}]
  updates: [{date: 2026-01-05, text: Begun, progress: 20}]
- {id: T2, title: Survey, depends_on: [T1], sprints: [{id: S2A, items: [{text: Sonar, progress: 10}]}]}
"""
RISKS = "- {id: R-01, description: Storms, status: open, impact: high, owner: crew, mitigation: Wait}\n"
TRACKER = "activity: [{date: 2026-01-06, text: A ship came}]\ncheckpoints: [{title: Sounding, week: 2}]\n"
PEOPLE = "- {id: crew, title: Crew, kind: team}\n- {id: editor, title: Editor, kind: role}\n"
FILES = {"milestones": MILESTONES, "tasks": TASKS, "tracker": TRACKER, "registers/risks": RISKS}


@pytest.fixture
def portal_of(small_project: Project, tmp_path: Path) -> Callable[[dict[str, str]], Portal]:
    def make(files: dict[str, str]) -> Portal:
        named = {f"data/programmes/demo/{name}.yml": text for name, text in files.items()}
        shutil.rmtree(tmp_path / "data", ignore_errors=True)
        checked = small_project({"data/people.yml": PEOPLE, **named}).check()
        assert checked.portal is not None, checked.diagnostics
        return checked.portal

    return make


@pytest.fixture
def changed(portal_of: Callable[[dict[str, str]], Portal]) -> Callable[..., Comparison]:
    """What happened when, in one file, words were replaced by others."""

    def change(name: str, old: str, new: str) -> Comparison:
        assert old in FILES[name], old
        return compare(portal_of(FILES), portal_of(FILES | {name: FILES[name].replace(old, new)}), DAY)

    return change


def facts(events: tuple[Event, ...]) -> list[tuple[str, str, str]]:
    return [(str(event.ref), event.kind.value, event.text) for event in events]


@pytest.mark.parametrize(
    ("name", "old", "new", "ref", "kind", "text"),
    [
        ("tasks", "progress: 36\n  summary", "progress: 40\n  summary", "T1", "progressed", "T1 moved from 36 % to 40 %."),
        ("tasks", "progress: 36\n  summary", "progress: 30\n  summary", "T1", "regressed", "T1 fell from 36 % to 30 %."),
        ("tasks", "progress: 36\n  summary", "summary", "T1", "corrected",
         "T1 no longer reports a figure; it stood at 36 %."),
        ("tasks", "{id: T2,", "{id: T2, progress: 5,", "T2", "started", "T2 stands at 5 %, its first figure."),
        ("tasks", "in-progress\n  progress: 36", "complete\n  progress: 100", "T1", "completed",
         "T1 was completed, from 36 %."),
        ("tasks", "in-progress", "blocked", "T1", "regressed", "T1 is now blocked; it was in progress."),
        ("tasks", "{id: T1.1, progress: 36}", "{id: T1.1, progress: 50}", "T1.1", "progressed",
         "T1.1 moved from 36 % to 50 %."),
        ("tasks", "progress: 10", "progress: 60", "S2A", "progressed",
         "Figures of items in S2A moved: “Sonar” from 10 % to 60 %."),
        ("tasks", "owner: crew", "owner: editor", "T1", "re-scoped", "T1 went from crew to editor."),
        ("tasks", "depends_on: [T1]", "weight: 2", "T2", "re-scoped", "T2 was re-scoped: depends on, weight."),
        ("tasks", "Make it deep.", "Make it deeper.", "T1", "corrected", "What is written of T1 was corrected: summary."),
        ("tasks", "text: Begun", "text: We began", "T1", "corrected", "The report of 2026-01-05 on T1 was corrected."),
        ("tasks", "  updates: [{date: 2026-01-05, text: Begun, progress: 20}]\n", "", "T1", "corrected",
         "The report of 2026-01-05 on T1 was withdrawn."),
        ("tasks", "- {id: T2,", "- {id: T3, title: Pump}\n- {id: T2,", "T3", "re-scoped", "T3 was added: Pump."),
        ("milestones", "[0, 2]", "[0, 3]", "M1", "slipped",
         "M1 was planned for weeks 0 to 2, and is now planned for weeks 0 to 3."),
        ("milestones", "[0, 2]", "[1, 2]", "M1", "slipped",
         "M1 was planned for weeks 0 to 2, and is now planned for weeks 1 to 2."),
        ("milestones", "[0, 2]", "[0, 1]", "M1", "re-scoped",
         "M1 was planned for weeks 0 to 2, and is now planned for weeks 0 to 1."),
        ("milestones", "met: false", "met: true, evidence: [Log]", "M1", "completed", "M1 met an exit criterion: Deep."),
        ("milestones", "{text: Deep, met: false}", "{text: Deep, met: false}, Wide", "M1", "re-scoped",
         "The exit criteria of M1 changed: added “Wide”."),
        ("milestones", "text: Deep", "text: Deeper", "M1", "corrected",
         "What is written of the exit criteria of M1 was corrected."),
        ("registers/risks", "status: open", "status: closed", "R-01", "closed", "R-01 was open, and is now closed."),
        ("registers/risks", "impact: high", "impact: low", "R-01", "re-scoped", "R-01 was re-scoped: impact."),
        ("registers/risks", "Wait", "Wait for calm", "R-01", "corrected",
         "What is written of R-01 was corrected: mitigation."),
        ("registers/risks", "- {id", "- {id: R-02, description: Ice, status: open}\n- {id", "R-02", "opened", "Ice"),
        ("tracker", "Sounding", "Depth sounding", "", "re-scoped",
         "The checkpoints changed: added “Depth sounding”; removed “Sounding”."),
        ("tracker", "A ship came", "Ships came", "", "corrected",
         "The report of 2026-01-06 on the programme was corrected."),
    ],
)  # fmt: skip
def test_a_change_is_one_event_in_the_words_of_a_person(
    changed: Callable[..., Comparison], name: str, old: str, new: str, ref: str, kind: str, text: str
) -> None:
    comparison = changed(name, old, new)
    assert facts(comparison.events) == [(f"demo/{ref}".rstrip("/"), kind, text)]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tasks", "outputs: [Mud, Map]", "outputs: [Map, Mud]"),
        ("tasks", "summary: Make it deep.", "summary: >-\n    Make\n    it deep."),
        ("tasks", "progress: 36\n  summary", "progress: 36%\n  summary"),
        ("milestones", "includes: [T1]", "includes: [{task: T1}]"),
        ("milestones", "includes: [T1], ", "weight: 1, includes: [T1], "),
    ],
)
def test_another_way_to_write_the_same_is_no_change(
    changed: Callable[..., Comparison], name: str, old: str, new: str
) -> None:
    assert changed(name, old, new).events == ()


def test_entities_in_other_files_and_in_another_order_are_no_change(
    portal_of: Callable[[dict[str, str]], Portal],
) -> None:
    first, second = TASKS.split("- {id: T2")
    moved = {name: text for name, text in FILES.items() if name != "tasks"} | {
        "tasks/later": f"- {{id: T2{second}",
        "tasks/sooner": first,
    }
    assert compare(portal_of(FILES), portal_of(moved), DAY).events == ()


class TestOneEventNotTwo:
    @pytest.mark.parametrize("progress", ["", ", progress: 48"])
    def test_the_update_has_the_figures_of_the_difference(
        self, portal_of: Callable[[dict[str, str]], Portal], progress: str
    ) -> None:
        tasks = TASKS.replace("progress: 36\n  summary", "progress: 48\n  summary").replace(
            "progress: 20}", f"progress: 20}}, {{date: 2026-02-20, text: Deeper{progress}}}"
        )
        comparison = compare(portal_of(FILES), portal_of(FILES | {"tasks": tasks}), DAY)
        assert comparison.found == ()
        (event,) = comparison.told
        assert (event.key, event.day) == ("demo/T1/2026-02-20", date(2026, 2, 20))
        assert event.moves == (Move(Ref("demo", "T1"), 36, 48),)

    def test_an_update_that_gives_another_figure_describes_another_thing(
        self, portal_of: Callable[[dict[str, str]], Portal]
    ) -> None:
        tasks = TASKS.replace("progress: 36\n  summary", "progress: 48\n  summary").replace(
            "progress: 20}", "progress: 20}, {date: 2026-02-20, text: Deeper, progress: 40}"
        )
        comparison = compare(portal_of(FILES), portal_of(FILES | {"tasks": tasks}), DAY)
        assert [event.key for event in comparison.events] == ["demo/T1/2026-03-01/standing", "demo/T1/2026-02-20"]

    def test_an_entry_of_the_log_tells_of_all_that_it_refers_to(
        self, portal_of: Callable[[dict[str, str]], Portal]
    ) -> None:
        after = FILES | {
            "tasks": TASKS.replace("progress: 36\n  summary", "progress: 48\n  summary").replace(
                "{id: T1.1, progress: 36}", "{id: T1.1, progress: 48}"
            ),
            "tracker": TRACKER.replace("}]\ncheck", "}, {date: 2026-02-20, text: Deeper, refs: [T1, T1.1]}]\ncheck"),
        }
        (event,) = compare(portal_of(FILES), portal_of(after), DAY).events
        assert event.key == "demo/activity/2026-02-20"
        assert {(move.ref.id, move.before, move.after) for move in event.moves} == {("T1", 36, 48), ("T1.1", 36, 48)}

    def test_a_risk_that_says_when_it_was_raised_is_opened_on_that_day(
        self, portal_of: Callable[[dict[str, str]], Portal]
    ) -> None:
        risks = RISKS + "- {id: R-02, description: Ice, status: open, raised: 2026-02-02}\n"
        (event,) = compare(portal_of(FILES), portal_of(FILES | {"registers/risks": risks}), DAY).events
        assert (event.key, event.day, event.kind) == ("demo/R-02/opened", date(2026, 2, 2), "opened")

    @pytest.mark.parametrize(
        ("register", "entry", "opened"),
        [
            ("risks", "{id: R-02, description: Ice, status: open, refs: [T1]}", ("demo/R-02/opened", DAY)),
            ("risks", "{id: R-02, description: Ice, status: open, raised: 2026-02-02, refs: [T1]}",
             ("demo/R-02/opened", date(2026, 2, 2))),
            ("issues", "{id: I-01, description: Ice, status: closed, closed: 2026-02-02, refs: [T1]}",
             ("demo/I-01/closed", date(2026, 2, 2))),
            ("decisions", "{id: D-01, date: 2026-02-02, decision: Dig, rationale: Depth, refs: [T1]}",
             ("demo/D-01/decided", date(2026, 2, 2))),
        ],
    )  # fmt: skip
    def test_an_entry_of_a_register_tells_no_figure_of_what_it_names(
        self, portal_of: Callable[[dict[str, str]], Portal], register: str, entry: str, opened: tuple[str, date]
    ) -> None:
        name = f"registers/{register}"
        after = FILES | {
            "tasks": TASKS.replace("progress: 36\n  summary", "progress: 48\n  summary"),
            name: f"{FILES.get(name, '')}- {entry}\n",
        }
        events = {event.key: event for event in compare(portal_of(FILES), portal_of(after), DAY).events}
        key, day = opened
        assert (events[key].day, events[key].moves) == (day, ())
        moved = events["demo/T1/2026-03-01/standing"]
        assert (moved.text, moved.moves) == ("T1 moved from 36 % to 48 %.", (Move(Ref("demo", "T1"), 36, 48),))

    def test_a_criterion_that_is_met_tells_no_figure(self, portal_of: Callable[[dict[str, str]], Portal]) -> None:
        milestones = MILESTONES.replace("title: Basin", "title: Basin, progress: 40").replace(
            "met: false", "met: true, evidence: [Log], date: 2026-02-02"
        )
        comparison = compare(portal_of(FILES), portal_of(FILES | {"milestones": milestones}), DAY)
        assert facts(comparison.events) == [
            ("demo/M1", "started", "M1 stands at 40 %, its first figure."),
            ("demo/M1", "completed", "M1 met an exit criterion: Deep."),
        ]

    def test_the_day_of_a_completion_has_the_figures_of_the_difference(
        self, portal_of: Callable[[dict[str, str]], Portal]
    ) -> None:
        tasks = TASKS.replace("in-progress\n  progress: 36", "complete\n  completed: 2026-02-20\n  progress: 100")
        tasks = tasks.replace("{id: T1.1, progress: 36}", "{id: T1.1, progress: 100}")
        comparison = compare(portal_of(FILES), portal_of(FILES | {"tasks": tasks}), DAY)
        (event,) = (event for event in comparison.events if event.ref.id == "T1")
        assert (event.key, event.day) == ("demo/T1/completed", date(2026, 2, 20))
        assert event.moves == (Move(Ref("demo", "T1"), 36, 100),)

    def test_a_report_of_something_else_tells_of_no_slip(self, portal_of: Callable[[dict[str, str]], Portal]) -> None:
        update = "updates: [{date: 2026-02-20, text: Begun}], window: {weeks: [0, 4]}"
        milestones = MILESTONES.replace("window: {weeks: [0, 2]}", update)
        comparison = compare(portal_of(FILES), portal_of(FILES | {"milestones": milestones}), DAY)
        assert facts(comparison.found) == [
            ("demo/M1", "slipped", "M1 was planned for weeks 0 to 2, and is now planned for weeks 0 to 4.")
        ]


class TestRenamed:
    def test_an_id_that_lists_its_old_one_is_the_same_entity(
        self, portal_of: Callable[[dict[str, str]], Portal]
    ) -> None:
        after = {name: text.replace("T1", "T9") for name, text in FILES.items()}
        after["tasks"] = after["tasks"].replace("id: T9\n", "id: T9\n  formerly: [T1]\n").replace("T9.1", "T1.1")
        comparison = compare(portal_of(FILES), portal_of(after), DAY)
        # What refers to it says so in other words, and nothing else happened.
        assert facts(comparison.events) == [("demo/T9", "corrected", "T1 is now called T9.")]
        assert not any(is_news(event) for event in comparison.events)

    def test_whatever_names_it_names_the_same(self, portal_of: Callable[[dict[str, str]], Portal]) -> None:
        before = FILES | {
            "milestones": MILESTONES.replace("includes: [T1]", "includes: [{task: T1, subtasks: [T1.1]}, T2]")
            + "- {id: M2, title: Quay, depends_on: [M1, T1], updates: [{date: 2026-01-07, text: Dry, refs: [T1]}]}\n",
            "tasks": TASKS.replace("title: Dredge", "title: Dredge\n  milestones: [M2]").replace(
                "depends_on: [T1]",
                "status: in-progress, progress: 50, depends_on: [T1], accept: [{rule: started-before-dependency, "
                "figures: {T1: 36, T2: 50}, reason: Known}]",
            ),
            "tracker": TRACKER.replace("A ship came", "A ship came, refs: [T1]").replace(
                "week: 2", "week: 2, refs: [M2]"
            ),
            "registers/risks": RISKS.replace("id: R-01,", "id: R-01, refs: [T1, M2],"),
            "registers/decisions": "- {id: D-01, date: 2026-01-08, decision: Dig, rationale: Depth}\n"
            "- {id: D-02, date: 2026-01-09, decision: Dig on, rationale: Depth, supersedes: [D-01]}\n",
        }
        after = dict(before)
        for old, new in (("T1", "T9"), ("M2", "M7"), ("D-01", "D-11"), ("T9.1", "T9.5")):
            after = {name: text.replace(old, new) for name, text in after.items()}
            known = "T1.1" if old == "T9.1" else old
            after = {
                name: re.sub(rf"\bid: {new}\b(?!\.)(,?)", rf"id: {new}\1\n  formerly: [{known}]\1", text)
                for name, text in after.items()
            }
        events = compare(portal_of(before), portal_of(after), DAY).events
        assert {event.text for event in events} == {
            "T1 is now called T9.",
            "T1.1 is now called T9.5.",
            "M2 is now called M7.",
            "D-01 is now called D-11.",
        }

    def test_a_programme_is_told_by_its_names(
        self, portal_of: Callable[[dict[str, str]], Portal], tmp_path: Path
    ) -> None:
        before = portal_of(FILES)
        (tmp_path / "data/programmes/demo").rename(tmp_path / "data/programmes/port")
        portfolio, head = tmp_path / "data/portfolio.yml", tmp_path / "data/programmes/port/programme.yml"
        portfolio.write_text(portfolio.read_text("utf-8").replace("[demo]", "[port]"), "utf-8")
        head.write_text(head.read_text("utf-8").replace("id: demo", "id: port\nformerly: [demo]"), "utf-8")
        after = SmallProject(tmp_path).check().portal
        assert after is not None
        assert facts(compare(before, after, DAY).events) == [("port", "corrected", "demo is now called port.")]

    def test_without_it_one_went_and_another_came(self, portal_of: Callable[[dict[str, str]], Portal]) -> None:
        after = FILES | {"tasks": TASKS.replace("{id: T1.1,", "{id: T1.2,")}
        assert [event.text for event in compare(portal_of(FILES), portal_of(after), DAY).events] == [
            "T1.1 was removed.",
            "T1.2 was added.",
        ]


def test_an_exception_that_is_accepted_is_an_event(portal_of: Callable[[dict[str, str]], Portal]) -> None:
    before = FILES | {"tasks": TASKS.replace("{id: T1.1, progress: 36}", "{id: T1.1, progress: 30}")}
    accept = "  accept: [{rule: rollup-mismatch, figures: {reported: 36, computed: 30}, reason: Known}]\n"
    after = before | {"tasks": before["tasks"].replace("  updates:", f"{accept}  updates:")}
    assert facts(compare(portal_of(before), portal_of(after), DAY).events) == [
        ("demo/T1", "accepted", "T1 has an exception from rollup-mismatch, for computed 30, reported 36: Known.")
    ]


def test_every_field_of_every_record_is_compared() -> None:
    """A field that nobody has sorted would change without anyone hearing of it."""
    groups = (
        meaning.NAMES,
        meaning.ENTITIES,
        meaning.REPORTS,
        meaning.DAYS,
        meaning.APART,
        meaning.SCOPE,
        meaning.WORDS,
    )
    records: list[type[Record]] = [Programme, Milestone, Task, Subtask, Sprint, *(kind.entry for kind in REGISTERS)]
    fields = {field for record in records for field in record.model_fields}
    assert {field: sum(field in group for group in groups) for field in fields} == dict.fromkeys(fields, 1)
