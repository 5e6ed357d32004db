"""What refers to an entity: every place whose fields or sentences name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from milepost.model import routes
from milepost.model.anchors import checkpoint_routes
from milepost.model.portal import Entity, Portal, ProgrammeNode, Ref
from milepost.text.dates import in_words
from milepost.text.ids import TokenKind, tokens

OWN_NAMES = frozenset({"id", "formerly"})


@dataclass(frozen=True, order=True, slots=True)
class Backlink:
    """A place that names an entity: what it is called, and its route."""

    label: str
    route: str


@dataclass(frozen=True, slots=True)
class Place:
    """A record that may name entities: the programme that its ids belong to, and what it is called when it does."""

    programme: str
    record: BaseModel
    backlink: Backlink
    own: frozenset[Ref]


def backlinks(portal: Portal) -> Mapping[Ref, tuple[Backlink, ...]]:
    """The places that name each entity, each once, in the order of the data."""
    found: dict[Ref, dict[Backlink, None]] = defaultdict(dict)
    for programme in portal.programmes:
        for place in _places(portal, programme):
            for named in _named(place.record):
                entity = portal.find(named, place.programme)
                if entity is not None and entity.ref not in place.own:
                    found[entity.ref][place.backlink] = None
    return {ref: tuple(links) for ref, links in found.items()}


def _places(portal: Portal, programme: ProgrammeNode) -> Iterator[Place]:
    slug, title = programme.slug, programme.record.title
    for milestone in programme.milestones:
        yield _entity_place(portal.entities[milestone.ref], milestone.record, title)
    for task in programme.tasks:
        parts = frozenset(part.ref for part in task.parts)
        yield _entity_place(portal.entities[task.ref], task.record, title, parts)
    for ref, entry in programme.entries:
        yield _entity_place(portal.entities[ref], entry, title)
    for activity in programme.tracker.activity:
        anchor = activity.anchor
        link = Backlink(f"Activity of {in_words(activity.date)}, {title}", f"{routes.tracker(slug)}#{anchor}")
        yield Place(slug, activity, link, frozenset())
    places = checkpoint_routes(slug, programme.tracker)
    for checkpoint, route in zip(programme.tracker.checkpoints, places, strict=True):
        link = Backlink(f"Checkpoint: {checkpoint.title}, {title}", route)
        yield Place(slug, checkpoint, link, frozenset())


def _entity_place(entity: Entity, record: BaseModel, programme: str, parts: frozenset[Ref] = frozenset()) -> Place:
    backlink = Backlink(f"{entity.label}, {programme}", entity.route)
    return Place(entity.ref.programme, record, backlink, parts | {entity.ref})


def _named(value: Any) -> Iterator[str]:
    """Every id and reference that the fields and sentences of a record hold, without the names that it has itself."""
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            if field not in OWN_NAMES:
                yield from _named(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        yield from _named(tuple(value.values()))
    elif isinstance(value, str):
        yield from (token.text for token in tokens(value) if token.kind in (TokenKind.ID, TokenKind.REFERENCE))
