"""What every format says of an event in the same way: its lasting id, its headline, its moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from feedgen.feed import FeedEntry, FeedGenerator
from markupsafe import escape

from milepost import routes
from milepost.events import Event
from milepost.feeds.descriptor import Channel
from milepost.portal import Portal, Ref
from milepost.prose import plain


def generator(channel: Channel, own_route: str) -> FeedGenerator:
    """A feed with what formats share: title, links, dates and an entry an event. Its own address is `own_route`."""
    feed = FeedGenerator()
    feed.id(f"tag:{channel.portal.portfolio.feed_authority}:{channel.programme or 'portfolio'}")
    feed.title(channel.title)
    feed.description(channel.summary)
    feed.subtitle(channel.summary)
    feed.author(name=channel.portal.portfolio.publisher)
    # feedgen takes the last link for the channel's own, so the page comes after the feed itself.
    feed.link(href=routes.absolute(own_route, channel.address), rel="self")
    feed.link(href=routes.absolute(channel.page, channel.address), rel="alternate")
    feed.language("en")
    feed.generator("Milepost")
    feed.updated(midnight(channel.updated))
    feed.lastBuildDate(midnight(channel.updated))
    feed.pubDate(midnight(channel.updated))
    for event in channel.events:
        _fill(feed.add_entry(order="append"), channel, event)
    return feed


def _fill(entry: FeedEntry, channel: Channel, event: Event) -> None:
    entry.id(tag(channel.portal, event))
    entry.guid(tag(channel.portal, event), permalink=False)
    entry.title(headline(channel.portal, event))
    entry.link(href=routes.absolute(event.route, channel.address))
    # A reader takes this for HTML, in which the data is nothing but text.
    entry.content(str(escape(plain(event.text))), type="html")
    entry.category([{"term": event.ref.programme}, {"term": event.kind.value}])
    entry.published(midnight(event.day))
    entry.updated(midnight(event.day))


def tag(portal: Portal, event: Event) -> str:
    """The lasting id of an event, `tag:AUTHORITY:ENTITY/EVENT` (RFC 4151)."""
    return f"tag:{portal.portfolio.feed_authority}:{event.key}"


def headline(portal: Portal, event: Event) -> str:
    """The title of an event: what it is about, what that is called, and what happened to it."""
    programme = portal.entities[Ref(event.ref.programme)].title or event.ref.programme
    entity = portal.entities[event.ref]
    subject = " ".join(word for word in (event.ref.id, entity.title if event.ref.id else None) if word)
    return f"{programme}: {subject or 'programme'} {event.kind.value}"


def midnight(day: date) -> datetime:
    """The moment that a day stands for in a feed: its first, in UTC."""
    return datetime.combine(day, time(), UTC)
