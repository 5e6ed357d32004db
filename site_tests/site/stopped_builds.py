"""Builds a project again and again, each time stopped in some way at another of its steps, and tells what was left.

A step is a change to the file system below the site's folder, or beside it: a file opened for writing, a folder made,
a name changed or removed, two folders exchanged. Python announces each before it is done, so that a run can be stopped
there without a clock: the steps are the same on a fast machine and on a slow one. Each run is a process of its own.

Usage: python stopped_builds.py PROJECT COUNT HOW..., where each HOW is one of HOWS; prints a JSON object of each.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from pytest import MonkeyPatch  # noqa: PT013  # nothing else of it is used here

from milepost.cli.main import main
from milepost.cli.swap import recover
from short_handbook import shorten_handbook

FIGURES = ("45", "55")
"""The progress of the project's only task, before and after, so that the old site can be told from the new one."""
NAMES = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "ctypes.dlsym"})
WRITES = frozenset({"open", "os.mkdir"})
EXCHANGE = "ctypes.dlsym renameat2"
FAILING_BUILD = 6
"""How many of the stopped runs are followed by one that is let be: that one costs as much as all its steps."""

Act = Callable[[str], None]


def kill(_: str) -> None:
    """End the process as a kill does, or a power cut to it: nothing of it runs any more."""
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt(_: str) -> None:
    """Press Ctrl+C."""
    os.kill(os.getpid(), signal.SIGINT)


def fill_disk(step: str) -> None:
    """Let nothing more be written; what is there can still be renamed and removed."""
    if step.partition(" ")[0] in WRITES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), step.partition(" ")[2])


def goes_on(_: str) -> None:
    """Let it be."""


HOWS: dict[str, Act] = {"kill": kill, "interrupt": interrupt, "full-disk": fill_disk, "none": goes_on}
STAYS = frozenset({"full-disk"})
"""What, once begun, goes on at every later step."""


def step_of(event: str, arguments: tuple[Any, ...], places: tuple[str, ...]) -> str | None:
    """The step that an event of Python's announces, in words; None where it changes nothing of the project."""
    if event not in NAMES:
        return None
    if event == "ctypes.dlsym":
        step = f"{event} {arguments[1]}"
        return step if step == EXCHANGE else None
    name = os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes | os.PathLike) else ""
    if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return None
    # A tree is removed by names below an open folder.
    below = name.startswith(places) or (event in {"os.remove", "os.rmdir"} and not name.startswith("/"))
    return f"{event} {name}" if below else None


def watch(project: Path, act: Act, point: int, *, stays: bool, steps: list[str]) -> None:
    """From here on keep the steps of this process, and `act` at the one numbered `point`."""

    places = str(project / "site"), str(project / ".site.")

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        step = step_of(event, arguments, places)
        if step is not None:
            steps.append(step)
            if len(steps) - 1 == point or (stays and len(steps) - 1 > point):
                act(step)

    sys.addaudithook(hook)


def build(project: Path, how: str, point: int) -> dict[str, Any]:
    """Build in a process of its own, stopped at a step; its exit status, what it said, and its steps."""
    said, told = project / ".said", project / ".steps"
    child = os.fork()
    if child == 0:
        output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        steps: list[str] = []
        watch(project, HOWS[how], point, stays=how in STAYS, steps=steps)
        os.chdir(project)
        # Who runs the tests in the background may have let it be ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status = 0
        try:
            main(["build"])
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        Path(told).write_text("\n".join(steps), "utf-8")
        os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps_told = told.read_text("utf-8").split("\n") if told.exists() else []
    found = {"status": status, "said": said.read_text("utf-8"), "steps": steps_told}
    said.unlink()
    told.unlink(missing_ok=True)
    return found


def digest(folder: Path) -> str:
    """A digest of every name and byte below `folder`."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def beside(project: Path) -> list[str]:
    """What of a build lies beside the site."""
    return sorted(path.name for path in project.glob(".site*"))


def write(project: Path, figure: str) -> None:
    """Let the data say another figure."""
    (project / "data/programmes/demo/tasks.yml").write_text(f"- id: T1\n  progress: {figure}\n", "utf-8")


def points(steps: list[str], count: int) -> Iterator[int]:
    """Steps spread evenly over a run, and each of those around the exchange."""
    spread = {round(place * (len(steps) - 1) / (count - 1)) for place in range(count)}
    exchange = steps.index(EXCHANGE) if EXCHANGE in steps else len(steps) - 1
    around = range(exchange - 1, min(exchange + 3, len(steps)))
    return iter(sorted(spread.union(around)))


def run(project: Path, count: int, hows: list[str]) -> dict[str, Any]:
    """Stop builds at about `count` steps, in each of those ways; what each left."""
    whole: dict[str, str] = {}
    steps: list[str] = []
    # What a first build loads, all others find loaded: they are copies of this process.
    write(project, FIGURES[0])
    with redirect_stdout(sys.stderr):
        main(["build", "-C", str(project)], standalone_mode=False)
    for figure in FIGURES:
        write(project, figure)
        steps = build(project, "none", -1)["steps"]
        whole[figure] = digest(project / "site")
    progress, found = FIGURES[1], {}
    for how in hows:
        runs, progress = stop(project, how, count, steps, whole, progress)
        found[how] = {"steps": len(steps), "runs": runs}
        if progress == "neither":
            break
    return found


def stop(
    project: Path, how: str, count: int, steps: list[str], whole: dict[str, str], progress: str
) -> tuple[list[dict[str, Any]], str]:
    """What builds left that were stopped so, and the figure of the site that stands then."""
    runs = []
    for number, point in enumerate(points(steps, count)):
        after = FIGURES[1 - FIGURES.index(progress)]
        write(project, after)
        done = build(project, how, point)
        found = digest(project / "site")
        is_old, is_new = found == whole[progress], found == whole[after]
        left = beside(project)
        if number % FAILING_BUILD == 0:
            done["next"] = build(project, "none", -1)["status"]
            is_right = digest(project / "site") == whole[after]
            progress = after if is_right else "neither"
        else:
            recover(project / "site")
            progress = after if is_new else progress
        runs.append(
            {"point": point, "step": steps[point], **done, "is_old": is_old, "is_new": is_new, "left": left,
             "left_by_next": beside(project), "progress": progress}
        )  # fmt: skip
        if progress == "neither" or not (is_old or is_new):
            return runs, "neither"
    return runs, progress


if __name__ == "__main__":
    shorten_handbook(MonkeyPatch())
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])))  # noqa: T201  # this is its answer
