"""The kinds of single values that fields hold: percentages, days, ids, text.

Each reads the text of a YAML scalar and says, where it cannot, what to write instead. An error's type is the name of
the rule that reports it; its context holds the hint.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from milepost.data.records import value_schemas
from milepost.data.records.markup import unsafe_part
from milepost.data.yaml_reader import FieldMap, ItemList, Scalar
from milepost.text.plain import collapse

MAX_ID_LENGTH = 40
RESERVED_FILE_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))}
)
# Everything that XML 1.0 has no place for.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ENTITY_ID_FORM = (
    "Begin with a letter, hold a digit, and use letters, digits, single dots and hyphens: M1, T1.2, UT-004."
)
SLUG_FORM = "Use small letters, digits and single hyphens, beginning with a letter: platform-hardening."
ENTITY_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*")
SNAPSHOT_ID_FORM = "Use digits, small letters, single dots and hyphens, and no .html at the end: 2025-10-21."
# Its page would take the name of the folder of another: snapshots/a.html is a page, and snapshots/a.html/ a folder.
SNAPSHOT_ID = re.compile(r"(?!.*[.]html$)[0-9a-z]+(?:[.-][0-9a-z]+)*")
COMMIT_FORM = "Write the full name of a commit: 40 digits and small letters, a to f, in quotes."
COMMIT = re.compile(r"[0-9a-f]{40}")
SHA256_FORM = "Write a SHA-256 digest: 64 digits and small letters, a to f, in quotes."
SHA256 = re.compile(r"[0-9a-f]{64}")
SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
PUBLISHED_NAME_FORM = (
    "Write what it was called, in characters that can be seen: fixnado/T9, fixnado, owners/ada, or handbook/old.html."
)
MAX_NAME_LENGTH = 120
OUTSIDE_FORM = "Write an address that begins with https:// and is shorter than 2000 characters."
MAX_ADDRESS_LENGTH = 2000
OUTSIDE = re.compile(r"https?://[^\s<>\"'`\x00-\x1f\x7f]+")
# What nobody sees: controls, spaces but the plain one, breaks of lines, and marks of the direction of writing.
UNSEEN = r"\x00-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
FOLDER_OR_FILE = rf"[^{UNSEEN} ./\\:*?\"<>|#%][^{UNSEEN}/\\:*?\"<>|#%]*"
# Below s/ stand the snapshots, which nothing is added to; README.html would be published as another page.
PUBLISHED_NAME = re.compile(
    rf"(?!s/)(?!(?:.*/)?README[.]html$)"
    rf"(?:{SLUG.pattern}(?:/{ENTITY_ID.pattern})?|(?:{FOLDER_OR_FILE}/)*{FOLDER_OR_FILE}[.]html)"
)
PERCENT = re.compile(r"(-?(?:0|[1-9][0-9]*))%?")
PERCENTAGES = frozenset(str(figure) for figure in range(101))
WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

DOTS_AND_SPACES = f".…{string.whitespace}"

READ_OTHERWISE = {
    "true or false": re.compile(r"y|yes|n|no|true|false|on|off", re.IGNORECASE),
    "a number": re.compile(
        r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+"
        r"|[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?"
        r"|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|\.inf)|\.nan",
        re.IGNORECASE,
    ),
    "a day": re.compile(
        r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
        r"(?:(?:t|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?[ \t]*(?:z|[-+][0-9]{1,2}(?::?[0-9]{2})?)?)?",
        re.IGNORECASE,
    ),
}
"""What readers of YAML 1.1 or 1.2 may take a plain scalar for, and the plain scalars that they take for it."""


class Status(StrEnum):
    """Where a piece of work stands."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETE = "complete"
    AT_RISK = "at-risk"
    BLOCKED = "blocked"


class Track(StrEnum):
    """Which of a programme's two tracks a piece of work belongs to."""

    DELIVERY = "delivery"
    DESIGN = "design"


class Level(StrEnum):
    """How much something weighs."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


def problem(rule: str, message: str, hint: str) -> PydanticCustomError:
    """The error that a field's reader raises, to be reported under `rule`."""
    return PydanticCustomError(rule, "{message}", {"message": message, "hint": hint})


