"""The risks of a programme that may still come true."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.data.records.registers.risks import OPEN_STATUSES, Risk
from milepost.model.portal import ProgrammeNode, Ref


def open_risks(programme: ProgrammeNode) -> Iterator[tuple[Ref, Risk]]:
    """Each risk that is neither resolved nor closed."""
    for entry in (entry for entries in programme.registers.values() for entry in entries):
        if isinstance(entry, Risk) and entry.status in OPEN_STATUSES:
            yield Ref(programme.slug, entry.id), entry
