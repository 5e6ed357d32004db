"""The ids that readers know feed items by: a ledger of those of the five programmes, and what must not change one.

The ledger is `feed_ids.txt`. `make feed-ids` adds new ids at its end; nothing ever leaves it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from renew_feed_ids import FIVE, LEDGER, ids_of_feeds, recorded, renew

from conftest import SmallProject, write_files
from milepost.history.timeline import Past
from milepost.report import make_report
from milepost.site.build import build

RENEW = "run `make feed-ids`, and commit the lines that it adds"
WITHDRAWN = re.compile(r"withdrawn (?P<id>tag:\S+) because \S.*")
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:[A-Za-z0-9./-]+")


def progress(lines: list[str]) -> set[str]:
    """The ids of a ledger that feeds must still have."""
    withdrawn = {found["id"] for line in lines if (found := WITHDRAWN.fullmatch(line))}
    return {line for line in lines if not line.startswith("withdrawn")} - withdrawn


# The ledger


def test_every_id_that_was_ever_published_is_still_in_a_feed() -> None:
    missing = progress(recorded(LEDGER.read_text("utf-8"))) - ids_of_feeds(FIVE).keys()
    assert sorted(missing) == [], "every reader would show these anew: give them back their names, by `formerly` or id"


def test_every_id_of_today_is_in_the_ledger() -> None:
    assert sorted(ids_of_feeds(FIVE).keys() - set(recorded(LEDGER.read_text("utf-8")))) == [], RENEW


def test_each_line_of_the_ledger_is_one_id_once() -> None:
    lines = recorded(LEDGER.read_text("utf-8"))
    assert [line for line in lines if not TAG_URI.fullmatch(line) and not WITHDRAWN.fullmatch(line)] == []
    assert len(set(lines)) == len(lines) >= 50


def test_renewing_the_ledger_adds_what_is_missing_at_its_end_and_takes_nothing_away(tmp_path: Path) -> None:
    before = LEDGER.read_text("utf-8").splitlines(keepends=True)
    gone = "tag:milepost.example,2026:fixnado/M1/2025-10-15\n"
    shorter = ["tag:milepost.example,2026:gone/T1/2025-01-01\n", *(line for line in before if line != gone)]
    ledger = tmp_path / "ids.txt"
    ledger.write_text("".join(shorter), "utf-8")
    renew(ledger, FIVE)
    assert ledger.read_text("utf-8").splitlines(keepends=True) == [*shorter, gone]
    renew(ledger, FIVE)
    assert ledger.read_text("utf-8").splitlines(keepends=True) == [*shorter, gone]


# What changes no id


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the data of the five programmes, to change."""
    shutil.copytree(FIVE / "data", tmp_path / "data")
    return tmp_path


def replaced(path: Path, text: str, instead: str) -> None:
    before = path.read_text("utf-8")
    assert before.count(text) == 1, f"{path.name} holds {text!r} {before.count(text)} times"
    path.write_text(before.replace(text, instead), "utf-8")


def test_a_renamed_file_changes_no_id(copy: Path) -> None:
    tasks = copy / "data/programmes/fixnado/tasks.yml"
    tasks.parent.joinpath("tasks").mkdir()
    tasks.rename(tasks.parent / "tasks/everything.yml")
    assert ids_of_feeds(copy) == ids_of_feeds(FIVE)


def test_an_entity_in_another_file_keeps_its_ids(copy: Path) -> None:
    tasks = copy / "data/programmes/fixnado/tasks.yml"
    entries = re.split(r"(?m)^(?=- id:)", tasks.read_text("utf-8"))
    folder = tasks.parent / "tasks"
    folder.mkdir()
    tasks.unlink()
    own = [entry for entry in entries if entry.startswith("- id: T4A")]
    assert len(own) == 1
    folder.joinpath("four.yml").write_text(own[0], "utf-8")
    folder.joinpath("rest.yml").write_text("".join(entry for entry in entries if entry not in own), "utf-8")
    assert ids_of_feeds(copy).keys() == ids_of_feeds(FIVE).keys()


