"""The project's ledger of snapshots beside that of the commits that the work tree stands on, where git can say."""

from __future__ import annotations

from pathlib import Path

from milepost.diagnostics import Diagnostic, Location, has_errors, ordered
from milepost.files import read_file
from milepost.ledger import not_appended
from milepost.load import DATA_FOLDER, LEDGER
from milepost.records.snapshot import Snapshot
from milepost.revisions import RevisionError, contents_at
from milepost.shape import shape_list
from milepost.source import read

FILE = f"{DATA_FOLDER}/{LEDGER}"
BEFORE = ("HEAD", "HEAD^1", "HEAD^2")
"""The commit itself, and the two that a merge joins: what a pull request takes away stands in one of them."""


def check_ledger(project: Path) -> tuple[Diagnostic, ...]:
    """What was altered, removed or reordered in the ledger since HEAD or its parents; nothing where git cannot say.

    A ledger that cannot be read is left to the check, which says why.
    """
    now = ledger_of(project)
    if now is None:
        return ()
    try:
        earlier = contents_at(project, FILE, BEFORE)
    except RevisionError:
        return ()
    found: list[Diagnostic] = []
    for state, content in zip(BEFORE, earlier, strict=True):
        before = ledger_in(content) if content is not None else None
        new = list(not_appended(now, before or (), Location(FILE, 1, 1), state))
        # Of what several of them tell, the nearest does.
        places = {(entry.location, entry.rule) for entry in found}
        found.extend(entry for entry in new if (entry.location, entry.rule) not in places)
    return ordered(found)


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
