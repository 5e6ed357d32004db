"""Where the data accepts a disagreement, whether it still does, and how it would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from milepost.data.records.base import Acceptance, Accepting
from milepost.data.records.tracker import TrackerRow
from milepost.model.portal import Portal, ProgrammeNode, Ref


def acceptances(portal: Portal) -> Iterator[tuple[ProgrammeNode, Ref, Acceptance]]:
    """Every acceptance, with its programme and the entity that it belongs to."""
    programmes = {programme.slug: programme for programme in portal.programmes}
    for ref, record in _accepting(portal):
        for acceptance in record.accept:
            yield programmes[ref.programme], ref, acceptance


def has_ended(acceptance: Acceptance, as_of: date) -> bool:
    """Whether the last day of the acceptance lies before the day as of which its programme is judged."""
    return acceptance.until is not None and acceptance.until < as_of


def how_to_accept(rule: str, figures: Mapping[str, str], ref: Ref, record: Accepting) -> str:
    """What to write to accept a finding with its figures, and where: parts such as updates cannot hold it themselves."""
    where = f"the tracker row of {ref.id}" if isinstance(record, TrackerRow) else ref.id or "programme.yml"
    pinned = ", ".join(f"{name}: {figure}" for name, figure in figures.items())
    return f"accept it in {where}: accept: [{{rule: {rule}, figures: {{{pinned}}}, reason: ...}}]"


def _accepting(portal: Portal) -> Iterator[tuple[Ref, Accepting]]:
    for entity in portal.entities.values():
        if isinstance(entity.record, Accepting):
            yield entity.ref, entity.record
    for programme in portal.programmes:
        for row in programme.tracker.rows:
            yield Ref(programme.slug, row.task), row
