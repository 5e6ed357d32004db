"""The decisions of a programme."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.data.records.registers.decisions import Decision
from milepost.model.portal import ProgrammeNode, Ref


def decisions_of(programme: ProgrammeNode) -> Iterator[tuple[Ref, Decision]]:
    """Each decision, in the order of the register."""
    for entry in (entry for entries in programme.registers.values() for entry in entries):
        if isinstance(entry, Decision):
            yield Ref(programme.slug, entry.id), entry
