"""What happened between two states of the data, for people at a terminal, for a pull request, and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from milepost.events import Event, subject
from milepost.exporters.markdown import literal
from milepost.portal import Portal
from milepost.prose import plain
from milepost.sentences import by_programme, event_sentence

NOTHING = "Nothing happened: both say the same."


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
    """Events as Markdown that is fit for a comment: text of the data is text there, and mentions nobody."""
    if not events:
        return NOTHING + "\n"
    lines = []
    for title, happened in by_programme(events, portal):
        lines += [f"### {literal(title)}", "", "| Day | Kind | What happened |", "|---|---|---|"]
        lines += [f"| {event.day} | {event.kind} | {literal(event_sentence(event, portal))} |" for event in happened]
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


def _count(events: Sequence[Event]) -> str:
    return "One thing happened." if len(events) == 1 else f"{len(events)} things happened."
