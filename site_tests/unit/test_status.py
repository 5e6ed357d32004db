"""One module says which state something is in; everyone who shows it, counts it or judges it asks there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import milepost
from conftest import SmallProject
from milepost.model.status import (
    State,
    is_complete,
    is_outstanding,
    is_reported_complete,
    says_complete,
    says_open,
    state_of,
)

Project = Callable[..., SmallProject]
DAY = "completed: 2026-01-02"
APPROVAL = "approval: {date: 2026-01-03, by: editor}"


@pytest.mark.parametrize(
    ("fields", "expected", "who"),
    [
        ("status: complete", State.COMPLETE, "reported"),
        (DAY, State.COMPLETE, "reported"),
        ("progress: 100", State.COMPLETE, "reported"),
        ("progress: 99", State.IN_PROGRESS, "no line"),
        ("progress: 0", State.NOT_STARTED, "no line"),
        ("title: Nothing", State.UNREPORTED, "no line"),
        ("status: blocked", State.BLOCKED, "no line"),
        ("status: at-risk, progress: 40", State.AT_RISK, "no line"),
        ("subtasks: [{id: T1.1, progress: 100}]", State.COMPLETE, "no line"),
        ("subtasks: [{id: T1.1, progress: 100}, {id: T1.2}]", State.IN_PROGRESS, "no line"),
    ],
)
def test_a_word_comes_first_then_a_day_then_the_figure(
    fields: str, expected: State, who: str, small_project: Project
) -> None:
    portal = small_project(tasks=f"- {{id: T1, {fields}}}\n").check().portal
    assert portal is not None
    (task,) = portal.programmes[0].tasks
    assert state_of(task) is expected
    assert is_complete(task) is (expected is State.COMPLETE)
    assert is_reported_complete(task) is (who == "reported")
    assert (says_complete(task) is not None) is (expected is State.COMPLETE)
    assert says_complete(task) is None or says_open(task) is None


def test_an_approved_milestone_is_complete_and_its_approval_is_a_change_of_its_own(
    small_project: Project,
) -> None:
    portal = small_project(milestones=f"- {{id: M1, {APPROVAL}}}\n").check().portal
    assert portal is not None
    (milestone,) = portal.programmes[0].milestones
    said = says_complete(milestone)
    assert state_of(milestone) is State.COMPLETE
    assert said is not None
    assert (said.name, said.value, said.words) == ("approval", "2026-01-03", "was approved on 2026-01-03")
    assert not is_reported_complete(milestone)
    assert not is_outstanding(milestone)


def test_exit_criteria_that_were_achieved_complete_nothing_but_end_the_waiting(small_project: Project) -> None:
    milestones = "- {id: M1, progress: 60, exit_criteria: {criteria: [A], achieved: {how: Seen., evidence: [log]}}}\n"
    portal = small_project(milestones=milestones).check().portal
    assert portal is not None
    (milestone,) = portal.programmes[0].milestones
    assert state_of(milestone) is State.IN_PROGRESS
    assert not is_outstanding(milestone)


def test_nobody_else_decides_by_the_word_of_a_status() -> None:
    """A comparison with Status.COMPLETE is an answer of its own."""
    package = Path(milepost.__file__).parent
    allowed = {"model/status.py", "check/rules/status_mismatch.py"}
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "Status.COMPLETE" in path.read_text("utf-8")
    }
    assert found <= allowed