def read_scalar(value: Any, what: str, rule: str = "wrong-type") -> str:
    """The text of `value`; raises where nothing, a list or a mapping stands in the place of `what`."""
    if value is None:
        raise problem(rule, f"{what} is missing after the colon", f"Write {what}, or remove the field.")
    if isinstance(value, ItemList | list | tuple):
        raise problem(rule, f"a list stands where {what} belongs", f"Write {what} alone.")
    if isinstance(value, FieldMap | dict):
        raise problem(rule, f"a mapping stands where {what} belongs", f"Write {what} alone.")
    text = str(value)
    if not text.isprintable() and UNPRINTABLE.search(text):
        raise problem(rule, f"{what} holds a character that no page or feed can carry", "Remove it.")
    return text


def _is_quoted(value: Any) -> bool:
    return isinstance(value, Scalar) and not value.plain


def _percent(value: Any) -> int:
    text = read_scalar(value, "a percentage", "percentage-format")
    found = PERCENT.fullmatch(text)
    if found is not None and _is_quoted(value) and not text.endswith("%"):
        raise problem("percentage-format", f"{text!r} in quotes is a text", f"Write it without quotes: {text}.")
    if found is None:
        raise problem("percentage-format", f"{text!r} is not a percentage", "Write a whole number: 45 or 45%.")
    if found[1] not in PERCENTAGES:
        raise problem("percentage-range", f"{text} is not between 0 and 100", "Write a figure from 0 to 100.")
    return int(found[1])


def _whole_number(value: Any) -> int:
    text = read_scalar(value, "a whole number")
    if _is_quoted(value) and WHOLE_NUMBER.fullmatch(text):
        raise problem("wrong-type", f"{text!r} in quotes is a text", f"Write it without quotes: {text}.")
    if WHOLE_NUMBER.fullmatch(text) is None:
        raise problem("wrong-type", f"{text!r} is not a whole number", "Write digits alone, such as 2.")
    return int(text)


def _weight(value: Any) -> int:
    number = _whole_number(value)
    if number == 0:
        raise problem("wrong-type", "a weight of 0 counts for nothing", "Write 1 or more.")
    return number


def _truth(value: Any) -> bool:
    text = read_scalar(value, "true or false")
    if _is_quoted(value) and text in {"true", "false"}:
        raise problem("wrong-type", f"{text!r} in quotes is a text", f"Write it without quotes: {text}.")
    if text not in {"true", "false"}:
        raise problem("wrong-type", f"{text!r} is neither true nor false", "Write true or false.")
    return text == "true"


