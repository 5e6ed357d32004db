"""Values to records: what pydantic finds wrong, said in words, each finding at its place."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from milepost.data.yaml_reader import KEPT_DOCUMENTS, Document, FieldMap, ItemList, Value, locate
from milepost.diagnostics import FINDINGS_LIMIT, Diagnostic, Location, did_you_mean

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]

SHAPE_RULES = frozenset(
    {"ambiguous-scalar", "percentage-format", "percentage-range", "invalid-id", "unsafe-markup", "wrong-type"}
)
KEY_STEP = "[key]"
QUOTED = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True)
class Shaped(Generic[Model]):
    """The records that a document holds, none where it has an error, and what is wrong with it."""

    records: tuple[Model, ...]
    diagnostics: tuple[Diagnostic, ...]


@lru_cache(maxsize=KEPT_DOCUMENTS)
def shape_one(document: Document, model: type[Model]) -> Shaped[Model]:
    """Read `document` as one record."""
    return _shape(document, model, lambda: (_adapter(model).validate_python(document.value),))


@lru_cache(maxsize=KEPT_DOCUMENTS)
def shape_list(document: Document, model: type[Model]) -> Shaped[Model]:
    """Read `document` as a list of records; an empty document is an empty list."""
    if document.value is None:
        return Shaped((), ())
    return _shape(document, model, lambda: _list_adapter(model).validate_python(document.value))


def _shape(document: Document, model: type[Model], validate: Callable[[], tuple[Model, ...]]) -> Shaped[Model]:
    try:
        return Shaped(validate(), ())
    except ValidationError as error:
        found = _diagnostics(document, model, error.errors(include_url=False))
        # One more than are told: then it is known that there are more, and no time goes into finding words for them.
        return Shaped((), tuple(islice(found, FINDINGS_LIMIT + 1)))


@cache
def _adapter(model: type[BaseModel]) -> TypeAdapter[Any]:
    return TypeAdapter(model)


@cache
def _list_adapter(model: type[BaseModel]) -> TypeAdapter[Any]:
    return TypeAdapter(tuple[model, ...])  # type: ignore[valid-type]  # the model is known only when this runs


def _diagnostics(document: Document, model: type[BaseModel], errors: Iterable[ErrorDetails]) -> Iterator[Diagnostic]:
    found = list(errors)
    for error in found:
        path: Path = error["loc"]
        # Entries that cannot be read are missing from the count, which is then nothing of its own.
        is_count = error["type"] in {"too_short", "too_long"}
        if is_count and any(other is not error and other["loc"][: len(path)] == path for other in found):
            continue
        rule, message, hint = _in_words(error, model, path)
        yield Diagnostic.at(_place(document, path, at_key=rule == "unknown-field"), rule, message, hint)


def _place(document: Document, path: Path, *, at_key: bool) -> Location:
    if path and path[-1] == KEY_STEP and not at_key:
        path, at_key = path[:-1], True
    if at_key:
        parent = _value_at(document.value, path[:-1])
        if isinstance(parent, FieldMap) and path[-1] in parent.key_locations:
            return parent.key_locations[str(path[-1])]
    return locate(document.value, path) or Location(document.path, 1, 1)


def _value_at(value: Value, path: Path) -> Value:
    for step in path:
        if isinstance(value, FieldMap) and isinstance(step, str):
            value = value.get(step, value)
        elif isinstance(value, ItemList) and isinstance(step, int):
            value = value[step]
    return value


ACCEPT_ELSEWHERE = (
    "Write it beside the id of the milestone, task, subtask, sprint or register entry that this is part of, in the row "
    "of the tracker, or, for the rest of a tracker, in programme.yml."
)
NOT_A_LIST = ("this is not a list", "Begin each entry on a line of its own with a hyphen.")
NOT_A_MAPPING = ("this is not a mapping", "Write its fields as `name: value`, each on a line of its own.")
WORDS_BY_KIND = {
    "tuple_type": NOT_A_LIST,
    "model_type": NOT_A_MAPPING,
    "model_attributes_type": NOT_A_MAPPING,
    "dict_type": NOT_A_MAPPING,
    "too_short": ("there are too few entries here", "Write as many as the field's description says."),
    "too_long": ("there are too many entries here", "Write as many as the field's description says."),
}


def _in_words(error: ErrorDetails, model: type[BaseModel], path: Path) -> tuple[str, str, str]:
    """The rule that an error of pydantic's falls under, what is wrong, and what to write instead."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in SHAPE_RULES:
        return kind, context["message"], context["hint"]
    if kind == "missing":
        field = str(path[-1])
        return "missing-field", f"the field {field} is missing", f"Add {field}: {_described(model, path)}"
    if kind == "extra_forbidden":
        record = _record_at(model, path[:-1])
        known = record.model_fields if record else ()
        hint = ACCEPT_ELSEWHERE if path[-1] == "accept" else _known_fields(str(path[-1]), known)
        return "unknown-field", f"there is no field {path[-1]} here", hint
    if kind in {"enum", "literal_error"}:
        words, written = QUOTED.findall(context["expected"]), str(error["input"])
        hint = did_you_mean(written, words) or f"Write one of: {', '.join(words)}."
        return "wrong-type", f"{written!r} is not one of the words for this", hint
    message, hint = WORDS_BY_KIND.get(kind, (error["msg"], "Look at the field's description in the data reference."))
    return "wrong-type", message, hint


def _known_fields(word: str, known: Iterable[str]) -> str:
    return did_you_mean(word, known) or f"The fields here are: {', '.join(sorted(known))}."


def _described(model: type[BaseModel], path: Path) -> str:
    """What the description of the field along `path` says."""
    record, field = _record_at(model, path[:-1]), str(path[-1])
    if record is None or field not in record.model_fields:
        return "its value."
    return record.model_fields[field].description or "its value."


def _record_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The record that the value along `path` is read as."""
    current: type[BaseModel] | None = model
    for step in path:
        if current is None:
            return None
        if isinstance(step, str) and step in current.model_fields:
            current = _record_within(current.model_fields[step].annotation)
    return current


def _record_within(annotation: Any) -> type[BaseModel] | None:
    """The record that an annotation such as `tuple[Annotated[Criterion, ...], ...] | None` is about."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in typing.get_args(annotation):
        found = _record_within(argument)
        if found is not None:
            return found
    return None
