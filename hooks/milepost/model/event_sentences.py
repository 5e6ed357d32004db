"""Events as sentences of plain text: the subject, the sentence of the data, and the figures that changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from milepost.model.events import Event, Move, subject
from milepost.model.portal import Portal, Ref
from milepost.text.html import plain
from milepost.text.plain import collapse


def flat(sentence: str) -> str:
    """A sentence of the data as bare text on one line."""
    return collapse(plain(sentence))


def event_sentence(event: Event, portal: Portal) -> str:
    """The sentence of an event with the figures that changed, after its entity where it does not begin with that."""
    text = flat(event.text)
    about = collapse(subject(portal, event))
    start = f"{about}: " if about and not begins_with(text, event.ref.id) else ""
    return f"{start}{text}{figures(event)}"


def figures(event: Event) -> str:
    """The figures that changed, ` (36 % → 48 %)`, as far as the sentence does not give them itself."""
    text = flat(event.text)
    missing = [move for move in event.moves if not _gives(text, move)]
    return f" ({'; '.join(_move(move, event) for move in missing)})" if missing else ""


def begins_with(text: str, entity_id: str) -> bool:
    """Whether a sentence begins with the id of an entity, and not with a longer one."""
    return re.match(rf"{re.escape(entity_id)}(?![.-]?\w)", text) is not None


def by_programme(events: Iterable[Event], portal: Portal) -> Iterator[tuple[str, list[Event]]]:
    """Events under the title of the programme that each belongs to, in the portfolio's order, newest first."""
    order = {programme.slug: place for place, programme in enumerate(portal.programmes)}
    ranked = sorted(events, key=lambda event: (order.get(event.ref.programme, -1), -event.day.toordinal(), event.key))
    for slug, happened in groupby(ranked, key=lambda event: event.ref.programme):
        entity = portal.entities.get(Ref(slug))
        yield entity.label if entity else portal.portfolio.title, list(happened)


def _gives(text: str, move: Move) -> bool:
    given = [figure for figure in (move.before, move.after) if figure is not None]
    return all(re.search(rf"(?<![\d.,]){figure} ?%", text) for figure in given)


def _move(move: Move, event: Event) -> str:
    before, after = ("no figure" if figure is None else f"{figure} %" for figure in (move.before, move.after))
    name = "" if move.ref == event.ref else f"{move.ref.id} "
    return f"{name}{before} → {after}"
