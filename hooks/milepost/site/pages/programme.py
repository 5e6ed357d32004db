"""A programme's own page: its four answers, its progress chart, its milestones and tasks, and what disagrees."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.data.records.registers import REGISTERS
from milepost.data.records.tracker import Tracker
from milepost.model import routes
from milepost.model.events import of_programme
from milepost.model.portal import ProgrammeNode
from milepost.model.titles import of_programme as title_of
from milepost.report import Report
from milepost.site.pages.answers import answers
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page a programme."""
    for programme in report.portal.programmes:
        record = programme.record
        title = title_of(programme)
        yield PageWriter(report, routes.programme(programme.slug), programme).page(
            "programme",
            title=title,
            description=record.summary or f"Where {record.title} stands.",
            section=programme.slug,
            heading=title,
            answers=answers(report, (programme,)),
            narrative=report.content.narrative_of(programme.slug),
            reading=list(_reading(report, programme)),
        )


def _reading(report: Report, programme: ProgrammeNode) -> Iterator[tuple[str, str, int]]:
    """The other pages of a programme: title, route, and how much stands there."""
    slug = programme.slug
    happened = of_programme(report.events, slug)
    if happened:
        yield "What happened", routes.programme_changelog(slug), len(happened)
    if programme.tracker != Tracker():
        yield programme.tracker.title or "Tracker", routes.tracker(slug), len(programme.tracker.rows)
    sprints = sum(len(task.sprints) for task in programme.tasks)
    if sprints:
        yield "Sprints", routes.sprints(slug), sprints
    if any(task.record.coverage for task in programme.tasks):
        yield "Coverage", routes.coverage(slug), 0
    for register in REGISTERS:
        entries = programme.registers[register.name]
        if entries:
            yield register.title, routes.register(slug, register.name), len(entries)


KIND = PageKind("programme", "One programme: its four answers, progress, milestones, tasks and disagreements.", make)
