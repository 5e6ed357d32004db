"""Snapshots: the states of the site that were published to be cited, a row each in the ledger, which only grows."""

from __future__ import annotations

import json
from hashlib import sha256

from pydantic import Field

from milepost.data.records.base import Record
from milepost.data.records.scalars import CommitName, Day, PersonId, Sha256, SnapshotId, Text


class Snapshot(Record):
    """A row of `data/snapshots.yml`. Digests are of SHA-256, as 64 small hexadecimal digits."""

    id: SnapshotId = Field(description='Its name, which its address holds: "2025-10-21".')
    date: Day = Field(description="The day on which it was made.")
    as_of: Day = Field(description="The day as of which programmes that still reported were judged.")
    commit: CommitName = Field(description="The commit that it was built of, by its full name.")
    data: Sha256 = Field(description="The digest of the data: of the list of its files with the digest of each.")
    payload: Sha256 = Field(description="The digest of the payload: of the bag's manifest-sha256.txt.")
    reason: Text = Field(description="Why it was made.")
    approved_by: PersonId = Field(description="Who approved it: an id of people.yml.")
    corrects: SnapshotId | None = Field(default=None, description="The snapshot that this one corrects.")
    previous: Sha256 | None = Field(
        default=None, description="The digest of the row before; left out in the first row alone."
    )

    @property
    def digest(self) -> str:
        """The digest of the row: SHA-256 of its fields as canonical JSON (RFC 8785), in UTF-8.

        Fields that are left out are left out there too. Every value is a text: `jq -cjS .` writes the same bytes.
        """
        facts = self.model_dump(mode="json", exclude_none=True)
        canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode()).hexdigest()
