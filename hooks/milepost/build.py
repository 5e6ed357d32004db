"""A report to artifacts: everything that the site is made of, as files. Pure: it reads and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milepost import routes
from milepost.charts import CHARTS, SCHEMES, Subject
from milepost.exporters import SCHEMAS, export_json
from milepost.feeds import FEEDS, channels
from milepost.pages import PAGES, Page
from milepost.report import Report


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the site: its path among the site's sources, and its text. Markdown becomes a page."""

    path: str
    content: str
    page: Page | None = None


def build(report: Report, site_address: str) -> Iterator[Artifact]:
    """Every artifact of the site that will be published under `site_address`."""
    for kind in PAGES:
        for page in kind.make(report):
            yield Artifact(routes.page_source(page.route), page.markdown, page)
    for programme in report.portal.programmes:
        for chart in CHARTS:
            data = chart.data(Subject(programme, report.series))
            if data is not None:
                for scheme in SCHEMES:
                    yield Artifact(routes.chart(programme.slug, chart.name, scheme), chart.draw(data, scheme))
    for channel in channels(report, site_address):
        for feed in FEEDS:
            yield Artifact(feed.route(channel.programme), feed.write(channel, feed.route(channel.programme)))
    yield Artifact(routes.EXPORT, export_json(report.portal))
    for schema in SCHEMAS:
        yield Artifact(routes.schema(schema.file_name), schema.text)
