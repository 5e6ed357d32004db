"""A programme's own page: its four answers, its progress chart, its milestones and tasks, and what disagrees."""

from __future__ import annotations

from collections.abc import Iterator

from milepost import routes
from milepost.pages.answers import answers
from milepost.pages.descriptor import Page, PageKind
from milepost.pages.writer import PageWriter
from milepost.records.registers import REGISTERS
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """A page a programme."""
    for programme in report.portal.programmes:
        record = programme.record
        title = f"{record.title} {record.version}" if record.version else record.title
        yield PageWriter(report, routes.programme(programme.slug), programme).page(
            "programme",
            title=title,
            description=record.summary or f"Where {record.title} stands.",
            section=programme.slug,
            heading=title,
            answers=answers(report, (programme,)),
            registers=[register for register in REGISTERS if programme.registers[register.name]],
            routes=routes,
        )


KIND = PageKind("programme", "One programme: its four answers, progress, milestones, tasks and disagreements.", make)
