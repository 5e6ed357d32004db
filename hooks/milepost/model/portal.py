"""The frozen graph of a portal: records linked to each other, with their figures computed.

It is built only of data whose shape and references are sound, so that every reference can be followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from milepost.data.loader import ProgrammeRecords, Records
from milepost.data.records.base import Record
from milepost.data.records.milestone import Inclusion, Milestone
from milepost.data.records.person import Person
from milepost.data.records.portfolio import Portfolio
from milepost.data.records.programme import Programme
from milepost.data.records.registers import RegisterEntry
from milepost.data.records.removal import Removal
from milepost.data.records.scalars import Status
from milepost.data.records.snapshot import Snapshot
from milepost.data.records.task import Sprint, Subtask, Task
from milepost.data.records.tracker import Tracker, TrackerRow
from milepost.diagnostics import Location
from milepost.model import routes
from milepost.model.progress import Basis, Computed, Part, Progress, Reported, roll_up

AnEntry = TypeVar("AnEntry", bound=RegisterEntry)
"""The record of the entries of one kind of register."""


@dataclass(frozen=True, order=True, slots=True)
class Ref:
    """The name of an entity across the portal: `fixnado/M3`; with an empty id, the programme itself."""

    programme: str
    id: str = ""

    def __str__(self) -> str:
        return f"{self.programme}/{self.id}" if self.id else self.programme


@dataclass(frozen=True, slots=True)
class Entity:
    """Anything that has an id."""

    ref: Ref
    kind: str
    """Such as `milestone`; for an entry of a register, the name of the register."""
    title: str | None
    route: str
    """The route of its page, or of its anchor on a page."""
    record: Record

    @property
    def label(self) -> str:
        """Its id and its title, as far as it has them: `M3 Harbour wall`."""
        return " ".join(word for word in (self.ref.id, self.title) if word)


@dataclass(frozen=True, slots=True)
class SubtaskNode:
    """A part of a task."""

    ref: Ref
    record: Subtask
    progress: Progress


@dataclass(frozen=True, slots=True)
class SprintNode:
    """A stretch of a task's work; its progress is computed from its items."""

    ref: Ref
    record: Sprint
    progress: Progress


@dataclass(frozen=True, slots=True)
class TaskNode:
    """A task with its tracker row, its parts, and the ids of the milestones that include the whole of it."""

    ref: Ref
    record: Task
    row: TrackerRow | None
    subtasks: tuple[SubtaskNode, ...]
    sprints: tuple[SprintNode, ...]
    milestones: tuple[str, ...]
    progress: Progress

    @property
    def parts(self) -> tuple[SubtaskNode | SprintNode, ...]:
        """Its subtasks, then its sprints."""
        return (*self.subtasks, *self.sprints)

    @property
    def owner(self) -> str | None:
        """The id of its owner: as the task says, else as its row does."""
        return self.record.owner or (self.row.owner if self.row else None)

    @property
    def status(self) -> Status | None:
        """Its reported status: as the task says, else as its row does."""
        return self.record.status or (self.row.status if self.row else None)


