"""RSS 2.0: a feed that every reader takes. Dates are midnight UTC of the event's day."""

from __future__ import annotations

from milepost import routes
from milepost.feeds.descriptor import Channel, FeedFormat
from milepost.feeds.items import generator


def write(channel: Channel) -> str:
    """The feed as XML text."""
    feed = generator(channel, routes.rss(channel.programme))
    feed.docs("https://www.rssboard.org/rss-specification")
    return str(feed.rss_str(pretty=True).decode("utf-8"))


FEED = FeedFormat(name="RSS", media_type="application/rss+xml", route=routes.rss, write=write)
