"""What every record has in common: it is frozen, refuses fields it does not know, and remembers where it was read."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema

from milepost.data.records.scalars import Day, Figures, PersonId, Reason, RuleName, problem
from milepost.data.records.value_schemas import JsonSchema
from milepost.data.yaml_reader import FieldMap, ItemList, Scalar, locate
from milepost.diagnostics import Location


class Record(BaseModel):
    """A mapping of the data, checked for its shape. `location` tells where it, or a field of it, was written."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", frozen=True, json_schema_serialization_defaults_required=True
    )
    beyond_fields: ClassVar[JsonSchema] = {}
    """What the JSON Schema of the record as written holds beside its fields: what a validator of the model asks."""
    _origin: Scalar | ItemList | FieldMap | None = PrivateAttr(default=None)

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_nothing(cls, value: Any, info: ValidationInfo) -> Any:
        """A field that stands there without a value is a mistake, also where it may be left out."""
        name = str(info.field_name)
        if value is None and not cls.model_fields[name].is_required():
            rule = "percentage-format" if name == "progress" else "wrong-type"
            raise problem(rule, f"the value of {name} is missing after the colon", "Write it, or remove the field.")
        return value

    @model_validator(mode="wrap")
    @classmethod
    def _remember_origin(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        record = handler(value)
        if isinstance(value, Scalar | ItemList | FieldMap):
            record._origin = value  # noqa: SLF001  # its own class's
        return record

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchema:
        made = handler(schema)
        if handler.mode == "validation":
            handler.resolve_ref_schema(made).update(cls.beyond_fields)
        return made

    def location(self, *path: str | int) -> Location:
        """Where the value along `path` was written, or the nearest above it; without a path, the record itself.

        Raises LookupError for a record that was not read from a file.
        """
        # The way through the attribute takes longer than everything else here, and places are asked for often.
        location = locate((self.__pydantic_private__ or {}).get("_origin"), path)
        if location is None:
            raise LookupError(f"this {type(self).__name__} was not read from a file")
        return location


class Acceptance(Record):
    """A disagreement that is known and accepted, with the very figures, so that it ends when either moves."""

    rule: RuleName = Field(description="The rule whose finding is accepted.")
    figures: Figures = Field(description="What the finding compares, by name, as the check prints it.")
    reason: Reason = Field(description="Why the disagreement stands.")
    by: PersonId | None = Field(default=None, description="Who accepted it: an id of people.yml.")
    until: Day | None = Field(default=None, description="The last day on which it is accepted.")


class Accepting(Record):
    """A record whose disagreements can be accepted."""

    accept: tuple[Acceptance, ...] = Field(default=(), description="Disagreements that are known and accepted.")
