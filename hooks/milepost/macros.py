"""The macros that authored pages use, through mkdocs-macros-plugin; `milepost.content` says what each takes.

What a macro names was checked before the build, so a wrong name ends here only in a page that was not checked.
"""

from __future__ import annotations

from typing import Any

from mkdocs_macros.plugin import MacrosPlugin

from milepost.content import MACROS
from milepost.mkdocs_adapter import report_of
from milepost.pages.register import columns
from milepost.pages.writer import PageWriter
from milepost.portal import Entity, Portal, ProgrammeNode
from milepost.records.registers import REGISTERS


def define_env(env: MacrosPlugin) -> None:
    """Give the plugin Milepost's macros."""
    macros = Macros(env)
    for name in MACROS:
        env.macro(getattr(macros, name))  # type: ignore[no-untyped-call]  # the plugin's own


class Macros:
    """Each method is a macro; it returns HTML, which Markdown leaves as it is."""

    def __init__(self, env: MacrosPlugin) -> None:
        self.env = env

    def writer(self) -> PageWriter:
        """A writer for the page that is being read."""
        route = self.env.page.file.dest_uri
        return PageWriter(report_of(self.env.conf), route)

    def overview(self) -> str:
        """The four answers for the portfolio, and a row a programme."""
        return self.writer().overview()

    def progress(self, target: str) -> str:
        """The figures of a milestone, task, subtask, sprint or programme, with their basis."""
        node = self.node(target)
        return self.writer().fragment("progress", ref=node.ref, standing=node.standing)

    def status(self, target: str) -> str:
        """Where a milestone, task, subtask or sprint stands: shape and word."""
        return self.writer().fragment("status", node=self.node(target))

    def link(self, target: str) -> str:
        """A link to an entity, by id and title."""
        return self.writer().fragment("link", entity=self.entity(target))

    def table(self, slug: str, kind: str) -> str:
        """A programme's milestones, tasks, or one of its registers, as a table."""
        programme = self.programme(slug)
        entries = programme.registers.get(kind, ())
        register = next((register for register in REGISTERS if register.name == kind), None)
        writer = PageWriter(report_of(self.env.conf), self.writer().route, programme)
        shown = columns(register, entries) if register else []
        return writer.fragment("table", programme=programme, table=kind, columns=shown, entries=entries)

    def chart(self, slug: str, name: str) -> str:
        """A chart of a programme; nothing where the programme has no data for it."""
        charts = [chart for chart in self.writer().charts(self.programme(slug)) if chart["name"] == name]
        return "".join(self.writer().fragment("chart", chart=chart) for chart in charts)

    @property
    def portal(self) -> Portal:
        """The portal that this build shows."""
        return report_of(self.env.conf).portal

    def entity(self, target: str) -> Entity:
        """What `target` names; raises LookupError where it names nothing."""
        entity = self.portal.find(target)
        if entity is None:
            raise LookupError(f"there is no entity {target}")
        return entity

    def programme(self, slug: str) -> ProgrammeNode:
        """The programme `slug`; raises LookupError where there is none."""
        return self.portal.programme(slug)

    def node(self, target: str) -> Any:
        """The part of the graph that `target` names; raises LookupError where it has no standing."""
        return self.portal.node(self.entity(target).ref)
