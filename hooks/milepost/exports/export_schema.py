"""The form of the JSON export as JSON Schema (draft 2020-12), made of the records and of what the export adds to them.

It is strict: it names every field, and refuses any other. Its file's name holds the version of the form, which the
export names as well, so that a program can tell which of them it reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from milepost.data.json_schema import Schema, SchemaWriter, with_shared_values
from milepost.data.records.milestone import Milestone
from milepost.data.records.person import Person
from milepost.data.records.programme import Programme
from milepost.data.records.registers import REGISTERS
from milepost.data.records.task import Sprint, SprintItem, Subtask, Task
from milepost.data.records.tracker import Tracker
from milepost.data.records.value_schemas import JsonSchema
from milepost.exports.json_export import VERSION

DAY: JsonSchema = {"type": "string", "format": "date"}
NUMBER_OR_NULL: JsonSchema = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 100}, {"type": "null"}]}
WHOLE_OR_NULL: JsonSchema = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 100}, {"type": "null"}]}
IDS: JsonSchema = {"type": "array", "items": {"type": "string"}}


def export_schema() -> JsonSchema:
    """The schema of the export."""
    definitions = _records(Person, Programme, Milestone, Task, Tracker, *(register.entry for register in REGISTERS))
    progress = {"progress": _described(_reference("Progress"), "The figure that is reported, and the one computed.")}
    for part in (Subtask, Sprint, SprintItem):
        definitions[part.__name__] = _extended(definitions[part.__name__], progress)
    tasks = {"tasks": _described(IDS, "The ids of the tasks that belong to it, wholly or in part.")}
    definitions["Milestone"] = _extended(definitions["Milestone"], {**progress, **tasks})
    definitions["Task"] = _extended(definitions["Task"], progress)
    definitions["Programme"] = _extended(definitions["Programme"], {**progress, **_parts_of_a_programme()})
    definitions["Progress"] = _object(
        "A figure as the data reports it and as its parts give it, in percent, each null where there is none.",
        {
            "reported": _described(WHOLE_OR_NULL, "The figure that a line of data states."),
            "computed": _described(NUMBER_OR_NULL, "The weighted mean of its parts, or the share of criteria met."),
        },
    )
    return with_shared_values({"title": "The export of a portal", **_whole(), "$defs": definitions})


def _whole() -> JsonSchema:
    return _object(
        "A whole portal: every record with its facts as written, and every figure reported and computed.",
        {
            "version": {"const": VERSION, "description": "The version of this form."},
            "title": {"type": "string", "description": "The portal's title."},
            "publisher": {"type": "string", "description": "Who publishes it."},
            "as_of": _described(
                {"anyOf": [DAY, {"type": "null"}]}, "The latest day as of which a programme is judged."
            ),
            "people": _described(_list_of("Person"), "Those who own things."),
            "programmes": _described(_list_of("Programme"), "The programmes, in the order in which they are shown."),
        },
    )


def _parts_of_a_programme() -> JsonSchema:
    registers = {
        register.name: _described(_list_of(register.entry.__name__), register.summary) for register in REGISTERS
    }
    return {
        "as_of": _described(DAY, "The day as of which it is judged."),
        "milestones": _described(_list_of("Milestone"), "Its milestones, in order."),
        "tasks": _described(_list_of("Task"), "Its tasks, in order."),
        "tracker": _described(_reference("Tracker"), "What its owners report from time to time."),
        "registers": _object("Its registers, by name.", registers),
    }


def _records(*records: type[BaseModel]) -> dict[str, JsonSchema]:
    """The schemas of `records` as they are exported, and of all that stands in them, by name.

    Every field is there, null where it has no value.
    """
    modes: list[tuple[type[BaseModel], Literal["serialization"]]] = [(record, "serialization") for record in records]
    _, made = models_json_schema(modes, schema_generator=SchemaWriter)
    definitions: dict[str, JsonSchema] = made["$defs"]
    return definitions


def _extended(schema: JsonSchema, fields: Mapping[str, JsonSchema]) -> JsonSchema:
    """The schema of an object with `fields`, in the place of those of the same name or beside the others."""
    properties = {**schema["properties"], **fields}
    return {**schema, "properties": properties, "required": list(properties)}


def _object(about: str, fields: Mapping[str, JsonSchema]) -> JsonSchema:
    return {
        "description": about,
        "type": "object",
        "additionalProperties": False,
        "properties": dict(fields),
        "required": list(fields),
    }


def _described(schema: JsonSchema, about: str) -> JsonSchema:
    return {**schema, "description": about}


def _list_of(name: str) -> JsonSchema:
    return {"type": "array", "items": _reference(name)}


def _reference(name: str) -> JsonSchema:
    return {"$ref": f"#/$defs/{name}"}


EXPORT_SCHEMA = Schema("export", f"export-{VERSION}.json", export_schema)
"""The schema of the JSON export."""
