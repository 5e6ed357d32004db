"""Snapshots: made of a commit, kept without a trace in the work tree, proved, and given back or refused."""

from __future__ import annotations

import json
import os
import posixpath
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from markdown import markdown

import commands
from commands import SHORT, Done, milepost_process
from conftest import BASE_FILES, PROJECT, SITE_ADDRESS, write_files, write_project
from milepost.cli.commands import snapshots
from milepost.data.digests import data_digest
from milepost.history.ledger_check import ledger_of
from milepost.model.snapshot_info import SnapshotInfo
from milepost.snapshots.bag import BagError, compare, differences, seal
from milepost.snapshots.create import Maker, Request, SnapshotError, create
from milepost.snapshots.store import BranchStore

TASKS = "- {id: T1, title: Dredge, owner: editor, progress: 10}\n"
FILES = {
    **BASE_FILES,
    ".gitignore": "__pycache__/\n",
    "data/programmes/demo/tasks.yml": TASKS,
    "content/handbook/index.md": "---\ntitle: Handbook\n---\n\n# Handbook\n\nHow to [audit](audit.md).\n",
}
DAY = {"SOURCE_DATE_EPOCH": "1792800000"}
"""2026-10-24."""
REPOSITORY = "https://sources.example/portal"
FIRST = ("create", "one", "--reason", "The board’s meeting.", "--approved-by", "editor")
SECOND = ("create", "two", "--reason", "A mend.", "--approved-by", "editor", "--corrects", "one")


def git(folder: Path, *arguments: str) -> str:
    names = {f"GIT_{who}_{what}": "crew" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {"GIT_AUTHOR_DATE": "2026-10-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-10-01T12:00:00Z"}
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=os.environ | names | days, capture_output=True, text=True, check=True).stdout


def make_repository(folder: Path) -> Path:
    """A small project with the portal's own look, committed."""
    write_project(folder, FILES)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A change")


