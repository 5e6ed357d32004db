"""The ledger of snapshots beside earlier states of it: rows are added at its end, and nothing else ever happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.data.records.snapshot import Snapshot
from milepost.diagnostics import Diagnostic, Location

LEDGER_BROKEN = "ledger-broken"
PUT_BACK = "Put the row back as it was; what it says wrongly is corrected by a new snapshot that names it in corrects."


@dataclass(frozen=True, slots=True)
class Version:
    """The ledger as it stood in an earlier state, which people know as `state`, such as `commit 1a2b3c4d5e6f`."""

    state: str
    rows: tuple[Snapshot, ...]


def not_appended(now: Sequence[Snapshot], versions: Sequence[Version], file: Location) -> Iterator[Diagnostic]:
    """What was altered, removed or reordered since any of the `versions`, the oldest of which comes first.

    What a row says is what it said where it first stood: who puts one back as it was has mended it. file: the place of
    the ledger, for what is not in it any more. An id stands in each state at most once.
    """
    first: dict[str, tuple[Snapshot, str]] = {}
    for version in versions:
        for row in version.rows:
            first.setdefault(row.id, (row, version.state))
    rows = {row.id: row for row in now}
    for name, (old, state) in first.items():
        if name not in rows:
            message = f"the row {name} was removed, which stands in {state}"
            yield Diagnostic.at(file, LEDGER_BROKEN, message, PUT_BACK)
        elif rows[name].digest != old.digest:
            yield _altered(rows[name], old, state)
    kept = [name for name in first if name in rows]
    for row, name in zip(now, kept, strict=False):
        if row.id != name:
            what = "was moved" if row.id in first else "is new, and not the last"
            message = f"the row {row.id} {what}: in {first[name][1]}, {name} stands in its place"
            hint = "Keep the rows in their order, and add new ones at the end."
            yield Diagnostic.at(row.location("id"), LEDGER_BROKEN, message, hint)


def ahead_of(rows: Sequence[Snapshot], day: date) -> Iterator[Diagnostic]:
    """Each day of a row that had not come yet on `day`, on which a check is made."""
    for row in rows:
        for field, words in (("date", "on which {} was made"), ("as_of", "as of which {} was judged")):
            found: date = getattr(row, field)
            if found > day:
                message = f"the day {words.format(row.id)} is {found}, later than {day}, the day of this check"
                hint = "Look at the clock of this machine; where it is right, that of who made the snapshot was not."
                yield Diagnostic.at(row.location(field), "future-date", message, hint)


def _altered(row: Snapshot, old: Snapshot, state: str) -> Diagnostic:
    changed = [name for name in type(row).model_fields if getattr(row, name) != getattr(old, name)]
    message = f"the row {row.id} was altered: in {state} its {' and its '.join(changed)} said something else"
    return Diagnostic.at(row.location(changed[0]), LEDGER_BROKEN, message, PUT_BACK)
