"""What the search knows of each entity: its names, its title, and its prose, taken from the data and not from pages.

So a figure's explanation, a chart's table or a link to a line of data is never found in place of what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from markupsafe import Markup

from milepost import routes
from milepost.portal import (
    Entity,
    MilestoneNode,
    Portal,
    ProgrammeNode,
    Ref,
    SprintNode,
    SubtaskNode,
    TaskNode,
)
from milepost.prose import plain
from milepost.records.base import Record
from milepost.records.registers import REGISTERS, Register, RegisterEntry
from milepost.states import state_of

PROGRAMME_BOOST, WORK_BOOST, PART_BOOST = 4.0, 2.0, 1.0
"""How much a match counts: a programme comes before its work, and that before its parts and registers."""
TITLE_LENGTH = 90
UNTOLD = frozenset(
    {
        "basis", "by", "closed", "depends_on", "figures", "formerly", "id", "listed", "milestones", "owner", "refs",
        "role", "rule", "sprints", "subtasks", "supersedes", "task", "title", "version",
    }
)  # fmt: skip
"""Fields without prose of the record's own: names, and parts that have an entry themselves."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What the search shows of an entity, or of a page of entities, and finds it by.

    route: its page, with an anchor where it is a part of one. title, text, tags: HTML. names: the refs that it has and
    had before, as `fixnado/T4A`; none where it is a page alone. boost: how much a match counts, 1 being usual.
    """

    route: str
    title: str
    text: str
    tags: tuple[str, ...]
    names: tuple[str, ...]
    boost: float


def search_entries(portal: Portal) -> Iterator[SearchEntry]:
    """An entry for every entity; what stands on a page comes behind the entry of that page, as the theme asks."""
    former = _former(portal)
    for programme in portal.programmes:
        yield _programme(portal, programme, former)
        for milestone in programme.milestones:
            yield _work(portal, milestone, programme, "Milestone", WORK_BOOST, former)
        for task in programme.tasks:
            yield _work(portal, task, programme, "Task", WORK_BOOST, former)
            for subtask in task.subtasks:
                yield _work(portal, subtask, programme, "Subtask", PART_BOOST, former)
            for sprint in task.sprints:
                yield _work(portal, sprint, programme, "Sprint", PART_BOOST, former)
        for register in REGISTERS:
            entries = programme.registers[register.name]
            if entries:
                yield _register(register, programme)
            for entry in entries:
                yield _entry(portal, register, entry, programme, former)


Former = Mapping[Ref, tuple[Ref, ...]]


def _former(portal: Portal) -> Former:
    """The names that each entity had before."""
    found: dict[Ref, tuple[Ref, ...]] = {}
    for name, ref in portal.former.items():
        found[ref] = (*found.get(ref, ()), name)
    return found


def _programme(portal: Portal, programme: ProgrammeNode, former: Former) -> SearchEntry:
    record = programme.record
    about = [*_sentences(record), *_owner(portal, record.owner)]
    title = " ".join(filter(None, (record.title, record.version)))
    entity = portal.entities[programme.ref]
    return _made(entity, title, about, ("Programme",), PROGRAMME_BOOST, former)


def _work(
    portal: Portal,
    node: MilestoneNode | TaskNode | SubtaskNode | SprintNode,
    programme: ProgrammeNode,
    kind: str,
    boost: float,
    former: Former,
) -> SearchEntry:
    owner = node.owner if isinstance(node, TaskNode) else getattr(node.record, "owner", None)
    row = node.row.note if isinstance(node, TaskNode) and node.row else None
    about = [
        f"{state_of(node).word}.",
        *_owner(portal, owner),
        *filter(None, (row,)),
        *_sentences(node.record),
    ]
    called = node.record.title or _cut(getattr(node.record, "summary", None) or "")
    title = f"{node.ref.id} · {called}" if called else node.ref.id
    return _made(portal.entities[node.ref], title, about, (kind, programme.record.title), boost, former)


def _register(register: Register, programme: ProgrammeNode) -> SearchEntry:
    title = _html(f"{register.title} of {programme.record.title}")
    route = routes.register(programme.slug, register.name)
    return SearchEntry(route, title, _paragraphs([register.summary]), (), (), PART_BOOST)


def _entry(
    portal: Portal, register: Register, entry: RegisterEntry, programme: ProgrammeNode, former: Former
) -> SearchEntry:
    entity = portal.entities[Ref(programme.slug, entry.id)]
    status = getattr(entry, "status", None)
    about = [
        *([f"{status.value.capitalize()}."] if status is not None else []),
        *_owner(portal, entry.owner),
        *_sentences(entry),
    ]
    title = f"{entry.id} · {_cut(entry.sentence)}"
    tags = (register.singular.capitalize(), programme.record.title)
    return _made(entity, title, about, tags, PART_BOOST, former)


def _made(
    entity: Entity, title: str, about: Iterable[str], tags: tuple[str, ...], boost: float, former: Former
) -> SearchEntry:
    before = former.get(entity.ref, ())
    formerly = [f"Formerly {', '.join(sorted({name.id or name.programme for name in before}))}."] if before else []
    names = tuple(map(str, (entity.ref, *before)))
    text = _paragraphs([*about, *formerly])
    return SearchEntry(entity.route, _html(title), text, tuple(map(_html, tags)), names, boost)


def _owner(portal: Portal, person: str | None) -> list[str]:
    return [f"Owner: {portal.people[person].title}."] if person else []


def _sentences(value: Any) -> Iterator[str]:
    """The sentences of a record, in the order of its fields."""
    if isinstance(value, Record):
        for name in type(value).model_fields:
            if name not in UNTOLD:
                yield from _sentences(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _sentences(item)
    elif isinstance(value, Mapping):
        yield from _sentences(tuple(value.values()))
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield value


def _paragraphs(sentences: Iterable[str]) -> str:
    return Markup("").join(Markup("<p>{}</p>").format(_flat(sentence)) for sentence in sentences)


def _html(text: str) -> str:
    return str(Markup("{}").format(_flat(text)))


def _flat(sentence: str) -> str:
    return " ".join(plain(sentence).split())


def _cut(sentence: str) -> str:
    """A sentence, cut at a word to the length that a title may have."""
    flat = _flat(sentence)
    if len(flat) <= TITLE_LENGTH:
        return flat
    return re.sub(r"[\s,;:]*\S*$", "", flat[:TITLE_LENGTH]) + " …"
