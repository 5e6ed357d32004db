"""What a feed is: where it is published, and how events become its text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from milepost.history import Event
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

    name: as people call it. media_type: for the link in a page's head. route: of the feed of a programme, or of the
    portfolio for None. write: the feed's text.
    """

    name: str
    media_type: str
    route: Callable[[str | None], str]
    write: Callable[[Channel], str]