@dataclass(frozen=True, slots=True)
class MilestoneNode:
    """A milestone with the tasks that it includes as a whole, and those that it includes in part."""

    ref: Ref
    record: Milestone
    tasks: tuple[TaskNode, ...]
    partial: tuple[tuple[Inclusion, TaskNode], ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class ProgrammeNode:
    """A programme with everything in it. `as_of` is the day as of which time is judged."""

    ref: Ref
    record: Programme
    as_of: date
    milestones: tuple[MilestoneNode, ...]
    tasks: tuple[TaskNode, ...]
    tracker: Tracker
    registers: Mapping[str, tuple[RegisterEntry, ...]]
    progress: Progress

    @property
    def slug(self) -> str:
        """Its id, which is the name of its folder and of its part of the site."""
        return self.ref.programme

    @property
    def work(self) -> tuple[MilestoneNode | TaskNode, ...]:
        """Its milestones, then its tasks."""
        return (*self.milestones, *self.tasks)

    @property
    def parts(self) -> tuple[SubtaskNode | SprintNode, ...]:
        """The parts of its tasks."""
        return tuple(part for task in self.tasks for part in task.parts)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The programme itself and everything in it that has progress."""
        return (self, *self.work, *self.parts)

    @property
    def entries(self) -> Iterator[tuple[Ref, RegisterEntry]]:
        """The entries of its registers."""
        return ((Ref(self.slug, entry.id), entry) for register in self.registers.values() for entry in register)

    def entries_of(self, kind: type[AnEntry]) -> Iterator[tuple[Ref, AnEntry]]:
        """The entries of its registers that are of one kind, such as `Risk`."""
        return ((ref, entry) for ref, entry in self.entries if isinstance(entry, kind))

    @property
    def loose_tasks(self) -> tuple[TaskNode, ...]:
        """The tasks that no milestone includes as a whole."""
        return tuple(task for task in self.tasks if not task.milestones)


Node = ProgrammeNode | MilestoneNode | TaskNode | SubtaskNode | SprintNode
"""Whatever has progress."""


@dataclass(frozen=True, slots=True)
class Portal:
    """The portfolio, its people, its programmes in the order of the portfolio, and every entity by its ref."""

    portfolio: Portfolio
    people: Mapping[str, Person]
    programmes: tuple[ProgrammeNode, ...]
    entities: Mapping[Ref, Entity]
    former: Mapping[Ref, Ref]
    """The current ref of each former one."""
    today: date
    """The day of the check, as of which programmes that are not closed are judged."""
    snapshots: tuple[Snapshot, ...]
    """The rows of the ledger, oldest first."""
    removed: tuple[Removal, ...]
    """The rows of `data/removed.yml`, in the order of the file."""

    @property
    def as_of(self) -> date:
        """The last of the days as of which its programmes are judged."""
        return max((programme.as_of for programme in self.programmes), default=self.today)

    @property
    def reporting(self) -> tuple[ProgrammeNode, ...]:
        """The programmes that are not closed: about the others, nothing is left to be done."""
        return tuple(programme for programme in self.programmes if programme.record.closed is None)

    @property
    def milestones(self) -> tuple[MilestoneNode, ...]:
        """The milestones of all programmes."""
        return tuple(milestone for programme in self.programmes for milestone in programme.milestones)

    @property
    def tasks(self) -> tuple[TaskNode, ...]:
        """The tasks of all programmes."""
        return tuple(task for programme in self.programmes for task in programme.tasks)

    @property
    def work(self) -> tuple[MilestoneNode | TaskNode, ...]:
        """The milestones and tasks of all programmes, one programme after the other."""
        return tuple(node for programme in self.programmes for node in programme.work)

    @property
    def entries(self) -> Iterator[tuple[Ref, RegisterEntry]]:
        """The entries of the registers of all programmes."""
        return (found for programme in self.programmes for found in programme.entries)

    def entries_of(self, kind: type[AnEntry]) -> Iterator[tuple[Ref, AnEntry]]:
        """The entries of the registers of all programmes that are of one kind, such as `Risk`."""
        return (found for programme in self.programmes for found in programme.entries_of(kind))

    def programme(self, slug: str) -> ProgrammeNode:
        """The programme `slug`; raises LookupError where there is none."""
        for programme in self.programmes:
            if programme.slug == slug:
                return programme
        raise LookupError(f"there is no programme {slug}")

    def node(self, ref: Ref) -> Node:
        """The node of `ref`; raises LookupError where it has none."""
        for node in self.programme(ref.programme).nodes:
            if node.ref == ref:
                return node
        raise LookupError(f"{ref} has no progress")

    def find(self, target: str, programme: str | None = None) -> Entity | None:
        """The entity of a reference such as `fixnado/M3` or `fixnado`, or of an id within `programme`; None if unknown.

        Former ids are known too.
        """
        slug, mark, entity_id = target.rpartition("/")
        if mark:
            return self._known(Ref(slug, entity_id))
        within = self._known(Ref(programme, target)) if programme is not None else None
        return within or self._known(Ref(target))

    def _known(self, ref: Ref) -> Entity | None:
        return self.entities.get(self.former.get(ref, ref))


def build_portal(records: Records, today: date) -> Portal:
    """The graph of sound records. `today` is the as-of day of every programme that is not closed."""
    programmes = tuple(_programme(records.programmes[slug], today) for slug in records.portfolio.programmes)
    entities = {entity.ref: entity for programme in programmes for entity in _entities(programme)}
    former = dict(_former(programmes, entities))
    people = {person.id: person for person in records.people}
    return Portal(
        portfolio=records.portfolio,
        people=people,
        programmes=programmes,
        entities=entities,
        former=former,
        today=today,
        snapshots=records.snapshots,
        removed=records.removed,
    )


def lasting_name(entity: Entity, programme: Entity) -> str:
    """The first name of an entity of a programme, by which it is recognised after it is renamed."""
    slug, own = (getattr(known.record, "formerly", ()) for known in (programme, entity))
    first = slug[0] if slug else programme.ref.programme
    return first if entity.ref.id == "" else f"{first}/{own[0] if own else entity.ref.id}"


def _former(programmes: Iterable[ProgrammeNode], entities: Mapping[Ref, Entity]) -> Iterator[tuple[Ref, Ref]]:
    """Each former ref with the current one, also of the entities of a programme that was renamed."""
    slugs = {programme.slug: (*programme.record.formerly, programme.slug) for programme in programmes}
    for ref, entity in entities.items():
        own = (*getattr(entity.record, "formerly", ()), ref.id) if ref.id else ("",)
        for name in (Ref(slug, entity_id) for slug in slugs[ref.programme] for entity_id in own):
            if name != ref:
                yield name, ref


def _programme(records: ProgrammeRecords, today: date) -> ProgrammeNode:
    head = records.programme
    rows = {row.task: row for row in records.tracker.rows}
    milestones_of = _milestones_of(records)
    tasks = tuple(_task(head.id, task, rows.get(task.id), milestones_of[task.id]) for task in records.tasks)
    milestones = tuple(_milestone(head.id, milestone, tasks) for milestone in records.milestones)
    loose = tuple(task for task in tasks if not task.milestones)
    parts = [*map(_part, milestones), *map(_part, loose)]
    return ProgrammeNode(
        Ref(head.id),
        head,
        _as_of(head, today),
        milestones,
        tasks,
        records.tracker,
        records.registers,
        Progress(None, roll_up(Basis.PARTS, parts)),
    )


def _as_of(programme: Programme, today: date) -> date:
    if programme.closed is None:
        return today
    return programme.closed if isinstance(programme.closed, date) else programme.recorded


def _milestones_of(records: ProgrammeRecords) -> dict[str, tuple[str, ...]]:
    """The milestones that include the whole of each task, by the milestone, the task or the tracker row."""
    said = {
        (inclusion.task, milestone.id)
        for milestone in records.milestones
        for inclusion in milestone.includes
        if inclusion.is_whole
    }
    said |= {(task.id, milestone) for task in records.tasks for milestone in task.milestones}
    said |= {(row.task, row.milestone) for row in records.tracker.rows if row.milestone}
    order = [milestone.id for milestone in records.milestones]
    return {task.id: tuple(milestone for milestone in order if (task.id, milestone) in said) for task in records.tasks}


def _task(slug: str, task: Task, row: TrackerRow | None, milestones: tuple[str, ...]) -> TaskNode:
    subtasks = tuple(SubtaskNode(Ref(slug, part.id), part, Progress(_reported(part), None)) for part in task.subtasks)
    sprints = tuple(_sprint(slug, sprint) for sprint in task.sprints)
    by_subtasks = roll_up(Basis.SUBTASKS, [_part(node) for node in subtasks])
    by_sprints = roll_up(Basis.SPRINTS, [_part(node) for node in sprints])
    breakdowns = (by_sprints,) if by_sprints else ()
    progress = Progress(_reported(task) or _reported(row), by_subtasks, breakdowns)
    return TaskNode(Ref(slug, task.id), task, row, subtasks, sprints, milestones, progress)


def _sprint(slug: str, sprint: Sprint) -> SprintNode:
    ref = Ref(slug, sprint.id)
    items = [
        Part(f"item {number}", item_key(ref, number), item.weight, _fraction(item.progress), item.location("progress"))
        for number, item in enumerate(sprint.items, start=1)
    ]
    return SprintNode(ref, sprint, Progress(_reported(sprint), roll_up(Basis.ITEMS, items)))


def _milestone(slug: str, milestone: Milestone, tasks: tuple[TaskNode, ...]) -> MilestoneNode:
    whole = tuple(task for task in tasks if milestone.id in task.milestones)
    by_id = {task.ref.id: task for task in tasks}
    partial = tuple((inclusion, by_id[inclusion.task]) for inclusion in milestone.includes if not inclusion.is_whole)
    computed = _by_criteria(slug, milestone) if milestone.basis == "criteria" else _by_tasks(whole, partial)
    return MilestoneNode(Ref(slug, milestone.id), milestone, whole, partial, Progress(_reported(milestone), computed))


def _by_tasks(whole: tuple[TaskNode, ...], partial: tuple[tuple[Inclusion, TaskNode], ...]) -> Computed | None:
    parts = [_part(task) for task in whole]
    parts += [
        Part(inclusion.task, "", task.record.weight, None, inclusion.location("task"), "taken in part only")
        for inclusion, task in partial
    ]
    return roll_up(Basis.TASKS, parts)


def _by_criteria(slug: str, milestone: Milestone) -> Computed | None:
    block = milestone.exit_criteria
    if block is None or not block.criteria:
        return None
    figures = [Fraction(100) if block.achieved or criterion.met else Fraction(0) for criterion in block.criteria]
    parts = [
        Part(f"criterion {number}", f"{slug}/{milestone.id}/exit-{number}:computed", 1, figure, criterion.location())
        for number, (criterion, figure) in enumerate(zip(block.criteria, figures, strict=True), start=1)
    ]
    return Computed(Basis.CRITERIA, tuple(parts))


def _reported(record: Task | Subtask | Sprint | Milestone | TrackerRow | None) -> Reported | None:
    if record is None or record.progress is None:
        return None
    return Reported(record.progress, record.location("progress"))


def item_key(sprint: Ref, number: int) -> str:
    """The name across the portal of the figure of a sprint's item, counted from 1."""
    return f"{sprint}/{number}:reported"


def _part(node: TaskNode | MilestoneNode | SubtaskNode | SprintNode) -> Part:
    progress = node.progress
    why_missing = "" if progress.figure is not None else "no figure is reported"
    key = f"{node.ref}:{progress.figure_kind}"
    return Part(node.ref.id, key, node.record.weight, progress.figure, _line(node), why_missing)


def _line(node: TaskNode | MilestoneNode | SubtaskNode | SprintNode) -> Location:
    """The line of the reported figure of a part; that of its id where the figure is computed, or there is none."""
    reported = node.progress.reported
    return reported.location if reported and node.progress.figure_kind == "reported" else node.record.location("id")


def _fraction(percent: int | None) -> Fraction | None:
    return None if percent is None else Fraction(percent)


def _entities(programme: ProgrammeNode) -> Iterator[Entity]:
    slug = programme.slug
    yield Entity(programme.ref, "programme", programme.record.title, routes.programme(slug), programme.record)
    for milestone in programme.milestones:
        route = routes.entity(slug, milestone.ref.id)
        yield Entity(milestone.ref, "milestone", milestone.record.title, route, milestone.record)
    for task in programme.tasks:
        route = routes.entity(slug, task.ref.id)
        yield Entity(task.ref, "task", task.record.title, route, task.record)
        for kind, parts in (("subtask", task.subtasks), ("sprint", task.sprints)):
            for part in parts:
                route = routes.part(slug, task.ref.id, part.ref.id)
                yield Entity(part.ref, kind, part.record.title, route, part.record)
    for name, entries in programme.registers.items():
        for entry in entries:
            yield Entity(Ref(slug, entry.id), name, None, routes.register_entry(slug, name, entry.id), entry)
