"""The fields of a page's front matter that MkDocs, the theme, a plugin or Milepost acts on, and what each may hold.

Values are those that MkDocs reads, by YAML 1.1: `no` is false there, and `2026` a number. Other fields are not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

MOST_WEIGHT = 1000
HUGE = 10**18


@dataclass(frozen=True, slots=True)
class FieldType:
    """What a field may hold: in words, and as a test of the value that MkDocs reads."""

    words: str
    fits: Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class PageField:
    """A field that something acts on: its type, an example of its value as YAML, and what it does.

    inner: the fields of its value, where that is a mapping.
    """

    type: FieldType
    example: str
    does: str
    inner: Mapping[str, PageField] | None = None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(each) for each in value)


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MOST_WEIGHT


TEXT = FieldType("words", _is_text)
NAME = FieldType("a name", _is_text)
WORDS = FieldType("a list of words", _are_words)
YES_OR_NO = FieldType("true or false", lambda value: isinstance(value, bool))
WEIGHT = FieldType(f"a number above 0, and at most {MOST_WEIGHT}", _is_weight)
FIELDS = FieldType("a mapping", lambda value: isinstance(value, Mapping))

PAGE_FIELDS: Mapping[str, PageField] = {
    "title": PageField(TEXT, "How we report", "what the page is called"),
    "description": PageField(TEXT, "Who reports what, and when.", "the sentence that search engines show"),
    "author": PageField(TEXT, "Programme office", "who wrote the page"),
    "subtitle": PageField(TEXT, "Since January", "a line below the title in the navigation"),
    "status": PageField(TEXT, "new", "a mark in the navigation, `new` or `deprecated`"),
    "icon": PageField(NAME, "material/flag", "an icon of the theme, in the navigation"),
    "template": PageField(NAME, "main.html", "a template of the folder `overrides/`, instead of the theme's"),
    "hide": PageField(WORDS, "[navigation, toc]", "parts of the page that are not shown"),
    "tags": PageField(WORDS, "[reports]", "words by which the search finds the page"),
    "search": PageField(
        FIELDS,
        "{exclude: true}",
        "`exclude: true` keeps the page out of the search, `boost: 2` moves it up",
        {
            "exclude": PageField(YES_OR_NO, "true", ""),
            "boost": PageField(WEIGHT, "2", ""),
        },
    ),
    "social": PageField(FIELDS, "{cards: false}", "settings of the theme's plugin for social cards"),
    "programme": PageField(NAME, "fixnado", "makes the page that programme's narrative"),
    "feed": PageField(NAME, "fixnado", "the feed that the page announces"),
    "render_macros": PageField(YES_OR_NO, "true", "lets the page use macros"),
}
"""Every field that something acts on, by name."""

KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (date, "a day"),
    (Mapping, "a mapping"),
)
"""The kinds of value that are no text, in words; each before those that it is also an instance of."""

REFUSED_FIELDS: Mapping[str, str] = {
    "ignore_macros": "Leave it out: macros run only on pages that say render_macros: true.",
}
"""The fields that would stop a build, and what to do instead."""


def has_huge_number(value: object) -> bool:
    """Whether a value is or holds an integer that is too long to be printed, which ends a build."""
    if isinstance(value, Mapping):
        return any(map(has_huge_number, (*value, *value.values())))
    if isinstance(value, list | tuple | set):
        return any(map(has_huge_number, value))
    return isinstance(value, int) and abs(value) >= HUGE


def described(value: object) -> str:
    """What kind of value MkDocs reads, in words."""
    if isinstance(value, str) and value.strip():
        return "text"
    if isinstance(value, list):
        other = next((each for each in value if not _is_text(each)), None)
        return f"a list with {described(other)} in it" if value and not _are_words(value) else "a list"
    return next((words for kind, words in KINDS if isinstance(value, kind)), "nothing")
