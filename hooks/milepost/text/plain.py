"""Plain text: on one line, shortened, counted, and without characters that cannot be shown."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

NOT_SHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of Unicode that make no text: controls, halves of characters, and ends of lines."""
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Directions of Unicode that would show what follows the other way round: Unicode Technical Report 36, section 3."""
ESCAPED_IN_YAML = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")
"""The characters that a text of YAML 1.2 in double quotes cannot hold as they are; none is beyond U+FFFF."""


def collapse(text: str) -> str:
    """The text on one line, with each run of white space as one space, and none at either end."""
    return " ".join(text.split())


def shorten(text: str, length: int) -> str:
    """At most `length` characters of the text, cut at a word, with an ellipsis for the rest."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(" ,:;") + " …"


def shorten_middle(text: str, length: int) -> str:
    """The two ends of the text, at most `length` characters, with an ellipsis for what is between them."""
    return text if len(text) <= length else f"{text[: length // 2]} … {text[-length // 2 :]}"


def enumerate_some(names: Sequence[str], most: int) -> str:
    """The first of the names, and how many more there are: `a, b and 3 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def choose(count: int, singular: str, plural: str) -> str:
    """The form of a word that agrees with a count: `is`, `are`."""
    return singular if count == 1 else plural


def counted(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun: `1 task`, `3 tasks`. The plural ends in an s where it is not given."""
    return f"{count} {choose(count, singular, plural or f'{singular}s')}"


def escape_unprintable(text: str) -> str:
    r"""The text with each character that is not printable as its escape, such as `\x1b`."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def mask_unprintable(text: str) -> str:
    """The text with `?` for each character that is not printable, but for tabs: every column stays where it is."""
    return "".join(char if char.isprintable() or char == "\t" else "?" for char in text)


def remove_unprintable(text: str) -> str:
    """The text on one line, without controls and without characters that turn the direction of writing."""
    shown = (" " if unicodedata.category(char) in NOT_SHOWN else char for char in text)
    return collapse("".join(char for char in shown if unicodedata.bidirectional(char) not in TURNING))


def json_in_yaml(value: object) -> str:
    """A value as JSON that YAML reads alike, on one line for both: YAML ends lines where JSON does not."""
    written = json.dumps(value, ensure_ascii=False)
    return ESCAPED_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
