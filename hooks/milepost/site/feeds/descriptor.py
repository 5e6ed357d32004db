"""What a feed is: where it is published, and how events become its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from milepost.data.records.snapshot import Snapshot
from milepost.model import routes
from milepost.model.events import Event
from milepost.model.portal import Portal
from milepost.site.feeds.items import Item, Teller


class Group(StrEnum):
    """What feeds have in common, for lists of them."""

    PORTFOLIO = "Portfolio"
    PROGRAMME = "Programmes"
    KIND = "Across programmes"
    OWNER = "Owners"


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed carries.

    name: the folder of its files, which no other has; empty for the portfolio's. key: what its id is made of, which
    stays when a programme is renamed. label: what it is called among the others. summary: of what it tells. page: the
    route of the page that it belongs to. events: newest first. updated: its own day. teller: makes items of events.
    """

    teller: Teller
    name: str
    key: str
    group: Group
    label: str
    summary: str
    page: str
    events: tuple[Event, ...]
    updated: date
    former: tuple[str, ...] = ()
    """The names that it had before: whoever subscribed under one must go on being told."""
    announced: tuple[Snapshot, ...] = ()
    """The snapshots whose publication it tells of."""

    @property
    def portal(self) -> Portal:
        """The portal that it tells of."""
        return self.teller.portal

    @property
    def address(self) -> str:
        """Where the site is published."""
        return self.teller.address

    @property
    def items(self) -> Iterator[Item]:
        """Its events and announcements as readers are told of them, newest first."""
        told = (*map(self.teller.announcement, reversed(self.announced)), *map(self.teller.item, self.events))
        return iter(sorted(told, key=lambda item: item.day, reverse=True))

    @property
    def count(self) -> int:
        """How many items it has."""
        return len(self.events) + len(self.announced)

    @property
    def title(self) -> str:
        """Its title, which says whose portal it is of."""
        portfolio = self.portal.portfolio.title
        return portfolio if self.group is Group.PORTFOLIO else f"{self.label}, {portfolio}"


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

    def route(self, name: str) -> str:
        """Where the feed of the channel `name` is published."""
        return routes.feed(name, self.file_name)
