"""Which feeds there are: of the portfolio, of each programme, of some kinds of entity, of each owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milepost.data.records.update import UpdateKind
from milepost.model import routes
from milepost.model.addresses import LISTS
from milepost.model.events import Event, of_programme
from milepost.model.portal import lasting_name
from milepost.report import Report
from milepost.site.feeds.descriptor import Channel, Group
from milepost.site.feeds.items import ItemWriter


@dataclass(frozen=True, slots=True)
class _Followed:
    """A kind of entity that can be followed across programmes: its name as an entity's kind, and its page."""

    kind: str
    label: str
    page: str


FOLLOWED = {
    "milestones": _Followed("milestone", "Milestones", routes.OVERVIEW),
    "risks": _Followed("risks", "Risks", LISTS["registers/risks"].route),
    "decisions": _Followed("decisions", "Decisions", LISTS["registers/decisions"].route),
}
"""The kinds of entity that have a feed, by the name of that feed."""


def channels(report: Report) -> Iterator[Channel]:
    """Every channel: the portfolio's, each programme's, each kind's, each owner's."""
    portal = report.portal
    teller = ItemWriter(portal, report.site_address)
    news = tuple(event for event in report.events if is_news(event))
    recorded = max(programme.record.recorded for programme in portal.programmes)

    def across(name: str, events: tuple[Event, ...], *, group: Group, label: str, summary: str, page: str) -> Channel:
        announced = () if name else portal.snapshots
        days = (*(event.day for event in events[:1]), *(row.date for row in announced))
        updated = max(days, default=recorded)
        key = name or "portfolio"
        return Channel(teller, name, key, group, label, summary, page, events, updated, announced=announced)

    title = portal.portfolio.title
    yield across(
        routes.PORTFOLIO_FEED,
        news,
        group=Group.PORTFOLIO,
        label=title,
        summary=f"What happened in {title}.",
        page=routes.OVERVIEW,
    )
    for programme in portal.programmes:
        own, head = of_programme(news, programme.slug), portal.entities[programme.ref]
        yield Channel(
            teller=teller,
            name=programme.slug,
            key=lasting_name(head, head),
            group=Group.PROGRAMME,
            label=programme.record.title,
            summary=f"What happened in {programme.record.title}.",
            page=routes.programme(programme.slug),
            events=own,
            updated=own[0].day if own else programme.record.recorded,
            former=tuple(name for name in programme.record.formerly if name not in FOLLOWED),
        )
    for name, followed in FOLLOWED.items():
        yield across(
            name,
            tuple(event for event in news if portal.entities[event.ref].kind == followed.kind),
            group=Group.KIND,
            label=followed.label,
            summary=f"What happened to {name}, in every programme.",
            page=followed.page,
        )
    for person in portal.people.values():
        yield across(
            routes.owner_feed(person.id),
            tuple(event for event in news if event.owner == person.id),
            group=Group.OWNER,
            label=person.title,
            summary=f"What happened in all that {person.title} answers for.",
            page=routes.owner(person.id),
        )


def is_news(event: Event) -> bool:
    """Whether an event is one to a subscriber: a mended word that moves no figure is nothing that happened."""
    return event.kind is not UpdateKind.CORRECTED or any(move.before != move.after for move in event.moves)
