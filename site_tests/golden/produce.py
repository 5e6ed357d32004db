"""What Milepost makes of the golden project, as files: pages, feeds, the export, and what checks of it print."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from milepost.check.run import check_project
from milepost.cli.main import main
from milepost.history.timeline import Past
from milepost.report import make_report
from milepost.site.build import Artifact, build

FOLDER = Path(__file__).parent
PROJECT = FOLDER / "project"
EXPECTED = FOLDER / "expected"
TODAY = date(2026, 3, 15)
ADDRESS = "https://golden.example/"
PICTURE = ".svg"
HELD_ELSEWHERE = ("handbook/", "schema/")

HARBOUR = "data/programmes/harbour"
BROKEN = {
    "check-shape.txt": [
        (f"{HARBOUR}/milestones.yml", "  progress: 60", "  progress: 6O"),
        (f"{HARBOUR}/milestones.yml", "    date: 2026-02-27", "    date: 2026-02-30"),
        (f"{HARBOUR}/tasks/water.yml", "  weight: 3", "  wieght: 3"),
        (f"{HARBOUR}/tasks/water.yml", "progress: 50}", "progress: 150}"),
        (f"{HARBOUR}/tasks/drawings.yml", "- id: T4", "- id: ../T4"),
        (f"{HARBOUR}/registers/issues.yml", "  status: open\n", ""),
        (f"{HARBOUR}/tracker.yml", "frequency: weekly", "frequency: weakly"),
        (f"{HARBOUR}/programme.yml", "owner: harbour-master", "owner: harbour-master\nowner: ada"),
        ("data/people.yml", "kind: team}", "kind: team"),
    ],
    "check-references.txt": [
        (f"{HARBOUR}/milestones.yml", "depends_on: [DM1]", "depends_on: [DM7]"),
        (f"{HARBOUR}/milestones.yml", "subtasks: [T3.1]", "subtasks: [T1.1]"),
        (f"{HARBOUR}/tasks/water.yml", "owner: divers\n  status", "owner: diver\n  status"),
        (f"{HARBOUR}/tasks/drawings.yml", "- id: T4", "- id: t1"),
        (f"{HARBOUR}/programme.yml", "[[lighthouse/M1]]", "[[lighthouse/M8]]"),
        (f"{HARBOUR}/tracker.yml", "refs: [T4, R-01]", "refs: [R-09]"),
    ],
    "check-rules.txt": [
        (f"{HARBOUR}/milestones.yml", "weeks: [8, 12]", "weeks: [12, 8]"),
        (f"{HARBOUR}/milestones.yml", "figures: {M1: 60, T2: 40}", "figures: {M1: 60, T2: 41}"),
        (f"{HARBOUR}/tasks/water.yml", "{id: T2.1, progress: 50}", "{id: T2.1, progress: 20, status: complete}"),
        (f"{HARBOUR}/tracker.yml", "    progress: 45\n", "    progress: 46\n"),
        (f"{HARBOUR}/registers/risks.yml", "figures: {status: resolved", "figures: {status: closed"),
    ],
}
"""Changes to the sound project, each `(file, text, text instead)`, that one of the three gates finds."""


def artifacts() -> tuple[Artifact, ...]:
    """All that the site of the golden project is made of."""
    return tuple(build(make_report(check_project(PROJECT, TODAY), Past(), site_address=ADDRESS)))


def produced() -> dict[str, str]:
    """Each file as it is now, by its path below `expected`.

    Pictures are left out, and so are the pages of the rules and the schemas, which tests of their own hold.
    """
    told = [artifact for artifact in artifacts() if not artifact.path.startswith(HELD_ELSEWHERE)]
    files = {artifact.path: artifact.content for artifact in told if not artifact.path.endswith(PICTURE)}
    return files | {"check.txt": checked([])} | {name: checked(changes) for name, changes in BROKEN.items()}


def checked(changes: list[tuple[str, str, str]]) -> str:
    """What `milepost check` prints of the project with `changes` made to it."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(PROJECT, project)
        for name, text, instead in changes:
            path = project / name
            before = path.read_text("utf-8")
            if before.count(text) != 1:
                raise ValueError(f"{name} holds {text!r} {before.count(text)} times; it must hold it once")
            path.write_text(before.replace(text, instead), "utf-8")
        arguments = ["check", "-C", str(project), "--as-of", TODAY.isoformat()]
        return CliRunner(catch_exceptions=False).invoke(main, arguments).output
