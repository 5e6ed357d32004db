"""Atom (RFC 4287): a feed whose every element has one meaning. Dates are midnight UTC of the event's day."""

from __future__ import annotations

from milepost.site.feeds.descriptor import Channel, FeedFormat
from milepost.site.feeds.generator import generator, styled

MEDIA_TYPE = "application/atom+xml"


def write(channel: Channel, route: str) -> str:
    """The feed as XML text; it is published at `route`."""
    feed = generator(channel, route, MEDIA_TYPE)
    return styled(feed.atom_str(pretty=True).decode("utf-8"), route)


FEED = FeedFormat(name="Atom", media_type=MEDIA_TYPE, file_name="atom.xml", write=write)
