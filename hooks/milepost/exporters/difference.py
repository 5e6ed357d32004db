"""What happened between two states of the data, for people at a terminal, for a pull request, and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from milepost.events import Event, Move, subject
from milepost.portal import Portal, Ref
from milepost.prose import plain

NOTHING = "Nothing happened: both say the same."
MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]<>|~!])")
# GitHub makes mentions, references and links of bare text; a comment within it is not shown, and keeps it bare.
REACHING_OUT = re.compile(r"(?<=[@#])(?=\w)|(?<=GH)(?=-\d)|(?<=:)(?=//)|(?<=www)(?=\.)")


def difference_as_text(events: Sequence[Event], portal: Portal) -> str:
    """Events as lines of text, under the programme that each belongs to; `portal` is the later one."""
    if not events:
        return NOTHING
    lines = []
    for title, happened in _by_programme(events, portal):
        lines.append(title)
        lines.extend(f"  {event.day}  {event.kind:<10}  {_sentence(event, portal)}" for event in happened)
    return "\n".join([*lines, _count(events)])


def difference_as_markdown(events: Sequence[Event], portal: Portal) -> str:
    """Events as Markdown that is fit for a comment: text of the data is text there, and mentions nobody."""
    if not events:
        return NOTHING + "\n"
    lines = []
    for title, happened in _by_programme(events, portal):
        lines += [f"### {_literal(title)}", "", "| Day | Kind | What happened |", "|---|---|---|"]
        lines += [f"| {event.day} | {event.kind} | {_literal(_sentence(event, portal))} |" for event in happened]
        lines.append("")
    return "\n".join([*lines, _count(events), ""])


def difference_as_json(events: Sequence[Event], portal: Portal) -> str:
    """Events as JSON: figures are percentages from 0 to 100, or null; days are ISO 8601."""
    told = [
        {
            "id": event.key,
            "programme": event.ref.programme or None,
            "entity": str(event.ref) or None,
            "subject": subject(portal, event) or None,
            "kind": event.kind.value,
            "date": event.day.isoformat(),
            "text": plain(event.text),
            "moves": [{"entity": str(move.ref), "before": move.before, "after": move.after} for move in event.moves],
            "owner": event.owner,
            "evidence": list(event.evidence),
        }
        for event in events
    ]
    return json.dumps({"events": told}, indent=2, ensure_ascii=False)


def _by_programme(events: Sequence[Event], portal: Portal) -> Iterator[tuple[str, list[Event]]]:
    order = {programme.slug: place for place, programme in enumerate(portal.programmes)}
    ranked = sorted(events, key=lambda event: (order.get(event.ref.programme, -1), -event.day.toordinal(), event.key))
    for slug, happened in groupby(ranked, key=lambda event: event.ref.programme):
        entity = portal.entities.get(Ref(slug))
        yield (entity.title or slug) if entity else portal.portfolio.title, list(happened)


def _sentence(event: Event, portal: Portal) -> str:
    """The sentence of an event, with its entity where the sentence does not begin with it, and what moved."""
    text = " ".join(plain(event.text).split())
    about = subject(portal, event)
    start = f"{about}: " if about and not text.startswith(event.ref.id) else ""
    figures = "; ".join(_figures(move, event) for move in event.moves if f"{move.after} %" not in text)
    return f"{start}{text}" + (f" ({figures})" if figures else "")


def _figures(move: Move, event: Event) -> str:
    before, after = ("no figure" if figure is None else f"{figure} %" for figure in (move.before, move.after))
    name = "" if move.ref == event.ref else f"{move.ref.id} "
    return f"{name}{before} → {after}"


def _count(events: Sequence[Event]) -> str:
    return "One thing happened." if len(events) == 1 else f"{len(events)} things happened."


def _literal(text: str) -> str:
    return REACHING_OUT.sub("<!-- -->", MARKDOWN_MARKS.sub(r"\\\1", text))
