"""A milestone: what is to be reached, by which criteria, through which tasks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from milepost.data.records.base import Accepting, Record
from milepost.data.records.scalars import Day, EntityId, Percent, PersonId, Status, Text, Track, Truth, Weight
from milepost.data.records.update import Update
from milepost.data.records.window import Window
from milepost.data.yaml_reader import FieldMap, ItemList, Scalar


def _short_form(field: str, either: Any) -> BeforeValidator:
    """Lets a bare word or list stand for a mapping with that one `field`; `either` is what may stand there."""

    def widen(value: Any) -> Any:
        return FieldMap.of(field, value) if isinstance(value, Scalar | ItemList) else value

    return BeforeValidator(widen, json_schema_input_type=either)


class Criterion(Record):
    """One thing that must hold. A bare sentence is short for `text`."""

    text: Text = Field(description="What must hold.")
    met: Truth | None = Field(default=None, description="Whether it holds; left out where nothing says so.")
    evidence: tuple[Text, ...] = Field(default=(), description="What proves it.")
    date: Day | None = Field(default=None, description="The day on which it was met.")


class Achievement(Record):
    """That a block of criteria holds as a whole. A bare sentence is short for `how`."""

    how: Text = Field(description="How they were achieved.")
    date: Day | None = Field(default=None, description="The day on which they were.")
    evidence: tuple[Text, ...] = Field(default=(), description="What proves it.")


CriterionOrText = Annotated[Criterion, _short_form("text", Text | Criterion)]
AchievementOrText = Annotated[Achievement, _short_form("how", Text | Achievement)]


class Criteria(Record):
    """A block of criteria. A bare list is short for `criteria`."""

    criteria: tuple[CriterionOrText, ...] = Field(description="The criteria, in order.")
    achieved: AchievementOrText | None = Field(
        default=None, description="That all of them hold, and how that was achieved."
    )

    @property
    def is_told(self) -> bool:
        """Whether anything says of any of them that it is met, or not."""
        return self.achieved is not None or any(criterion.met is not None for criterion in self.criteria)


CriteriaOrList = Annotated[Criteria, _short_form("criteria", tuple[CriterionOrText, ...] | Criteria)]


class Deliverables(Record):
    """What a milestone hands over. A bare list is short for `items`."""

    items: tuple[Text, ...] = Field(description="What is to be delivered.")
    achieved: tuple[Text, ...] = Field(default=(), description="What of it is delivered already.")


DeliverablesOrList = Annotated[Deliverables, _short_form("items", tuple[Text, ...] | Deliverables)]


class Role(StrEnum):
    """What part of a task a milestone takes when it does not take the whole."""

    KICK_OFF = "kick-off"
    SCOPED = "scoped"
    DEPENDENCY = "dependency"
    EXTENDS = "extends"
    SUPPORTS = "supports"
    RESIDUAL = "residual"


class Inclusion(Record):
    """A task that belongs to a milestone, wholly or in part. A bare id is short for `task`."""

    task: EntityId = Field(description="The task's id.")
    subtasks: tuple[EntityId, ...] = Field(default=(), description="Only these of its subtasks.")
    role: Role | None = Field(default=None, description="What part of it, where not the whole.")
    purpose: Text | None = Field(default=None, description="What it is included for.")

    @property
    def is_whole(self) -> bool:
        """Whether the milestone takes the whole task, so that the task's figure counts for the milestone's."""
        return not self.subtasks and self.role is None


InclusionOrId = Annotated[Inclusion, _short_form("task", EntityId | Inclusion)]


class Approval(Record):
    """That a milestone's exit was approved."""

    date: Day = Field(description="The day of the approval.")
    by: PersonId | None = Field(default=None, description="Who approved it.")
    evidence: tuple[Text, ...] = Field(default=(), description="What it rests on.")


class Milestone(Accepting):
    """An entry of `milestones.yml`."""

    id: EntityId = Field(description="Unique in the programme: M1.")
    title: Text | None = Field(default=None, description="The name; left out where it is only known by its id.")
    formerly: tuple[EntityId, ...] = Field(default=(), description="Ids that it had before.")
    track: Track = Field(default=Track.DELIVERY, description="delivery or design.")
    window: Window | None = Field(default=None, description="When it is planned for.")
    owner: PersonId | None = Field(default=None, description="Who answers for it: an id of people.yml.")
    status: Status | None = Field(default=None, description="Where it stands; else read from its figure.")
    progress: Percent | None = Field(default=None, description="The reported figure, 0 to 100.")
    basis: Literal["criteria"] | None = Field(
        default=None, description="criteria: compute the figure from the exit criteria that are met."
    )
    weight: Weight = Field(default=1, description="How much it counts in its programme.")
    objective: Text | None = Field(default=None, description="What it is for, in a sentence.")
    goals: tuple[Text, ...] = Field(default=(), description="What it is to bring about.")
    includes: tuple[InclusionOrId, ...] = Field(default=(), description="Its tasks, whole or in part.")
    deliverables: DeliverablesOrList | None = Field(default=None, description="What it hands over.")
    entry_criteria: CriteriaOrList | None = Field(default=None, description="What must hold before it starts.")
    exit_criteria: CriteriaOrList | None = Field(default=None, description="What must hold before it ends.")
    key_tests: tuple[Text, ...] = Field(default=(), description="The tests that matter for it.")
    validation: tuple[Text, ...] = Field(default=(), description="What was run to validate it.")
    depends_on: tuple[EntityId, ...] = Field(default=(), description="Milestones and tasks that come first.")
    prerequisites: tuple[Text, ...] = Field(default=(), description="What else must be there first.")
    approval: Approval | None = Field(default=None, description="That its exit was approved.")
    completed: Day | None = Field(default=None, description="The day on which it was completed.")
    notes: tuple[Text, ...] = Field(default=(), description="Remarks without a date.")
    updates: tuple[Update, ...] = Field(default=(), description="Dated reports.")
