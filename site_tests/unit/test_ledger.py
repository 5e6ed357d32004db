"""The ledger of snapshots: its rows, the chain that they are, and what must not happen to one that was published."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import TODAY, SmallProject
from milepost.check import check_project
from milepost.ledger_check import check_ledger, ledger_in
from milepost.records.snapshot import Snapshot

LEDGER = "data/snapshots.yml"
FACTS = {
    "date": date(2026, 1, 31),
    "as_of": date(2026, 1, 30),
    "commit": "c" * 40,
    "data": "d" * 64,
    "payload": "e" * 64,
    "reason": "The board’s meeting.",
    "approved_by": "editor",
}


def row(name: str, previous: str | None = None, **changed: object) -> Snapshot:
    facts = {key: str(value) for key, value in {"id": name, **FACTS, **changed}.items()}
    return Snapshot.model_validate(facts | ({"previous": previous} if previous else {}))


def chain(*names: str) -> list[Snapshot]:
    rows: list[Snapshot] = []
    for name in names:
        rows.append(row(name, rows[-1].digest if rows else None))
    return rows


def written(rows: list[Snapshot]) -> str:
    texts = [row.model_dump(mode="json", exclude_none=True) for row in rows]
    return "".join("- {" + ", ".join(f"{key}: '{value}'" for key, value in text.items()) + "}\n" for text in texts)


def test_a_row_has_the_digest_that_its_canonical_json_has() -> None:
    """As an auditor computes it: by RFC 8785, which for texts is this."""
    canonical = (
        '{"approved_by":"editor","as_of":"2026-01-30","commit":"' + "c" * 40 + '","data":"' + "d" * 64 + '",'
        '"date":"2026-01-31","id":"a","payload":"' + "e" * 64 + '","reason":"The board’s meeting."}'
    )
    assert row("a").digest == sha256(canonical.encode()).hexdigest()


def test_every_field_of_a_row_is_part_of_its_digest() -> None:
    day = date(2026, 2, 1)
    others: dict[str, object] = {
        "date": day, "as_of": day, "commit": "0" * 40, "data": "0" * 64, "payload": "0" * 64,
        "reason": "Another.", "approved_by": "crew", "corrects": "b",
    }  # fmt: skip
    changed = [row("a", None, **{name: value}) for name, value in others.items()]
    rows = [row("a"), row("b"), row("a", "0" * 64), *changed]
    assert set(Snapshot.model_fields) == {"id", "previous", *others}
    assert len({entry.digest for entry in rows}) == len(rows)


def test_the_portal_holds_the_rows_in_their_order(small_project: Callable[..., SmallProject]) -> None:
    rows = chain("b", "a", "c")
    portal = small_project({LEDGER: written(rows)}).check().portal
    assert portal is not None
    assert [entry.id for entry in portal.snapshots] == ["b", "a", "c"]
    assert [entry.digest for entry in portal.snapshots] == [entry.digest for entry in rows]


def test_a_row_that_refers_to_nobody_or_to_itself_is_told(small_project: Callable[..., SmallProject]) -> None:
    ledger = written([row("a", approved_by="edit", corrects="b"), row("b", corrects="b")])
    found = small_project({LEDGER: ledger}).found
    assert [(line, rule) for _, line, _, rule in found] == [(1, "unknown-reference"), (2, "unknown-reference")]
    ledger = written([row("a", approved_by="edit"), row("b", corrects="a")])
    assert [line for _, line, _, _ in small_project({LEDGER: ledger}).found] == [1]


def test_an_id_that_stands_twice_is_told_at_both_places(small_project: Callable[..., SmallProject]) -> None:
    found = small_project({LEDGER: written([row("a"), row("a")])}).found
    assert [(line, rule) for _, line, _, rule in found] == [(1, "duplicate-id"), (2, "duplicate-id")]


@pytest.mark.parametrize("name", ["2025-10-21", "v1.1-b", "1.10"])
def test_what_is_right_for_an_id_is_read_as_it_stands(name: str) -> None:
    rows = ledger_in(written([row(name)]).encode())
    assert rows is not None
    assert rows[0].id == name


class TestTheChain:
    def test_a_chain_that_holds_says_nothing(self, small_project: Callable[..., SmallProject]) -> None:
        assert small_project({LEDGER: written(chain("a", "b", "c"))}).found == []

    def test_a_row_that_was_altered_breaks_the_next(self, small_project: Callable[..., SmallProject]) -> None:
        rows = chain("a", "b", "c")
        altered = written(rows).replace("The board’s", "A board’s", 1)
        found = small_project({LEDGER: altered}).found
        assert [(line, rule) for _, line, _, rule in found] == [(2, "ledger-broken")]

    def test_rows_that_changed_places_are_each_told(self, small_project: Callable[..., SmallProject]) -> None:
        first, second, third = chain("a", "b", "c")
        found = small_project({LEDGER: written([second, first, third])}).found
        assert [(line, rule) for _, line, _, rule in found] == [(place, "ledger-broken") for place in (1, 2, 3)]

    def test_a_row_that_is_gone_is_missed(self, small_project: Callable[..., SmallProject]) -> None:
        first, _, third = chain("a", "b", "c")
        assert [line for _, line, _, _ in small_project({LEDGER: written([first, third])}).found] == [2]
        assert [line for _, line, _, _ in small_project({LEDGER: written([third])}).found] == [1]

    def test_a_broken_ledger_cannot_be_accepted(self, small_project: Callable[..., SmallProject]) -> None:
        accept = "{rule: ledger-broken, figures: {row: b}, reason: So it is.}"
        files = {LEDGER: written([row("a"), row("b")])}
        found = small_project(files, tasks=f"- {{id: T1, progress: 1, owner: editor, accept: [{accept}]}}\n").found
        assert ("snapshots.yml", 2, 1 + 2, "ledger-broken") in found
        assert "exception-unused" in {rule for *_, rule in found}


@pytest.fixture
def published(small_project: Callable[..., SmallProject]) -> Path:
    """A repository whose HEAD holds the rows a and b, and the commit before it the row a."""
    folder = small_project().folder
    git(folder, "init", "--quiet", "--initial-branch=main")
    for rows in (chain("a"), chain("a", "b")):
        (folder / LEDGER).write_text(written(rows), "utf-8")
        git(folder, "add", "--all")
        git(folder, "-c", "user.name=crew", "-c", "user.email=crew", "commit", "--quiet", "--message", "A snapshot")
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


def told(folder: Path, rows: list[Snapshot]) -> list[tuple[int, str]]:
    """The finding at each line, of a ledger of `rows`, that a comparison with the commits gives."""
    (folder / LEDGER).write_text(written(rows), "utf-8")
    return [(found.line, found.message) for found in check_ledger(folder)]


class TestBesideTheLastCommit:
    def test_what_is_added_at_the_end_is_right(self, published: Path) -> None:
        assert told(published, chain("a", "b")) == []
        assert told(published, chain("a", "b", "c")) == []

    def test_the_last_row_cannot_be_altered_either(self, published: Path) -> None:
        """No row after it holds its digest, so that the chain alone would not show it."""
        first, second = chain("a", "b")
        altered = row("b", second.previous, reason="Another.", payload="0" * 64)
        assert told(published, [first, altered]) == [
            (2, "the row b was altered: in HEAD its payload and its reason said something else")
        ]
        assert check_project(published, TODAY).diagnostics == ()

    def test_the_last_row_cannot_be_removed(self, published: Path) -> None:
        assert told(published, chain("a")) == [(1, "the row b was removed, which stands in HEAD")]

    def test_the_ledger_cannot_be_removed(self, published: Path) -> None:
        (published / LEDGER).unlink()
        assert [found.message for found in check_ledger(published)] == [
            "the row a was removed, which stands in HEAD",
            "the row b was removed, which stands in HEAD",
        ]

    def test_rows_cannot_change_places_though_each_names_the_one_before(self, published: Path) -> None:
        messages = [message for _, message in told(published, chain("b", "a"))]
        assert "the row b was moved: in HEAD, a stands in its place" in messages
        assert "the row a was altered: in HEAD its previous said something else" in messages

    def test_a_new_row_stands_at_the_end(self, published: Path) -> None:
        assert (1, "the row c is new, and not the last: in HEAD, a stands in its place") in told(
            published, chain("c", "a", "b")
        )

    def test_what_a_merge_or_a_commit_took_away_is_told(self, published: Path) -> None:
        (published / LEDGER).write_text(written(chain("b")), "utf-8")
        git(published, "-c", "user.name=crew", "-c", "user.email=crew", "commit", "--quiet", "--all", "--message", "No")
        assert [found.message for found in check_ledger(published)] == [
            "the row a was removed, which stands in HEAD^1",
            "the row b was altered: in HEAD^1 its previous said something else",
        ]

    def test_a_folder_without_a_repository_is_compared_with_nothing(
        self, small_project: Callable[..., SmallProject]
    ) -> None:
        folder = small_project({LEDGER: written(chain("a"))}).folder
        assert check_ledger(folder) == ()
