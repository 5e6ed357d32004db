"""The tracker: the snapshot table as its owners report it, the activity log, checkpoints, cadence and metrics."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field, model_validator

from milepost.data.records.base import Accepting, Record
from milepost.data.records.scalars import Day, EntityId, Percent, PersonId, Status, Text, WholeNumber, problem
from milepost.data.records.update import UpdateKind, dated_anchor
from milepost.data.records.value_schemas import JsonSchema
from milepost.text.plain import collapse


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Frequency(StrEnum):
    """How often people meet."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BI_WEEKLY = "bi-weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class TrackerRow(Accepting):
    """The report of one task: what stands here need not be said again in the task."""

    task: EntityId = Field(description="The task's id.")
    milestone: EntityId | None = Field(default=None, description="The milestone that it belongs to.")
    owner: PersonId | None = Field(default=None, description="Who reports it: an id of people.yml.")
    status: Status | None = Field(default=None, description="Where the task stands.")
    progress: Percent | None = Field(default=None, description="The reported figure, 0 to 100.")
    date: Day | None = Field(default=None, description="The day of the last update.")
    note: Text | None = Field(default=None, description="What the owner adds.")


class Activity(Record):
    """A dated entry of the activity log. Its date is its key; a second one of that day needs an id."""

    date: Day = Field(description="The day of the entry.")
    id: EntityId | None = Field(default=None, description="Needed for a second entry of the same day.")
    text: Text = Field(description="What happened, short.")
    kind: UpdateKind = Field(default=UpdateKind.PROGRESSED, description="What the entry tells of.")
    refs: tuple[EntityId, ...] = Field(default=(), description="Ids of what it concerns.")

    @property
    def anchor(self) -> str:
        """Its anchor on the tracker's page."""
        return dated_anchor(self.date, self.id)


class Checkpoint(Record):
    """A point at which something is looked at: on a day, or on a weekday of one of the programme's weeks."""

    beyond_fields: ClassVar[JsonSchema] = {
        "oneOf": [{"required": ["date"]}, {"required": ["week"]}],
        "dependentRequired": {"weekday": ["week"]},
    }

    id: EntityId | None = Field(
        default=None,
        description="Needed for a second one of the same title; calendars know it by this, else by its title.",
    )
    title: Text = Field(description="What it is called.")
    text: Text | None = Field(default=None, description="What is looked at.")
    date: Day | None = Field(default=None, description="Its day.")
    week: WholeNumber | None = Field(default=None, description="Its week, counted from the programme's start.")
    weekday: Weekday | None = Field(default=None, description="Its day in that week.")
    refs: tuple[EntityId, ...] = Field(default=(), description="Ids of what it concerns.")

    @model_validator(mode="after")
    def _one_way_to_say_when(self) -> Self:
        if (self.date is None) == (self.week is None) or (self.week is None and self.weekday is not None):
            raise problem(
                "wrong-type", "a checkpoint has a date, or a week and weekday", "Write date: or week: and weekday:."
            )
        return self

    @property
    def name(self) -> str:
        """What it is known by among the checkpoints of its programme: its id, else its title as it sounds."""
        return self.id or collapse(self.title).casefold()

    def last_day(self, programme_start: Day | None) -> Day | None:
        """Its day, or the last day of its week; None where the programme's first day would have to be known."""
        if self.date is not None:
            return self.date
        if self.week is None or programme_start is None:
            return None
        try:
            last = programme_start + timedelta(weeks=self.week + 1, days=-1)
        except OverflowError:
            return None
        if self.weekday is None:
            return last
        return last - timedelta(days=(last.weekday() - list(Weekday).index(self.weekday)) % 7)


class Meeting(Record):
    """A meeting that comes round."""

    frequency: Frequency = Field(description="daily, weekly, bi-weekly, monthly or quarterly.")
    title: Text = Field(description="What it is called.")
    purpose: Text | None = Field(default=None, description="What it is for.")
    attendees: tuple[PersonId, ...] = Field(default=(), description="Who meets: ids of people.yml.")


class Reading(Record):
    """What a metric showed on a day."""

    date: Day = Field(description="The day of the reading.")
    value: Text = Field(description="The value with its unit.")


class Metric(Record):
    """Something that is watched."""

    title: Text = Field(description="What is measured.")
    readings: tuple[Reading, ...] = Field(default=(), description="What it showed, oldest first.")


class Tracker(Record):
    """What the owners of a programme report from time to time: `tracker.yml`."""

    title: Text | None = Field(default=None, description="What its owners call it.")
    updated: Day | None = Field(default=None, description="The day of the snapshot table.")
    rows: tuple[TrackerRow, ...] = Field(default=(), description="The snapshot table, a row a task.")
    activity: tuple[Activity, ...] = Field(default=(), description="The activity log.")
    checkpoints: tuple[Checkpoint, ...] = Field(default=(), description="What is looked at next.")
    cadence: tuple[Meeting, ...] = Field(default=(), description="Who meets how often.")
    metrics: tuple[Metric, ...] = Field(default=(), description="What is watched.")
