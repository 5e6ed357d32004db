"""The second gate: ids that stand twice, and references to what is not there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from milepost.data.loader import ProgrammeRecords, Records
from milepost.data.records.base import Accepting, Record
from milepost.data.records.milestone import Inclusion
from milepost.data.records.registers.decisions import Decision
from milepost.data.records.tracker import Activity, Checkpoint
from milepost.data.records.update import Update
from milepost.data.yaml_reader import Document, scalars
from milepost.diagnostics import FEW, Diagnostic, Location, did_you_mean, ordered
from milepost.text.ids import TokenKind, tokens


@dataclass(frozen=True, slots=True)
class Named:
    """An id of a programme: what it names, where it was given, and, where its entity had it before, the one of now."""

    id: str
    kind: str
    location: Location
    now: str | None = None


FILES_OF = {"task": " in tasks.yml", "milestone": " in milestones.yml", "decisions": " in registers/decisions.yml"}
"""Where what is referred to is entered, by its kind."""


def check_references(records: Records, reserved: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Everything that refers to nothing or to two things, in the whole data folder.

    reserved: the names of the site's own pages and folders, which no programme can have.
    """
    people = [Named(person.id, "owner", person.location("id")) for person in records.people]
    names = {slug: _names(programme) for slug, programme in records.programmes.items()}
    known = {
        name: {own.id: own for own in names[slug]}
        for slug, programme in records.programmes.items()
        for name in (slug, *programme.programme.formerly)
    }
    found = [*_duplicates(people), *_portfolio(records, reserved), *_ledger(records)]
    found.extend(_mentions(records.documents, None, known))
    for slug, programme in records.programmes.items():
        check = _Programme(programme, names[slug], frozenset(person.id for person in people))
        found.extend(check.diagnostics())
        found.extend(_mentions(programme.documents, slug, known))
    return ordered(found)


def _portfolio(records: Records, reserved: frozenset[str]) -> Iterator[Diagnostic]:
    portfolio, folders = records.portfolio, records.programmes
    listed = [
        Named(slug, "programme", portfolio.location("programmes", place))
        for place, slug in enumerate(portfolio.programmes)
    ]
    yield from _duplicates(listed)
    for name in listed:
        if name.id not in folders:
            meant = did_you_mean(name.id, folders) or "Write the name of a folder of data/programmes."
            hint = f"{meant} Where {name.id} is new, make data/programmes/{name.id}/programme.yml."
            yield Diagnostic.at(name.location, "unknown-reference", f"there is no programme {name.id}", hint)
    heads = [programme.programme for programme in folders.values()]
    yield from _duplicates([named for head in heads for named in _named(head, head.id, "programme", head.formerly)])
    for slug, programme in folders.items():
        head = programme.programme
        if head.id != slug:
            message = f"the programme is called {head.id}, its folder {slug}"
            yield Diagnostic.at(head.location("id"), "invalid-id", message, f"Write id: {slug}, or rename the folder.")
        elif slug in reserved:
            message = f"{slug} is the name of a page of the portal"
            yield Diagnostic.at(head.location("id"), "invalid-id", message, "Choose another id, and rename the folder.")
        elif slug not in portfolio.programmes:
            message = f"the portfolio does not list the programme {slug}"
            hint = f"Add {slug} to programmes in data/portfolio.yml."
            yield Diagnostic.at(head.location("id"), "unknown-reference", message, hint)


def _ledger(records: Records) -> Iterator[Diagnostic]:
    people, ids = [person.id for person in records.people], [row.id for row in records.snapshots]
    yield from _duplicates([Named(row.id, "snapshot", row.location("id")) for row in records.snapshots])
    for row in records.snapshots:
        if row.approved_by not in people:
            yield _unknown_person(row.location("approved_by"), row.approved_by, people)
        others = [name for name in ids if name != row.id]
        if row.corrects is not None and row.corrects not in others:
            yield _unknown(row.location("corrects"), "other snapshot", row.corrects, others)


def _names(programme: ProgrammeRecords) -> tuple[Named, ...]:
    """Every id of a programme, also those that its entities had before."""
    return tuple(_each_name(programme))


def _each_name(programme: ProgrammeRecords) -> Iterator[Named]:
    for milestone in programme.milestones:
        yield from _named(milestone, milestone.id, "milestone", milestone.formerly)
    for task in programme.tasks:
        yield from _named(task, task.id, "task", task.formerly)
        for subtask in task.subtasks:
            yield from _named(subtask, subtask.id, f"subtask of {task.id}", subtask.formerly)
        for sprint in task.sprints:
            yield from _named(sprint, sprint.id, "sprint", sprint.formerly)
    for name, entries in programme.registers.items():
        for entry in entries:
            yield from _named(entry, entry.id, name, entry.formerly)


