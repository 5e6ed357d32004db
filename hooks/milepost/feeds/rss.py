"""RSS 2.0: a feed that every reader takes.

An item's guid is a `tag:` URI (RFC 4151) of entity and event, so that a rebuild never makes it new again; its date is
the event's day, at midnight UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from feedgen.feed import FeedGenerator

from milepost import routes
from milepost.feeds.descriptor import Channel, FeedFormat
from milepost.history import Event
from milepost.portal import Portal
from milepost.prose import plain


def write(channel: Channel) -> str:
    """The feed as XML text."""
    feed = FeedGenerator()
    feed.title(channel.title)
    feed.description(channel.summary)
    # feedgen takes the last link for the channel's own, so the page comes after the feed itself.
    feed.link(href=routes.absolute(routes.rss(channel.programme), channel.address), rel="self")
    feed.link(href=routes.absolute(channel.page, channel.address), rel="alternate")
    feed.language("en")
    feed.generator("Milepost")
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.lastBuildDate(_midnight(channel.updated))
    feed.pubDate(_midnight(channel.updated))
    for event in channel.events:
        entry = feed.add_entry(order="append")
        entry.title(headline(channel.portal, event))
        entry.link(href=routes.absolute(event.route, channel.address))
        entry.guid(tag(channel, event), permalink=False)
        entry.description(plain(event.text))
        entry.category([{"term": event.ref.programme}, {"term": event.kind.value}])
        entry.pubDate(_midnight(event.day))
        entry.updated(_midnight(event.day))
    return str(feed.rss_str(pretty=True).decode("utf-8"))


def tag(channel: Channel, event: Event) -> str:
    """The lasting id of an event: `tag:AUTHORITY:ENTITY/EVENT`."""
    return f"tag:{channel.portal.portfolio.feed_authority}:{event.key}"


def headline(portal: Portal, event: Event) -> str:
    """The title of an event: what it is about, what it is called, and what happened to it."""
    entity = portal.entities[event.ref]
    name = portal.entities[type(event.ref)(event.ref.programme)].title or event.ref.programme
    subject = " ".join(part for part in (event.ref.id, entity.title if event.ref.id else None) if part)
    return f"{name}: {subject or 'programme'} {event.kind.value}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


RSS = FeedFormat(name="RSS", media_type="application/rss+xml", route=routes.rss, write=write)
