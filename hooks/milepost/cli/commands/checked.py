"""What most commands begin with: the data, checked, and how to say what came of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from milepost.check.run import Checked
from milepost.check.with_history import check_with_history
from milepost.cli.console import print_diagnostics, summary, tell
from milepost.cli.options import as_of_day
from milepost.data.loader import DATA_FOLDER
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import Severity, ordered
from milepost.history.ledger import ahead_of
from milepost.text.plain import choose, counted

FOUND_ERRORS = 1
"""The exit status of a command that found errors."""


def data_folder(project: Path) -> Path:
    """The folder of the data; that there is none is wrong usage."""
    folder = project / DATA_FOLDER
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {DATA_FOLDER} in {project.absolute()}")
    return folder


def checked_data(project: Path, as_of: date | None) -> Checked:
    """The data of `project`, checked as of a day; that there is none is wrong usage."""
    data_folder(project)
    checked = check_with_history(project, as_of_day(as_of))
    # Snapshots are made by the clock, also where the data is judged as of an earlier day.
    rows = checked.portal.snapshots if checked.portal is not None else ()
    ahead = ahead_of(rows, max(as_of_day(as_of), as_of_day(None)))
    return replace(checked, diagnostics=ordered((*checked.diagnostics, *ahead)))


def conclusion(checked: Checked) -> str:
    """What came of a check, in a sentence."""
    accepted = len(checked.verdict.accepted)
    state = "The data is sound" if checked.is_sound else "The data is not sound"
    left = f" {what_was_left(checked)}" if checked.unchecked else ""
    exceptions = f", {counted(accepted, 'accepted disagreement')}" if accepted else ""
    worst = {found.severity for found in checked.diagnostics}
    return f"{state}: {summary(checked.diagnostics)}{exceptions}.{left}" if worst or accepted else f"{state}."


def what_was_left(checked: Checked) -> str:
    """That a gate stopped those after it, as a sentence; nothing where each was reached."""
    if not checked.unchecked:
        return ""
    errors = sum(found.severity is Severity.ERROR for found in checked.diagnostics)
    gates = " and ".join(checked.unchecked).capitalize()
    return f"{gates} were not checked: mend {choose(errors, 'this', 'these')} first."


def stop_unsound(project: Path, checked: Checked, what_stands: str) -> NoReturn:
    """Print what is wrong with the data, say what stands now, and end the command."""
    print_diagnostics(checked.diagnostics, line_reader(("", project)))
    tell(f"{conclusion(checked)} {what_stands}")
    sys.exit(FOUND_ERRORS)