def test_a_list_in_another_order_changes_no_id(copy: Path) -> None:
    for name in ("fixnado/tasks.yml", "fixnado/milestones.yml", "marketplace-launch/registers/decisions.yml"):
        path = copy / "data/programmes" / name
        entries = re.split(r"(?m)^(?=- id:)", path.read_text("utf-8"))
        assert len(entries) > 3, name
        path.write_text("\n".join(entry for entry in reversed(entries)), "utf-8")
    replaced(copy / "data/portfolio.yml", "[fixnado, edulure, ", "[edulure, fixnado, ")
    assert ids_of_feeds(copy).keys() == ids_of_feeds(FIVE).keys()


@pytest.mark.parametrize(
    ("file", "text", "instead"),
    [
        ("programmes/fixnado/tasks.yml", "Production MapLibre overlays", "The overlays of MapLibre"),
        ("programmes/fixnado/programme.yml", "title: Fixnado", "title: Fixnado & partners"),
        ("programmes/fixnado/milestones.yml", "title: Mobilise & Governance", "title: Mobilisation & Governance"),
        ("programmes/marketplace-launch/tracker.yml", "UT-007 was created", "UT-007 was made"),
        ("programmes/marketplace-launch/registers/decisions.yml", "Build the baseline", "Lay the baseline"),
        ("portfolio.yml", "title: Milepost portfolio", "title: All our programmes"),
        ("people.yml", "title: DevOps Lead", "title: Lead of DevOps"),
    ],
)
def test_a_mended_word_changes_no_id(file: str, text: str, instead: str, copy: Path) -> None:
    replaced(copy / "data" / file, text, instead)
    assert ids_of_feeds(copy) == ids_of_feeds(FIVE)


def test_a_renamed_programme_keeps_its_feed_and_its_items(small_project: Callable[..., SmallProject]) -> None:
    tasks = "- {id: T1, updates: [{date: 2026-02-01, text: Begun.}]}"
    project = small_project(tasks=tasks)
    before = ids_of_feeds(project.folder)
    shutil.rmtree(project.folder / "data/programmes/demo")
    write_files(
        project.folder,
        {
            "data/portfolio.yml": """\
                title: Demo portfolio
                publisher: Demo office
                programmes: [show]
                feed_authority: demo.example,2026
                """,
            "data/programmes/show/programme.yml": """\
                id: show
                formerly: [demo]
                title: Show
                owner: editor
                recorded: 2026-01-01
                """,
            "data/programmes/show/tasks.yml": tasks,
        },
    )
    assert "tag:demo.example,2026:demo" in before
    assert ids_of_feeds(project.folder) == before


def test_whoever_subscribed_before_a_programme_was_renamed_is_still_told(
    small_project: Callable[..., SmallProject],
) -> None:
    """The old address carries the feed, which names its new address as its own."""
    programme = "{id: demo, formerly: [risks, show], title: Demo, start: 2026-01-05, recorded: 2026-01-01}"
    project = small_project(programme=programme, milestones="- {id: M1, window: {weeks: [0, 1]}}")
    report = make_report(project.check(), Past(), site_address="https://demo.example/")
    found = [(artifact.path, artifact.content) for artifact in build(report)]
    files = dict(found)
    assert len(files) == len(found)
    for name in ("atom.xml", "rss.xml", "feed.json", "calendar.ics"):
        assert files[f"feeds/show/{name}"] == files[f"feeds/demo/{name}"], name
    assert 'href="https://demo.example/feeds/demo/atom.xml" rel="self"' in files["feeds/show/atom.xml"]
    assert "What happened to risks" in files["feeds/risks/atom.xml"], "a feed of another kind keeps its address"


def test_another_word_of_an_ids_own_is_found(copy: Path) -> None:
    """The ledger's test would fail for this: the id of an update is its day."""
    replaced(copy / "data/programmes/fixnado/milestones.yml", "- date: 2025-10-15", "- date: 2025-10-16")
    missing = progress(recorded(LEDGER.read_text("utf-8"))) - ids_of_feeds(copy).keys()
    assert missing == {"tag:milepost.example,2026:fixnado/M1/2025-10-15"}
