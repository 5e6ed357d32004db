"""What prose-percentage reads in sentences, what it compares them with, and how well it reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject, marked
from measure_prose import HALVES, measure
from milepost.text.claims import claims

Project = Callable[..., SmallProject]
RULE = "prose-percentage"


@pytest.mark.parametrize(("half", "precision", "recall"), [("tuning", 1.0, 1.0), ("held_out", 0.95, 0.9)])
def test_claims_are_read_well_enough(half: str, precision: float, recall: float) -> None:
    found = measure(half)
    assert found.precision >= precision, found.wrong
    assert found.recall >= recall, found.missed


def test_there_are_sentences_enough() -> None:
    assert sum(measure(half).sentences for half in HALVES) >= 80


def test_a_claim_knows_its_place() -> None:
    [claim] = claims("Well. **T1** is at 40.50 % now.")
    assert (claim.subject, claim.figure, claim.offset) == ("T1", "40.5", 19)


@pytest.mark.parametrize("piece", ["T1, ", "T1 now ", "{{", "(", "[[", "T1 at 4 %, ", "so it is at 4 % ", " ", "a-1"])
def test_reading_costs_little_whatever_the_text(piece: str) -> None:
    list(claims("T1 " + piece * 5000 + " 5 %"))


def found_in(project: SmallProject) -> list[tuple[str, int, int]]:
    return [(name, line, column) for name, line, column, rule in project.found if rule == RULE]


TASK = "- {{id: T1, title: Inspection registry, progress: 60, subtasks: [{{id: T1.1, progress: 60}}], notes: [{}]}}\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "T1 is at 80 %",
        "This task is at 80 %",
        "Now 80 % complete",
        "Inspection registry stands at 80 %",
        "T1.1 is 80 % complete",
        '"[[demo/T1]]: 80 %"',
        '"[[demo]] stands at 80 %"',
    ],
)
def test_a_sentence_that_says_another_figure_is_found(small_project: Project, sentence: str) -> None:
    assert len(found_in(small_project(tasks=TASK.format(sentence)))) == 1
    assert small_project(tasks=TASK.format(sentence.replace("80", "60"))).found == []


@pytest.mark.parametrize("sentence", ["This milestone is at 80 %", "T9 is at 80 %", "T1 targets 80 %"])
def test_what_is_said_of_something_else_is_left_alone(small_project: Project, sentence: str) -> None:
    assert small_project(tasks=TASK.format(sentence)).found == []


def test_both_figures_agree_and_a_figure_that_nobody_reports_does_not(small_project: Project) -> None:
    tasks, places = marked(
        """\
        - id: T1
          progress: 50
          subtasks: [{id: T1.1, progress: 100}, {id: T1.2, progress: 0}, {id: T1.3}]
        - {id: T2, summary: »T2 is at 10 %, notes: [T1 is at 50 %]}
        """
    )
    project = small_project(tasks=tasks)
    assert found_in(project) == [("tasks.yml", *places[0])]
    assert "no figure of it is reported" in project.text


def test_wishes_are_no_statements(small_project: Project) -> None:
    milestones = "- {id: M1, goals: [T1 is 100 % complete], exit_criteria: [T1 is 100 % complete], includes: [T1]}\n"
    assert small_project(milestones=milestones, tasks="- {id: T1, progress: 60}\n").found == []


def test_a_dated_report_is_compared_with_its_own_day(small_project: Project) -> None:
    tasks, places = marked(
        """\
        - id: T1
          progress: 90
          updates:
            - {date: 2025-03-01, progress: 40, text: T1 is at 40 %.}
            - {date: 2025-03-08, progress: 50, text: »Now 90 % complete.}
            - {date: 2025-02-01, text: T1 is at 10 %.}
            - {date: 2025-03-09, text: T1 is at 50 %.}
        """
    )
    tracker, activity = marked(
        "activity: [{date: 2025-03-02, text: T1 is at 40 %}, {date: 2025-03-03, text: »T1 is at 90 %}]\n"
    )
    project = small_project(tasks=tasks, tracker=tracker)
    assert found_in(project) == [("tasks.yml", *places[0]), ("tracker.yml", *activity[0])]


def test_a_finding_can_be_accepted(small_project: Project) -> None:
    accepted = (
        "- {id: T1, progress: 60, notes: [T1 is at 80 %], "
        "accept: [{rule: prose-percentage, figures: {said: 80, reported: 60}, reason: The note is older.}]}\n"
    )
    assert small_project(tasks=accepted).found == []


def test_an_authored_page_is_read_without_its_code_and_macros(small_project: Project) -> None:
    page, places = marked(
        """\
        ---
        programme: demo
        title: T1 is at 80 %
        ---

        # Demo

        - T1 is at 60 %, **T1** is now
          at »80 %. `T1 is at 80 %`
        - {{ progress("demo/T1") }} T1 needs 20 % more.

        <!-- T1 is at 80 % -->
        ```
        T1 is at 80 %
        ```
        The programme stands at »70 %.
        """
    )
    project = small_project({"content/programmes/demo.md": page}, tasks="- {id: T1, progress: 60}\n")
    assert found_in(project) == [("demo.md", *place) for place in places]
