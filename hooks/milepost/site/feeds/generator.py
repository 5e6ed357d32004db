"""What Atom and RSS have in common: a channel and its items, as the library that writes both takes them."""

from __future__ import annotations

from html import escape

from feedgen.feed import FeedEntry, FeedGenerator

from milepost.model import routes
from milepost.site.feeds.descriptor import Channel
from milepost.site.feeds.items import LANGUAGE, Item, midnight, tag


def generator(channel: Channel, own_route: str, media_type: str) -> FeedGenerator:
    """A feed with what formats share: title, links, dates and an entry an event. Its own address is `own_route`.

    Every date is given: the library writes the moment of the build in the place of one that is not.
    """
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False)
    feed.id(tag(channel.portal, channel.key))
    feed.title(channel.title)
    feed.description(channel.summary)
    feed.subtitle(channel.summary)
    feed.author(name=channel.portal.portfolio.publisher)
    # The library takes the last link for the channel's own, so the page comes after the feed itself.
    feed.link(href=routes.absolute(own_route, channel.address), rel="self", type=media_type)
    feed.link(href=routes.absolute(channel.page, channel.address), rel="alternate", type="text/html")
    feed.language(LANGUAGE)
    feed.generator("Milepost")
    # It is RSS's lastBuildDate too.
    feed.updated(midnight(channel.updated))
    feed.pubDate(midnight(channel.updated))
    for item in channel.items:
        _fill(feed.add_entry(order="append"), item)
    return feed


def styled(xml: str, own_route: str) -> str:
    """A feed that a browser shows by the site's style for feeds (W3C, Associating Style Sheets with XML documents)."""
    declaration, mark, rest = xml.partition("?>\n")
    style = routes.relative(routes.FEED_STYLE, own_route)
    return f'{declaration}{mark}<?xml-stylesheet type="text/css" href="{style}"?>\n{rest}'


def _fill(entry: FeedEntry, item: Item) -> None:
    entry.id(item.id)
    entry.guid(item.id, permalink=False)
    entry.title(item.title)
    entry.link(href=item.address)
    entry.author(name=item.author, uri=item.author_address)
    entry.dc.dc_creator(item.author)
    # A reader takes RSS's description for HTML, in which the data is nothing but text; Atom's summary is text itself.
    entry.summary(item.summary)
    entry.description(escape(item.summary, quote=False), isSummary=False)
    entry.content(str(item.content), type="html")
    entry.category([{"term": category.term, "label": category.label} for category in item.categories])
    entry.published(midnight(item.day))
    entry.updated(midnight(item.day))
