"""The four answers that every overview gives: where we are, what moved, what is at risk, what is next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from milepost.check.rules import Accepted
from milepost.data.records.registers.risks import Risk
from milepost.data.records.scalars import Level
from milepost.data.records.tracker import Checkpoint, Weekday
from milepost.model.events import Event
from milepost.model.portal import MilestoneNode, ProgrammeNode, Ref, TaskNode
from milepost.model.status import State, state_of
from milepost.report import Report

WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reader asks first, of one programme or several.

    late: the milestones that are open after the last day of their window, each with that day.
    """

    milestones: tuple[MilestoneNode, ...]
    tasks: tuple[TaskNode, ...]
    events: tuple[Event, ...]
    risks: tuple[tuple[ProgrammeNode, Risk], ...]
    disagreements: tuple[Accepted, ...]
    checkpoints: tuple[tuple[ProgrammeNode, Checkpoint], ...]
    late: tuple[tuple[MilestoneNode, date], ...]

    @property
    def moved(self) -> tuple[Event, ...]:
        """What happened last to each entity, newest first: of one day, what has a figure that moved tells most."""
        latest: dict[Ref, Event] = {}
        for event in self.events:
            known = latest.setdefault(event.ref, event)
            if event.day == known.day and event.moves and not known.moves:
                latest[event.ref] = event
        return tuple(latest.values())

    @property
    def upcoming(self) -> tuple[tuple[ProgrammeNode, Checkpoint], ...]:
        """The checkpoints that are not over on the day as of which their programme is judged, the next one first."""
        return tuple(
            (programme, checkpoint)
            for programme, checkpoint in self.checkpoints
            if (last := checkpoint.last_day(programme.record.start)) is None or last >= programme.as_of
        )

    @property
    def complete_milestones(self) -> int:
        """How many milestones are complete."""
        return sum(state_of(milestone) is State.COMPLETE for milestone in self.milestones)

    @property
    def complete_tasks(self) -> int:
        """How many tasks are complete."""
        return sum(state_of(task) is State.COMPLETE for task in self.tasks)

    @property
    def troubled(self) -> tuple[MilestoneNode | TaskNode, ...]:
        """The milestones and tasks that are reported to be at risk or blocked."""
        nodes: tuple[MilestoneNode | TaskNode, ...] = (*self.milestones, *self.tasks)
        return tuple(node for node in nodes if state_of(node) in (State.AT_RISK, State.BLOCKED))

    @property
    def high_risks(self) -> tuple[tuple[ProgrammeNode, Risk], ...]:
        """The open risks of high impact."""
        return tuple((programme, risk) for programme, risk in self.risks if risk.impact is Level.HIGH)


def answers(report: Report, programmes: Iterable[ProgrammeNode]) -> Answers:
    """The answers for `programmes`."""
    chosen = tuple(programmes)
    slugs = {programme.slug for programme in chosen}
    checkpoints = [(programme, checkpoint) for programme in chosen for checkpoint in programme.tracker.checkpoints]
    return Answers(
        milestones=tuple(milestone for programme in chosen for milestone in programme.milestones),
        tasks=tuple(task for programme in chosen for task in programme.tasks),
        events=tuple(event for event in report.events if event.ref.programme in slugs),
        risks=tuple(
            (programme, risk) for programme in chosen for _, risk in programme.entries_of(Risk) if risk.is_open
        ),
        disagreements=tuple(entry for entry in report.verdict.accepted if entry.finding.ref.programme in slugs),
        checkpoints=tuple(sorted(checkpoints, key=lambda pair: _when(pair[1]))),
        late=tuple(
            (milestone, report.late[milestone.ref])
            for programme in chosen
            for milestone in programme.milestones
            if milestone.ref in report.late
        ),
    )


def _when(checkpoint: Checkpoint) -> tuple[str, int, int]:
    weekday = WEEKDAYS.index(checkpoint.weekday) if checkpoint.weekday else 0
    return (checkpoint.date.isoformat() if checkpoint.date else "", checkpoint.week or 0, weekday)
