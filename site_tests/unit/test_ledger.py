"""The ledger of snapshots: its rows, the chain that they are, and what must not happen to one that was published."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import TODAY, SmallProject, milepost
from milepost.check.run import check_project
from milepost.data.records.snapshot import Snapshot
from milepost.history.ledger_check import check_ledger, ledger_in, ledger_of, without_history
from milepost.snapshots.create import row_text

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


@pytest.mark.parametrize(
    ("changed", "count", "words"),
    [
        (
            {"date": "2026-02-02"},
            1,
            "the day on which a was made is 2026-02-02, later than 2026-02-01, the day of this",
        ),
        ({"as_of": "2026-02-02"}, 1, "the day as of which a was judged is 2026-02-02, later than 2026-02-01"),
        ({"date": "2026-02-01", "as_of": "2026-02-01"}, 0, ""),
    ],
)
def test_a_day_to_come_is_told(
    small_project: Callable[..., SmallProject], changed: dict[str, str], count: int, words: str
) -> None:
    folder = small_project({LEDGER: written([row("a", None, **changed)])}).folder
    # As of an earlier day too: a snapshot is made by the clock.
    for arguments in ((), ("--as-of", "2026-01-15")):
        done = milepost(
            "check", *arguments, folder=folder, environment=os.environ | {"SOURCE_DATE_EPOCH": "1769904000"}
        )
        found = [line for line in done.stdout.splitlines() if "future-date" in line]
        assert len(found) == count
        assert all(f"{LEDGER}:1:" in line and words in line for line in found)


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
        commit(folder)
    return folder


CREW = ("-c", "user.name=crew", "-c", "user.email=crew")


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, *CREW, "commit", "--quiet", "--allow-empty", "--message", "A change")


def state(folder: Path, name: str = "HEAD") -> str:
    """A commit as findings name it."""
    return f"commit {git(folder, 'rev-parse', '--short=12', name)}"


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
            (2, f"the row b was altered: in {state(published)} its payload and its reason said something else")
        ]
        assert check_project(published, TODAY).diagnostics == ()

    def test_the_last_row_cannot_be_removed(self, published: Path) -> None:
        assert told(published, chain("a")) == [(1, f"the row b was removed, which stands in {state(published)}")]

    def test_the_ledger_cannot_be_removed(self, published: Path) -> None:
        (published / LEDGER).unlink()
        assert [found.message for found in check_ledger(published)] == [
            f"the row a was removed, which stands in {state(published, 'HEAD^')}",
            f"the row b was removed, which stands in {state(published)}",
        ]

    def test_rows_cannot_change_places_though_each_names_the_one_before(self, published: Path) -> None:
        messages = [message for _, message in told(published, chain("b", "a"))]
        first = state(published, "HEAD^")
        assert f"the row b was moved: in {first}, a stands in its place" in messages
        assert f"the row a was altered: in {first} its previous said something else" in messages

    def test_a_new_row_stands_at_the_end(self, published: Path) -> None:
        first = state(published, "HEAD^")
        assert (1, f"the row c is new, and not the last: in {first}, a stands in its place") in told(
            published, chain("c", "a", "b")
        )

    def test_rows_are_compared_also_where_lines_end_otherwise_or_are_written_in_another_way(
        self, published: Path
    ) -> None:
        (published / LEDGER).write_bytes(written(chain("a", "b")).replace("\n", "\r\n").encode())
        assert check_ledger(published) == ()
        (published / LEDGER).write_text("# All of them.\n" + written(chain("a", "b", "c")), "utf-8")
        assert check_ledger(published) == ()

    def test_what_goes_on_with_the_row_that_was_the_last_alters_it(self, published: Path) -> None:
        rows = chain("a", "b", "c")
        block = "".join(row_text(row) for row in rows)
        (published / LEDGER).write_text(block, "utf-8")
        commit(published)
        (published / LEDGER).write_text(block + '  corrects: "a"\n', "utf-8")
        assert [found.message for found in check_ledger(published)] == [
            f"the row c was altered: in {state(published)} its corrects said something else"
        ]


class TestBesideTheWholeHistory:
    """What was taken away stays told, however many commits come after it."""

    def test_what_was_taken_away_is_told_after_other_commits_too(self, published: Path) -> None:
        first, second = state(published, "HEAD^"), state(published)
        (published / LEDGER).write_text(written(chain("a")), "utf-8")
        commit(published)
        (published / LEDGER).write_text(written([row("a", reason="Another.")]), "utf-8")
        commit(published)
        for _ in range(3):
            commit(published)
        assert [found.message for found in check_ledger(published)] == [
            f"the row b was removed, which stands in {second}",
            f"the row a was altered: in {first} its reason said something else",
        ]

    def test_what_was_altered_and_put_back_is_mended(self, published: Path) -> None:
        (published / LEDGER).write_text(written([chain("a")[0], row("b", reason="Another.")]), "utf-8")
        commit(published)
        assert "the row b was altered" in check_ledger(published)[0].message
        (published / LEDGER).write_text(written(chain("a", "b")), "utf-8")
        commit(published)
        assert check_ledger(published) == ()

    def test_a_ledger_that_was_removed_and_begun_again_is_told(self, published: Path) -> None:
        first, second = state(published, "HEAD^"), state(published)
        git(published, "rm", "--quiet", LEDGER)
        commit(published)
        messages = [message for _, message in told(published, chain("c"))]
        assert messages[:2] == [
            f"the row a was removed, which stands in {first}",
            f"the row b was removed, which stands in {second}",
        ]

    def test_what_a_merge_takes_from_the_branch_that_it_joins_is_told(self, published: Path) -> None:
        git(published, "switch", "--quiet", "--create", "branch")
        (published / LEDGER).write_text(written(chain("a", "b", "c")), "utf-8")
        commit(published)
        branch = state(published)
        git(published, "switch", "--quiet", "main")
        git(published, *CREW, "merge", "--quiet", "--no-ff", "--strategy=ours", "--no-edit", "branch")
        assert [found.message for found in check_ledger(published)] == [
            f"the row c was removed, which stands in {branch}"
        ]


class TestTheCommitsOfItsRows:
    """A copy of the repository has what its history holds, and nothing else for certain."""

    @pytest.fixture
    def squashed(self, published: Path) -> tuple[Path, str]:
        """A repository into which a branch that made the snapshot c was squashed; and the commit that c names."""
        git(published, "switch", "--quiet", "--create", "branch")
        commit(published)
        made_of = git(published, "rev-parse", "HEAD")
        first, second = chain("a", "b")
        rows = [first, second, row("c", second.digest, commit=made_of)]
        (published / LEDGER).write_text(written(rows), "utf-8")
        commit(published)
        git(published, "switch", "--quiet", "main")
        git(published, "merge", "--quiet", "--squash", "branch")
        commit(published)
        return published, made_of

    def test_a_commit_that_was_squashed_away_is_told_with_what_mends_it(self, squashed: tuple[Path, str]) -> None:
        folder, made_of = squashed
        (found,) = check_ledger(folder)
        assert (found.line, found.message) == (
            3, f"the commit {made_of[:12]} of c is no part of the history of this one"
        )  # fmt: skip
        command = found.hint.partition(": ")[2].partition(".")[0]
        assert command == f"git merge --strategy=ours {made_of[:12]}"
        files = git(folder, "rev-parse", "HEAD^{tree}")
        git(folder, *CREW, *command.removeprefix("git ").split(), "--no-edit")
        assert git(folder, "rev-parse", "HEAD^{tree}") == files
        assert check_ledger(folder) == ()

    def test_what_would_not_be_told_in_every_copy_is_named(self, squashed: tuple[Path, str]) -> None:
        folder, made_of = squashed
        rows = ledger_of(folder)
        assert rows is not None
        words = without_history(folder, rows)
        assert f": a (commit {'c' * 12}), b (commit {'c' * 12}), c (commit {made_of[:12]}). " in words
        assert "git merge --strategy=ours COMMIT" in words
        git(folder, *CREW, "merge", "--quiet", "--strategy=ours", "--no-edit", made_of)
        assert without_history(folder, rows[2:]) == ""

    def test_of_a_history_that_is_cut_off_nothing_is_said(self, squashed: tuple[Path, str], tmp_path: Path) -> None:
        folder, _ = squashed
        rows = ledger_of(folder)
        assert rows is not None
        git(folder, "clone", "--quiet", "--depth=1", f"file://{folder}", str(tmp_path / "shallow"))
        assert without_history(tmp_path / "shallow", rows) == ""
        assert check_ledger(tmp_path / "shallow") == ()


class TestWithoutGit:
    def test_a_folder_without_a_repository_is_compared_with_nothing(
        self, small_project: Callable[..., SmallProject]
    ) -> None:
        folder = small_project({LEDGER: written(chain("a"))}).folder
        assert check_ledger(folder) == ()
