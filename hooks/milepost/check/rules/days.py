"""The day as of which a programme is judged, in words, and how a day reads in a finding."""

from __future__ import annotations

from datetime import date

from milepost.model.portal import ProgrammeNode


def as_of_words(programme: ProgrammeNode) -> str:
    """The programme's as-of day, and which day that is."""
    closed = programme.record.closed
    if closed is None:
        why = "the day of this check"
    elif isinstance(closed, date):
        why = "the day on which the programme closed"
    else:
        why = "the day on which the closed programme was entered"
    return f"{programme.as_of.isoformat()}, {why}"
