"""What macros of authored pages show, through mkdocs-macros-plugin; `milepost.data.macro_calls` says what each takes.

The plugin calls `on_pre_page_macros` for each page. Its own template engine, to which it hands the settings of MkDocs,
the files and the plugin itself, runs on no page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mkdocs_macros.plugin import MacrosPlugin

from milepost.data.macro_calls import MacroCall, expanded
from milepost.data.records.registers import REGISTERS
from milepost.engines.mkdocs.adapter import authored_page
from milepost.engines.mkdocs.state import state_of
from milepost.model.portal import Entity, Portal, ProgrammeNode
from milepost.report import Report
from milepost.site.pages.register import columns
from milepost.site.pages.writer import PageWriter

HAS_TITLE = "milepost_page_has_title"


def on_pre_page_macros(env: MacrosPlugin) -> None:
    """Put what each macro of the plugin's current page shows in its place."""
    env.variables[HAS_TITLE] = "title" in vars(env.page)
    page = authored_page(env.conf, env.page)
    if page is not None:
        macros = Macros(state_of(env.conf).report, env.page.file.dest_uri)
        env.markdown = expanded(page.parts, macros.show)


def on_post_page_macros(env: MacrosPlugin) -> None:
    """Let MkDocs find the title again: of a heading with braces, the plugin would keep the Markdown."""
    if not env.variables[HAS_TITLE]:
        vars(env.page).pop("title", None)


class Macros:
    """What each macro shows on the page at `route`, as HTML, which Markdown leaves as it is."""

    def __init__(self, report: Report, route: str) -> None:
        self.report = report
        self.route = route

    def show(self, call: MacroCall) -> str:
        """What a macro shows; raises LookupError where it names what is not there."""
        return self.by_name[call.name](*call.arguments)

    @property
    def by_name(self) -> dict[str, Callable[..., str]]:
        """Everything that a page can call, by name."""
        return {
            "chart": self.chart,
            "link": self.link,
            "overview": self.overview,
            "progress": self.progress,
            "status": self.status,
            "table": self.table,
        }

    def writer(self) -> PageWriter:
        """A writer for the page that is being read."""
        return PageWriter(self.report, self.route)

    def overview(self) -> str:
        """The four answers for the portfolio, and a row a programme."""
        return self.writer().overview()

    def progress(self, target: str) -> str:
        """The figures of a milestone, task, subtask, sprint or programme, with their basis."""
        node = self.node(target)
        return self.writer().fragment("progress", ref=node.ref, progress=node.progress)

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
        writer = PageWriter(self.report, self.route, programme)
        shown = columns(register, entries) if register else []
        return writer.fragment("table", programme=programme, table=kind, columns=shown, entries=entries)

    def chart(self, slug: str, name: str) -> str:
        """A chart of a programme; nothing where the programme has no data for it."""
        charts = [chart for chart in self.writer().charts(self.programme(slug)) if chart["name"] == name]
        return "".join(self.writer().fragment("chart", chart=chart) for chart in charts)

    @property
    def portal(self) -> Portal:
        """The portal that this build shows."""
        return self.report.portal

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
        """The part of the graph that `target` names; raises LookupError where it has no progress."""
        return self.portal.node(self.entity(target).ref)
