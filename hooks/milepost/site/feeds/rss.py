"""RSS 2.0, as the RSS Best Practices Profile would have it: a feed that every reader takes.

There is no mail address in the data, so an item's author is its `dc:creator`. Dates are midnight UTC of the event's
day.
"""

from __future__ import annotations

from milepost.site.feeds.descriptor import Channel, FeedFormat
from milepost.site.feeds.generator import generator, styled

MEDIA_TYPE = "application/rss+xml"
SAFEST = {"&amp;": "&#x26;", "&lt;": "&#x3C;"}
"""The two escapes as the profile recommends them: readers that undo an escape too many leave these alone.

The XML library has no setting for this; what it wrote holds either escape only where a text has the character.
"""


def write(channel: Channel, route: str) -> str:
    """The feed as XML text; it is published at `route`."""
    feed = generator(channel, route, MEDIA_TYPE)
    feed.docs("https://www.rssboard.org/rss-specification")
    xml = feed.rss_str(pretty=True).decode("utf-8")
    for usual, safest in SAFEST.items():
        xml = xml.replace(usual, safest)
    return styled(xml, route)


FEED = FeedFormat(name="RSS", media_type=MEDIA_TYPE, file_name="rss.xml", write=write)
