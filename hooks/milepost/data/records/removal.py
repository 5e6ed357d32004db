"""Removals: what was published once and was taken away, so that its address can say so."""

from __future__ import annotations

from pydantic import Field

from milepost.data.records.base import Record
from milepost.data.records.scalars import Day, PublishedName, Reason, Successor, Text


class Removal(Record):
    """An entry of `data/removed.yml`. It stays for good: its address may stand in someone's report."""

    what: PublishedName = Field(
        description="What it was called: fixnado/T9, fixnado for a whole programme, owners/ada, or handbook/old.html."
    )
    title: Text | None = Field(default=None, description="The name that it had, where people knew it by one.")
    date: Day = Field(description="The day on which it was removed.")
    reason: Reason = Field(description="Why it was removed.")
    instead: Successor | None = Field(
        default=None, description="What took its place: a name as in what, or an https address outside."
    )
