"""How people write days: `21 Oct 2025`."""

from __future__ import annotations

import re
from datetime import date

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ISO_DAY = re.compile(r"(?<![\w/.:+-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w/:+-]|\.\w)")
"""A day by itself, and not a part of a name, an address or a moment."""


def in_words(day: date) -> str:
    """A day as people write it: `21 Oct 2025`."""
    return f"{_day_and_month(day)} {day.year}"


def span_in_words(first: date, last: date) -> str:
    """A stretch of days, both included: `from 15 to 21 Oct 2025`; a single day: `on 21 Oct 2025`."""
    if first == last:
        return f"on {in_words(last)}"
    if first.year != last.year:
        return f"from {in_words(first)} to {in_words(last)}"
    start = str(first.day) if first.month == last.month else _day_and_month(first)
    return f"from {start} to {in_words(last)}"


def with_days_in_words(text: str) -> str:
    """Text with each ISO day that stands by itself as people write it."""
    return ISO_DAY.sub(_found_in_words, text)


def _found_in_words(found: re.Match[str]) -> str:
    try:
        return in_words(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"
