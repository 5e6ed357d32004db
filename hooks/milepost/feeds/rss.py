"""RSS 2.0: a feed that every reader takes. Dates are midnight UTC of the event's day."""

from __future__ import annotations

from milepost.feeds.descriptor import Channel, FeedFormat
from milepost.feeds.items import generator


def write(channel: Channel, route: str) -> str:
    """The feed as XML text; it is published at `route`."""
    feed = generator(channel, route)
    feed.docs("https://www.rssboard.org/rss-specification")
    return str(feed.rss_str(pretty=True).decode("utf-8"))


FEED = FeedFormat(name="RSS", media_type="application/rss+xml", file_name="rss.xml", write=write)
