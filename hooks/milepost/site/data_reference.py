"""What each kind of data file holds, read off the schemas of the records, with examples from one whole portal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from milepost.data.json_schema import DATA_SCHEMAS
from milepost.data.loader import DATA_FOLDER
from milepost.data.records.registers import REGISTERS
from milepost.data.records.value_schemas import JsonSchema
from milepost.data.resources import EXAMPLE_FOLDER
from milepost.data.yaml_reader import FieldMap, ItemList, Scalar, Value, read

EXAMPLE_PROGRAMME = "harbour"
WHOLE = frozenset({"people", "portfolio", "removed", "snapshots"})
"""The kinds of which the whole portal has one file."""
INHERITED = "accept"
WORDS = {
    "Day": "a day",
    "EntityId": "an id",
    "Percent": "a percentage",
    "Sha256": "a SHA-256 digest",
    "Slug": "a name",
    "SnapshotId": "a snapshot's id",
    "Text": "text",
}
"""What a field of a shared form holds, in words, by the form's name among the schemas."""
PLAIN_WORDS = {"boolean": "true or false", "integer": "a whole number", "number": "a number", "string": "text"}

Examples = dict[tuple[str, str], str]
"""The first example of each field, by its record and name."""


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A field. form: what it holds, in words. records: which records those words name. default: empty where none."""

    name: str
    is_required: bool
    form: str
    records: tuple[str, ...]
    default: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A mapping that stands in a kind of file, with its fields."""

    name: str
    meaning: str
    fields: tuple[FieldFacts, ...]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A kind of data file. place: its path. records: the file's own first. example: the text of a whole one."""

    name: str
    place: str
    meaning: str
    is_list: bool
    records: tuple[RecordFacts, ...]
    example: str


def data_reference() -> tuple[FileFacts, ...]:
    """Every kind of data file."""
    made = [(schema.name, schema.make()) for schema in DATA_SCHEMAS]
    examples: Examples = {}
    for name, part in made:
        place = place_of(name, EXAMPLE_PROGRAMME)
        _collect(read(place, _example(name).encode()).value, part, part["$defs"], examples)
    return tuple(_file(name, part, examples) for name, part in made)


def place_of(kind: str, programme: str) -> str:
    """The path of a kind of data file, in a programme's folder where each programme has one."""
    if kind in WHOLE:
        return f"{DATA_FOLDER}/{kind}.yml"
    folder = "registers/" if kind in {register.name for register in REGISTERS} else ""
    return f"{DATA_FOLDER}/programmes/{programme}/{folder}{kind}.yml"


def _example(kind: str) -> str:
    return (EXAMPLE_FOLDER / place_of(kind, EXAMPLE_PROGRAMME)).read_text("utf-8")


def _file(kind: str, made: JsonSchema, examples: Examples) -> FileFacts:
    is_list = "items" in made
    own = made["items"]["$ref"].removeprefix("#/$defs/") if is_list else made["title"]
    records = {name: part for name, part in made["$defs"].items() if "properties" in part}
    parts = {own: records.pop(own) if is_list else made, **records}
    return FileFacts(
        name=kind,
        place=place_of(kind, "<programme>"),
        meaning=made["description"],
        is_list=is_list,
        records=tuple(_record(name, part, made["$defs"], examples) for name, part in parts.items()),
        example=_example(kind),
    )


def _record(name: str, part: JsonSchema, definitions: Mapping[str, JsonSchema], examples: Examples) -> RecordFacts:
    required = part.get("required", ())
    fields = []
    # What a record inherits stands first in its schema, and is needed least.
    for field, held in sorted(part["properties"].items(), key=lambda entry: entry[0] == INHERITED):
        records: list[str] = []
        form = _form(held, definitions, records)
        default = json.dumps(held["default"]).strip('"') if "default" in held else ""
        example = examples.get((name, field), "")
        fields.append(FieldFacts(field, field in required, form, tuple(records), default, held["description"], example))
    return RecordFacts(name, part["description"], tuple(fields))


def _form(part: JsonSchema, definitions: Mapping[str, JsonSchema], records: list[str]) -> str:
    """What stands in the place of `part`, in words; `records` collects the records that these name."""
    if "$ref" in part:
        return _named(part["$ref"].removeprefix("#/$defs/"), definitions, records)
    if "anyOf" in part:
        return " or ".join(dict.fromkeys(_form(either, definitions, records) for either in part["anyOf"]))
    if "enum" in part or "const" in part:
        words = [f"`{word}`" for word in part.get("enum", (part.get("const"),))]
        return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    if part["type"] == "array":
        return f"a list: {_form(part['items'], definitions, records)}"
    if part["type"] == "object":
        return f"names, each with {_form(part['additionalProperties'], definitions, records)}"
    return " or ".join(
        PLAIN_WORDS[word] for word in ([part["type"]] if isinstance(part["type"], str) else part["type"])
    )


def _named(name: str, definitions: Mapping[str, JsonSchema], records: list[str]) -> str:
    if name in WORDS:
        return WORDS[name]
    if "properties" not in definitions[name]:
        return _form(definitions[name], definitions, records)
    records.append(name)
    return f"`{name}`"


def _collect(value: Value, part: JsonSchema, definitions: Mapping[str, JsonSchema], examples: Examples) -> None:
    """Keep the first example of each field of the records that `value`, of the form `part`, holds."""
    if isinstance(value, ItemList):
        for item in value:
            for within in _alternatives(part, definitions):
                _collect(item, within.get("items", within), definitions, examples)
        return
    if not isinstance(value, FieldMap):
        return
    for record in _alternatives(part, definitions):
        for name, held in value.items():
            if name in record.get("properties", ()):
                examples.setdefault((record["title"], name), _written(name, held))
                _collect(held, record["properties"][name], definitions, examples)


def _alternatives(part: JsonSchema, definitions: Mapping[str, JsonSchema]) -> Iterator[JsonSchema]:
    for either in part.get("anyOf", (part,)):
        yield definitions[either["$ref"].removeprefix("#/$defs/")] if "$ref" in either else either


def _written(name: str, value: Value) -> str:
    """A field as it may be written on one line; empty where it holds what has fields of its own."""
    words = _value(value)
    return f"{name}: {words}" if words else ""


def _value(value: Any) -> str:
    if isinstance(value, Scalar):
        return str(value) if value.plain else json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, ItemList):
        items = [_value(item) for item in value]
        return f"[{', '.join(items)}]" if all(items) else ""
    if isinstance(value, FieldMap) and all(isinstance(held, Scalar) for held in value.values()):
        return "{" + ", ".join(f"{name}: {_value(held)}" for name, held in value.items()) + "}"
    return ""
