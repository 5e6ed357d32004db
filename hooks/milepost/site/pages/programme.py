"""A programme's own page: its four answers, its progress chart, its milestones and tasks, and what disagrees."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.model.addresses import lists_of, programme_title
from milepost.report import Report
from milepost.site.pages.answers import answers
from milepost.site.pages.descriptor import NOT_SEARCHED, Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """A page a programme."""
    for programme in report.portal.programmes:
        record = programme.record
        title = programme_title(programme)
        yield PageWriter(report, routes.programme(programme.slug), programme).page(
            "programme",
            title=title,
            description=record.summary or f"Where {record.title} stands.",
            section=programme.slug,
            search=NOT_SEARCHED,
            heading=title,
            answers=answers(report, (programme,)),
            narrative=report.content.narrative_of(programme.slug),
            reading=[
                (page.link_of(programme), route, count) for route, page, count in lists_of(programme, report.events)
            ],
        )


KIND = PageKind("programme", "One programme: its four answers, progress, milestones, tasks and disagreements.", make)
