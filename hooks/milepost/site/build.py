"""A report to artifacts: everything that the site is made of, as files. Pure: it reads and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from milepost.exports import SCHEMAS, export_json
from milepost.model import routes
from milepost.report import Report
from milepost.site.charts import CHARTS, SCHEMES, Chart, Subject, subject_of_portfolio, subject_of_programme
from milepost.site.feeds import FEEDS, Channel, calendars, channels, write_calendar, write_feed_list
from milepost.site.pages import PAGES, Page
from milepost.site.search_entries import search_entries
from milepost.site.search_index import name_list
from milepost.site.versions import versions_file


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the site: its path among the site's sources, and its text. Markdown becomes a page."""

    path: str
    content: str
    page: Page | None = None


def build(report: Report) -> Iterator[Artifact]:
    """Every artifact of the site that will be published under the report's `site_address`."""
    pages = tuple(_pages(report))
    yield from pages
    yield from _charts(report)
    yield from _feeds(report)
    yield Artifact(routes.EXPORT, export_json(report.portal))
    titles = {artifact.page.route: artifact.page.title for artifact in pages if artifact.page is not None}
    titles |= {page.route: page.title or "" for page in report.content.pages}
    named = {route: title for route, title in titles.items() if title}
    yield Artifact(routes.NAMES, name_list(search_entries(report.portal), named.items()))
    for schema in SCHEMAS:
        yield Artifact(routes.schema(schema.file_name), schema.text)
    if report.frozen is None:
        yield Artifact(routes.VERSIONS, versions_file(report, titles))


def _pages(report: Report) -> Iterator[Artifact]:
    for kind in PAGES:
        for page in kind.make(report):
            yield Artifact(routes.page_source(page.route), page.markdown, page)


def _charts(report: Report) -> Iterator[Artifact]:
    for programme in report.portal.programmes:
        subject = subject_of_programme(programme, report.events, report.series)
        for chart in CHARTS:
            yield from _pictures(chart, subject, programme.slug)
    portfolio = subject_of_portfolio(report.portal, report.events, report.series)
    for chart in CHARTS:
        if chart.across is not None:
            yield from _pictures(chart, portfolio, routes.PORTFOLIO)


def _pictures(chart: Chart, subject: Subject, slug: str) -> Iterator[Artifact]:
    data = chart.data(subject)
    if data is not None:
        for scheme in SCHEMES:
            yield Artifact(routes.chart(slug, chart.name, scheme), chart.draw(data, scheme))


def _feeds(report: Report) -> Iterator[Artifact]:
    for channel in channels(report):
        for feed in FEEDS:
            yield from _everywhere(channel, feed.route, feed.write(channel, feed.route(channel.name)))
    for calendar in calendars(report):
        yield from _everywhere(calendar.channel, routes.calendar, write_calendar(calendar))
    yield Artifact(routes.FEED_LIST, write_feed_list(report))


def _everywhere(channel: Channel, route: Callable[[str], str], content: str) -> Iterator[Artifact]:
    """A file of a channel, at its own address and at those that it had under names of before."""
    for name in (channel.name, *channel.former):
        yield Artifact(route(name), content)
