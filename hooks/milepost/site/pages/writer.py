"""Writes one page: binds a template to a report, to the page's own place in the site, and to what the page is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from milepost.check.removals import is_outside
from milepost.check.rules import Accepted
from milepost.data.loader import DATA_FOLDER
from milepost.data.records.removal import Removal
from milepost.data.records.scalars import Level
from milepost.data.records.tracker import Activity, Checkpoint
from milepost.data.records.update import Update
from milepost.data.records.window import Window
from milepost.diagnostics import Location
from milepost.history.redirects import FormerAddress
from milepost.model import figures, routes
from milepost.model.addresses import LISTS, PROGRAMME_LISTS
from milepost.model.backlinks import Backlink
from milepost.model.events import Event
from milepost.model.portal import Entity, ProgrammeNode, Ref
from milepost.model.progress import Progress, rounded, shown
from milepost.model.status import BY_STATUS, State, leading_figure, state_of
from milepost.report import Report
from milepost.site.charts import CHARTS, SCHEMES, Chart, ChartText, Subject, subject_of_portfolio, subject_of_programme
from milepost.site.charts.coverage import domain_name
from milepost.site.feeds import FEEDS
from milepost.site.pages.answers import answers
from milepost.site.pages.descriptor import ACROSS, SEARCHED_LAST, Page
from milepost.site.sparkline import sparkline
from milepost.site.versions import snapshot_address
from milepost.text import html
from milepost.text.dates import in_words, with_days_in_words
from milepost.text.plain import choose, counted, json_in_yaml, shorten
from milepost.text.sentence import PERCENTAGE, SAID, Cited

EDITED = "/edit/"
"""What follows the repository in the addresses at which GitHub and GitLab let files be edited."""
SHOWN = "/blob/"
"""What stands in its place where they show files."""
DESCRIPTION_LENGTH = 155
"""How many characters search engines show of the description of a page."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("milepost.site.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Markdown's `{#anchor}` would open a comment of the usual kind.
        comment_start_string="<#",
        comment_end_string="#>",
        finalize=_finalized,
    )
    environment.filters.update(
        day=day,
        domain_name=domain_name,
        lines=lines,
        counted=counted,
        choose=choose,
        rounded=rounded,
        shorten=shorten,
        when=when,
        window=window,
    )
    environment.globals.update(
        state_of=state_of,
        State=State,
        state_named=BY_STATUS.get,
        levels=tuple(Level),
        routes=routes,
        lists=LISTS,
        figures=figures,
    )
    return environment


def _finalized(value: Any) -> Any:
    """Keep bare text on its line; what is markup already has lines of its own."""
    is_bare = isinstance(value, str | Cited) and not isinstance(value, Markup)
    return html.one_line(str(value)) if is_bare else value


