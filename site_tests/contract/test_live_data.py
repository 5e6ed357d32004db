"""The one test of the project's own data: all others are about fixtures, so that a sound change to data breaks none."""

from __future__ import annotations

import os

from conftest import PROJECT
from milepost.check.run import check_project
from milepost.data.clock import today
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import as_text, has_errors


def test_the_projects_own_data_and_pages_are_sound_today() -> None:
    """As `milepost check` says it, on the day on which it is asked."""
    found = check_project(PROJECT, today(os.environ)).diagnostics
    assert not has_errors(found), as_text(found, line_reader(("", PROJECT)))