def _day(value: Any) -> date:
    text = read_scalar(value, "a day")
    if ISO_DAY.fullmatch(text) is None:
        raise problem("wrong-type", f"{text!r} is not a day", "Write year, month and day: 2025-10-21.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise problem("wrong-type", f"{text} is not in the calendar", "Write a day that exists: 2025-10-21.") from None


def _closing_day(value: Any) -> date | str:
    if value == "undated":
        return "undated"
    return _day(value)


def _text(value: Any) -> str:
    text = read_scalar(value, "text").strip()
    if not text:
        raise problem("wrong-type", "the text is empty", "Write the text, or remove the field.")
    if isinstance(value, Scalar) and value.plain:
        _refuse_read_otherwise(text)
    unsafe = unsafe_part(text)
    if unsafe is not None:
        shown = collapse(unsafe)
        what = "markup" if shown.startswith("<") else "an address that runs"
        hint = "Put it in backticks, so that it is shown as it stands, or say it in other words."
        raise problem("unsafe-markup", f"the text holds {what}: {shown}", hint)
    return text


def _reason(value: Any) -> str:
    text = _text(value)
    if not text.strip(DOTS_AND_SPACES):
        # What a hint leaves open is written with dots.
        raise problem("wrong-type", "the reason is still to be written", value_schemas.REASON_FORM)
    return text


def _refuse_read_otherwise(text: str) -> None:
    for what, form in READ_OTHERWISE.items():
        if form.fullmatch(text):
            message = f"without quotes, {text} is {what} to some readers of YAML"
            raise problem("ambiguous-scalar", message, f'Put it in quotes: "{text}".')


def _entity_id(value: Any) -> str:
    text = read_scalar(value, "an id", "invalid-id")
    if ENTITY_ID.fullmatch(text) is None or not any(character.isdigit() for character in text):
        raise problem("invalid-id", f"{text!r} is not an id", ENTITY_ID_FORM)
    if len(text) > MAX_ID_LENGTH:
        raise problem("invalid-id", f"the id has {len(text)} characters", f"Use at most {MAX_ID_LENGTH}.")
    if text.lower().split(".")[0] in RESERVED_FILE_NAMES:
        raise problem("invalid-id", f"{text} is a name that some systems keep for devices", "Choose another id.")
    return text


def _slug(value: Any) -> str:
    text = read_scalar(value, "an id", "invalid-id")
    if SLUG.fullmatch(text) is None or len(text) > MAX_ID_LENGTH or text in RESERVED_FILE_NAMES:
        raise problem("invalid-id", f"{text!r} is not an id", SLUG_FORM)
    if isinstance(value, Scalar) and value.plain:
        _refuse_read_otherwise(text)
    return text


def _snapshot_id(value: Any) -> str:
    text = read_scalar(value, "an id", "invalid-id")
    is_kept = text.split(".")[0] in RESERVED_FILE_NAMES
    if SNAPSHOT_ID.fullmatch(text) is None or len(text) > MAX_ID_LENGTH or is_kept:
        raise problem("invalid-id", f"{text!r} is not an id of a snapshot", SNAPSHOT_ID_FORM)
    if isinstance(value, Scalar) and value.plain:
        _refuse_read_otherwise(text)
    return text


def _published_name(value: Any) -> str:
    text = read_scalar(value, "the name of what was removed", "invalid-id")
    if PUBLISHED_NAME.fullmatch(text) is None or len(text) > MAX_NAME_LENGTH:
        raise problem("invalid-id", f"{text!r} names nothing that a portal can publish", PUBLISHED_NAME_FORM)
    if isinstance(value, Scalar) and value.plain:
        _refuse_read_otherwise(text)
    return text


def _successor(value: Any) -> str:
    text = read_scalar(value, "the name of what took its place")
    return text if OUTSIDE.fullmatch(text) is not None and len(text) <= MAX_ADDRESS_LENGTH else _published_name(value)


def _commit_name(value: Any) -> str:
    return _hexadecimal(value, "the name of a commit", COMMIT, COMMIT_FORM)


def _sha256(value: Any) -> str:
    return _hexadecimal(value, "a digest", SHA256, SHA256_FORM)


def _hexadecimal(value: Any, what: str, form: re.Pattern[str], hint: str) -> str:
    text = read_scalar(value, what)
    if form.fullmatch(text) is None:
        raise problem("wrong-type", f"{text!r} is not {what}", hint)
    if isinstance(value, Scalar) and value.plain:
        _refuse_read_otherwise(text)
    return text


def _figure(value: Any) -> str:
    return read_scalar(value, "a figure").removesuffix("%")


def _iso(day: date | str) -> str:
    return day if isinstance(day, str) else day.isoformat()


def _reader(
    read: Callable[[Any], Any], written: value_schemas.JsonSchema, exported: value_schemas.JsonSchema | None = None
) -> tuple[Any, ...]:
    """What makes a field of `read`: the JSON Schema of the value as `written`, and as `exported` where that differs."""
    return (
        BeforeValidator(read, json_schema_input_type=Any),
        WithJsonSchema(written, mode="validation"),
        WithJsonSchema(exported or written, mode="serialization"),
    )


ENTITY_ID_SCHEMA = value_schemas.word(
    f"{value_schemas.none_of(RESERVED_FILE_NAMES)}(?=.*[0-9]){ENTITY_ID.pattern}", ENTITY_ID_FORM, MAX_ID_LENGTH
)
SLUG_SCHEMA = value_schemas.word(
    f"{value_schemas.none_of(RESERVED_FILE_NAMES)}{SLUG.pattern}", SLUG_FORM, MAX_ID_LENGTH
)

SNAPSHOT_ID_SCHEMA = value_schemas.word(
    f"{value_schemas.none_of(RESERVED_FILE_NAMES)}{SNAPSHOT_ID.pattern}", SNAPSHOT_ID_FORM, MAX_ID_LENGTH
)
PUBLISHED_NAME_SCHEMA = value_schemas.word(PUBLISHED_NAME.pattern, PUBLISHED_NAME_FORM, MAX_NAME_LENGTH)
SUCCESSOR_SCHEMA: value_schemas.JsonSchema = {
    "anyOf": [PUBLISHED_NAME_SCHEMA, value_schemas.word(OUTSIDE.pattern, OUTSIDE_FORM, MAX_ADDRESS_LENGTH)]
}
COMMIT_SCHEMA = value_schemas.word(COMMIT.pattern, COMMIT_FORM)
SHA256_SCHEMA = value_schemas.word(SHA256.pattern, SHA256_FORM)

Percent = Annotated[int, *_reader(_percent, value_schemas.PERCENT, value_schemas.EXPORTED_PERCENT)]
"""A percentage, 0 to 100, written 45 or 45%."""
WholeNumber = Annotated[int, *_reader(_whole_number, value_schemas.WHOLE_NUMBER)]
"""A whole number, 0 or more."""
Weight = Annotated[int, *_reader(_weight, value_schemas.WEIGHT)]
"""How much a part counts beside its siblings, 1 or more."""
Truth = Annotated[bool, *_reader(_truth, value_schemas.TRUTH)]
"""true or false, as YAML 1.2 spells them."""
Day = Annotated[date, *_reader(_day, value_schemas.DAY)]
"""A day of the calendar, ISO 8601: 2025-10-21."""
ClosingDay = Annotated[
    date | str, *_reader(_closing_day, value_schemas.CLOSING_DAY), PlainSerializer(_iso, return_type=str)
]
"""The day of a last report, or `undated` where reporting has ended and nothing says when."""
Text = Annotated[str, *_reader(_text, value_schemas.TEXT)]
"""Text that people read, never empty. Backticks make code, [[fixnado/M3]] a link; nothing else is markup."""
Reason = Annotated[str, *_reader(_reason, value_schemas.REASON, value_schemas.TEXT)]
"""Text that says why, and is more than the dots that stand in the hint of a check."""
EntityId = Annotated[str, *_reader(_entity_id, ENTITY_ID_SCHEMA)]
"""The id of a milestone, task, subtask, sprint or register entry."""
Slug = Annotated[str, *_reader(_slug, SLUG_SCHEMA)]
"""The id of a programme, and the name of its folder."""
PersonId = Annotated[str, *_reader(_slug, SLUG_SCHEMA)]
"""The id of a role, team or person of people.yml."""
SnapshotId = Annotated[str, *_reader(_snapshot_id, SNAPSHOT_ID_SCHEMA)]
"""The id of a snapshot, and the name of its folder."""
PublishedName = Annotated[str, *_reader(_published_name, PUBLISHED_NAME_SCHEMA)]
"""What something was called when it was published: `fixnado/T9`, `fixnado`, `owners/ada`, or the route of a page."""
Successor = Annotated[str, *_reader(_successor, SUCCESSOR_SCHEMA)]
"""What took the place of something that was removed: its name as above, or an https address outside the portal."""
CommitName = Annotated[str, *_reader(_commit_name, COMMIT_SCHEMA)]
"""The full name of a commit of git."""
Sha256 = Annotated[str, *_reader(_sha256, SHA256_SCHEMA)]
"""A digest of SHA-256 (FIPS 180-4), in hexadecimal."""
RuleName = Annotated[str, *_reader(_slug, SLUG_SCHEMA)]
"""The name of a rule."""
FigureText = Annotated[str, *_reader(_figure, value_schemas.ANY_FIGURE, value_schemas.EXPORTED_ANY_FIGURE)]
Figures = Annotated[dict[str, FigureText], Field(min_length=1)]
"""Figures by name, each as the check prints it."""

SHARED_SCHEMAS: Mapping[str, value_schemas.JsonSchema] = {
    "Day": value_schemas.DAY,
    "EntityId": ENTITY_ID_SCHEMA,
    "Percent": value_schemas.PERCENT,
    "Sha256": SHA256_SCHEMA,
    "Slug": SLUG_SCHEMA,
    "SnapshotId": SNAPSHOT_ID_SCHEMA,
    "Text": value_schemas.TEXT,
}
"""What stands in so many fields that a schema says it once, by name."""