class PageWriter:
    """What a template may ask of the page that it writes; `programme` is the one that the page belongs to, if any."""

    def __init__(self, report: Report, route: str, programme: ProgrammeNode | None = None) -> None:
        self.report = report
        self.route = route
        self.programme = programme

    def page(
        self,
        template: str,
        *,
        title: str,
        description: str,
        section: str | None = None,
        feed: str | None = None,
        leads_to: str | None = None,
        is_wide: bool = False,
        search: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> Page:
        """The page that `template` makes of `values`; `title` and `description` are bare text.

        section: as `Page` has it. feed: the name of the page's nearest feed, where that is not its programme's.
        leads_to: the route that browsers are taken to from it. is_wide: whether its tables need the place of the table
        of contents. search: what Material's search is told of it, such as `NOT_SEARCHED`; None: it is found by its text
        as usual. What stood on the page once is told at its end.
        """
        body = (
            _environment()
            .get_template(f"{template}.md.jinja")
            .render(writer=self, report=self.report, portal=self.report.portal, programme=self.programme, **values)
        )
        former = self.report.redirects.parts.get(self.route)
        if former:
            body += f"\n{self.fragment('former_parts', former=former)}\n"
        head = {
            "title": str(escape(title)),
            "description": str(escape(shorten(html.plain(description), DESCRIPTION_LENGTH))),
            "programme": self.programme.slug if self.programme else None,
            "feed": feed,
            "hide": ["toc"] if is_wide else None,
            "search": search,
        }
        front_matter = "".join(f"{name}: {json_in_yaml(value)}\n" for name, value in head.items() if value is not None)
        return Page(self.route, title, section, f"---\n{front_matter}---\n\n{body}", leads_to)

    def fragment(self, template: str, **values: Any) -> str:
        """A piece of a page, for a page that people wrote."""
        portal = self.report.portal
        template_found = _environment().get_template(f"fragments/{template}.jinja")
        return template_found.render(writer=self, report=self.report, portal=portal, **values).strip()

    def href(self, route: str) -> str:
        """The address of `route` as seen from this page."""
        return routes.relative(route, self.route)

    def prose(self, sentence: str) -> Markup:
        """A sentence of the data as HTML, its ids linked."""
        return html.inline(with_days_in_words(sentence), self.resolve)

    def code(self, sentence: str) -> Markup:
        """A sentence of Milepost's own as HTML: backticks make code, ids are not links."""
        return html.inline(sentence, lambda _: None)

    def prose_of(self, sentence: str, programme: str) -> Markup:
        """A sentence of the data of another programme as HTML."""
        return html.inline(with_days_in_words(sentence), lambda target: self.address(target, programme))

    def resolve(self, target: str) -> str | None:
        """The address of what `target` names to this page's programme."""
        return self.address(target, self.programme.slug if self.programme else None)

    def address(self, target: str, programme: str | None) -> str | None:
        """The address of what `target` names to `programme`, unless this page is about it."""
        entity = self.report.portal.find(target, programme)
        return None if entity is None or entity.route == self.route else self.href(entity.route)

    def entity(self, entity_id: str, programme: str | None = None) -> Entity:
        """The entity `entity_id` of `programme`, or of this page's."""
        slug = programme or (self.programme.slug if self.programme else "")
        return self.report.portal.entities[Ref(slug, entity_id)]

    def known(self, entity_id: str, programme: str) -> Entity | None:
        """The entity `entity_id` of `programme`, if there is one: the parts of a figure are not all entities."""
        return self.report.portal.entities.get(Ref(programme, entity_id))

    def link(self, entity_id: str, programme: str | None = None) -> Markup:
        """An entity's id as a link to it."""
        entity = self.entity(entity_id, programme)
        return Markup('<a class="mp-id" href="{}">{}</a>').format(self.href(entity.route), entity_id)

    def links(self, entity_ids: Sequence[str]) -> Markup:
        """Several ids as links."""
        return Markup(", ").join(self.link(entity_id) for entity_id in entity_ids)

    def owner(self, person: str | None) -> Markup:
        """What an owner is called, linked to the owner's page; nothing where there is none."""
        if person is None:
            return Markup("")
        title = html.one_line(self.report.portal.people[person].title)
        return Markup('<a class="mp-owner" href="{}">{}</a>').format(self.href(routes.owner(person)), title)

    def reports(self, updates: Sequence[Update | Activity]) -> list[Update | Activity | Event]:
        """What was reported of what this page is about, and what the data's history tells of it, newest first."""
        changes = self.report.changes.get(self.route, ())
        return sorted((*updates, *changes), key=_day_of, reverse=True)

    def changed_since(self, day: date | None, events: Sequence[Event]) -> date | None:
        """The day of the newest of `events`, where that is later than `day`; None where it is not."""
        return events[0].day if day is not None and events and events[0].day > day else None

    def line(self, location: Location) -> Markup:
        """A line of data, linked to where it is shown: on a frozen page, as it was."""
        return _to_line(self._shown, location, self._named(location), "Show")

    def line_number(self, location: Location) -> Markup:
        """The number of a line of data, linked to where it is shown, for where there is little room."""
        return _to_line(self._shown, location, Markup("line {}").format(location.line), "Show")

    def edit(self, location: Location) -> Markup:
        """A line of data, linked to where it can be edited."""
        return _to_line(self.report.source_address, location, self._named(location), "Edit")

    def _named(self, location: Location) -> Markup:
        """A line of data in words, its file as seen from the folder of this page's programme."""
        own = f"{DATA_FOLDER}/programmes/{self.programme.slug}/" if self.programme else f"{DATA_FOLDER}/programmes/"
        return Markup("<code>{}</code>, line {}").format(location.path.removeprefix(own), location.line)

    @property
    def _shown(self) -> str:
        """Where the project's files are shown: as they were, where the site is frozen; empty where nothing says so."""
        repository, mark, branch_and_folder = self.report.source_address.partition(EDITED)
        if not mark:
            return self.report.source_address
        branch, _, folder = branch_and_folder.partition("/")
        return f"{repository}{SHOWN}{self.report.frozen.commit if self.report.frozen else branch}/{folder}"

    def snapshot(self, name: str, words: str, route: str = routes.OVERVIEW) -> Markup:
        """Words as a link to a page of a snapshot, or as they are where a frozen site knows no way there."""
        address = snapshot_address(self.report, self.route, name, route)
        return escape(words) if address is None else Markup('<a href="{}">{}</a>').format(address, words)

    def commit(self, name: str) -> Markup:
        """A commit by its full name, linked to where the repository shows it, where that can be told."""
        words = Markup("<code>{}</code>").format(name)
        repository, mark, _ = self.report.source_address.partition(EDITED)
        if not mark:
            return words
        return Markup('<a href="{}/commit/{}" rel="noopener">{}</a>').format(repository, name, words)

    def why(self, ref: Ref) -> str:
        """The address of the place that says why an entity has its figure."""
        entity = self.report.portal.entities[ref]
        page = entity.route.partition("#")[0]
        return self.href(f"{page}#why-{ref.id or ref.programme}")

    def feed(self, name: str) -> str:
        """The address of a feed, in the format that is listed first."""
        return self.href(FEEDS[0].route(name))

    def mentions(self, *refs: Ref) -> list[Backlink]:
        """What refers to an entity, or to one of its parts, from elsewhere; each place once."""
        return list(dict.fromkeys(link for ref in refs for link in self.report.backlinks.get(ref, ())))

    def percent(self, figure: Fraction | int, key: str) -> Markup:
        """A figure as it is displayed, with the name of the figure in the model that it shows."""
        return Markup('<data class="percent" value="{0}" data-ref="{1}">{0} %</data>').format(rounded(figure), key)

    def cited(self, words: Cited | str) -> Markup:
        """Words of Milepost's own as HTML: each of their percentages with the name of the figure that it is."""
        text, keys = (words.text, words.keys) if isinstance(words, Cited) else (words, ())
        text, written, end = html.one_line(with_days_in_words(text)), Markup(""), 0
        for found, key in zip_longest(PERCENTAGE.finditer(text), keys):
            if found is None:
                raise ValueError(f"{text!r} gives fewer percentages than it names figures: {keys}")
            written += text[end : found.start()] + _percentage(found, key)
            end = found.end()
        return written + text[end:]

    def exact(self, figure: Fraction | int, key: str) -> Markup:
        """A figure as it is counted, with up to two digits, with the name of the figure in the model that it shows."""
        return self.cited(Cited(f"{shown(figure)} %", (key,)))

    def sparkline(self, ref: Ref, progress: Progress) -> Markup:
        """How an entity's figure came to be what it is; nothing where what is dated does not lead up to it."""
        series, figure = self.report.series.get(ref, ()), leading_figure(progress)
        if not series or figure is None or rounded(series[-1][1]) != rounded(figure):
            return Markup("")
        return sparkline(series)

    def accepted(self, ref: Ref) -> tuple[Accepted, ...]:
        """The accepted disagreements of an entity."""
        return self.report.verdict.accepted_of(ref)

    def named(self, name: str) -> Markup:
        """What stands in the place of something, by the name that a removal gives it, as a link to it."""
        if is_outside(name):
            return Markup('<a href="{0}" rel="noopener">{0}</a>').format(name)
        route = self.report.route_of(name)
        if route is None:
            return escape(name)
        return Markup('<a href="{}">{}</a>').format(self.href(quote(route, safe="/#")), name)

    def removed(self, name: str, address: str | None) -> Markup:
        """The name of what was removed, as a link to the address at which this is told."""
        if address is None:
            return escape(name)
        return Markup('<a class="mp-id" href="{}">{}</a>').format(self.href(quote(address, safe="/#")), name)

    def reason(self, removal: Removal) -> Markup:
        """Why something was removed, in HTML; its ids are those of the programme that it belonged to."""
        return self.prose_of(removal.reason, removal.what.partition("/")[0])

    def kept(self, former: FormerAddress) -> Markup:
        """The snapshots that hold what former, each as a link to it there.

        A frozen page leads to them on the site of today, where it knows the address of that.
        """
        frozen = self.report.frozen
        links = []
        for row in former.kept:
            route = routes.snapshot(row.id) + quote(former.address, safe="/#")
            address = self.href(route) if frozen is None else frozen.current and routes.absolute(route, frozen.current)
            linked = Markup('<a href="{}">{}</a>').format(address, row.id)
            links.append(linked if address else escape(row.id))
        return Markup(", ").join(links)

    def event_programme(self, event: Event) -> Entity:
        """The programme that an event belongs to."""
        return self.report.portal.entities[Ref(event.ref.programme)]

    def freshness(self, programme: ProgrammeNode, last: date | None) -> str:
        """How old a programme's last report is on the day as of which it is judged, or that its reporting has ended."""
        closed = programme.record.closed
        if closed is not None:
            is_changed = isinstance(closed, date) and last is not None and last > closed
            return "changed after it closed" if is_changed else "closed"
        if last is None:
            return "nothing reported yet"
        days = (programme.as_of - last).days
        age = "today" if days == 0 else f"{counted(days, 'day')} old"
        return f"stale: {age}" if days > self.report.portal.portfolio.stale_days else age

    def overview(self) -> str:
        """The four answers for the whole portfolio, and a row a programme."""
        programmes = self.report.portal.programmes
        return self.fragment(
            "overview",
            answers=answers(self.report, programmes),
            by_programme=[(programme, answers(self.report, (programme,))) for programme in programmes],
        )

    def charts(self, programme: ProgrammeNode, page: str | None = None) -> list[dict[str, Any]]:
        """The charts of a programme that a kind of page shows, or all: words, and each scheme's picture."""
        subject = subject_of_programme(programme, self.report.events, self.report.series)
        return self._drawn([chart for chart in CHARTS if page in (None, chart.page)], subject, programme.slug)

    def charts_across(self, page: str) -> list[dict[str, Any]]:
        """The charts of the whole portfolio that a kind of page shows: words, and each scheme's picture."""
        subject = subject_of_portfolio(self.report.portal, self.report.events, self.report.series)
        return self._drawn([chart for chart in CHARTS if page == chart.across], subject, routes.PORTFOLIO)

    def _drawn(self, charts: Sequence[Chart], subject: Subject, slug: str) -> list[dict[str, Any]]:
        drawn = []
        for chart in charts:
            data = chart.data(subject)
            if data is not None:
                text: ChartText = chart.text(data)
                pictures = {scheme: self.href(routes.chart(slug, chart.name, scheme)) for scheme in SCHEMES}
                drawn.append({"name": chart.name, "text": text, "pictures": pictures})
        return drawn


def portal_list(report: Report, name: str, template: str = "", **values: Any) -> Iterator[Page]:
    """The page `name` of `LISTS`, by the template of that name or by `template`, where the portal has it.

    values: what `PageWriter.page` takes; the search shows the page last, unless they say otherwise.
    """
    page = LISTS[name]
    if page.is_in(report.portal):
        values = {"title": page.title, "section": ACROSS, "search": SEARCHED_LAST, **values}
        yield PageWriter(report, page.route).page(template or name, **values)


def programme_list(report: Report, programme: ProgrammeNode, name: str, template: str = "", **values: Any) -> Page:
    """The page `name` of `PROGRAMME_LISTS` of a programme that has it, in the same way."""
    title = PROGRAMME_LISTS[name].title_of(programme)
    values = {"title": title, "section": programme.slug, "search": SEARCHED_LAST, **values}
    return PageWriter(report, routes.programme_list(programme.slug, name), programme).page(template or name, **values)


def programmes_with(report: Report, name: str) -> Iterator[ProgrammeNode]:
    """The programmes that have the page `name` of `PROGRAMME_LISTS`."""
    count = PROGRAMME_LISTS[name].count
    return (programme for programme in report.portal.programmes if count(programme, report.events) is not None)


def _day_of(report: Update | Activity | Event) -> date:
    return report.day if isinstance(report, Event) else report.date


def _to_line(source: str, location: Location, words: Markup, verb: str) -> Markup:
    """Words as a link to a line of a file below the address `source`; as they are where that is not known."""
    if not source:
        return words
    address = f"{source}{location.path}#L{location.line}"
    return Markup('<a class="mp-line" data-search-exclude="true" href="{}" title="{} {}" rel="noopener">{}</a>').format(
        address, verb, location.path, words
    )


def _percentage(found: re.Match[str], key: str | None) -> Markup:
    """A percentage as it stands in words, as HTML: one without a name stays bare, and the site's check will say so."""
    if key is None:
        return escape(found[0])
    if key == SAID:
        return html.said(found[0])
    return Markup('<data class="percent" value="{}" data-ref="{}">{}</data>').format(found["figure"], key, found[0])


def day(value: date) -> Markup:
    """A day as people read it, and as programs do."""
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), in_words(value))


