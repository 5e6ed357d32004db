"""What values mean, so that two can be compared: text without its line breaks, lists without their order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from milepost.text.plain import collapse

NAMES = frozenset({"id", "formerly"})
"""Fields by which an entity is recognised."""
ENTITIES = frozenset({"subtasks", "sprints"})
"""Fields that hold other entities."""
REPORTS = frozenset({"updates"})
"""Fields that hold reports, which are events."""
DAYS = frozenset({"approval", "raised", "closed", "date"})
"""Fields that say when something happened: an event, where it was not said before."""
APART = frozenset({"accept", "completed", "entry_criteria", "exit_criteria", "items", "progress", "status", "window"})
"""Fields whose changes have sentences of their own."""
SCOPE = frozenset(
    {
        "basis", "coverage", "deliverables", "depends_on", "focus", "goals", "impact", "includes", "key_tests",
        "likelihood", "listed", "milestones", "outputs", "owner", "prerequisites", "review_by", "severity", "start",
        "supersedes", "track", "version", "weight",
    }
)  # fmt: skip
"""Fields that say what is to be done, how, by whom and in which order."""
WORDS = frozenset(
    {
        "decision", "description", "links", "mitigation", "notes", "objective", "rationale", "recorded", "refs",
        "resolution", "source", "summary", "title", "tracks", "validation",
    }
)  # fmt: skip
"""Fields that describe: a change of theirs is a correction."""

REFERENCES = frozenset({"depends_on", "figures", "milestones", "refs", "subtasks", "supersedes", "task"})
"""Fields that hold ids of other entities, alone or among other words."""
Names = Mapping[str, str]
"""The name that each entity of a programme was first known by, by its id."""
AS_WRITTEN: Names = {}
"""No id stands for anything but itself."""

Held = TypeVar("Held")


def meaning(value: Any, names: Names = AS_WRITTEN) -> Any:
    """What a value, or a record of values, means, as plain values that can be compared.

    A reference means the entity, by whatever name: that which `names` has for its id.
    """
    if isinstance(value, BaseModel):
        return {name: field_meaning(value, names, name) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(name): meaning(held, names) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return sorted((meaning(held, names) for held in value), key=lambda held: json.dumps(held, sort_keys=True))
    if isinstance(value, date):
        return value.isoformat()
    return collapse(value) if isinstance(value, str) else value


def _lasting(value: Any, names: Names) -> Any:
    """The value of a field of references with each id by its lasting name."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        return {names.get(name, name): _lasting(held, names) for name, held in value.items()}
    return tuple(_lasting(held, names) for held in value) if isinstance(value, tuple) else value


def changed(
    before: BaseModel, after: BaseModel, fields: frozenset[str], names: tuple[Names, Names] = (AS_WRITTEN, AS_WRITTEN)
) -> list[str]:
    """The fields, of those that both records have, whose meaning differs; sorted. `names`: of before, and of after."""
    shared = fields & type(before).model_fields.keys() & type(after).model_fields.keys()
    first, last = names
    return sorted(one for one in shared if field_meaning(before, first, one) != field_meaning(after, last, one))


def field_meaning(record: BaseModel, names: Names, field: str) -> Any:
    """What one field of a record means."""
    value = getattr(record, field)
    return meaning(_lasting(value, names) if field in REFERENCES else value, names)


def recognised(before: Mapping[str, Held], after: Mapping[str, Held]) -> dict[str, Held]:
    """`before`, things by their words, under the words of `after`.

    Where as many words went as came, the things were reworded, in their order.
    """
    went = [words for words in before if words not in after]
    came = [words for words in after if words not in before]
    reworded = dict(zip(went, came, strict=True)) if len(went) == len(came) else {}
    return {reworded.get(words, words): held for words, held in before.items()}


def said(value: date | int | str | None) -> str:
    """A figure (a percentage from 0 to 100), a day or a word, as a sentence says it."""
    if value is None:
        return "no figure"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value} %" if isinstance(value, int) else value.replace("-", " ")


def named(fields: Iterable[str]) -> str:
    """Fields as a sentence names them."""
    return ", ".join(field.replace("_", " ") for field in fields)


def ended(text: str) -> str:
    """Text with the stop that ends a sentence."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def series(texts: Iterable[str]) -> str:
    """Several sentences as one."""
    return f"{'; '.join(text.rstrip('.') for text in texts)}."


def list_change(what: str, before: Sequence[str], after: Sequence[str]) -> str:
    """What came to a list and what went from it, as a sentence."""
    came = [f"“{text}”" for text in after if text not in before]
    went = [f"“{text}”" for text in before if text not in after]
    changes = [f"{word} {', '.join(texts)}" for word, texts in (("added", came), ("removed", went)) if texts]
    return f"{what} changed: {'; '.join(changes)}." if changes else f"{what} changed."
