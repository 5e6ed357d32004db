"""The owners: a page for each role, team and person, with what is on that desk, and a list of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from milepost.check.rules import Accepted
from milepost.data.records.person import PersonKind
from milepost.data.records.registers import REGISTERS
from milepost.data.records.registers.decisions import Decision
from milepost.data.records.snapshot import Snapshot
from milepost.data.records.tracker import Meeting
from milepost.model import routes
from milepost.model.portal import Entity, MilestoneNode, Portal, ProgrammeNode, Ref, SubtaskNode, TaskNode
from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter, portal_list
from milepost.text.plain import counted

KIND_TITLES = {PersonKind.ROLE: "Roles", PersonKind.TEAM: "Teams", PersonKind.PERSON: "People"}


@dataclass(frozen=True, slots=True)
class Workload:
    """What is on an owner's desk."""

    programmes: tuple[ProgrammeNode, ...]
    milestones: tuple[MilestoneNode, ...]
    tasks: tuple[TaskNode, ...]
    subtasks: tuple[SubtaskNode, ...]
    entries: tuple[Entity, ...]
    approvals: tuple[MilestoneNode, ...]
    meetings: tuple[tuple[ProgrammeNode, Meeting], ...]
    accepted: tuple[Accepted, ...]
    snapshots: tuple[Snapshot, ...]

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """How many things of each kind are on it, and the words for as many; kinds that it has none of are left out."""
        entries = Counter(entity.kind for entity in self.entries)
        kinds = (
            (len(self.programmes), "programme", "programmes"),
            (len(self.milestones), "milestone", "milestones"),
            (len(self.tasks), "task", "tasks"),
            (len(self.subtasks), "subtask", "subtasks"),
            *((entries[register.name], register.singular, register.title.lower()) for register in REGISTERS),
            (len(self.approvals), "approval", "approvals"),
            (len(self.meetings), "meeting", "meetings"),
            (len(self.accepted), "accepted disagreement", "accepted disagreements"),
            (len(self.snapshots), "approved snapshot", "approved snapshots"),
        )
        return tuple((count, counted(count, one, several)) for count, one, several in kinds if count)

    @property
    def count(self) -> int:
        """How many things are on it."""
        return sum(count for count, _ in self.counts)


def make(report: Report) -> Iterator[Page]:
    """The list of owners, and a page each."""
    desks = {person: desk(report, person) for person in report.portal.people}
    superseded = _superseded(report.portal)
    kinds = [
        (title, [person for person in report.portal.people.values() if person.kind is kind])
        for kind, title in KIND_TITLES.items()
    ]
    yield from portal_list(
        report,
        "owners",
        description="Every role, team and person, and what is on each desk.",
        kinds=[(title, people) for title, people in kinds if people],
        desks=desks,
    )
    for person in report.portal.people.values():
        yield PageWriter(report, routes.owner(person.id)).page(
            "owner",
            title=person.title,
            description=f"What is on the desk of {person.title}: tasks, milestones, risks, decisions and meetings.",
            feed=routes.owner_feed(person.id),
            person=person,
            desk=desks[person.id],
            statuses={entity.ref: _status(entity, superseded) for entity in desks[person.id].entries},
        )


def desk(report: Report, person: str) -> Workload:
    """What is on the desk of `person`."""
    portal = report.portal
    return Workload(
        programmes=tuple(programme for programme in portal.programmes if programme.record.owner == person),
        milestones=tuple(milestone for milestone in portal.milestones if milestone.record.owner == person),
        tasks=tuple(task for task in portal.tasks if task.owner == person),
        subtasks=tuple(part for task in portal.tasks for part in task.subtasks if part.record.owner == person),
        entries=tuple(portal.entities[ref] for ref, entry in portal.entries if entry.owner == person),
        approvals=tuple(
            node for node in portal.milestones if node.record.approval and node.record.approval.by == person
        ),
        meetings=tuple(
            (programme, meeting)
            for programme in portal.programmes
            for meeting in programme.tracker.cadence
            if person in meeting.attendees
        ),
        accepted=tuple(entry for entry in report.verdict.accepted if entry.acceptance.by == person),
        snapshots=tuple(row for row in portal.snapshots if row.approved_by == person),
    )


def _superseded(portal: Portal) -> frozenset[Ref]:
    """The decisions that later ones replace."""
    return frozenset(
        Ref(ref.programme, replaced)
        for ref, decision in portal.entries_of(Decision)
        for replaced in decision.supersedes
    )


def _status(entity: Entity, superseded: frozenset[Ref]) -> str:
    """Where an entry of a register stands; empty where its register says nothing of it."""
    if isinstance(entity.record, Decision):
        return "Superseded" if entity.ref in superseded else "Decided"
    status = getattr(entity.record, "status", None)
    return status.value.capitalize() if status is not None else ""


KIND = PageKind("owners", "Every role, team and person, and what is on each desk.", make)
