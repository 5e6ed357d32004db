"""The registers across the portfolio: a page a kind, the entries of all programmes in one table."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.data.records.registers import REGISTERS
from milepost.report import Report
from milepost.site.feeds import FOLLOWED
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.register import columns
from milepost.site.pages.writer import portal_list


def make(report: Report) -> Iterator[Page]:
    """A page for each kind of register, also where it is empty: it then says what would fill it."""
    for register in REGISTERS:
        kept = [(programme, programme.registers[register.name]) for programme in report.portal.programmes]
        by_programme = [(programme, entries) for programme, entries in kept if entries]
        every = tuple(entry for _, entries in by_programme for entry in entries)
        yield from portal_list(
            report,
            f"registers/{register.name}",
            "portfolio_register",
            description=f"{register.title} of every programme. {register.summary}",
            is_wide=True,
            feed=register.name if register.name in FOLLOWED else None,
            register=register,
            by_programme=by_programme,
            columns=columns(register, every),
        )


KIND = PageKind("portfolio-register", "One kind of register, across the portfolio.", make)
