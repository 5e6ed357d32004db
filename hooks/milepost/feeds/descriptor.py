"""What a feed is: where it is published, and how events become its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from milepost import routes
from milepost.events import Event
from milepost.portal import Portal


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed carries.

    title, summary: of the feed. programme: its slug, or None for the whole portfolio. page: the route of the page that
    it belongs to. events: newest first. updated: the feed's own day. address: of the site, absolute.
    """

    portal: Portal
    title: str
    summary: str
    programme: str | None
    page: str
    events: tuple[Event, ...]
    updated: date
    address: str


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """A format of feeds.

    name: as people call it. media_type: for the link in a page's head. file_name: of each feed of this format.
    write: the text of the feed that is published at a route.
    """

    name: str
    media_type: str
    file_name: str
    write: Callable[[Channel, str], str]

    def route(self, programme: str | None) -> str:
        """Where the feed of a programme is published, or that of the portfolio for None."""
        return routes.feed(programme, self.file_name)
