"""What happened between two states of the data, for people at a terminal, for a pull request, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from milepost.exports.markdown import literal
from milepost.model.event_sentences import by_programme, event_sentence
from milepost.model.events import Event, subject
from milepost.model.portal import Portal
from milepost.text.html import plain
from milepost.text.plain import choose

NOTHING = "Nothing happened: both say the same."
COMMENT_LENGTH = 65_000
"""Characters of a comment: GitHub takes 65,536, and some are for what stands around the difference."""


def difference_as_text(events: Sequence[Event], portal: Portal) -> str:
    """Events as lines of text, under the programme that each belongs to; `portal` is the later one."""
    if not events:
        return NOTHING
    lines = []
    for title, happened in by_programme(events, portal):
        lines.append(title)
        lines.extend(f"  {event.day}  {event.kind:<10}  {event_sentence(event, portal)}" for event in happened)
    return "\n".join([*lines, _count(events)])


def difference_as_markdown(events: Sequence[Event], portal: Portal) -> str:
    """Events as Markdown that is fit for a comment: text of the data is text there, and mentions nobody.

    Where a comment cannot hold all of them, it ends before one that would be too much, and says so.
    """
    if not events:
        return NOTHING
    text, told = "", 0
    for row in _rows(events, portal):
        if len(text) + len(row) > COMMENT_LENGTH:
            break
        text, told = text + row, told + 1
    missing = f"A comment holds no more than {told} of the {len(events)} things that happened; milepost diff tells all."
    return f"{text}\n{_count(events) if told == len(events) else missing}"


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


def _rows(events: Sequence[Event], portal: Portal) -> Iterator[str]:
    """A row of a table an event, the first one of each programme with the table's head."""
    above = ""
    for title, happened in by_programme(events, portal):
        head = f"{above}### {literal(title)}\n\n| Day | Kind | What happened |\n|---|---|---|\n"
        for event in happened:
            yield f"{head}| {event.day} | {event.kind} | {literal(event_sentence(event, portal))} |\n"
            head = ""
        above = "\n"


def _count(events: Sequence[Event]) -> str:
    return choose(len(events), "One thing happened.", f"{len(events)} things happened.")
