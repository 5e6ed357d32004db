"""The registers of a programme: a page each, its entries as a table, each with an address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from milepost.data.records.registers import REGISTERS, Register, RegisterEntry
from milepost.model.addresses import PROGRAMME_LISTS
from milepost.report import Report
from milepost.site.pages.descriptor import NOT_SEARCHED, Page, PageKind
from milepost.site.pages.writer import programme_list, programmes_with

SENTENCES = frozenset({"decision", "description", "mitigation", "rationale", "resolution"})


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a register's entries, what it is called, and whether it holds sentences, which need room."""

    field: str
    title: str
    is_text: bool


def make(report: Report) -> Iterator[Page]:
    """A page for each register that has entries, of each programme."""
    for register in REGISTERS:
        for programme in programmes_with(report, register.name):
            entries = programme.registers[register.name]
            yield programme_list(
                report,
                programme,
                register.name,
                "register",
                description=f"{PROGRAMME_LISTS[register.name].title_of(programme)}: {register.summary}",
                is_wide=True,
                search=NOT_SEARCHED,
                register=register,
                columns=columns(register, entries),
                entries=entries,
            )


def columns(register: Register, entries: tuple[RegisterEntry, ...]) -> list[Column]:
    """The columns of a register that at least one of its entries fills, in its order."""
    return [
        Column(field, "Id" if field == "id" else field.replace("_", " ").capitalize(), field in SENTENCES)
        for field in register.columns
        if any(_is_filled(getattr(entry, field)) for entry in entries)
    ]


def _is_filled(value: Any) -> bool:
    return value is not None and value != ()


KIND = PageKind("register", "One register of a programme: its entries, each with an address.", make)
