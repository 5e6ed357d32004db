"""What stands around a milestone or task: what it waits for, what waits for it, and those before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milepost.model.portal import MilestoneNode, ProgrammeNode, Ref, TaskNode

Work = MilestoneNode | TaskNode


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands around an entity, in the order of the data. previous, next: None at either end of its list."""

    waits_for: tuple[Work, ...]
    waited_for_by: tuple[Work, ...]
    previous: Work | None
    next: Work | None


def neighbours(programme: ProgrammeNode) -> Mapping[Ref, Neighbours]:
    """What stands around each milestone and task of `programme`."""
    by_id = {node.ref.id: node for node in programme.work}
    waiting: dict[str, list[Work]] = defaultdict(list)
    for node in programme.work:
        for entity_id in dict.fromkeys(node.record.depends_on):
            waiting[entity_id].append(node)
    beside = {**_beside(programme.milestones), **_beside(programme.tasks)}
    return {
        node.ref: Neighbours(
            tuple(by_id[entity_id] for entity_id in dict.fromkeys(node.record.depends_on)),
            tuple(waiting[node.ref.id]),
            *beside[node.ref],
        )
        for node in programme.work
    }


def _beside(nodes: Sequence[Work]) -> Mapping[Ref, tuple[Work | None, Work | None]]:
    """The one before and the one after each of `nodes`."""
    before = (None, *nodes)[: len(nodes)]
    after = (*nodes[1:], None)[: len(nodes)]
    return {node.ref: (previous, following) for node, previous, following in zip(nodes, before, after, strict=True)}
