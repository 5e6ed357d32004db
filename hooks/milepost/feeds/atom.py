"""Atom (RFC 4287): the same events for readers that prefer it. Dates are midnight UTC of the event's day."""

from __future__ import annotations

from milepost.feeds.descriptor import Channel, FeedFormat
from milepost.feeds.items import generator


def write(channel: Channel, route: str) -> str:
    """The feed as XML text; it is published at `route`."""
    feed = generator(channel, route)
    return str(feed.atom_str(pretty=True).decode("utf-8"))


FEED = FeedFormat(name="Atom", media_type="application/atom+xml", file_name="atom.xml", write=write)
