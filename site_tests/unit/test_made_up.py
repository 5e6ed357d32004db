"""The data that speed is measured on: as many tasks as asked for, sound, the same each time, and of every kind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conftest import PROJECT, TODAY
from milepost.check.run import check_project

sys.path.insert(0, str(PROJECT / "site_tests/bench"))

from made_up import files, write


@pytest.mark.parametrize("tasks", [1, 9, 10, 201, 450])
def test_it_is_sound_and_holds_as_many_tasks(tmp_path: Path, tasks: int) -> None:
    write(tmp_path, tasks)
    checked = check_project(tmp_path, TODAY)
    assert checked.diagnostics == ()
    assert checked.portal is not None
    assert sum(len(programme.tasks) for programme in checked.portal.programmes) == tasks


def test_it_has_milestones_parts_reports_rows_and_registers(tmp_path: Path) -> None:
    write(tmp_path, 20)
    portal = check_project(tmp_path, TODAY).portal
    assert portal is not None
    (programme,) = portal.programmes
    assert [len(milestone.tasks) for milestone in programme.milestones] == [10, 10]
    assert {len(task.subtasks) for task in programme.tasks} == {2}
    assert sum(len(task.sprints) for task in programme.tasks) == 4
    assert all(task.record.updates and task.row for task in programme.tasks)
    assert {name: len(entries) for name, entries in programme.registers.items() if entries} == {
        "decisions": 2,
        "risks": 2,
    }


def test_the_same_number_gives_the_same_files() -> None:
    assert list(files(450)) == list(files(450))
