"""JSON Schemas of single values, as an editor sees them: after YAML 1.2's core schema has made numbers of figures.

The readers in `scalars` decide what the data may hold; these say the same to editors, as far as a schema can: it does
not see whether a value was written in quotes, nor how a number was spelled. Patterns are of ECMA 262.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

JsonSchema = dict[str, Any]

LARGEST_NUMBER = 999_999_999
"""The largest whole number of nine digits, as many as one may have."""

PRINTABLE = "^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*$"
"""Everything that XML 1.0 has a place for."""

_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
CALENDAR_DAY = (
    "^(?:(?!0000)[0-9]{4}-"
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP_YEAR}-02-29)$"
)
"""A day of the Gregorian calendar, ISO 8601."""


def word(pattern: str, hint: str, longest: int | None = None) -> JsonSchema:
    """One word of the form `pattern`, of at most `longest` characters. `hint` says what to write instead of another."""
    schema: JsonSchema = {"type": "string", "pattern": f"^{pattern}$", "patternErrorMessage": hint}
    return schema if longest is None else {**schema, "maxLength": longest}


def none_of(names: Iterable[str]) -> str:
    """What a pattern begins with that refuses `names`, in capitals or not, alone or before a dot."""
    blind = "|".join("".join(_either_case(letter) for letter in name) for name in sorted(names))
    return f"(?!(?:{blind})(?:[.]|$))"


def _either_case(letter: str) -> str:
    return f"[{letter.upper()}{letter}]" if letter.isalpha() else letter


PERCENT: JsonSchema = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 100},
        {
            "type": "string",
            "pattern": "^(?:0|[1-9][0-9]?|100)%$",
            "patternErrorMessage": "Write a whole number from 0 to 100: 45 or 45%.",
        },
    ]
}
EXPORTED_PERCENT: JsonSchema = {"type": "integer", "minimum": 0, "maximum": 100}
WHOLE_NUMBER: JsonSchema = {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}
WEIGHT: JsonSchema = {"type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER}
TRUTH: JsonSchema = {"type": "boolean"}
DAY: JsonSchema = {
    "type": "string",
    "format": "date",
    "pattern": CALENDAR_DAY,
    "patternErrorMessage": "Write a day that exists as year, month and day: 2025-10-21.",
}
CLOSING_DAY: JsonSchema = {"anyOf": [DAY, {"const": "undated"}]}
TEXT: JsonSchema = {
    "type": "string",
    "allOf": [
        {"pattern": "\\S", "patternErrorMessage": "Write the text, or remove the field."},
        {"pattern": PRINTABLE, "patternErrorMessage": "Remove the character that no page or feed can carry."},
    ],
}
REASON_FORM = "Say why, in words."
REASON: JsonSchema = {
    "type": "string",
    "allOf": [*TEXT["allOf"], {"pattern": "[^\\s.…]", "patternErrorMessage": REASON_FORM}],
}
ANY_FIGURE: JsonSchema = {"type": ["boolean", "number", "string"], "pattern": PRINTABLE}
"""A figure of an acceptance: what a check compares is a percentage most often, but may be a status or a day."""
EXPORTED_ANY_FIGURE: JsonSchema = {"type": "string"}
