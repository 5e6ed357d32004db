"""The registers across the portfolio: a page a kind, the entries of all programmes in one table."""

from __future__ import annotations

from collections.abc import Iterator

from milepost import routes
from milepost.feeds import FOLLOWED
from milepost.pages.descriptor import ACROSS, Page, PageKind
from milepost.pages.register import columns
from milepost.pages.writer import PageWriter
from milepost.records.registers import REGISTERS
from milepost.report import Report


def make(report: Report) -> Iterator[Page]:
    """A page for each kind of register, also where it is empty: it then says what would fill it."""
    for register in REGISTERS:
        keeping = [programme for programme in report.portal.programmes if programme.registers[register.name]]
        entries = tuple(entry for programme in keeping for entry in programme.registers[register.name])
        yield PageWriter(report, routes.portfolio_register(register.name)).page(
            "portfolio_register",
            title=register.title,
            description=f"{register.title} of every programme. {register.summary}",
            section=ACROSS,
            feed=register.name if register.name in FOLLOWED else None,
            register=register,
            programmes=keeping,
            columns=columns(register, entries),
        )


KIND = PageKind("portfolio-register", "One kind of register, across the portfolio.", make)
