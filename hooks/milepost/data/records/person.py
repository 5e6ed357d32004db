"""Those who own things: roles, teams and people."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from milepost.data.records.base import Record
from milepost.data.records.scalars import PersonId, Text


class PersonKind(StrEnum):
    """What kind of owner this is."""

    ROLE = "role"
    TEAM = "team"
    PERSON = "person"


class Person(Record):
    """An entry of `data/people.yml`."""

    id: PersonId = Field(description="Small letters, digits and hyphens: programme-manager.")
    title: Text = Field(description="The name as it is shown.")
    kind: PersonKind = Field(description="role, team or person.")
