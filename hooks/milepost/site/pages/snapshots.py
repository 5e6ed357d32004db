"""The snapshots: the list of the ledger, and a page for each row with all that it says, and how to prove it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from milepost.model import routes
from milepost.model.addresses import snapshot_title
from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter, portal_list


def make(report: Report) -> Iterator[Page]:
    """The list of snapshots, newest first, and a page each."""
    rows = report.portal.snapshots
    known = {row.id: row for row in rows}
    corrections = {row.id: [later for later in rows if later.corrects == row.id] for row in rows}
    before = {row.id: earlier for earlier, row in pairwise(rows)}
    yield from portal_list(
        report,
        "snapshots",
        description="Every state of this portal that was published to be cited, and what has happened since.",
        is_wide=True,
        search=None,
        rows=rows[::-1],
        corrections=corrections,
    )
    for row in rows:
        yield PageWriter(report, routes.snapshot_page(row.id)).page(
            "snapshot",
            title=snapshot_title(row.id),
            description=f"What the ledger says of snapshot {row.id}, how to prove it, and whether it was corrected.",
            row=row,
            before=before.get(row.id),
            corrected=known.get(row.corrects or ""),
            corrections=corrections[row.id],
        )


KIND = PageKind("snapshots", "Every snapshot of the ledger, what it says, and how to prove it.", make)
