"""A task: a piece of work, with its subtasks, sprints, coverage and updates."""

from __future__ import annotations

from pydantic import Field

from milepost.data.records.base import Accepting, Record
from milepost.data.records.scalars import Day, EntityId, Percent, PersonId, Slug, Status, Text, Track, Weight
from milepost.data.records.update import Update


class Subtask(Accepting):
    """A part of a task."""

    id: EntityId = Field(description="Unique in the programme: T1.2.")
    title: Text | None = Field(default=None, description="The name, where it has one.")
    formerly: tuple[EntityId, ...] = Field(default=(), description="Ids that it had before.")
    summary: Text | None = Field(default=None, description="What it is about, short.")
    owner: PersonId | None = Field(default=None, description="Who does it: an id of people.yml.")
    status: Status | None = Field(default=None, description="Where it stands; else read from its figure.")
    progress: Percent | None = Field(default=None, description="The reported figure, 0 to 100.")
    weight: Weight = Field(default=1, description="How much it counts in its task.")
    completed: Day | None = Field(default=None, description="The day on which it was completed.")
    notes: tuple[Text, ...] = Field(default=(), description="Remarks without a date.")


class SprintItem(Record):
    """A piece of a sprint."""

    text: Text = Field(description="What is to be done.")
    progress: Percent | None = Field(default=None, description="The reported figure, 0 to 100.")
    weight: Weight = Field(default=1, description="How much it counts in its sprint.")


class Sprint(Accepting):
    """A stretch of a task's work: another cut of the same work as its subtasks."""

    id: EntityId = Field(description="Unique in the programme: S5A.")
    title: Text | None = Field(default=None, description="The name.")
    formerly: tuple[EntityId, ...] = Field(default=(), description="Ids that it had before.")
    status: Status | None = Field(default=None, description="Where it stands; else read from its figure.")
    progress: Percent | None = Field(default=None, description="The reported figure, 0 to 100.")
    weight: Weight = Field(default=1, description="How much it counts in its task.")
    items: tuple[SprintItem, ...] = Field(default=(), description="What it holds.")


class Task(Accepting):
    """An entry of `tasks.yml`."""

    id: EntityId = Field(description="Unique in the programme: T1, UT-004.")
    title: Text | None = Field(default=None, description="The name; left out where it is only known by its id.")
    formerly: tuple[EntityId, ...] = Field(default=(), description="Ids that it had before.")
    track: Track = Field(default=Track.DELIVERY, description="delivery or design.")
    milestones: tuple[EntityId, ...] = Field(default=(), description="Milestones that it belongs to as a whole.")
    owner: PersonId | None = Field(default=None, description="Who does it: an id of people.yml.")
    status: Status | None = Field(default=None, description="Where it stands; else read from its figure.")
    progress: Percent | None = Field(default=None, description="The reported figure, 0 to 100.")
    weight: Weight = Field(default=1, description="How much it counts in its milestone.")
    summary: Text | None = Field(default=None, description="What it is about, short.")
    focus: tuple[Text, ...] = Field(default=(), description="What it concentrates on.")
    outputs: tuple[Text, ...] = Field(default=(), description="What it hands over.")
    depends_on: tuple[EntityId, ...] = Field(default=(), description="Milestones and tasks that come first.")
    coverage: dict[Slug, Text] = Field(default={}, description="What it does in each domain, by the domain's name.")
    subtasks: tuple[Subtask, ...] = Field(default=(), description="Its parts.")
    sprints: tuple[Sprint, ...] = Field(default=(), description="Another cut of the same work.")
    completed: Day | None = Field(default=None, description="The day on which it was completed.")
    notes: tuple[Text, ...] = Field(default=(), description="Remarks without a date.")
    updates: tuple[Update, ...] = Field(default=(), description="Dated reports.")
