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
from milepost.site.feeds.items import Item, ItemWriter


class Group(StrEnum):
    """What feeds have in common, for lists of them."""

    PORTFOLIO = "Portfolio"
    PROGRAMME = "Programmes"
    KIND = "Across programmes"
    OWNER = "Owners"


@dataclass(frozen=True, slots=True)
class Channel:
    """The content of a feed, for every format."""

    teller: ItemWriter
    """Makes items of events."""
    name: str
    """The folder of its files, which is unique; empty for the feed of the portfolio."""
    key: str
    """What its id is made of; it stays when a programme is renamed."""
    group: Group
    label: str
    """Its name in lists of feeds."""
    summary: str
    page: str
    """The route of the page that it belongs to."""
    events: tuple[Event, ...]
    """Its events, newest first."""
    updated: date
    former: tuple[str, ...] = ()
    """Its former names: the feed is published under these too, for those who have subscribed."""
    announced: tuple[Snapshot, ...] = ()
    """The snapshots whose publication is an item."""

    @property
    def portal(self) -> Portal:
        """The portal of its events."""
        return self.teller.portal

    @property
    def address(self) -> str:
        """Where the site is published."""
        return self.teller.address

    @property
    def items(self) -> Iterator[Item]:
        """Its events and announcements as items, newest first."""
        items = (*map(self.teller.announcement, reversed(self.announced)), *map(self.teller.item, self.events))
        return iter(sorted(items, key=lambda item: item.day, reverse=True))

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
    """A format of feeds."""

    name: str
    media_type: str
    """For the link in the head of a page."""
    file_name: str
    """The name of the file of each feed of this format."""
    write: Callable[[Channel, str], str]
    """Writes the text of the feed of a channel that is published at a route."""

    def route(self, name: str) -> str:
        """Where the feed of the channel `name` is published."""
        return routes.feed(name, self.file_name)
