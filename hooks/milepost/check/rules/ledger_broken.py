"""A row of the ledger of snapshots that was altered, removed or moved, or that does not name the row before it.

Why: who cites a snapshot relies on its row to say the same in five years. Each row holds the digest of the one before
it, so that none can be changed unseen. Where git can say, the ledger is also compared with that of every commit before:
what a row says is what it said when it was recorded. And the commit that a row names must be a part of the history, as
other copies of the repository have no others: a branch on which a snapshot was made is merged, not squashed or rebased.

Example, in `data/snapshots.yml`:

    - id: "2026-01-31"
      date: 2026-01-31
      as_of: 2026-01-31
      commit: "59f6a1c2d6b8f0e4a7935bb1f4f2f7c5d1e0a9b8"
      data: "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
      payload: "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730"
      reason: The board's meeting.
      approved_by: editor
    - id: "2026-02-28"
      date: 2026-02-28
      as_of: 2026-02-28
      commit: "0d1f2e3c4b5a69788796a5b4c3d2e1f00f1e2d3c"
      data: "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
      payload: "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730"
      reason: The board's meeting.
      approved_by: editor
      previous: "aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f"

Output:

    data/snapshots.yml:17:13: error[ledger-broken] 2026-02-28 does not name the digest of the row before it, 2026-01-31
      17 |   previous: "aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f"
         |             ^
      Put the row back that was altered or moved; in a row that is new, write previous: 5896845acf9a97f9dc585a16692b54b33a368cbc90dd9f348e8a4a8b42d19648
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from milepost.check.rules.descriptor import LedgerRule
from milepost.data.records.snapshot import Snapshot
from milepost.diagnostics import Diagnostic
from milepost.history.ledger import LEDGER_BROKEN


def check(rows: Sequence[Snapshot]) -> Iterator[Diagnostic]:
    """Each row that does not name the row before it by its digest."""
    for before, row in zip((None, *rows), rows, strict=False):
        if before is None and row.previous is not None:
            message = f"{row.id} is the first row, and names one before it"
            hint = "Put the row back that stood before it; where there was none, leave previous out."
            yield Diagnostic.at(row.location("previous"), LEDGER_BROKEN, message, hint)
        elif before is not None and row.previous != before.digest:
            message = f"{row.id} does not name the digest of the row before it, {before.id}"
            hint = f"Put the row back that was altered or moved; in a row that is new, write previous: {before.digest}"
            yield Diagnostic.at(row.location("previous"), LEDGER_BROKEN, message, hint)


RULE = LedgerRule(LEDGER_BROKEN, check)
