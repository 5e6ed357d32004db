"""The project's ledger of snapshots beside the history that the work tree stands on, where git can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from milepost.data.files import read_file
from milepost.data.loader import DATA_FOLDER, LEDGER
from milepost.data.records.snapshot import Snapshot
from milepost.data.validation import shape_list
from milepost.data.yaml_reader import read
from milepost.diagnostics import Diagnostic, Location, has_errors, ordered
from milepost.history.git import (
    SHORT,
    RevisionError,
    apart_from_history,
    contents_at,
    parents_of,
    revisions_of,
)
from milepost.history.ledger import LEDGER_BROKEN, Version, not_appended

FILE = f"{DATA_FOLDER}/{LEDGER}"
ROW = b"- "
MERGE_IT = (
    "Merge it, which changes no file: git merge --strategy=ours {}. A branch on which a snapshot was made is merged, "
    "and neither squashed nor rebased."
)


def check_ledger(project: Path) -> tuple[Diagnostic, ...]:
    """What was altered, removed or reordered in the ledger since any commit on the way to HEAD, or names none of them.

    Nothing where git cannot say. A ledger that cannot be read is left to the check, which says why.
    """
    now = ledger_of(project)
    if now is None:
        return ()
    try:
        versions = _versions(project)
        apart = apart_from_history(project, [row.commit for row in now])
    except RevisionError:
        return ()
    return ordered((*not_appended(now, versions, Location(FILE, 1, 1)), *_beside_history(now, apart.at_hand)))


def _beside_history(rows: Sequence[Snapshot], apart: frozenset[str]) -> Iterator[Diagnostic]:
    """Each row whose commit is at hand, and no part of the history: where it is lost, no one could mend that here."""
    for row in rows:
        if row.commit in apart:
            message = f"the commit {row.commit[:SHORT]} of {row.id} is no part of the history of this one"
            yield Diagnostic.at(row.location("commit"), LEDGER_BROKEN, message, MERGE_IT.format(row.commit[:SHORT]))


def without_history(project: Path, rows: Sequence[Snapshot]) -> str:
    """Why what is built of HEAD would not tell of all `rows`, for people; empty where the commit of each is at hand.

    What an earlier commit published is told of where that is a part of the history, and so is in every full copy.
    Raises RevisionError where git cannot be asked.
    """
    apart = apart_from_history(project, [row.commit for row in rows])
    named = [f"{row.id} (commit {row.commit[:SHORT]})" for row in rows if row.commit in apart.at_hand | apart.missing]
    if not named:
        return ""
    return (
        f"{FILE} names commits that are no part of the history of this one: {', '.join(named)}. What was made of them "
        "could not be told in every copy of the repository. A branch on which a snapshot was made must be merged, and "
        "neither squashed nor rebased. Where it was, fetch the branch, and for each of these commits: "
        "git merge --strategy=ours COMMIT, which changes no file"
    )


def _versions(project: Path) -> tuple[Version, ...]:
    """The ledger at each commit on the way to HEAD that changed it, and at the one that HEAD merges, oldest first.

    Those of which the ledger of today is a continuation are left out where all are, as nothing was then taken away.
    """
    commits = list(revisions_of(project, FILE))
    head, *parents = parents_of(project)
    if len(parents) > 1:
        # What the merge itself did stands beside both that it joins.
        place = commits.index(head) if head in commits else len(commits)
        commits.insert(place, parents[1])
    if not commits:
        return ()
    contents = contents_at(project, FILE, commits)
    path = project / FILE
    now = path.read_bytes() if path.is_file() else b""
    if all(content is None or _continues(now, content) for content in contents):
        return ()
    known = ((commit, ledger_in(content)) for commit, content in zip(commits, contents, strict=True) if content)
    return tuple(Version(f"commit {commit[:SHORT]}", rows) for commit, rows in known if rows is not None)


def _continues(now: bytes, before: bytes) -> bool:
    """Whether a ledger is what it was `before`, and rows after that; not so sure where it is written in another way."""
    now, before = now.replace(b"\r\n", b"\n"), before.replace(b"\r\n", b"\n")
    return now == before or (now.startswith(before) and before.endswith(b"\n") and now.startswith(ROW, len(before)))


def ledger_of(project: Path) -> tuple[Snapshot, ...] | None:
    """The ledger in the work tree of `project`, empty where there is none; None where it cannot be read."""
    if not (project / FILE).is_file():
        return ()
    content = read_file(project, DATA_FOLDER, LEDGER)
    return ledger_in(content) if isinstance(content, bytes) else None


def ledger_in(content: bytes) -> tuple[Snapshot, ...] | None:
    """The ledger that `content` holds; None where it is no ledger, or an id stands in it twice."""
    document = read(FILE, content)
    shaped = shape_list(document, Snapshot)
    if has_errors((*document.diagnostics, *shaped.diagnostics)):
        return None
    ids = {row.id for row in shaped.records}
    return shaped.records if len(ids) == len(shaped.records) else None
