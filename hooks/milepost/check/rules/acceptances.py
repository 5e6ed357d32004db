"""Where the data accepts a finding, whether it still does, and what to write to accept one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from milepost.check.rules.descriptor import Finding
from milepost.data.records.base import Acceptance, Accepting
from milepost.data.records.programme import Programme
from milepost.data.records.tracker import TrackerRow
from milepost.model.portal import Portal, ProgrammeNode, Ref


def acceptances(portal: Portal) -> Iterator[tuple[ProgrammeNode, Ref, Acceptance]]:
    """Every acceptance, with its programme and the entity that it belongs to."""
    for ref, record in _accepting(portal):
        for acceptance in record.accept:
            yield portal.programme(ref.programme), ref, acceptance


def has_ended(acceptance: Acceptance, as_of: date) -> bool:
    """Whether the last day of the acceptance lies before the day as of which its programme is judged."""
    return acceptance.until is not None and acceptance.until < as_of


def hint(rule: str, finding: Finding) -> str:
    """The hint of a finding; where the data can accept it, with the `accept` to write and the record to write it in.

    Of several records the first is named. Parts such as updates are in none: they cannot hold an acceptance themselves.
    """
    if not finding.subjects:
        return finding.hint
    values = (f'{name}: "{value}"' if "," in value else f"{name}: {value}" for name, value in finding.figures.items())
    accept = f"accept: [{{rule: {rule}, figures: {{{', '.join(values)}}}, reason: ...}}]"
    return f"{finding.hint.removesuffix('.')}, or accept it in {_name(finding.subjects[0])}: {accept}"


def _name(record: Accepting) -> str:
    """What people call a record that can hold acceptances."""
    if isinstance(record, TrackerRow):
        return f"the tracker row of {record.task}"
    return "programme.yml" if isinstance(record, Programme) else str(getattr(record, "id", ""))


def _accepting(portal: Portal) -> Iterator[tuple[Ref, Accepting]]:
    for entity in portal.entities.values():
        if isinstance(entity.record, Accepting):
            yield entity.ref, entity.record
    yield from ((task.ref, task.row) for task in portal.tasks if task.row)
