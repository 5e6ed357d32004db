"""The same commit gives the same bytes, wherever, whenever and by whomever it is built; and what differs is named."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

import reproduce
from conftest import PROJECT, milepost, write_files
from milepost.history.ledger_check import ledger_in
from milepost.snapshots.create import row_text

DAY = date(2026, 3, 15)
"""A day as of which the golden project is sound."""
HANDBOOK = "---\ntitle: Handbook\n---\n\n# Handbook\n\nThe [rules](rules/index.md).\n"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden project with the portal's own look, committed on that day."""
    folder = tmp_path_factory.mktemp("golden") / "project"
    shutil.copytree(PROJECT / "site_tests/golden/project", folder)
    shutil.copytree(PROJECT / "overrides", folder / "overrides")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    hook = (PROJECT / "hooks/portal.py").read_bytes()
    write_files(
        folder, {"hooks/portal.py": hook, "content/handbook/index.md": HANDBOOK, ".gitignore": "__pycache__/\n"}
    )
    names = {f"GIT_{who}_{what}": "crew" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {f"GIT_{who}_DATE": f"{DAY}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}

    def git(*arguments: str) -> str:
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=folder, env=os.environ | names | days, capture_output=True, text=True, check=True
        ).stdout.strip()

    ledger = folder / "data/snapshots.yml"
    rows = ledger_in(ledger.read_bytes())
    assert rows is not None
    ledger.unlink()
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "-m", "All but the ledger")
    # Its rows name commits of no repository; here they are made of the one that there is.
    first = rows[0].model_copy(update={"commit": git("rev-parse", "HEAD")})
    second = rows[1].model_copy(update={"commit": first.commit, "previous": first.digest})
    ledger.write_text(row_text(first) + row_text(second), "utf-8")
    git("add", "--all")
    git("commit", "--quiet", "-m", "All")
    return folder


@pytest.fixture(scope="module")
def plain(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The digests of what is made under plain conditions."""
    folder = tmp_path_factory.mktemp("plain")
    return reproduce.digests_of(reproduce.produce(repository, "HEAD", DAY, reproduce.CONDITIONS["plain"], folder))


# A snapshot that is built again in another place, zone and locale asks the same in the quick suite.
@pytest.mark.thorough
def test_the_same_commit_gives_the_same_bytes_under_other_conditions(
    repository: Path, plain: dict[str, str], tmp_path: Path
) -> None:
    """Another folder, time zone, locale, user, settings, fonts, hash seed, umask, moment and order of files."""
    first, second = reproduce.CONDITIONS["plain"], reproduce.CONDITIONS["other"]
    fields = ("folder", "moment", "says_day", "written", "umask", "settings", "fonts")
    assert [name for name in fields if getattr(first, name) == getattr(second, name)] == []
    for name in ("TZ", "LC_ALL", "LANG", "USER", "LOGNAME", "PYTHONHASHSEED"):
        assert first.environment[name] != second.environment[name]
    made = reproduce.digests_of(reproduce.produce(repository, "HEAD", DAY, second, tmp_path))
    assert reproduce.differences(plain, made) == []
    for name in ("site/index.html", "site/harbour/charts/burn-up-dark.svg", "bag/data/site/index.html", "ledger.yml"):
        assert name in made


def test_nothing_that_is_packed_in_a_way_of_the_machines_own_is_published(plain: dict[str, str]) -> None:
    assert [name for name in plain if name.endswith((".gz", ".zip", ".br"))] == []


def test_the_day_as_of_which_it_is_judged_does_reach_the_site(
    repository: Path, plain: dict[str, str], tmp_path: Path
) -> None:
    """So what is compared above is not blind to days."""
    site = tmp_path / "site"
    done = milepost("build", "--site", str(site), "--as-of", f"{DAY + timedelta(days=1)}", folder=repository)
    assert done.returncode == 0, done.stdout + done.stderr
    of_site = {name: digest for name, digest in plain.items() if name.startswith("site/")}
    found = reproduce.differences(of_site, reproduce.digests_of(tmp_path))
    assert "differs: site/portal.json" in found
    # And what tells no day is as it was.
    assert [name for name in found if name.startswith(("differs: site/assets/", "is in one of both only"))] == []


def test_whatever_differs_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, files in {
        "first": {"a.html": "A", "b.html": "B", "c.html": "C"},
        "second": {"a.html": "A", "b.html": "b", "d.html": "D"},
    }.items():
        write_files(tmp_path / name, files)
        (tmp_path / f"{name}.txt").write_text(reproduce.as_text(reproduce.digests_of(tmp_path / name)), "utf-8")
    first, second = (reproduce.read_digests(tmp_path / f"{name}.txt") for name in ("first", "second"))
    assert reproduce.tell(first, second) == 1
    assert capsys.readouterr().out.splitlines() == [
        "differs: b.html",
        "is in one of both only: c.html",
        "is in one of both only: d.html",
        "3 of 4 files differ.",
    ]
    assert reproduce.tell(first, first) == 0
    assert capsys.readouterr().out == "All 3 files are the same.\n"
