"""What every format says of an event in the same way: its lasting id, its headline, its words, its moment.

What is HTML here is made of the data by escaping it; no address in it is relative, as a reader shows it elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from markupsafe import Markup

from milepost.data.records.snapshot import Snapshot
from milepost.model import routes
from milepost.model.event_sentences import begins_with, flat
from milepost.model.events import Event, Move
from milepost.model.portal import Portal, Ref
from milepost.text import html
from milepost.text.dates import with_days_in_words
from milepost.text.plain import shorten

LANGUAGE = "en"
"""The language of what Milepost itself writes (BCP 47); the data's own is not known to it."""

TOLD_LENGTH = 70
"""How many characters of its sentence may stand in a title: more is cut in the lists of most readers."""


ONLY_WHAT_HAPPENED = re.compile(r"^(?:is|was) \w+(?:[.;]\s*|$)")


@dataclass(frozen=True, slots=True)
class Category:
    """A word by which items are sorted: for programs, and for people."""

    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed: an event, or the publication of a snapshot."""

    id: str
    title: str
    address: str
    """The address of the event on the site."""
    day: date
    author: str
    author_address: str
    """The address of the page of the author."""
    categories: tuple[Category, ...]
    summary: str
    """The sentence of the event as plain text."""
    content: Markup
    """All that is known of the event, as HTML."""


class ItemWriter:
    """Makes an item of each event, once: every channel and format that carries an event shares it."""

    def __init__(self, portal: Portal, address: str) -> None:
        """Tell of the events of `portal`, whose site is published at `address`."""
        self.portal = portal
        self.address = address
        self.told: dict[str, Item] = {}

    def item(self, event: Event) -> Item:
        """The item of an event; its id is made of the key of the event."""
        if event.key not in self.told:
            self.told[event.key] = self._item(event)
        return self.told[event.key]

    def announcement(self, row: Snapshot) -> Item:
        """The item that tells that a snapshot was published."""
        text = f"Snapshot {row.id} was published: {row.reason}"
        return Item(
            id=tag(self.portal, f"snapshots/{row.id}"),
            title=f"Snapshot {row.id} published",
            address=routes.absolute(routes.snapshot_page(row.id), self.address),
            day=row.date,
            author=self.portal.people[row.approved_by].title,
            author_address=routes.absolute(routes.owner(row.approved_by), self.address),
            categories=(Category("snapshots", "snapshots"),),
            summary=html.plain(text),
            content=self._announced(row, text),
        )

    def _announced(self, row: Snapshot, text: str) -> Markup:
        def linked(route: str, words: str) -> Markup:
            return Markup('<a href="{}">{}</a>').format(routes.absolute(route, self.address), words)

        def resolve(target: str) -> str | None:
            entity = self.portal.find(target)
            return None if entity is None else routes.absolute(entity.route, self.address)

        blocks = [Markup("<p>{}</p>").format(html.inline(text, resolve))]
        if row.corrects:
            corrected = linked(routes.snapshot_page(row.corrects), row.corrects)
            blocks.append(Markup("<p>It corrects snapshot {}.</p>").format(corrected))
        facts = linked(routes.snapshot_page(row.id), "What the ledger says of it")
        since = linked(routes.compare_with_current(row.id), "what happened since")
        return Markup("\n").join((*blocks, Markup("<p>{}, and {}.</p>").format(facts, since)))

    def _item(self, event: Event) -> Item:
        author, page = _author(self.portal, event)
        return Item(
            id=tag(self.portal, event.key),
            title=headline(self.portal, event),
            address=routes.absolute(event.route, self.address),
            day=event.day,
            author=author,
            author_address=routes.absolute(page, self.address),
            categories=_categories(self.portal, event),
            summary=html.plain(event.text),
            content=_Content(self.portal, self.address, event).html(),
        )


def tag(portal: Portal, key: str) -> str:
    """The lasting id of an event or a channel, `tag:AUTHORITY:KEY` (RFC 4151)."""
    return f"tag:{portal.portfolio.feed_authority}:{key}"


def headline(portal: Portal, event: Event) -> str:
    """The title of an event: what it is about, what that is called, what happened to it, and the figure that moved.

    A reader of feeds sees it before anything else. So what has no title, or moved no figure, is told by the beginning
    of its sentence: of one thing, several items may say that it progressed.
    """
    programme = portal.entities[Ref(event.ref.programme)].label
    entity = portal.entities[event.ref]
    subject = entity.label if event.ref.id else "programme"
    moved = _moved(event)
    happened = f"{programme}: {subject} {event.kind.value}{moved}"
    if event.ref.id and entity.title and moved:
        return happened
    rest = _untold(with_days_in_words(flat(event.text)), event.ref.id or "programme")
    return f"{happened}: {shorten(rest, TOLD_LENGTH)}" if rest else happened


def _untold(sentence: str, subject: str) -> str:
    """A sentence without its subject where it begins with it: the title of its event has named that already.

    That the subject was completed, or the like, has been said, too.
    """
    if not begins_with(sentence, subject):
        return sentence
    rest = sentence.removeprefix(subject).lstrip(" :,–-")
    return ONLY_WHAT_HAPPENED.sub("", rest)


def _moved(event: Event) -> str:
    """The figure of the entity itself, `, 36 % → 48 %`, where one moved."""
    for move in event.moves:
        if move.ref == event.ref and move.after is not None and move.after != move.before:
            before = "" if move.before is None else f"{move.before} % → "
            return f", {before}{move.after} %"
    return ""


def midnight(day: date) -> datetime:
    """The first moment of a day, in UTC, as the date of an item."""
    return datetime.combine(day, time(), UTC)


def _author(portal: Portal, event: Event) -> tuple[str, str]:
    """Who answers for what happened, and the route of their page; where nobody does, the publisher."""
    if event.owner is None:
        return portal.portfolio.publisher, routes.OVERVIEW
    return portal.people[event.owner].title, routes.owner(event.owner)


def _categories(portal: Portal, event: Event) -> tuple[Category, ...]:
    programme, kind = portal.entities[Ref(event.ref.programme)], portal.entities[event.ref].kind
    # The kinds of register entries are named in the plural, as their registers are.
    plural = kind if kind.endswith("s") else f"{kind}s"
    owner = [Category(event.owner, portal.people[event.owner].title)] if event.owner is not None else []
    return (
        Category(event.ref.programme, programme.label),
        Category(event.kind.value, event.kind.value),
        Category(plural, plural),
        *owner,
    )


class _Content:
    """Writes all that is known of one event."""

    def __init__(self, portal: Portal, address: str, event: Event) -> None:
        self.portal = portal
        self.address = address
        self.event = event

    def html(self) -> Markup:
        event = self.event
        blocks = [Markup("<p>{}</p>").format(self.inline(event.text))]
        if event.moves:
            blocks.append(_listed(self.figure(move) for move in event.moves))
        if event.evidence:
            blocks += [Markup("<p>Evidence:</p>"), _listed(self.inline(proof) for proof in event.evidence)]
        return Markup("\n").join((*blocks, self.about()))

    def about(self) -> Markup:
        programme = self.link(Ref(self.event.ref.programme))
        if not self.event.ref.id:
            return Markup("<p>About {}.</p>").format(programme)
        others = [Ref(self.event.ref.programme, entity_id) for entity_id in self.event.refs]
        subjects = [self.link(ref) for ref in dict.fromkeys((self.event.ref, *others)) if ref in self.portal.entities]
        return Markup("<p>About {}, in {}.</p>").format(Markup(", ").join(subjects), programme)

    def figure(self, move: Move) -> Markup:
        """A figure that moved; percentages, 0 to 100."""
        entity = self.portal.entities[move.ref]
        name = Markup('<a href="{}">{}</a>').format(self.absolute(entity.route), move.ref.id or entity.title)
        if move.before is None or move.after is None:
            known = "no figure any more" if move.after is None else f"{move.after} %, its first figure"
            return Markup("{} {}").format(name, known)
        if move.before == move.after:
            return Markup("{} {} %, as before").format(name, move.after)
        return Markup("{} {} % → {} %").format(name, move.before, move.after)

    def link(self, ref: Ref) -> Markup:
        entity = self.portal.entities[ref]
        return Markup('<a href="{}">{}</a>').format(self.absolute(entity.route), entity.label)

    def inline(self, sentence: str) -> Markup:
        return html.inline(sentence, self.resolve)

    def resolve(self, target: str) -> str | None:
        entity = self.portal.find(target, self.event.ref.programme)
        return None if entity is None else self.absolute(entity.route)

    def absolute(self, route: str) -> str:
        return routes.absolute(route, self.address)


def _listed(lines: Iterator[Markup]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(line) for line in lines))
