"""The ledger of snapshots beside an earlier state of it: rows are added at its end, and nothing else ever happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from milepost.diagnostics import Diagnostic, Location
from milepost.records.snapshot import Snapshot

LEDGER_BROKEN = "ledger-broken"
PUT_BACK = "Put the row back as it was; what it says wrongly is corrected by a new snapshot that names it in corrects."


def not_appended(
    now: Sequence[Snapshot], before: Sequence[Snapshot], file: Location, state: str
) -> Iterator[Diagnostic]:
    """What was altered, removed or reordered since `before`, which people know as `state`, such as `HEAD`.

    file: the place of the ledger, for what is not in it any more. An id stands in each of the two at most once.
    """
    rows, known = {row.id: row for row in now}, {row.id for row in before}
    for old in before:
        row = rows.get(old.id)
        if row is None:
            message = f"the row {old.id} was removed, which stands in {state}"
            yield Diagnostic.at(file, LEDGER_BROKEN, message, PUT_BACK)
        elif row.digest != old.digest:
            yield _altered(row, old, state)
    kept = [row for row in before if row.id in rows]
    for place, old in enumerate(kept):
        if place < len(now) and now[place].id != old.id:
            row = now[place]
            what = "was moved" if row.id in known else "is new, and not the last"
            message = f"the row {row.id} {what}: in {state}, {old.id} stands in its place"
            hint = "Keep the rows in their order, and add new ones at the end."
            yield Diagnostic.at(row.location("id"), LEDGER_BROKEN, message, hint)


def _altered(row: Snapshot, old: Snapshot, state: str) -> Diagnostic:
    changed = [name for name in type(row).model_fields if getattr(row, name) != getattr(old, name)]
    message = f"the row {row.id} was altered: in {state} its {' and its '.join(changed)} said something else"
    return Diagnostic.at(row.location(changed[0]), LEDGER_BROKEN, message, PUT_BACK)