def when(checkpoint: Checkpoint, start: date | None) -> Markup:
    """The time of a checkpoint: its day, or its week and weekday, with the day where the first one is known."""
    if checkpoint.date is not None:
        return day(checkpoint.date)
    words = Markup("Week {}").format(checkpoint.week)
    if checkpoint.weekday is None:
        return words
    words += Markup(" {}").format(checkpoint.weekday.capitalize())
    known = checkpoint.last_day(start)
    return words if known is None else words + Markup(", {}").format(day(known))


def lines(text: str) -> Markup:
    """Text of several lines, for where HTML keeps them: no line of it begins one of the page, which Markdown reads."""
    return Markup("&#10;").join(text.rstrip("\n").split("\n"))


def window(value: Window, start: date | None) -> Markup:
    """A window as people read it: in weeks, and in days too where the programme's first day is known."""
    if value.weeks is not None:
        first, last = value.weeks
        words = f"Week {first}" if first == last else f"Weeks {first}–{last}"
        weeks = Markup('<span class="mp-weeks">{}</span>').format(words)
        days = value.days(start)
        return weeks if days is None else weeks + Markup(", {} – {}").format(*map(day, days))
    if value.start is None or value.end is None:
        raise ValueError("a window is in weeks, or from day to day")
    return day(value.start) + Markup(" – ") + day(value.end)
