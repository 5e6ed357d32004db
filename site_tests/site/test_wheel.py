"""Milepost as other repositories install it: a wheel by itself, and the pre-commit hook that runs its check."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import PROJECT, SmallProject
from milepost.cli.main import main

HOOKS = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
PACKAGE = PROJECT / "hooks/milepost"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the repository makes."""
    source = tmp_path_factory.mktemp("source") / "milepost"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, source)
    for name in ("hooks", "overrides", "content"):
        left = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(PROJECT / name, source / name, ignore=left, symlinks=True)
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", "built", "."]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *build], cwd=source, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (built,) = (source / "built").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what installing the repository gives, and nothing of the repository."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as wheel_file:
        wheel_file.extractall(target)
    return target


def test_the_wheel_holds_every_file_of_the_package(installed: Path) -> None:
    def files(folder: Path) -> list[str]:
        walked = os.walk(folder, followlinks=True)
        found = (Path(place, name).relative_to(folder).as_posix() for place, _, names in walked for name in names)
        return sorted(name for name in found if "__pycache__" not in name)

    assert files(installed / "milepost") == files(PACKAGE)


def run_installed(installed: Path, folder: Path, *arguments: str) -> str:
    """Run the command in `folder` as the wheel alone gives it, and give what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "SOURCE_DATE_EPOCH": "1795305600"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_portal_works_with_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    place = run_installed(installed, tmp_path, "-c", "import milepost; print(milepost.__file__)")
    assert Path(place.strip()).is_relative_to(installed)
    run_installed(installed, tmp_path, "-m", "milepost", "init", "portal")
    portal = tmp_path / "portal"
    run_installed(installed, portal, "-m", "milepost", "check", "--strict")
    run_installed(installed, portal, "-m", "milepost", "build")
    for name in ("milepost.css", "milepost.js"):
        assert (portal / "site/assets" / name).read_bytes() == (PROJECT / "overrides/assets" / name).read_bytes()
    overview = (portal / "site/index.html").read_text("utf-8")
    assert "assets/milepost.css" in overview
    assert 'id="mp-hatch"' in overview, "the theme's templates are the package's"
    handbook = {path.stem for path in (PROJECT / "content/handbook").glob("*.md")}
    assert {path.stem for path in (portal / "site/handbook").glob("*.html")} >= handbook


def test_others_install_what_a_new_portal_names_once_it_is_there(installed: Path, wheel: Path, tmp_path: Path) -> None:
    run_installed(installed, tmp_path, "-m", "milepost", "init", "portal")
    portal, target = tmp_path / "portal", tmp_path / "target"
    options = ["--quiet", "--no-deps", "--no-index", "--target", str(target), "-r", "requirements.txt"]

    def install() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pip", "install", *options]
        return subprocess.run(command, cwd=portal, capture_output=True, text=True, check=False)

    missing = install()
    assert missing.returncode != 0
    assert f"wheels/{wheel.name}" in missing.stderr
    (portal / "wheels").mkdir()
    shutil.copy(wheel, portal / "wheels")
    done = install()
    assert done.returncode == 0, done.stderr
    assert (target / "milepost/cli/main.py").is_file()


def run_hook(hook: dict[str, Any], installed: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a hook's entry in `folder` by the command that the wheel installs."""
    command, *arguments = hook["entry"].split()
    (metadata,) = installed.glob("*.dist-info")
    (script,) = (point for point in PathDistribution(metadata).entry_points if point.name == command)
    code = f"import sys; from {script.module} import {script.attr}; sys.exit({script.attr}())"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_works_where_there_is_data_and_nothing_else(
    hook: dict[str, Any], installed: Path, small_project: Callable[..., SmallProject]
) -> None:
    sound = small_project().folder
    assert sorted(path.name for path in sound.iterdir()) == ["data"]
    done = run_hook(hook, installed, sound)
    assert done.returncode == 0, done.stdout + done.stderr
    broken = small_project(tasks="- {id: T1, progress: 450}\n").folder
    done = run_hook(hook, installed, broken)
    assert done.returncode == 1
    assert "data/programmes/demo/tasks.yml:1:22: error[percentage-range]" in done.stdout


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_a_command_on_the_files_that_the_command_reads(hook: dict[str, Any]) -> None:
    program, command = hook["entry"].split()
    assert (program, hook["language"]) == ("milepost", "python")
    assert command in main.commands, f"{command} is no command of milepost"
    assert hook["pass_filenames"] is False, "the check reads the whole project, and takes no names of files"
    assert {"id", "name", "description"} <= hook.keys()
    read = [name for name in ("data/people.yml", "content/index.md", "hooks/x.py") if re.search(hook["files"], name)]
    assert read == ["data/people.yml", "content/index.md"]


def test_the_handbook_names_every_hook() -> None:
    handbook = (PROJECT / "content/handbook/your-own.md").read_text("utf-8")
    assert [hook["id"] for hook in HOOKS if f"id: {hook['id']}" not in handbook] == []
