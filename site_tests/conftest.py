"""What all tests share: the project's own data, small projects written in place, and one built site."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from milepost.check import Checked, check_project
from milepost.diagnostics import Diagnostic, as_text
from milepost.source import line_reader

PROJECT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)

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
        recorded: 2026-01-01
        """,
}
"""A sound project with one empty programme; a test adds the files that it is about."""


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


@pytest.fixture
def small_project(tmp_path: Path) -> Callable[..., SmallProject]:
    """Writes a project of the base files and those given by path; a path without a folder is the demo programme's."""

    def write(files: Mapping[str, str | bytes] | None = None, **named: str) -> SmallProject:
        chosen = {f"data/programmes/demo/{name}.yml": text for name, text in named.items()}
        write_files(tmp_path, {**BASE_FILES, **chosen, **(files or {})})
        return SmallProject(tmp_path)

    return write


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the project's own sources, to change."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("content", "data", "hooks", "overrides"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    return folder


def milepost(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "milepost.cli", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the project's own data, built once."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = milepost("build", "--site", str(folder), folder=PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