def _named(record: Record, entity_id: str, kind: str, formerly: Sequence[str] = ()) -> Iterator[Named]:
    yield Named(entity_id, kind, record.location("id"))
    for place, old in enumerate(formerly):
        yield Named(old, kind, record.location("formerly", place), now=entity_id)


def _duplicates(names: Iterable[Named], hint: str = "Give one of them another id.") -> Iterator[Diagnostic]:
    """Ids that stand twice, also where only capitals differ: files and addresses may not tell those apart."""
    by_id: dict[str, list[Named]] = defaultdict(list)
    for name in names:
        by_id[name.id.casefold()].append(name)
    for same in by_id.values():
        for name in same:
            others = [other for other in same if other is not name]
            if others:
                message = f"the id {name.id} is also given at {others[0].location}"
                yield Diagnostic.at(name.location, "duplicate-id", message, hint)


def _checkpoint_names(checkpoints: Sequence[Checkpoint]) -> Iterator[Diagnostic]:
    """Checkpoints of one id, or of one title where they have none: a calendar would take them for one."""
    by_name: dict[str, list[Checkpoint]] = defaultdict(list)
    for checkpoint in checkpoints:
        by_name[checkpoint.name.casefold()].append(checkpoint)
    for same in by_name.values():
        for checkpoint in same:
            other = next((other for other in same if other is not checkpoint), None)
            if other is not None:
                field = "id" if checkpoint.id else "title"
                place = other.location("id" if other.id else "title")
                message = f"a checkpoint called {checkpoint.id or checkpoint.title} stands also at {place}"
                hint = "Give one of them an id of its own, such as id: C2."
                yield Diagnostic.at(checkpoint.location(field), "duplicate-id", message, hint)


def _unknown_person(location: Location, word: str, known: Iterable[str]) -> Diagnostic:
    hint = did_you_mean(word, known) or "Write an id of data/people.yml."
    hint = f"{hint} Where {word} is new, add an entry to data/people.yml first."
    return Diagnostic.at(location, "unknown-reference", f"there is no owner {word}", hint)


def _unknown(location: Location, kind: str, word: str, known: Iterable[str], otherwise: str = "") -> Diagnostic:
    """A reference that leads nowhere. `otherwise` is the hint where nothing known is near."""
    hint = did_you_mean(word, known) or otherwise
    return Diagnostic.at(location, "unknown-reference", f"there is no {kind} {word}", hint)


def _mentions(
    documents: Iterable[Document], slug: str | None, known: Mapping[str, Mapping[str, Named]]
) -> Iterator[Diagnostic]:
    """The [[...]] in any text that lead nowhere, or to two things."""
    within = known[slug] if slug is not None else {}
    for document in documents:
        for scalar in scalars(document.value):
            for token in tokens(scalar) if "[[" in scalar else ():
                if token.kind is not TokenKind.REFERENCE:
                    continue
                if not _leads_somewhere(token.text, slug, known):
                    yield _unknown(scalar.location, "entity", token.text, _full_names(known), MENTION_FORM)
                elif token.text in known and token.text in within:
                    yield _ambiguous(scalar.location, f"{slug}/{token.text}", within[token.text])


MENTION_FORM = (
    "Write [[ID]] for what stands in this programme, [[PROGRAMME/ID]] for what stands in another, and [[PROGRAMME]] "
    "for a programme itself; or enter what is missing first."
)


def _full_names(known: Mapping[str, Mapping[str, Named]]) -> Iterator[str]:
    """Whatever a [[...]] could lead to, from anywhere."""
    yield from known
    yield from (f"{programme}/{name}" for programme, names in known.items() for name in names)


def _ambiguous(location: Location, full_name: str, named: Named) -> Diagnostic:
    message = f"{named.id} is a programme, and the {named.kind} at {named.location}"
    hint = f"Write [[{full_name}]] for the {named.kind}; for the programme, give the {named.kind} another id first."
    return Diagnostic.at(location, "ambiguous-reference", message, hint)


def _leads_somewhere(target: str, slug: str | None, known: Mapping[str, Mapping[str, Named]]) -> bool:
    programme, mark, name = target.rpartition("/")
    if mark:
        return name in known.get(programme, ())
    return name in known or (slug is not None and name in known[slug])


