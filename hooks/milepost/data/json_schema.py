"""The forms of the data files as JSON Schema (draft 2020-12), for editors; its words are those of the records.

An editor reads YAML 1.2's core schema: 45 is a number to it, 45% and 2025-10-21 are texts. What it cannot see, such as
quotes or markup in a text, `milepost check` alone finds. The same code gives the same text.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from milepost.data.records.milestone import Milestone
from milepost.data.records.person import Person
from milepost.data.records.portfolio import Portfolio
from milepost.data.records.programme import Programme
from milepost.data.records.registers import REGISTERS, Register
from milepost.data.records.removal import Removal
from milepost.data.records.scalars import SHARED_SCHEMAS
from milepost.data.records.snapshot import Snapshot
from milepost.data.records.task import Task
from milepost.data.records.tracker import Tracker
from milepost.data.records.value_schemas import JsonSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_FOLDER = "schema"
"""The folder of the data folder in which a project keeps them, for its files to name."""


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema that is published.

    name: what it is called on the command line. file_name: that of its file. make: gives the schema itself.
    """

    name: str
    file_name: str
    make: Callable[[], JsonSchema]

    @property
    def text(self) -> str:
        """The schema as JSON text."""
        return json.dumps({"$schema": DIALECT, **self.make()}, indent=2) + "\n"


class SchemaWriter(GenerateJsonSchema):
    """Writes the JSON Schema of records, without titles made of names, and without defaults."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  # none gets one
        """Never: a field's name and description say what it is."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchema:
        """The schema of the value alone."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchema:
        """A mapping whose keys and values are each of a form; keys of another form are refused."""
        made: JsonSchema = {"type": "object", "additionalProperties": self.generate_inner(schema["values_schema"])}
        keys = self.generate_inner(schema["keys_schema"])
        if keys != {"type": "string"}:
            made["propertyNames"] = keys
        if "min_length" in schema:
            made["minProperties"] = schema["min_length"]
        return made


class WrittenSchemaWriter(SchemaWriter):
    """Writes the JSON Schema of records as they are written in YAML, where a field is left out, and never null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchema:
        """The schema of the value alone."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchema:
        """The value's schema, with its default where that says something."""
        default = schema.get("default")
        made = self.generate_inner(schema["schema"])
        return made if default in (None, (), {}) else {**made, "default": default}


def with_shared_values(schema: JsonSchema) -> JsonSchema:
    """`schema` with what stands in many fields, such as the form of an id, said once, in its `$defs`."""
    used: set[str] = set()
    made: JsonSchema = _shared(schema, used)
    definitions = {**made.get("$defs", {}), **{name: SHARED_SCHEMAS[name] for name in used}}
    return {**made, "$defs": {name: definitions[name] for name in sorted(definitions)}}


def _shared(part: Any, used: set[str]) -> Any:
    """`part` of a schema, with references to the shared schemas in the places of their likes, which `used` collects."""
    if isinstance(part, list):
        return [_shared(item, used) for item in part]
    if not isinstance(part, dict):
        return part
    for name, shared in SHARED_SCHEMAS.items():
        if shared.items() <= part.items():
            used.add(name)
            return {"$ref": f"#/$defs/{name}", **{key: part[key] for key in part if key not in shared}}
    return {key: _shared(value, used) for key, value in part.items()}


def _one(name: str, record: type[BaseModel]) -> Schema:
    """The schema of a file that holds one record."""
    return Schema(name, f"{name}.json", lambda: _file_schema(TypeAdapter(record), name, inspect.getdoc(record)))


def _one_or_nothing(name: str, record: type[BaseModel]) -> Schema:
    """The schema of a file that holds one record, or nothing."""
    return Schema(name, f"{name}.json", lambda: _or_nothing(_one(name, record).make()))


def _many(name: str, record: type[BaseModel], about: str) -> Schema:
    """The schema of a file that holds a list of records, or nothing."""
    form = tuple[record, ...]  # type: ignore[valid-type]  # the record is known only when this runs
    return Schema(name, f"{name}.json", lambda: _or_nothing(_file_schema(TypeAdapter(form), name, about)))


def _register(register: Register) -> Schema:
    return _many(register.name, register.entry, register.summary)


def _file_schema(adapter: TypeAdapter[Any], name: str, about: str | None) -> JsonSchema:
    made = with_shared_values(adapter.json_schema(mode="validation", schema_generator=WrittenSchemaWriter))
    first = {"title": f"{name}.yml", "description": about, "type": made["type"]}
    return {**first, **{key: value for key, value in made.items() if key not in first}}


def _or_nothing(schema: JsonSchema) -> JsonSchema:
    return {**schema, "type": [schema["type"], "null"]}


DATA_SCHEMAS: tuple[Schema, ...] = (
    _one("portfolio", Portfolio),
    _many("people", Person, "Those who own things: roles, teams and people."),
    _many("snapshots", Snapshot, "The snapshots that were published, oldest first. Rows are added, never changed."),
    _many("removed", Removal, "What was published once and was taken away. Entries are added, and stay."),
    _one("programme", Programme),
    _many("milestones", Milestone, "The milestones of a programme, in the order in which they are shown."),
    _many("tasks", Task, "The tasks of a programme, in the order in which they are shown."),
    _one_or_nothing("tracker", Tracker),
    *(_register(register) for register in REGISTERS),
)
"""The schema of each kind of data file."""
