"""The feeds: what a feed is, how to follow one, every feed and every calendar of the portal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from milepost.model import routes
from milepost.model.titles import LISTS
from milepost.report import Report
from milepost.site.feeds import FEEDS, calendars, channels, without_days
from milepost.site.pages.descriptor import ACROSS, Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """The one page of feeds."""
    every = tuple(channels(report))
    yield PageWriter(report, routes.FEEDS).page(
        "feeds_directory",
        title=LISTS[routes.FEEDS],
        description="What a feed is, how to follow one, and every feed and calendar of this portal.",
        section=ACROSS,
        main=every[0],
        groups=[(group, tuple(members)) for group, members in groupby(every, key=lambda channel: channel.group)],
        formats=FEEDS,
        calendars=tuple(calendars(report)),
        without_days=without_days(report),
    )


KIND = PageKind("feeds-directory", "Every feed and calendar of the portal, and how to subscribe.", make)
