"""Projects that tests write, copy and check: small ones, the five programmes of the fixture, and the golden one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent

from milepost.check.run import Checked, check_project
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import Diagnostic, as_text
from short_handbook import shorten_navigation

PROJECT = Path(__file__).parent.parent
"""The repository: tests read its code, its settings and its handbook there, and neither its data nor its history."""
FIVE = PROJECT / "site_tests/five"
"""Five programmes as they were when this copy was made: a change to the project's own data does not change it."""
SITE_ADDRESS = re.findall(r"^site_url: .*\"(\S+)\"", (PROJECT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)[0]
TODAY = date(2026, 11, 22)
GOLDEN_PROJECT = PROJECT / "site_tests/golden/project"
GOLDEN_DAY = date(2026, 3, 15)

BASE_FILES = {
    "data/portfolio.yml": """\
        title: Demo portfolio
        publisher: Demo office
        programmes: [demo]
        feed_authority: demo.example,2026
        """,
    "data/people.yml": """\
        - {id: editor, title: Editor, kind: role}
        """,
    "data/programmes/demo/programme.yml": """\
        id: demo
        title: Demo
        owner: editor
        recorded: 2026-01-01
        """,
}
"""A sound project with one empty programme that still reports; a test adds the files that it is about."""


@dataclass(frozen=True)
class SmallProject:
    """A project that a test has written, and what checking it gives."""

    folder: Path

    def check(self) -> Checked:
        return check_project(self.folder, TODAY)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.check().diagnostics

    @property
    def found(self) -> list[tuple[str, int, int, str]]:
        """Each finding as file name, line, column and rule."""
        return [(Path(entry.path).name, entry.line, entry.column, entry.rule) for entry in self.diagnostics]

    @property
    def text(self) -> str:
        return as_text(self.diagnostics, line_reader(("", self.folder)))


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())


def copy_settings(folder: Path, *, handbook: bool = True) -> None:
    """Copy what a project has besides its data and its pages: the settings, the hook and the look.

    handbook: whether the settings name the pages of the whole handbook.
    """
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    if not handbook:
        shorten_navigation(folder / "mkdocs.yml")
    shutil.copytree(PROJECT / "overrides", folder / "overrides")
    write_files(folder, {"hooks/portal.py": (PROJECT / "hooks/portal.py").read_bytes()})


def copy_project(folder: Path) -> Path:
    """Write the project of the five programmes to a new `folder`, with the handbook as it stands now."""
    folder.mkdir()
    copy_settings(folder)
    shutil.copytree(FIVE, folder, dirs_exist_ok=True)
    shutil.copytree(PROJECT / "content/handbook", folder / "content/handbook")
    return folder


def write_project(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a project of some files to a new `folder`, to be built with the short handbook."""
    (folder / "content").mkdir(parents=True)
    copy_settings(folder, handbook=False)
    write_files(folder, files)
    return folder