def milepost(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> Done:
    """The command, which builds all sites with the short handbook."""
    return commands.milepost(*arguments, folder=folder, environment=environment, handbook=False)


def snapshot(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return milepost("snapshot", *arguments, folder=folder, environment=os.environ | DAY)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two snapshots, the second one correcting the first, on its branch and in the folder beside."""
    folder = make_repository(tmp_path_factory.mktemp("kept") / "project")
    for request in (FIRST, SECOND):
        # The second one where the environment says where the sources are.
        said = {"MILEPOST_REPOSITORY_URL": REPOSITORY} if request is SECOND else {}
        done = milepost("snapshot", *request, folder=folder, environment=os.environ | DAY | said)
        assert done.returncode == 0, done.stdout + done.stderr
        commit(folder)
        (folder / "data/programmes/demo/tasks.yml").write_text(TASKS.replace("10", "20"), "utf-8")
        commit(folder) if request is FIRST else git(folder, "checkout", "--quiet", "--", "data")
    for name in ("one", "two"):
        BranchStore(folder).write(name, folder.parent / "bags" / name)
    return folder


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    """A copy of that repository, to change; its bags stand beside it."""
    shutil.copytree(kept.parent, tmp_path / "copy")
    return tmp_path / "copy/project"


@pytest.fixture
def already_built(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site of a new snapshot is one that is there, for tests of what is done with it."""

    def copy_site(_: Path, site: Path, __: SnapshotInfo) -> None:
        shutil.copytree(kept.parent / "bags/one/data/site", site)

    monkeypatch.setattr(snapshots, "_build", copy_site)


# What is made


def test_the_ledger_has_a_row_for_each_that_names_its_commit_and_the_row_before(kept: Path) -> None:
    rows = ledger_of(kept)
    assert rows is not None
    first, second = rows
    commits = git(kept, "rev-list", "--reverse", "HEAD").split()
    assert [first.commit, second.commit] == [commits[0], commits[2]]
    assert (first.previous, second.previous, second.corrects) == (None, first.digest, "one")
    assert first.date.isoformat() == first.as_of.isoformat() == "2026-10-24"
    assert first.data != second.data
    done = milepost("check", folder=kept)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_bag_holds_the_site_the_data_and_the_export_and_its_facts(kept: Path) -> None:
    bag = kept.parent / "bags/one"
    for name in ("site/index.html", "site/demo/T1.html", "portal.json", "schema/export-1.0.json"):
        assert (bag / "data" / name).is_file()
    assert (bag / "data/source/data/programmes/demo/tasks.yml").read_text("utf-8") == TASKS
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    size = sum(path.stat().st_size for path in (bag / "data").rglob("*") if path.is_file())
    count = sum(path.is_file() for path in (bag / "data").rglob("*"))
    info = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    assert {"Source-Organization: Demo office", "External-Identifier: one", "Bagging-Date: 2026-10-24"} <= {*info}
    assert f"Payload-Oxum: {size}.{count}" in info
    assert any(line.startswith("Bag-Software-Agent: Milepost ") for line in info)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed here")
def test_an_auditor_needs_no_milepost(kept: Path) -> None:
    rows = ledger_of(kept)
    assert rows is not None
    for row in rows:
        bag = kept.parent / "bags" / row.id
        for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            subprocess.run(["sha256sum", "--quiet", "--strict", "--check", manifest], cwd=bag, check=True)
        payload = subprocess.run(
            ["sha256sum", "manifest-sha256.txt"], cwd=bag, capture_output=True, text=True, check=True
        )
        assert payload.stdout.split()[0] == row.payload
        script = (
            "find data -type f ! -path data/snapshots.yml ! -path 'data/schema/*' | LC_ALL=C sort | tr '\\n' '\\0' "
            "| xargs -0 sha256sum | sha256sum"
        )
        data = subprocess.run(["sh", "-c", script], cwd=bag / "data/source", capture_output=True, text=True, check=True)
        assert data.stdout.split()[0] == row.data


def complaints_of_bagit(bag: Path) -> str:
    """What the reference says of a bag, by its command; empty where it finds it valid."""
    program = [sys.executable, "-m", "bagit", "--validate", "--quiet", str(bag)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (done.stderr == "")
    return done.stderr


def complaints_of_sha256sum(bag: Path) -> str:
    """What sha256sum says of the files that both manifests list; empty where all are as they say."""
    manifests = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
    done = subprocess.run(
        ["sha256sum", "--quiet", "--strict", "--check", *manifests],
        cwd=bag,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == (done.stdout + done.stderr == "")
    return done.stdout + done.stderr


def test_the_reference_and_sha256sum_find_every_bag_valid_and_every_damage(copy: Path) -> None:
    bags = copy.parent / "bags"
    for name in ("one", "two"):
        assert complaints_of_bagit(bags / name) == ""
        assert complaints_of_sha256sum(bags / name) == ""
    damages = {
        "flipped": (flip, "data/site/index.html", True),
        "removed": (lambda bag: (bag / "data/portal.json").unlink(), "data/portal.json", True),
        # A manifest does not speak of a file that it does not list.
        "added": (lambda bag: (bag / "data/more.txt").write_text("More."), "data/more.txt", False),
        "fact": (lambda bag: (bag / "bag-info.txt").write_text("Contact-Name: Me\n"), "bag-info.txt", True),
    }
    for damage, (change, name, is_listed) in damages.items():
        bag = shutil.copytree(bags / "one", copy.parent / damage)
        change(bag)
        assert complaints_of_bagit(bag) != "", damage
        assert (name in complaints_of_sha256sum(bag)) == is_listed, damage
        assert name in snapshot(copy, "verify", str(bag)).stdout, damage


def test_the_same_commit_gives_the_same_bytes_in_another_folder(kept: Path, tmp_path: Path) -> None:
    other = make_repository(tmp_path / "elsewhere" / "project")
    done = snapshot(other, *FIRST, "--to", str(tmp_path / "bags"))
    assert done.returncode == 0, done.stderr
    first, again = kept.parent / "bags/one", tmp_path / "bags/one"
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [name for name in names if (first / name).read_bytes() != (again / name).read_bytes()] == []
    assert git(other, "branch", "--list", "snapshots") == ""


def test_the_branch_holds_a_commit_for_each_dated_by_the_ledger_and_the_work_tree_nothing(kept: Path) -> None:
    log = git(kept, "log", "--reverse", "--format=%s %at %ct %an", "snapshots").splitlines()
    noon = int(datetime(2026, 10, 24, 12, tzinfo=UTC).timestamp())
    assert log == [f"Snapshot {name} {noon} {noon} Milepost" for name in ("one", "two")]
    assert git(kept, "ls-tree", "--name-only", "snapshots").split() == ["one", "two"]
    assert git(kept, "ls-tree", "--name-only", "snapshots~1").split() == ["one"]
    assert git(kept, "status", "--porcelain") == ""
    assert git(kept, "rev-parse", "--abbrev-ref", "HEAD").strip() == "main"


def test_every_frozen_page_says_so_and_leads_to_the_page_of_today(kept: Path) -> None:
    rows = ledger_of(kept)
    assert rows is not None
    site = kept.parent / "bags/one/data/site"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        route = path.relative_to(site).as_posix()
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        if page.select("meta[http-equiv=refresh]"):
            continue
        assert [tag["content"] for tag in page.select("meta[name=robots]")] == ["noindex"], route
        told = page.select_one(".mp-frozen")
        assert told is not None, route
        assert "Snapshot one, frozen on 24 Oct 2026: this page does not change." in told.get_text(), route
        today = SITE_ADDRESS + ("" if route == "404.html" else route)
        since = f"{SITE_ADDRESS}snapshots/one/now.html"
        assert [link["href"] for link in told.select("a")] == [today, since]
        assert [link["href"] for link in page.select("link[rel=canonical]")] == ([today] if route != "404.html" else [])
        assert [code.get_text() for code in page.select("footer code")] == [rows[0].commit, rows[0].data], route


def test_a_page_of_today_says_nothing_of_a_snapshot(kept: Path, tmp_path: Path) -> None:
    done = milepost("build", "--site", str(tmp_path / "site"), folder=kept)
    assert done.returncode == 0, done.stdout + done.stderr
    page = BeautifulSoup((tmp_path / "site/demo/T1.html").read_text("utf-8"), "html.parser")
    assert page.select("meta[name=robots], .mp-frozen, .mp-frozen-facts, .md-banner") == []
    assert [link["href"] for link in page.select("link[rel=canonical]")] == [f"{SITE_ADDRESS}demo/T1.html"]


# What is refused


def refused(folder: Path, *arguments: str) -> str:
    """The words with which a command ends that must change nothing."""
    ledger, refs = (folder / "data/snapshots.yml").read_bytes(), git(folder, "for-each-ref")
    done = snapshot(folder, *arguments)
    assert done.returncode == 1, done.stdout + done.stderr
    assert (folder / "data/snapshots.yml").read_bytes() == ledger
    assert git(folder, "for-each-ref") == refs
    assert not list((folder / "data").glob("*.new"))
    return " ".join(done.stderr.split())


@pytest.mark.usefixtures("already_built")
def test_what_cannot_be_frozen_is_refused_and_changes_nothing(copy: Path, tmp_path: Path) -> None:
    wanted = ("--reason", "So.", "--approved-by")
    assert "the ledger has a snapshot one, and none is ever made again" in refused(copy, *FIRST)
    assert "there is no nobody in data/people.yml" in refused(copy, "create", "three", *wanted, "nobody")
    assert "no snapshot nine to correct" in refused(copy, "create", "three", *wanted, "editor", "--corrects", "nine")
    assert "is not an id of a snapshot" in refused(copy, "create", "../three", *wanted, "editor")
    (tmp_path / "bags/three").mkdir(parents=True)
    (tmp_path / "bags/three/bagit.txt").touch()
    into = ("--to", str(tmp_path / "bags"))
    assert "has a bag three, which the ledger has not" in refused(copy, "create", "three", *wanted, "editor", *into)
    (copy / "content/new.md").write_text("# New\n", "utf-8")
    assert "these files are not committed: content/new.md" in refused(copy, "create", "three", *wanted, "editor")
    (copy / "content/new.md").unlink()
    (copy / "data/programmes/demo/tasks.yml").write_text("- {id: T1, progress: 110}\n", "utf-8")
    commit(copy)
    words = refused(copy, "create", "three", *wanted, "editor")
    assert "error[percentage-range]" in words
    assert "the data is not sound" in words


def test_what_could_stand_in_no_row_is_refused_by_its_name(copy: Path) -> None:
    wanted = ("create", "three", "--approved-by", "editor", "--reason")
    words = refused(copy, *wanted, os.fsdecode(b"a\xffb"))
    assert "--reason holds what no page or feed can carry: 'a\\udcffb'. Write it in UTF-8 text" in words
    words = refused(copy, *wanted, "So.", "--as-of", "2026-10-25")
    assert "--as-of 2026-10-25 is later than 2026-10-24, the day on which the snapshot is made" in words
    assert "'one.html' is not an id of a snapshot" in refused(copy, "create", "one.html", *wanted[2:], "So.")


def test_files_that_are_not_committed_are_named_as_people_know_them(copy: Path) -> None:
    (copy / "content/portál.md").write_text("# Portal\n", "utf-8")
    (copy / "content" / os.fsdecode(b"old\xff\n.md")).write_text("# Old\n", "utf-8")
    git(copy, "mv", "data/people.yml", "data/persons.yml")
    words = refused(copy, *THREE)
    names = ("data/people.yml", "data/persons.yml", "content/old\\udcff\\n.md", "content/portál.md")
    assert f"these files are not committed: {', '.join(names)}. Commit them" in words


@pytest.mark.usefixtures("already_built")
def test_a_reason_with_any_break_of_lines_in_it_stays_what_it_is(copy: Path) -> None:
    reason = "One\u2028two\u0085three\nfour."
    done = snapshot(copy, "create", "three", "--reason", reason, "--approved-by", "editor")
    assert done.returncode == 0, done.stderr
    rows = ledger_of(copy)
    assert rows is not None
    assert rows[-1].reason == reason
    assert snapshot(copy, "verify", "three").returncode == 0


def test_a_bag_that_does_not_read_as_it_was_written_is_not_kept(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(bag: Path, facts: Mapping[str, str]) -> str:
        digest = seal(bag, facts)
        (bag / "data/portal.json").unlink()
        return digest

    def build(_: Path, site: Path, __: SnapshotInfo) -> None:
        write_files(site, {"index.html": "SnapshotInfo."})

    monkeypatch.setattr("milepost.snapshots.create.seal", spoil)
    day = date(2026, 10, 24)
    request = Request("three", day, day, "So.", "editor", None)
    store = BranchStore(copy)
    with pytest.raises(
        SnapshotError, match=r"does not read as it was written, and is not kept: .*missing: data/portal"
    ):
        create(copy, request, store, Maker(build, "", "", "Milepost"))
    assert store.ids() == ("one", "two")


@pytest.mark.parametrize("name", ["a\u2028b.html", "a\u0085b.html", "a\u00a0b.html", "a\\b", "a%b", ".gitattributes"])
def test_a_file_that_tools_would_not_read_alike_is_sealed_in_no_bag(tmp_path: Path, name: str) -> None:
    write_files(tmp_path / "data", {name: "It."})
    with pytest.raises(BagError):
        seal(tmp_path, {})
    assert not (tmp_path / "manifest-sha256.txt").exists()


def test_a_manifest_ends_its_lines_in_one_way(tmp_path: Path) -> None:
    """As sha256sum reads it; other breaks of lines may stand in names that another program wrote."""
    content, name = b"It.", "data/a\u2028b\u0085c\x0bd.html"
    write_files(tmp_path, {name: content})
    (tmp_path / "manifest-sha256.txt").write_bytes(f"{sha256(content).hexdigest()}  {name}\n".encode())
    assert list(compare(tmp_path, "manifest-sha256.txt", [name])) == []


def test_git_gives_every_file_of_a_bag_as_it_is_however_it_is_set_up(copy: Path, tmp_path: Path) -> None:
    attributes = tmp_path / "attributes"
    attributes.write_text("* text eol=crlf ident export-subst\n*.json export-ignore\n", "utf-8")
    git(copy, "config", "core.attributesFile", str(attributes))
    git(copy, "config", "core.autocrlf", "true")
    target = tmp_path / "given"
    target.mkdir()
    archive = tmp_path / "one.tar"
    git(copy, "archive", f"--output={archive}", "snapshots", "one")
    subprocess.run(["tar", "-x", "-f", str(archive), "-C", str(target)], check=True)
    assert differences(target / "one") == ()
    git(copy, "worktree", "add", "--quiet", str(tmp_path / "tree"), "snapshots")
    assert differences(tmp_path / "tree/two") == ()


@pytest.mark.usefixtures("already_built")
def test_a_store_that_cannot_be_written_leaves_the_ledger_as_it_was(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    three = ("create", "three", "--reason", "So.", "--approved-by", "editor")
    assert "Nothing was kept, and the ledger is as it was." in refused(
        copy, *three, "--to", str(tmp_path / "file/bags")
    )
    assert (tmp_path / "file").stat().st_size == 0


@pytest.mark.usefixtures("already_built")
def test_what_git_ignores_is_no_part_of_a_snapshot(copy: Path, tmp_path: Path) -> None:
    (copy / ".gitignore").write_text("__pycache__/\n.DS_Store\n", "utf-8")
    commit(copy)
    for folder in ("data", "content"):
        (copy / folder / ".DS_Store").write_text("Ours alone.", "utf-8")
    three = ("create", "three", "--reason", "So.", "--approved-by", "editor", "--to", str(tmp_path / "bags"))
    done = snapshot(copy, *three)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((tmp_path / "bags").rglob(".DS_Store")) == []
    (copy / "data/.DS_Store").unlink()
    rows = ledger_of(copy)
    assert rows is not None
    assert rows[-1].data == data_digest(copy)


def test_a_shallow_clone_is_refused(kept: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git(kept, "clone", "--quiet", "--depth=1", f"file://{kept}", str(shallow))
    assert "lacks part of its history" in refused(
        shallow, "create", "three", "--reason", "So.", "--approved-by", "editor"
    )


@pytest.mark.usefixtures("already_built")
def test_a_branch_that_is_checked_out_or_holds_something_else_is_left_alone(copy: Path) -> None:
    three = ("create", "three", "--reason", "So.", "--approved-by", "editor")
    git(copy, "worktree", "add", "--quiet", str(copy.parent / "tree"), "snapshots")
    assert "the branch snapshots is checked out" in refused(copy, *three)
    git(copy, "worktree", "remove", "--force", str(copy.parent / "tree"))
    git(copy, "branch", "--force", "snapshots", "main")
    assert "which is no snapshot" in refused(copy, *three)


# What is proved


def flip(bag: Path) -> None:
    path = bag / "data/site/index.html"
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)


def link(bag: Path) -> None:
    """The same bytes, but they stand elsewhere."""
    (bag / "data/portal.json").rename(bag.parent / "portal.json")
    (bag / "data/portal.json").symlink_to(bag.parent / "portal.json")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte": (flip, "differs: data/site/index.html"),
    "a file gone": (lambda bag: (bag / "data/portal.json").unlink(), "missing: data/portal.json"),
    "a file more": (lambda bag: (bag / "data/site/new.html").touch(), "extra: data/site/new.html"),
    "a fact": (lambda bag: (bag / "bag-info.txt").write_text("External-Identifier: one\n"), "differs: bag-info.txt"),
    "a tag file more": (lambda bag: (bag / "notes.txt").touch(), "extra: notes.txt"),
    "a tag file gone": (lambda bag: (bag / "bagit.txt").write_text(""), "differs: bagit.txt"),
    "a manifest gone": (lambda bag: (bag / "manifest-sha256.txt").unlink(), "missing: manifest-sha256.txt"),
    "a link": (link, "no plain file: data/portal.json"),
}


def pipe(bag: Path) -> None:
    """What would keep a reader waiting without end."""
    (bag / "bag-info.txt").unlink()
    os.mkfifo(bag / "bag-info.txt")
    (bag / "data/source/data/portfolio.yml").unlink()
    os.mkfifo(bag / "data/source/data/portfolio.yml")


DAMAGES["a pipe"] = (pipe, "no plain file: data/source/data/portfolio.yml")


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_of_a_bag_is_named(copy: Path, damage: str) -> None:
    bag = copy.parent / "bags/one"
    assert snapshot(copy, "verify", str(bag)).returncode == 0
    change, name = DAMAGES[damage]
    change(bag)
    done = snapshot(copy, "verify", str(bag))
    assert done.returncode == 1
    assert name in done.stdout.splitlines()


def test_a_bag_that_was_made_anew_after_a_change_is_not_the_one_of_the_ledger(copy: Path) -> None:
    """Its own manifests agree with it; only the ledger says that it is another."""
    bag = copy.parent / "bags/one"
    flip(bag)
    facts = dict(line.split(": ", 1) for line in (bag / "bag-info.txt").read_text("utf-8").splitlines())
    seal(bag, facts)
    assert differences(bag) == ()
    done = snapshot(copy, "verify", "one", "--from", str(bag.parent))
    assert done.returncode == 1
    assert "differs: manifest-sha256.txt has the digest" in done.stdout


def test_a_snapshot_is_proved_by_its_id_and_by_building_it_again(kept: Path) -> None:
    done = snapshot(kept, "verify", "--rebuild", "one")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "is what the ledger says" in done.stdout
    assert "Building its commit again gave the same bytes" in done.stdout


def test_a_ledger_that_was_altered_proves_nothing(copy: Path) -> None:
    ledger = copy / "data/snapshots.yml"
    ledger.write_text(ledger.read_text("utf-8").replace("The board’s", "A board’s"), "utf-8")
    done = snapshot(copy, "verify", "one")
    assert done.returncode == 1
    assert f"the row one was altered: in {recorded(copy)['one']} its reason said something else" in done.stdout
    assert "two does not name the digest of the row before it, one" in done.stdout


def recorded(folder: Path) -> dict[str, str]:
    """The commit that recorded each of both snapshots, as findings name it."""
    commits = git(folder, "log", "--reverse", "--format=commit %h", "--abbrev=12", "--", "data/snapshots.yml")
    return dict(zip(("one", "two"), commits.splitlines(), strict=True))


def rows_of(ledger: str) -> list[str]:
    """The text of each row; what stands before the first one is left with it."""
    first, *others = ledger.split("\n- ")
    return [f"{first}\n", *(f"- {row.rstrip()}\n" for row in others)]


def edit(ledger: str) -> str:
    return ledger.replace("A mend.", "No mend.")


def swap(ledger: str) -> str:
    head, first, second = rows_of(ledger)
    return head + second + first


def remove_first(ledger: str) -> str:
    head, _, second = rows_of(ledger)
    return head + second


def remove_last(ledger: str) -> str:
    head, first, _ = rows_of(ledger)
    return head + first


TAMPERINGS: dict[str, tuple[Callable[[str], str], str]] = {
    "a row edited": (edit, "the row two was altered: in {two} its reason said something else"),
    "two rows swapped": (swap, "the row two was moved: in {one}, one stands in its place"),
    "the first row removed": (remove_first, "the row one was removed, which stands in {one}"),
    "the last row removed": (remove_last, "the row two was removed, which stands in {two}"),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_each_tampering_with_the_ledger_is_named_whatever_is_to_be_proved(copy: Path, tampering: str) -> None:
    change, form = TAMPERINGS[tampering]
    words = form.format(**recorded(copy))
    ledger = copy / "data/snapshots.yml"
    ledger.write_text(change(ledger.read_text("utf-8")), "utf-8")
    for target in ("one", "two", str(copy.parent / "bags/one"), str(copy.parent / "bags/two")):
        done = snapshot(copy, "verify", target)
        assert done.returncode == 1, target
        assert words in done.stdout.splitlines(), target
        assert "The ledger is broken, and proves nothing." in done.stderr
    done = snapshot(copy, "restore", "--site", str(copy.parent))
    assert (done.returncode, words in done.stderr.splitlines()) == (1, True)
    done = milepost("check", folder=copy)
    assert (done.returncode, f"error[ledger-broken] {words}" in done.stdout) == (1, True)


def test_a_ledger_that_cannot_be_read_proves_nothing(copy: Path) -> None:
    ledger = copy / "data/snapshots.yml"
    ledger.write_text(ledger.read_text("utf-8").replace('payload: "', 'payload: "x', 1), "utf-8")
    done = snapshot(copy, "verify", "one")
    assert (done.returncode, done.stderr) == (1, "data/snapshots.yml cannot be read; milepost check says why.\n")


def test_what_was_changed_on_the_branch_is_named(copy: Path) -> None:
    """Whoever can push there can change a bag, and its manifests with it; not the ledger's row."""
    tree = copy.parent / "tree"
    git(copy, "worktree", "add", "--quiet", str(tree), "snapshots")
    for change, name in (
        (flip, "differs: data/site/index.html"),
        (lambda bag: (bag / "data/portal.json").unlink(), "missing: data/portal.json"),
        (lambda bag: (bag / "data/new.txt").touch(), "extra: data/new.txt"),
    ):
        change(tree / "two")
        commit(tree)
        done = snapshot(copy, "verify", "two")
        assert done.returncode == 1
        assert name in done.stdout.splitlines()
        assert snapshot(copy, "verify", "one").returncode == 0
    shutil.rmtree(tree / "two")
    commit(tree)
    done = snapshot(copy, "verify", "two")
    assert (done.returncode, done.stderr) == (1, "the branch snapshots holds no snapshot two\n")


def test_a_bag_that_was_sealed_anew_under_another_name_is_proved_to_be_nothing(copy: Path) -> None:
    bag = copy.parent / "bags/one"
    flip(bag)
    facts = dict(line.split(": ", 1) for line in (bag / "bag-info.txt").read_text("utf-8").splitlines())
    seal(bag, facts | {"External-Identifier": "nine"})
    assert differences(bag) == ()
    done = snapshot(copy, "verify", str(bag))
    assert (done.returncode, done.stdout) == (1, "")
    words = " ".join(done.stderr.split())
    assert words == (
        "The ledger has no row nine: nothing proves this bag. Its files are as its own manifests say, which whoever "
        "made it could write."
    )


# What is given back


def test_every_snapshot_is_given_back_and_its_site_alone_can_be_proved(copy: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_files(site, {"index.html": "Today.", "s/old/index.html": "Left."})
    done = snapshot(copy, "restore", "--site", str(site))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (site / "s").iterdir()) == ["one", "two"]
    bag = copy.parent / "bags/two"
    assert (site / "s/two/index.html").read_bytes() == (bag / "data/site/index.html").read_bytes()
    assert (site / "index.html").read_text("utf-8") == "Today."
    assert snapshot(copy, "verify", str(site / "s/two")).returncode == 0
    (site / "s/two/index.html").write_text("Another.", "utf-8")
    (site / "s/two/more.html").touch()
    done = snapshot(copy, "verify", str(site / "s/two"))
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["differs: index.html", "extra: more.html"]
    (site / "s/two/demo/T1.html").unlink()
    done = snapshot(copy, "verify", str(site / "s/two"))
    assert done.stdout.splitlines() == ["missing: demo/T1.html", "differs: index.html", "extra: more.html"]
    (site / "s/two/manifest-sha256.txt").write_bytes((site / "s/one/manifest-sha256.txt").read_bytes()[1:])
    done = snapshot(copy, "verify", str(site / "s/two"))
    assert done.returncode == 1
    assert done.stdout.startswith("no row of the ledger has the digest of manifest-sha256.txt, ")


def test_nothing_is_given_back_where_one_is_missing_or_differs(copy: Path, tmp_path: Path) -> None:
    site, bags = tmp_path / "site", copy.parent / "bags"
    write_files(site, {"s/old/index.html": "Left."})
    flip(bags / "two")
    done = snapshot(copy, "restore", "--site", str(site), "--from", str(bags))
    assert done.returncode == 1
    assert "differs: data/site/index.html" in done.stderr
    shutil.rmtree(bags / "two")
    done = snapshot(copy, "restore", "--site", str(site), "--from", str(bags))
    assert done.returncode == 1
    assert "holds no snapshot two" in done.stderr
    assert [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()] == ["s/old/index.html"]


def test_the_list_tells_what_is_at_hand(copy: Path) -> None:
    shutil.rmtree(copy.parent / "bags/two")
    lines = snapshot(copy, "list", "--from", str(copy.parent / "bags")).stdout.splitlines()
    assert lines[0].startswith("one  2026-10-24  as of 2026-10-24  ")
    assert lines[0].endswith("The board’s meeting.")
    assert lines[1].endswith("A mend.  corrects one  (its bag is not at hand)")


# What is kept, and by whom


@pytest.fixture
def clone(kept: Path, tmp_path: Path) -> Path:
    """Another one's copy of the repository, as git makes it: of its branches, only main is one here."""
    folder = tmp_path / "another one" / "Portal"
    git(kept, "clone", "--quiet", "--branch=main", f"file://{kept}", str(folder))
    assert git(folder, "for-each-ref", "--format=%(refname)", "refs/heads").split() == ["refs/heads/main"]
    return folder


def test_it_is_built_again_elsewhere_by_another_one_on_another_day(clone: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    elsewhere = {
        "PATH": os.environ["PATH"],
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
        "TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX", "LANG": "tr_TR.UTF-8", "HOME": str(home), "USER": "grace",
        "LOGNAME": "grace", "PYTHONHASHSEED": "7", "MILEPOST_SITE_URL": "https://elsewhere.example/",
        "MILEPOST_REPOSITORY_URL": "https://elsewhere.example/fork",
    }  # fmt: skip
    bag = clone.parent / "bag"
    BranchStore(clone).write("two", bag)
    assert f"Source-Repository: {REPOSITORY}" in (bag / "bag-info.txt").read_text("utf-8").splitlines()
    assert REPOSITORY in (bag / "data/site/demo/T1.html").read_text("utf-8")
    done = milepost_process(
        "snapshot", "verify", "--rebuild", "two", folder=clone, environment=elsewhere, handbook=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Building its commit again gave the same bytes" in done.stdout


@pytest.mark.usefixtures("already_built")
def test_the_newer_one_of_the_branch_here_and_the_fetched_one_is_taken(clone: Path) -> None:
    three = ("create", "three", "--reason", "So.", "--approved-by", "editor")
    fetched = git(clone, "rev-parse", "origin/snapshots").strip()
    git(clone, "branch", "snapshots", "origin/snapshots~1")
    assert snapshot(clone, "verify", "two").returncode == 0
    done = snapshot(clone, *three)
    assert done.returncode == 0, done.stderr
    assert git(clone, "rev-parse", "snapshots^").strip() == fetched
    assert snapshot(clone, "verify", "three").returncode == 0
    git(clone, "update-ref", "refs/remotes/origin/snapshots", "main")
    done = snapshot(clone, "verify", "three")
    assert done.returncode == 1
    assert "git merge --allow-unrelated-histories origin/snapshots" in " ".join(done.stderr.split())


# What an auditor does, as the handbook says it


def told_commands() -> list[str]:
    """The commands of the handbook's part for auditors, block by block as a page shows them, for the snapshot two."""
    text = (PROJECT / "content/handbook/audit.md").read_text("utf-8")
    part = text.partition("{#audit}")[2]
    page = BeautifulSoup(markdown(part, extensions=["fenced_code"]), "html.parser")
    return [block.get_text().replace("2025-10-21", "two") for block in page.select("pre > code.language-console")]


def run_as_told(folder: Path, *commands: str) -> subprocess.CompletedProcess[str]:
    """Run commands one after another, up to the first that fails, where no Milepost is installed."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    script = "set -e\n" + "".join(commands)
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_handbooks_commands_prove_a_snapshot_without_milepost(clone: Path) -> None:
    get, files, payload, data, chain, history, site_alone, *_ = told_commands()
    rows = ledger_of(clone)
    assert rows is not None
    assert run_as_told(clone, "python3 -c 'import milepost'\n").returncode == 1
    done = run_as_told(clone, get, files, payload, data)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [rows[1].payload, rows[1].data]
    done = run_as_told(clone, chain)
    assert (done.returncode, done.stdout) == (0, "one holds\ntwo holds\n")
    assert run_as_told(clone, history).stdout == ""
    assert snapshot(clone, "restore", "--site", str(clone)).returncode == 0
    done = run_as_told(clone / "s/two", site_alone)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_page_of_a_snapshot_gives_it_by_the_commands_of_the_handbook() -> None:
    template = PROJECT / "hooks/milepost/site/pages/templates/snapshot.md.jinja"
    told = template.read_text("utf-8").partition("```console\n")[2].partition("```")[0].replace("{{ row.id }}", "two")
    get, files, payload, *_ = told_commands()
    assert told == get + files + payload


def test_the_handbooks_commands_find_what_is_wrong(clone: Path) -> None:
    get, files, _, _, chain, history, site_alone, *_ = told_commands()
    assert run_as_told(clone, get).returncode == 0
    bag = clone / "bags/two"
    (bag / "data/more.txt").touch()
    (bag / "data/site/way.html").symlink_to("index.html")
    (bag / "more.txt").touch()
    done = run_as_told(bag, files)
    added = [line for line in done.stdout.splitlines() if line.startswith(">")]
    assert (done.returncode, added) == (1, ["> data/more.txt", "> data/site/way.html", "> more.txt"])
    flip(bag)
    assert "data/site/index.html: FAILED" in run_as_told(bag, files).stdout
    assert snapshot(clone, "restore", "--site", str(clone)).returncode == 0
    (clone / "s/two/index.html").write_text("Another.", "utf-8")
    assert run_as_told(clone / "s/two", site_alone).stdout.startswith("index.html: FAILED")
    ledger = clone / "data/snapshots.yml"
    ledger.write_text(ledger.read_text("utf-8").replace("The board’s", "A board’s"), "utf-8")
    assert run_as_told(clone, chain).stdout == "one holds\ntwo is broken\n"
    ledger.write_text(remove_last(ledger.read_text("utf-8")), "utf-8")
    git(clone, "commit", "--quiet", "--message=Hide", "--", "data")
    told = run_as_told(clone, history).stdout.splitlines()
    assert {'-- id: "two"', '-  reason: "The board’s meeting."'} <= {*told}


def test_the_commit_to_build_it_again_from_is_the_one_that_recorded_it(clone: Path) -> None:
    find, *_ = told_commands()[7].splitlines()
    (commit_found,) = run_as_told(clone, find).stdout.split()
    assert '+- id: "two"' in git(clone, "show", "--format=", commit_found).splitlines()


# What the workflow that publishes does


def publishing(folder: Path, *wanted: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the steps of the workflow whose command holds one of the words `wanted`, in a clone as it makes one."""
    tool = folder / ".venv/bin/milepost"
    tool.parent.mkdir(parents=True, exist_ok=True)
    tool.write_text(f"#!{sys.executable}\n{SHORT}\nmain()\n", "utf-8")
    tool.chmod(0o755)
    workflow = yaml.safe_load((PROJECT / ".github/workflows/publish.yml").read_text("utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    script = "\n".join(
        f"bash -e <<'STEP' || exit 1\n{step}\nSTEP" for step in steps if any(map(step.__contains__, wanted))
    )
    environment = {"GITHUB_OUTPUT": str(folder.parent / "output"), "BEFORE": before}
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_a_publication_holds_every_snapshot_and_its_digests_are_those_of_the_ledger(clone: Path) -> None:
    done = publishing(clone, "milepost", "sha256sum")
    assert done.returncode == 0, done.stdout + done.stderr
    rows = ledger_of(clone)
    assert rows is not None
    for row in rows:
        assert (clone / "site/s" / row.id / "index.html").is_file()
    digests = "".join(f"{row.payload}  {row.id}/manifest-sha256.txt\n" for row in rows)
    assert (clone / "snapshots.sha256").read_text("utf-8") == digests
    assert (clone.parent / "output").read_text("utf-8") == "attest=true\n"
    # Where the ledger is what it was before the push, there is nothing new to sign.
    (clone.parent / "output").unlink()
    assert publishing(clone, "sha256sum", before="HEAD").returncode == 0
    assert not (clone.parent / "output").exists()


def test_a_publication_fails_where_a_snapshot_is_missing_or_was_altered_or_its_row_removed(clone: Path) -> None:
    (clone / "site").mkdir()
    gates = ("milepost check", "snapshot restore")
    fetched = "refs/remotes/origin/snapshots"
    git(clone, "update-ref", fetched, f"{fetched}~1")
    done = publishing(clone, *gates)
    assert (done.returncode, "the branch snapshots holds no snapshot two" in done.stderr) == (1, True)
    git(clone, "fetch", "--quiet")
    git(clone, "switch", "--quiet", "--create", "snapshots", fetched)
    flip(clone / "two")
    git(clone, "commit", "--quiet", "--all", "--message=Mend")
    git(clone, "update-ref", fetched, "snapshots")
    git(clone, "switch", "--quiet", "main")
    done = publishing(clone, *gates)
    assert (done.returncode, "differs: data/site/index.html" in done.stderr) == (1, True)
    ledger = clone / "data/snapshots.yml"
    removed = f"the row two was removed, which stands in {recorded(clone)['two']}"
    ledger.write_text(remove_last(ledger.read_text("utf-8")), "utf-8")
    git(clone, "commit", "--quiet", "--message=Hide", "--", "data")
    git(clone, "commit", "--quiet", "--allow-empty", "--message=Hide it deeper")
    done = publishing(clone, *gates)
    assert (done.returncode, removed in done.stdout) == (1, True)


# A run that is killed

KILLED_BETWEEN = f"""\
{SHORT}
import os, signal
from milepost.snapshots import store

def killed_after(keep):
    def add(self, bag, row):
        keep(self, bag, row)
        os.kill(os.getpid(), signal.SIGKILL)
    return add

for kind in (store.BranchStore, store.FolderStore):
    kind.add = killed_after(kind.add)
main()
"""
"""Keeps the bag, and is killed before it can write the row."""
THREE = ("create", "three", "--reason", "So.", "--approved-by", "editor")


def kill_between(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-c", KILLED_BETWEEN, "snapshot", *arguments]
    done = subprocess.run(command, cwd=folder, env=os.environ | DAY, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("place", [(), ("--to", "../kept")], ids=["branch", "folder"])
def test_a_run_that_was_killed_before_it_wrote_its_row_is_finished_by_the_same_command(
    copy: Path, place: tuple[str, ...]
) -> None:
    ledger = (copy / "data/snapshots.yml").read_bytes()
    kill_between(copy, *THREE, *place)
    refs = git(copy, "for-each-ref")
    assert (copy / "data/snapshots.yml").read_bytes() == ledger
    assert milepost("check", folder=copy).returncode == 0
    where = ("--from", place[1]) if place else ()
    listed = snapshot(copy, "list", *where).stdout.splitlines()
    assert "three  kept, and not in the ledger: the create that made it, run once more, writes its row" in listed
    # On another day; the bag was made on its own.
    later = {"SOURCE_DATE_EPOCH": str(int(DAY["SOURCE_DATE_EPOCH"]) + 5 * 24 * 60 * 60)}
    again = milepost("snapshot", *THREE, *place, "--as-of", "2026-10-24", folder=copy, environment=os.environ | later)
    assert again.returncode == 0, again.stderr
    rows = ledger_of(copy)
    assert rows is not None
    assert (rows[-1].id, rows[-1].date.isoformat()) == ("three", "2026-10-24")
    assert (copy / "data/snapshots.yml").read_bytes().startswith(ledger)
    assert git(copy, "for-each-ref") == refs
    assert git(copy, "status", "--porcelain").split() == ["M", "data/snapshots.yml"]
    assert snapshot(copy, "verify", "three", *where).returncode == 0
    assert milepost("check", folder=copy).returncode == 0


def test_a_bag_that_is_not_what_would_be_made_is_left_alone_and_says_what_it_is(copy: Path) -> None:
    kill_between(copy, *THREE)
    (copy / "data/snapshots.yml.new").unlink()
    refs = git(copy, "for-each-ref")
    begun = git(copy, "rev-parse", "HEAD").strip()
    words = refused(copy, *THREE, "--as-of", "2026-10-23")
    assert "has a bag three, which the ledger has not, and it is not what this command would make" in words
    assert f"Demo portfolio: commit {begun}, judged as of 2026-10-24" in words
    assert "choose another id" in words
    git(copy, "commit", "--quiet", "--allow-empty", "--message", "Meanwhile")
    refused(copy, *THREE)
    four = ("create", "four", *THREE[2:])
    assert snapshot(copy, *four).returncode == 0
    assert git(copy, "rev-parse", "snapshots^").strip() in refs
    commit(copy)
    site = copy.parent / "site"
    site.mkdir()
    done = snapshot(copy, "restore", "--site", str(site))
    assert done.returncode == 0, done.stderr
    assert "also holds three, which the ledger has not; it is not published." in " ".join(done.stderr.split())
    assert sorted(path.name for path in (site / "s").iterdir()) == ["four", "one", "two"]


@pytest.mark.usefixtures("already_built")
def test_half_a_bag_that_a_killed_run_left_is_no_snapshot_and_in_nobodys_way(copy: Path) -> None:
    bags = copy.parent / "bags"
    shutil.copytree(bags / "one", bags / ".three.new")
    assert len(snapshot(copy, "list", "--from", str(bags)).stdout.splitlines()) == 2
    done = snapshot(copy, *THREE, "--to", str(bags))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in bags.iterdir()) == ["one", "three", "two"]


# Digests


def test_the_digest_of_the_data_is_that_of_its_list_in_the_order_of_bytes(tmp_path: Path) -> None:
    files = {"data/b.yml": b"b", "data/a/z.yml": b"z", "data/a.yml": b"a", "data/é.yml": b"e"}
    write_files(tmp_path, {**files, "data/snapshots.yml": b"no", "data/schema/tasks.json": b"no"})
    order = ["data/a.yml", "data/a/z.yml", "data/b.yml", "data/é.yml"]
    listing = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in order)
    assert data_digest(tmp_path) == sha256(listing.encode()).hexdigest()


# Cited


@pytest.fixture(scope="module")
def moved_on(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with its snapshots, and since then T1 is called T9, and T3 is new."""
    folder = shutil.copytree(kept.parent, tmp_path_factory.mktemp("moved") / "kept")
    project = folder / "project"
    later = TASKS.replace("id: T1", "id: T9, formerly: [T1]").replace("Dredge", "Dredge deeper")
    (project / "data/programmes/demo/tasks.yml").write_text(
        later + "- {id: T3, title: Light, owner: editor}\n", "utf-8"
    )
    commit(project)
    return project


@pytest.fixture(scope="module")
def today(moved_on: Path) -> Path:
    """Its site, with the snapshots in their places."""
    site = moved_on.parent / "site"
    for arguments in (("build", "--site", str(site)), ("snapshot", "restore", "--site", str(site))):
        done = milepost(*arguments, folder=moved_on, environment=os.environ | DAY)
        assert done.returncode == 0, done.stdout + done.stderr
    return site


def cited(folder: Path, *arguments: str) -> str:
    done = milepost("snapshot", "cite", *arguments, folder=folder, environment=os.environ | DAY)
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


def not_cited(folder: Path, *arguments: str) -> str:
    done = milepost("snapshot", "cite", *arguments, folder=folder, environment=os.environ | DAY)
    assert (done.returncode, done.stdout) == (2, "")
    return " ".join(done.stderr.partition("Error: ")[2].split())


def block(site: Path, route: str) -> tuple[str, list[str], dict[str, str]]:
    """What a page offers to be cited: the sentence, where it leads, and the citation in each form."""
    found = BeautifulSoup((site / route).read_text("utf-8"), "html.parser").select("details.mp-cite")
    assert len(found) == 1, route
    titles, citations = (
        [part.get_text() for part in found[0].select(f"figure > {name}")] for name in ("figcaption", "pre")
    )
    forms = dict(zip(titles, citations, strict=True))
    note = found[0].select_one("p")
    assert note is not None
    return note.get_text(), [str(link["href"]) for link in found[0].select("a")], forms


def test_a_frozen_page_cites_itself_and_the_page_of_today_cites_it_in_the_same_words(
    today: Path, moved_on: Path
) -> None:
    rows = ledger_of(moved_on)
    assert rows is not None
    for route in ("index.html", "demo/index.html", "registers/risks.html", "handbook/index.html", "owners/editor.html"):
        note, links, forms = block(today, route)
        assert "This page as published in snapshot two of 24 Oct 2026. The page that you see may differ." in note
        assert [posixpath.normpath(posixpath.join(posixpath.dirname(route), link)) for link in links] == [
            f"s/two/{route}"
        ]
        frozen_note, frozen_links, frozen_forms = block(today / "s/two", route)
        assert frozen_note == "This page belongs to snapshot two of 24 Oct 2026, and does not change."
        assert (frozen_links, frozen_forms) == ([], forms)
        assert list(forms) == ["Plain text", "BibTeX", "CSL-JSON", "Markdown"]
        for form in forms.values():
            for fact in (f"{SITE_ADDRESS}s/two/{route}", rows[1].commit, rows[1].data, "24 Oct 2026", "two"):
                assert fact in form, (route, fact)
        assert block(today / "s/one", route)[2] != forms


def test_a_renamed_page_cites_what_it_was_and_a_new_one_says_that_it_changes(today: Path, moved_on: Path) -> None:
    note, links, forms = block(today, "demo/T9.html")
    assert ("snapshot two" in note, links) == (True, ["../s/two/demo/T1.html"])
    assert forms["Plain text"].startswith("T1 · Dredge (Demo). Demo portfolio. Demo office. Snapshot two ")
    note, links, forms = block(today, "demo/T3.html")
    assert note == "This page changes, and no snapshot is known to have it: what is cited here is not kept."
    assert links == []
    for form in forms.values():
        assert f"{SITE_ADDRESS}demo/T3.html" in form
        assert data_digest(moved_on) in form
        assert "as of 24 Oct 2026" in form.replace("As of", "as of")
        assert "changes" in form


def test_what_is_cited_of_an_unreadable_commit_is_nothing(copy: Path, tmp_path: Path) -> None:
    """As in a copy of the repository that was fetched without its history: the row says what, and nothing shows it."""
    ledger = copy / "data/snapshots.yml"
    rows = ledger_of(copy)
    assert rows is not None
    ledger.write_text(ledger.read_text("utf-8").replace(rows[1].commit, "0" * 40), "utf-8")
    shallow = tmp_path / "shallow"
    git(copy, "commit", "--quiet", "--all", "--message", "Another commit")
    subprocess.run(["git", "clone", "--quiet", "--depth=1", copy.as_uri(), str(shallow)], check=True)
    assert "no snapshot that can be read here has demo/T1." in not_cited(shallow, "demo/T1")
    assert "commit 000000000000 of snapshot two cannot be read" in not_cited(copy, "demo/T1", "--snapshot", "two")
    assert "Snapshot one of " in cited(copy, "demo/T1")
    done = milepost("build", "--site", str(tmp_path / "site"), folder=shallow, environment=os.environ | DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no snapshot is known to have it" in block(tmp_path / "site", "demo/T1.html")[0]


def test_no_page_without_its_own_place_is_cited_and_no_citation_is_found_by_the_search(today: Path) -> None:
    for page in (today / "404.html", today / "s/two/404.html"):
        assert "mp-cite" not in page.read_text("utf-8")
    for index in today.rglob("search_index.json"):
        entries = json.loads(index.read_text("utf-8"))["docs"]
        assert [entry["location"] for entry in entries if "Plain text" in entry["text"]] == []
    pages = [
        path for path in today.rglob("*.html") if path.name != "404.html" and "refresh" not in path.read_text("utf-8")
    ]
    assert len(pages) > 50
    for path in pages:
        assert path.read_text("utf-8").count('<details class="mp-cite">') == 1, path


def test_the_command_cites_the_latest_that_has_it_or_the_one_named(moved_on: Path) -> None:
    rows = ledger_of(moved_on)
    assert rows is not None
    latest = cited(moved_on, "demo/T1")
    assert latest == (
        "T1 · Dredge (Demo). Demo portfolio. Demo office. Snapshot two of 24 Oct 2026. "
        f"{SITE_ADDRESS}s/two/demo/T1.html "
        f"(as of 24 Oct 2026, commit {rows[1].commit}, data (SHA-256) {rows[1].data})"
    )
    assert cited(moved_on, "demo/T1.html") == cited(moved_on, "demo/T9") == latest
    assert f"{SITE_ADDRESS}s/one/demo/T1.html (as of 24 Oct 2026, commit {rows[0].commit}," in cited(
        moved_on, "demo/T1", "--snapshot", "one"
    )
    assert cited(moved_on, "demo").startswith("Demo. Demo portfolio.")
    assert cited(moved_on, "handbook/index.html").startswith("Handbook. ")
    assert cited(moved_on, "registers/risks.html").startswith("Risks. ")
    assert "https://other.example/x/s/two/demo/T1.html" in cited(
        moved_on, "demo/T1", "--site-address", "https://other.example/x"
    )


def test_the_command_takes_an_address_as_a_browser_shows_it(moved_on: Path) -> None:
    assert cited(moved_on, f"{SITE_ADDRESS}demo/T1.html") == cited(moved_on, "demo/T1")
    assert cited(moved_on, f"{SITE_ADDRESS}demo/T1.html?owners.sort=name") == cited(moved_on, "demo/T1")
    assert cited(moved_on, "owners.html?owners.sort=name") == cited(moved_on, "owners.html")
    assert cited(moved_on, SITE_ADDRESS) == cited(moved_on, SITE_ADDRESS.rstrip("/")) == cited(moved_on, "index.html")
    for shown in ("http://127.0.0.1:8000/", "http://localhost:8123/", f"{(moved_on / 'site').as_uri()}/"):
        assert cited(moved_on, f"{shown}demo/T1.html") == cited(moved_on, "demo/T1")
    of_the_first = cited(moved_on, "demo/T1", "--snapshot", "one")
    assert cited(moved_on, f"{SITE_ADDRESS}s/one/demo/T1.html") == cited(moved_on, "s/one/demo/T1.html") == of_the_first
    assert cited(moved_on, "s/one/") == cited(moved_on, "index.html", "--snapshot", "one")
    assert not_cited(moved_on, "s/one/demo/T1.html", "--snapshot", "two").startswith(
        "the address is of the snapshot one, and --snapshot says two."
    )
    assert not_cited(moved_on, "s/tow/demo/T1.html") == "the ledger has no snapshot tow. Did you mean two?"
    assert not_cited(moved_on, "https://other.example/demo/T1.html").startswith("no snapshot has https://other.example")


def test_an_id_without_its_programme_is_answered_with_the_whole_name(moved_on: Path) -> None:
    assert not_cited(moved_on, "T1") == "no snapshot has T1. Write demo/T1."


def test_the_command_writes_each_form_as_the_frozen_page_does(moved_on: Path, today: Path) -> None:
    _, _, forms = block(today / "s/two", "demo/T1.html")
    for name, title in (
        ("text", "Plain text"),
        ("bibtex", "BibTeX"),
        ("csl-json", "CSL-JSON"),
        ("markdown", "Markdown"),
    ):
        assert cited(moved_on, "demo/T1", "--format", name) == forms[title]


def test_what_cannot_be_cited_is_said_in_words(moved_on: Path, tmp_path: Path) -> None:
    assert not_cited(moved_on, "demo/T11") == "no snapshot has demo/T11. Did you mean demo/T1?"
    assert not_cited(moved_on, "registers/risk.html") == (
        "no snapshot has registers/risk.html. Did you mean registers/risks.html?"
    )
    assert not_cited(moved_on, "demo/T3").startswith("no snapshot has demo/T3.")
    assert not_cited(moved_on, "demo/T1.html#nowhere").startswith("no snapshot has demo/T1.html#nowhere.")
    assert not_cited(moved_on, "demo", "--snapshot", "tow") == "the ledger has no snapshot tow. Did you mean two?"
    fresh = make_repository(tmp_path / "fresh")
    assert "there is no snapshot to cite yet" in not_cited(fresh, "demo")
    settings = moved_on.parent / "without"
    shutil.copytree(moved_on, settings)
    text = (settings / "mkdocs.yml").read_text("utf-8")
    (settings / "mkdocs.yml").write_text("".join(f"{line}\n" for line in text.split("\n") if "site_url" not in line))
    assert "nothing says where the site is published" in not_cited(settings, "demo")


@pytest.mark.usefixtures("already_built")
def test_a_part_and_an_entry_of_a_register_are_cited_at_their_place(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "parts")
    write_files(
        folder,
        {
            "data/programmes/demo/tasks.yml": "- {id: T1, owner: editor, subtasks: [{id: T1.1, title: Sound}]}\n",
            "data/programmes/demo/registers/risks.yml": "- {id: R-01, description: Silt, status: open}\n",
        },
    )
    commit(folder)
    done = snapshot(folder, *FIRST)
    assert done.returncode == 0, done.stderr
    assert f"{SITE_ADDRESS}s/one/demo/T1.html#T1.1 " in cited(folder, "demo/T1.1")
    assert cited(folder, "demo/T1.1").startswith("T1.1 · Sound (Demo). ")
    assert f"]({SITE_ADDRESS}s/one/demo/risks.html#R-01)" in cited(folder, "demo/R-01", "--format", "markdown")
    assert cited(folder, "demo/R-01") == cited(folder, "demo/risks.html#R-01")


@pytest.mark.usefixtures("already_built")
def test_a_snapshot_that_lacks_a_thing_names_those_that_have_it(moved_on: Path, tmp_path: Path) -> None:
    copied = tmp_path / "later"
    shutil.copytree(moved_on, copied)
    done = snapshot(copied, "create", "three", "--reason", "More.", "--approved-by", "editor")
    assert done.returncode == 0, done.stderr
    assert not_cited(copied, "demo/T3", "--snapshot", "one") == "snapshot one does not have demo/T3. These do: three."
    assert "Snapshot three of " in cited(copied, "demo/T3")
    assert "T9 · Dredge deeper (Demo). Demo portfolio. Demo office. Snapshot three" in cited(copied, "demo/T1")
