"""What all tests share: small projects written in place, the five programmes of the fixture, and sites built once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import settings

from commands import milepost, milepost_process
from hostile import (
    HARMLESS,
    HOSTILE,
    HOSTILE_FILES,
    HOSTILE_LINES,
    build_unchecked,
    no_markup_refused,
    telling,
)
from milepost.check.run import check_project
from milepost.history.revisions import read_past
from milepost.history.timeline import Past
from milepost.report import Report, make_report
from milepost.site.build import Artifact, build
from projects import (
    BASE_FILES,
    FIVE,
    GOLDEN_DAY,
    GOLDEN_PROJECT,
    PROJECT,
    SITE_ADDRESS,
    TODAY,
    SmallProject,
    copy_project,
    copy_settings,
    write_files,
    write_project,
)
from shared import made_once

__all__ = [
    "BASE_FILES",
    "FIVE",
    "GOLDEN_DAY",
    "GOLDEN_PROJECT",
    "HOSTILE",
    "HOSTILE_FILES",
    "PROJECT",
    "SITE_ADDRESS",
    "TODAY",
    "SmallProject",
    "copy_project",
    "copy_settings",
    "made_once",
    "marked",
    "milepost",
    "milepost_process",
    "no_markup_refused",
    "write_files",
    "write_project",
]

pytest_plugins = ["browsing"]

settings.register_profile("quick", max_examples=25)
settings.register_profile("thorough", max_examples=460)
settings.load_profile("quick")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: one that waits for a browser or a build leaves its own idle."""
    return (os.cpu_count() or 1) + 1


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
    """A copy of the project of the five programmes, to change."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def five_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the five programmes, to read."""
    return made_once("five", tmp_path_factory, lambda folder: copy_project(folder / "project")) / "project"


@pytest.fixture(scope="session")
def built_site(five_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the five programmes, built once."""

    def make(folder: Path) -> None:
        done = milepost("build", "--site", str(folder / "site"), folder=five_project)
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once("site-of-five", tmp_path_factory, make) / "site"


@pytest.fixture(scope="session")
def own_report(five_project: Path) -> Report:
    """What the data of the five programmes says: the model that the built site is compared with."""
    return make_report(check_project(five_project, TODAY), read_past(five_project, TODAY))


@pytest.fixture(scope="session")
def own_artifacts(own_report: Report) -> tuple[Artifact, ...]:
    """Everything that the site of the five programmes is made of."""
    return tuple(build(own_report))


def site_of(name: str, files: Mapping[str, str], factory: pytest.TempPathFactory) -> Path:
    """The site of a project whose texts no check has refused, made once."""
    return made_once(name, factory, lambda folder: build_unchecked(folder, files)) / "project/site"


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project whose every text tries to be more than text, and which no check has refused."""
    return site_of("hostile", HOSTILE_FILES, tmp_path_factory)


@pytest.fixture(scope="session")
def hostile_lines_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with texts of many lines, each of which tries to be something else."""
    return site_of("hostile-lines", telling(HOSTILE_LINES), tmp_path_factory)


@pytest.fixture(scope="session")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with plain words."""
    return site_of("harmless", telling(HARMLESS), tmp_path_factory)


@pytest.fixture(scope="session")
def golden_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the golden project, which holds one of everything: what is blocked, at risk, disagrees, is empty."""

    def make(folder: Path) -> None:
        project = write_project(folder / "project", {})
        shutil.copy(FIVE / "content/index.md", project / "content")
        shutil.copytree(GOLDEN_PROJECT / "data", project / "data")
        done = milepost("build", "--as-of", GOLDEN_DAY.isoformat(), folder=project, handbook=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return made_once("golden", tmp_path_factory, make) / "project/site"


@pytest.fixture(scope="session")
def golden_report() -> Report:
    """What the data of the golden project says."""
    return make_report(check_project(GOLDEN_PROJECT, GOLDEN_DAY), Past())


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` without its marks », and the line and column, counted from 1, of what stands behind each."""
    places: list[tuple[int, int]] = []
    lines = dedent(text).split("\n")
    for number, line in enumerate(lines, start=1):
        pieces = line.split("»")
        places += [(number, len("".join(pieces[:count])) + 1) for count in range(1, len(pieces))]
    return "\n".join(lines).replace("»", ""), places