class _Programme:
    """The references within one programme."""

    def __init__(self, programme: ProgrammeRecords, names: tuple[Named, ...], people: frozenset[str]) -> None:
        self.programme = programme
        self.names = names
        self.people = people
        self.by_kind: dict[str, set[str]] = defaultdict(set)
        for name in names:
            if name.now is None:
                self.by_kind[name.kind].add(name.id)
        self.all_ids = {name.id for name in names if name.now is None}
        self.renamed = {name.id: name.now for name in names if name.now is not None}

    def diagnostics(self) -> Iterator[Diagnostic]:
        programme = self.programme
        yield from _duplicates(self.names)
        yield from self.owned(programme.programme)
        for milestone in programme.milestones:
            yield from self.owned(milestone)
            yield from self.ids(milestone, "depends_on", "milestone", "task")
            yield from self.inclusions(milestone.includes)
            yield from self.updates(milestone.updates)
            if milestone.approval:
                yield from self.person(milestone.approval, "by")
        for task in programme.tasks:
            yield from self.owned(task)
            yield from self.ids(task, "depends_on", "milestone", "task")
            yield from self.ids(task, "milestones", "milestone")
            yield from self.updates(task.updates)
            for part in (*task.subtasks, *task.sprints):
                yield from self.owned(part)
        yield from self.tracker()
        for entry in (entry for entries in programme.registers.values() for entry in entries):
            yield from self.owned(entry)
            yield from self.ids(entry, "refs")
            if isinstance(entry, Decision):
                yield from self.ids(entry, "supersedes", "decisions")

    def tracker(self) -> Iterator[Diagnostic]:
        tracker = self.programme.tracker
        rows = [Named(row.task, "row", row.location("task")) for row in tracker.rows]
        yield from _duplicates(rows, "Keep one row a task.")
        for row in tracker.rows:
            yield from self.owned(row)
            yield from self.id(row, "task", "task")
            yield from self.id(row, "milestone", "milestone")
        yield from self.updates(tracker.activity)
        yield from _checkpoint_names(tracker.checkpoints)
        for checkpoint in tracker.checkpoints:
            yield from self.ids(checkpoint, "refs")
        for meeting in tracker.cadence:
            for place, attendee in enumerate(meeting.attendees):
                if attendee not in self.people:
                    yield _unknown_person(meeting.location("attendees", place), attendee, self.people)

    def inclusions(self, inclusions: Sequence[Inclusion]) -> Iterator[Diagnostic]:
        whole = [
            Named(inclusion.task, "task", inclusion.location("task")) for inclusion in inclusions if inclusion.is_whole
        ]
        yield from _duplicates(whole, "Include the task once.")
        for inclusion in inclusions:
            yield from self.id(inclusion, "task", "task")
            yield from self.ids(inclusion, "subtasks", f"subtask of {inclusion.task}")

    def updates(self, updates: Sequence[Update] | Sequence[Activity]) -> Iterator[Diagnostic]:
        keys = [Named(update.anchor, "update", update.location("date")) for update in updates]
        yield from _duplicates(keys, "Give the second report of a day an id of its own.")
        for update in updates:
            yield from self.ids(update, "refs")

    def owned(self, record: Record) -> Iterator[Diagnostic]:
        if "owner" in type(record).model_fields:
            yield from self.person(record, "owner")
        if isinstance(record, Accepting):
            for acceptance in record.accept:
                yield from self.person(acceptance, "by")

    def person(self, record: Record, field: str) -> Iterator[Diagnostic]:
        owner = getattr(record, field)
        if owner is not None and owner not in self.people:
            yield _unknown_person(record.location(field), owner, self.people)

    def id(self, record: Record, field: str, *kinds: str) -> Iterator[Diagnostic]:
        yield from self.reference(record.location(field), getattr(record, field), kinds)

    def ids(self, record: Record, field: str, *kinds: str) -> Iterator[Diagnostic]:
        for place, reference in enumerate(getattr(record, field)):
            yield from self.reference(record.location(field, place), reference, kinds)

    def reference(self, location: Location, reference: str | None, kinds: Sequence[str]) -> Iterator[Diagnostic]:
        known = set().union(*(self.by_kind[kind] for kind in kinds)) if kinds else self.all_ids
        if reference is not None and reference not in known:
            kind = " or ".join(kinds) or "entity"
            now = self.renamed.get(reference)
            if now in known:
                message = f"there is no {kind} {reference} any more: it is {now} now"
                yield Diagnostic.at(location, "unknown-reference", message, f"Write {now}.")
            elif twice := self.twice(kinds):
                message = f"there is no {kind} {reference}"
                yield Diagnostic.at(location, "unknown-reference", message, f"{twice} is one of them {reference}?")
            else:
                where = FILES_OF.get(kinds[0], "") if len(kinds) == 1 else ""
                hint = f"Write the id of something in this programme, or enter {reference}{where} first."
                yield _unknown(location, kind, reference, known, hint)

    def twice(self, kinds: Sequence[str]) -> str:
        """Which ids of such kinds two things have, as half a sentence: one of the two lost its own; else nothing.

        What is nearest to the lost id would lead away from that.
        """
        names = [name for name in self.names if name.now is None and (not kinds or name.kind in kinds)]
        given = Counter(name.id for name in names)
        told = [f"{name.id} at {name.location}" for name in names if given[name.id] > 1]
        return f"An id is given twice, {' and '.join(told[:FEW])}:" if told else ""
