"""The feeds: a module a format. To add one, write its module and list it here.

Calendars and the list of all feeds are of another shape, and there is one of each: `calendar` and `opml`.
"""

from __future__ import annotations

from milepost.site.feeds import atom, json_feed, rss
from milepost.site.feeds.calendar import Calendar, calendars, without_days, write_calendar
from milepost.site.feeds.channels import FOLLOWED, channels
from milepost.site.feeds.descriptor import Channel, FeedFormat, Group
from milepost.site.feeds.opml import write_feed_list

FEEDS: tuple[FeedFormat, ...] = (atom.FEED, json_feed.FEED, rss.FEED)
"""Every format, by name."""

__all__ = [
    "FEEDS",
    "FOLLOWED",
    "Calendar",
    "Channel",
    "FeedFormat",
    "Group",
    "calendars",
    "channels",
    "without_days",
    "write_calendar",
    "write_feed_list",
]
