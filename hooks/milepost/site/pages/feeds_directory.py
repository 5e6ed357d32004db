"""The feeds: what a feed is, how to follow one, every feed and every calendar of the portal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from milepost.report import Report
from milepost.site.feeds import FEEDS, calendars, channels, without_days
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import portal_list


def make(report: Report) -> Iterator[Page]:
    """The one page of feeds."""
    every = tuple(channels(report))
    yield from portal_list(
        report,
        "feeds_directory",
        description="What a feed is, how to follow one, and every feed and calendar of this portal.",
        main=every[0],
        groups=[(group, tuple(members)) for group, members in groupby(every, key=lambda channel: channel.group)],
        formats=FEEDS,
        calendars=tuple(calendars(report)),
        without_days=without_days(report),
    )


KIND = PageKind("feeds-directory", "Every feed and calendar of the portal, and how to subscribe.", make)
