"""One entity on both sides of a comparison, and a change of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from milepost.data.records.update import UpdateKind
from milepost.history.diff.meaning import Names, changed
from milepost.model.events import Move
from milepost.model.portal import Entity, Node

PROGRAMME = "the programme"
"""What a sentence calls a programme."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs in an entity.

    name: what it is called among the changes of its entity. text: a sentence. moves: the figures that moved with it.
    """

    name: str
    kind: UpdateKind
    text: str
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """An entity before and after, with its place in the graph (None for an entry of a register) and its owners.

    names: those that the entities of its programme were first known by, by their ids before, and by those after.
    """

    before: Entity
    after: Entity
    old: Node | None
    new: Node | None
    old_owner: str | None
    new_owner: str | None
    names: tuple[Names, Names]

    @property
    def name(self) -> str:
        """What a sentence calls the entity."""
        return self.after.ref.id or PROGRAMME

    def changed(self, fields: frozenset[str]) -> list[str]:
        """The fields of its record, of those given, whose meaning differs; sorted."""
        return changed(self.before.record, self.after.record, fields, self.names)

    def fields(self, name: str) -> tuple[Any, Any]:
        """A field of its record, before and after; None where that kind of record has none."""
        return getattr(self.before.record, name, None), getattr(self.after.record, name, None)
