"""The feeds: a module a format. To add one, write its module and list it here."""

from __future__ import annotations

from collections.abc import Iterator

from milepost import routes
from milepost.events import of_programme
from milepost.feeds import atom, rss
from milepost.feeds.descriptor import Channel, FeedFormat
from milepost.report import Report

FEEDS: tuple[FeedFormat, ...] = (atom.FEED, rss.FEED)
"""Every format, by name."""


def channels(report: Report, address: str) -> Iterator[Channel]:
    """The portfolio's channel, then each programme's. `address` is the site's."""
    portal = report.portal
    recorded = [programme.record.recorded for programme in portal.programmes]
    newest = report.events[0].day if report.events else max(recorded)
    yield Channel(
        portal=portal,
        title=portal.portfolio.title,
        summary=f"What happened in {portal.portfolio.title}.",
        programme=None,
        page=routes.OVERVIEW,
        events=report.events,
        updated=newest,
        address=address,
    )
    for programme in portal.programmes:
        happened = of_programme(report.events, programme.slug)
        yield Channel(
            portal=portal,
            title=f"{programme.record.title}, {portal.portfolio.title}",
            summary=f"What happened in {programme.record.title}.",
            programme=programme.slug,
            page=routes.programme(programme.slug),
            events=happened,
            updated=happened[0].day if happened else programme.record.recorded,
            address=address,
        )


__all__ = ["FEEDS", "Channel", "FeedFormat", "channels"]
