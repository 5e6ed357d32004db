"""Builds that are killed, interrupted, out of disk or two at once: the site is the old one or the new one, whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from commands import SHORT, milepost
from conftest import BASE_FILES, write_files, write_project
from milepost.cli import swap

DRIVER = Path(__file__).with_name("stopped_builds.py")
OLD = {"index.html": "old\n", "demo/M9.html": "an old page\n"}
NEW = {"index.html": "new\n", "demo/M1.html": "a new page\n", "assets/a.css": "a {}\n"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with hardly any data, so that building it is quick."""
    files = {**BASE_FILES, "data/programmes/demo/tasks.yml": "- id: T1\n"}
    return write_project(tmp_path_factory.mktemp("stopped") / "project", files)


WAYS = ("kill", "interrupt", "full-disk")
Runs = list[dict[str, Any]]


@pytest.fixture(scope="module", params=[2, pytest.param(40, marks=pytest.mark.thorough)])
def stopped(project: Path, request: pytest.FixtureRequest) -> dict[str, Runs]:
    """What builds that were stopped in each way left: at so many steps, and at those around the exchange."""
    count: int = request.param
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(project), str(count), *WAYS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for way, told in found.items():
        assert told["steps"] > 300, "a build writes every page and removes every old one"
        assert len(told["runs"]) >= count or way == list(found)[-1], "one that left neither site ends all"
    return {way: told["runs"] for way, told in found.items()}


def whole_runs(stopped: dict[str, Runs], way: str) -> Runs:
    """Those stopped in one way: before the exchange, and after it."""
    assert way in stopped, f"of {list(stopped)} the last left neither site"
    assert {True, False} == {run["is_new"] for run in stopped[way]}
    return stopped[way]


def is_old_or_new(run: dict[str, Any]) -> bool:
    return bool(run["is_old"] != run["is_new"])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are stopped in forked processes, which this system has not")
class TestStoppedAtSteps:
    def test_a_build_killed_at_any_step_leaves_the_old_site_or_the_new_one(self, stopped: dict[str, Runs]) -> None:
        for run in whole_runs(stopped, "kill"):
            assert run["status"] == -signal.SIGKILL, run
            assert is_old_or_new(run), run
            assert run["left_by_next"] == [], run
            assert run.get("next", 0) == 0, run
            assert run["progress"] != "neither", run

    def test_ctrl_c_at_any_step_is_told_in_words_and_leaves_nothing_half_built(self, stopped: dict[str, Runs]) -> None:
        for run in whole_runs(stopped, "interrupt"):
            assert run["status"] == 1, run
            assert run["said"] == "Stopped; site/ is whole, and has nothing half built in it.\n", run
            assert is_old_or_new(run), run
            # The very last step is the removal of the lock, which holds nothing once the process has ended.
            assert run["left"] == [] or run["step"].endswith(".site.lock"), run

    def test_a_full_disk_is_told_in_words_and_leaves_the_old_site(self, stopped: dict[str, Runs]) -> None:
        for run in whole_runs(stopped, "full-disk"):
            assert "Traceback" not in run["said"], run
            assert run["left"] == [], run
            if run["is_old"]:
                assert run["status"] == 1, run
                assert run["said"].startswith("The disk is full: make room, and build again. ("), run
                assert run["said"].endswith("Nothing was published; site/ is as it was.\n"), run
            else:
                assert run["status"] == 0, run


KILL_AT = """\
import os, signal, sys
from pathlib import Path
from milepost.cli import swap

folder, point, exchanges = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "exchange"
if not exchanges:
    swap._exchanged = lambda first, second: False
steps = 0

def hook(event, arguments):
    global steps
    if event in {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "ctypes.dlsym"}:
        steps += 1
        if steps == point:
            os.kill(os.getpid(), signal.SIGKILL)

def make(fresh):
    for name in ("index.html", "demo/M1.html", "assets/a.css"):
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
    (fresh / "index.html").write_text("new\\n")
    (fresh / "demo/M1.html").write_text("a new page\\n")
    (fresh / "assets/a.css").write_text("a {}\\n")

sys.addaudithook(hook)
swap.replace_folder(folder, make)
print("done")
"""


def files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill that cannot be caught")
@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_a_swap_killed_at_every_single_step_is_put_right_by_the_next_run(way: str, tmp_path: Path) -> None:
    """Where folders can be exchanged there is nothing to put right: the folder is never missing."""
    gaps = 0
    for point in range(1, 100):
        folder = tmp_path / str(point) / "site"
        write_files(folder, OLD)
        done = subprocess.run(
            [sys.executable, "-c", KILL_AT, str(folder), str(point), way], capture_output=True, text=True, check=False
        )
        gaps += not folder.exists()
        if way == "exchange":
            assert files(folder) in (OLD, NEW), point
        swap.recover(folder)
        assert files(folder) in (OLD, NEW), point
        assert [path.name for path in folder.parent.iterdir()] == ["site"], point
        if done.stdout == "done\n":
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout == "done\n"
    assert point > 15
    assert gaps == (0 if way == "exchange" else 1)


def test_folders_are_exchanged_in_one_step_on_this_system(tmp_path: Path) -> None:
    if not sys.platform.startswith(("linux", "darwin")):
        pytest.skip("this system has no call for it; the two renames are tested above")
    write_files(tmp_path / "a", OLD)
    write_files(tmp_path / "b", NEW)
    assert swap._exchanged(tmp_path / "a", tmp_path / "b")
    assert (files(tmp_path / "a"), files(tmp_path / "b")) == (NEW, OLD)


def test_a_second_run_on_the_same_folder_is_refused_and_spoils_nothing(tmp_path: Path) -> None:
    write_files(tmp_path / "site", OLD)

    def make(fresh: Path) -> None:
        write_files(fresh, NEW)
        with pytest.raises(swap.BusyError):
            swap.replace_folder(tmp_path / "site", fill)
        with pytest.raises(swap.BusyError):
            swap.recover(tmp_path / "site")
        assert files(fresh) == NEW

    swap.replace_folder(tmp_path / "site", make)
    assert files(tmp_path) == {f"site/{name}": text for name, text in NEW.items()}


def fill(fresh: Path) -> None:
    write_files(fresh, {"index.html": "another\n"})


def test_two_builds_at_once_end_in_one_whole_site_and_a_word_to_the_other(project: Path) -> None:
    assert milepost("build", folder=project, handbook=False).returncode == 0
    whole = files_of(project / "site")
    command = [sys.executable, "-c", f"{SHORT}main()", "build"]
    running = [subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate()[1] for process in running]
    statuses = sorted(process.returncode for process in running)
    # Where the machine ran them one after the other, both were built.
    assert statuses in ([0, 1], [0, 0]), told
    if 1 in statuses:
        assert "Another build is at work on this folder." in "".join(told)
    assert files_of(project / "site") == whole
    assert list(project.glob(".site*")) == []


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["README.md", "notes/plan.txt"])
def test_a_file_that_stands_where_the_site_would_go_is_not_replaced(name: str, project: Path) -> None:
    write_files(project, {name: "Kept.\n"})
    done = milepost("build", "--site", name, folder=project)
    assert done.returncode == 2
    assert (project / name).read_text("utf-8") == "Kept.\n"
