"""When a milestone is planned for: in weeks of its programme, or from day to day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from milepost.data.records.base import Record
from milepost.data.records.scalars import Day, WholeNumber, problem
from milepost.data.records.value_schemas import JsonSchema


class Window(Record):
    """Either `weeks: [0, 2]`, counted from the programme's start, or `start` and `end` as days."""

    beyond_fields: ClassVar[JsonSchema] = {
        "anyOf": [
            {"required": ["weeks"], "properties": {"start": False, "end": False}},
            {"required": ["start", "end"], "properties": {"weeks": False}},
        ]
    }

    weeks: Annotated[tuple[WholeNumber, ...], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="First and last week, counted from the programme's start: [0, 2]."
    )
    start: Day | None = Field(default=None, description="The first day.")
    end: Day | None = Field(default=None, description="The last day.")

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        by_days = self.start is not None and self.end is not None
        if (self.weeks is None) == (self.start is None and self.end is None) or (self.weeks is None and not by_days):
            raise problem("wrong-type", "a window is in weeks or in days", "Write weeks: [0, 2], or start and end.")
        return self

    def days(self, programme_start: date | None) -> tuple[date, date] | None:
        """Its first and last day; None where it is in weeks of a programme whose first day is not known."""
        if self.start is not None and self.end is not None:
            return self.start, self.end
        if self.weeks is None or programme_start is None:
            return None
        first, last = self.weeks
        try:
            return programme_start + timedelta(weeks=first), programme_start + timedelta(weeks=last + 1, days=-1)
        except OverflowError:
            return None
