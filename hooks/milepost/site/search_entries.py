"""What the search knows of each entity: its names, its title, and its prose, taken from the data and not from pages.

So a figure's explanation, a chart's table or a link to a line of data is never found in place of what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from markupsafe import Markup

from milepost.data.records.base import Record
from milepost.data.records.registers import REGISTERS, Register
from milepost.data.records.tracker import Checkpoint, Meeting, Metric
from milepost.model import routes
from milepost.model.addresses import PROGRAMME_LISTS
from milepost.model.anchors import checkpoint_routes, meeting_routes, metric_routes
from milepost.model.event_sentences import flat
from milepost.model.portal import (
    MilestoneNode,
    Portal,
    ProgrammeNode,
    Ref,
    SprintNode,
    SubtaskNode,
    TaskNode,
)
from milepost.model.status import state_of
from milepost.text.dates import in_words, with_days_in_words
from milepost.text.plain import shorten

PROGRAMME_BOOST, WORK_BOOST, PART_BOOST = 4.0, 2.0, 1.0
"""How much a match counts: a programme comes before its work, and that before its parts and registers."""
TITLE_LENGTH = 90
UNTOLD = frozenset(
    {
        "attendees", "basis", "by", "closed", "depends_on", "figures", "formerly", "id", "listed", "milestones",
        "owner", "refs", "role", "rule", "sprints", "subtasks", "supersedes", "task", "title", "version",
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
    portfolio = portal.portfolio
    yield SearchEntry(
        routes.OVERVIEW, _html(portfolio.title), _paragraphs(filter(None, (portfolio.summary,))), (), (), WORK_BOOST
    )
    former = _former(portal)
    for programme in portal.programmes:
        yield from _Programme(portal, programme, former).entries()


def _former(portal: Portal) -> Mapping[Ref, tuple[Ref, ...]]:
    """The names that each entity had before."""
    found: dict[Ref, tuple[Ref, ...]] = {}
    for name, ref in portal.former.items():
        found[ref] = (*found.get(ref, ()), name)
    return found


@dataclass(frozen=True, slots=True)
class _Programme:
    """What the search knows of a programme and of all that is in it."""

    portal: Portal
    programme: ProgrammeNode
    former: Mapping[Ref, tuple[Ref, ...]]

    def entries(self) -> Iterator[SearchEntry]:
        programme, record = self.programme, self.programme.record
        title = " ".join(filter(None, (record.title, record.version)))
        yield self._entry(
            programme.ref, title, "Programme", PROGRAMME_BOOST, (*self._owner(record.owner), *_told(record))
        )
        for milestone in programme.milestones:
            yield self._work(milestone, "Milestone", WORK_BOOST)
        for task in programme.tasks:
            yield self._work(task, "Task", WORK_BOOST)
            for subtask in task.subtasks:
                yield self._work(subtask, "Subtask", PART_BOOST)
            for sprint in task.sprints:
                yield self._work(sprint, "Sprint", PART_BOOST)
        for register in REGISTERS:
            yield from self._register(register)
        yield from self._tracker()

    def _work(self, node: MilestoneNode | TaskNode | SubtaskNode | SprintNode, kind: str, boost: float) -> SearchEntry:
        record = node.record
        owner = node.owner if isinstance(node, TaskNode) else getattr(record, "owner", None)
        note = [node.row.note] if isinstance(node, TaskNode) and node.row and node.row.note else []
        called = record.title or _cut(getattr(record, "summary", None) or "")
        title = f"{node.ref.id} · {called}" if called else node.ref.id
        about = (" ".join((f"{state_of(node).word}.", *self._owner(owner))), *note, *_told(record))
        return self._entry(node.ref, title, kind, boost, about)

    def _register(self, register: Register) -> Iterator[SearchEntry]:
        programme = self.programme
        entries = programme.registers[register.name]
        if entries:
            title = PROGRAMME_LISTS[register.name].title_of(programme)
            route = routes.programme_list(programme.slug, register.name)
            yield SearchEntry(route, _html(title), _paragraphs([register.summary]), (), (), PART_BOOST)
        for entry in entries:
            status = getattr(entry, "status", None)
            stands = [f"{status.value.capitalize()}."] if status is not None else []
            about = (" ".join((*stands, *self._owner(entry.owner))), *_told(entry))
            ref, title = Ref(programme.slug, entry.id), f"{entry.id} · {_cut(entry.sentence)}"
            yield self._entry(ref, title, register.singular.capitalize(), PART_BOOST, about)

    def _tracker(self) -> Iterator[SearchEntry]:
        """The page of the tracker, and what stands on it and has a place there: checkpoints, meetings, metrics."""
        slug, tracker = self.programme.slug, self.programme.tracker
        placed: list[tuple[str, Checkpoint | Meeting | Metric, str]] = [
            *(
                ("Checkpoint", *each)
                for each in zip(tracker.checkpoints, checkpoint_routes(slug, tracker), strict=True)
            ),
            *(("Meeting", *each) for each in zip(tracker.cadence, meeting_routes(slug, tracker), strict=True)),
            *(("Metric", *each) for each in zip(tracker.metrics, metric_routes(slug, tracker), strict=True)),
        ]
        if placed:
            updated = [f"As its owners reported on {in_words(tracker.updated)}."] if tracker.updated else []
            title = PROGRAMME_LISTS["tracker"].title_of(self.programme)
            yield SearchEntry(routes.tracker(slug), _html(title), _paragraphs(updated), (), (), PART_BOOST)
        for kind, record, route in placed:
            tags = (kind, self.programme.record.title)
            about = _paragraphs((*self._when(record), *_told(record)))
            yield SearchEntry(route, _html(_cut(record.title)), about, tuple(map(_html, tags)), (), PART_BOOST)

    def _when(self, record: Checkpoint | Meeting | Metric) -> list[str]:
        """When a checkpoint is, or how often people meet, as far as is known."""
        if isinstance(record, Meeting):
            return [f"{record.frequency.value.capitalize()}."]
        last = record.last_day(self.programme.record.start) if isinstance(record, Checkpoint) else None
        if isinstance(record, Metric) or (last is None and record.week is None):
            return []
        week = f"Week {record.week}" if record.week is not None else ""
        day = in_words(last) if last is not None and (record.date or record.weekday) else ""
        return [", ".join(filter(None, (week, day))) + "."]

    def _owner(self, person: str | None) -> list[str]:
        return [f"Owner: {self.portal.people[person].title}."] if person else []

    def _entry(self, ref: Ref, title: str, kind: str, boost: float, about: tuple[str, ...]) -> SearchEntry:
        before = self.former.get(ref, ())
        old = sorted({name.id or name.programme for name in before})
        text = _paragraphs((*about, f"Formerly {', '.join(old)}.") if old else about)
        tags = (kind, self.programme.record.title) if ref.id else (kind,)
        names = tuple(map(str, (ref, *before)))
        return SearchEntry(self.portal.entities[ref].route, _html(title), text, tuple(map(_html, tags)), names, boost)


def _told(value: Any) -> Iterator[str]:
    """The sentences of a record, in the order of its fields."""
    if isinstance(value, Record):
        # What is accepted of a record is told after what it is.
        for name in sorted(type(value).model_fields, key="accept".__eq__):
            if name not in UNTOLD:
                yield from _told(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _told(item)
    elif isinstance(value, Mapping):
        yield from _told(tuple(value.values()))
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield value


def _paragraphs(sentences: Iterable[str]) -> str:
    return Markup("").join(Markup("<p>{}</p>").format(_flat(sentence)) for sentence in sentences if sentence)


def _html(text: str) -> str:
    return str(Markup("{}").format(_flat(text)))


def _flat(sentence: str) -> str:
    """A sentence of the data as bare text on one line, its days as people write them."""
    return with_days_in_words(flat(sentence))


def _cut(sentence: str) -> str:
    """A sentence, cut at a word to the length that a title may have."""
    return shorten(_flat(sentence), TITLE_LENGTH)
