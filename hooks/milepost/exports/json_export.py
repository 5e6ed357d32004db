"""The portal as one JSON object: every record with its facts as written, and every figure reported and computed.

Figures are percentages from 0 to 100, or null; days are ISO 8601. A task carries what its tracker row reports of it.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, SprintNode, SubtaskNode, TaskNode
from milepost.model.progress import Progress

VERSION = "1.0"


def export_json(portal: Portal) -> str:
    """The whole portal as JSON text; the same portal gives the same text."""
    whole = {
        "version": VERSION,
        "title": portal.portfolio.title,
        "publisher": portal.portfolio.publisher,
        "as_of": max(programme.as_of for programme in portal.programmes).isoformat() if portal.programmes else None,
        "people": [_facts(person) for person in portal.people.values()],
        "programmes": [_programme(programme) for programme in portal.programmes],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _programme(programme: ProgrammeNode) -> dict[str, Any]:
    return {
        **_facts(programme.record),
        "as_of": programme.as_of.isoformat(),
        "progress": _progress(programme.progress),
        "milestones": [_milestone(milestone) for milestone in programme.milestones],
        "tasks": [_task(task) for task in programme.tasks],
        "tracker": _facts(programme.tracker),
        "registers": {name: [_facts(entry) for entry in entries] for name, entries in programme.registers.items()},
    }


def _milestone(milestone: MilestoneNode) -> dict[str, Any]:
    return {
        **_facts(milestone.record),
        "progress": _progress(milestone.progress),
        "tasks": [task.ref.id for task in milestone.tasks],
    }


def _task(task: TaskNode) -> dict[str, Any]:
    return {
        **_facts(task.record),
        "milestones": list(task.milestones),
        "owner": task.owner,
        "status": task.status,
        "progress": _progress(task.progress),
        "subtasks": [_part(subtask) for subtask in task.subtasks],
        "sprints": [_sprint(sprint) for sprint in task.sprints],
    }


def _sprint(sprint: SprintNode) -> dict[str, Any]:
    items = [
        {**_facts(item), "progress": {"reported": item.progress, "computed": None}} for item in sprint.record.items
    ]
    return {**_part(sprint), "items": items}


def _part(part: SubtaskNode | SprintNode) -> dict[str, Any]:
    return {**_facts(part.record), "progress": _progress(part.progress)}


def _progress(progress: Progress) -> dict[str, int | float | None]:
    return {
        "reported": progress.reported.value if progress.reported else None,
        "computed": _number(progress.computed.value) if progress.computed else None,
    }


def _number(figure: Fraction) -> int | float:
    return figure.numerator if figure.denominator == 1 else float(figure)


def _facts(record: BaseModel) -> dict[str, Any]:
    return record.model_dump(mode="json")
