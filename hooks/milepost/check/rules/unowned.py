"""A task or milestone that is still open and that nobody owns, in a programme that nobody owns either.

Why: what is everybody's is nobody's, and a reader has no one to ask. The owner of the programme answers for whatever in
it has no owner of its own; a programme that is closed is not looked at.

Example, in `data/programmes/demo/programme.yml`:

    id: demo
    title: Demo
    recorded: 2026-01-01

and in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 40

Output:

    data/programmes/demo/tasks.yml:1:7: warning[unowned] T1 is open and has no owner, nor has its programme
      1 | - id: T1
        |       ^
      Add owner: with an id of people.yml, here or in programme.yml, or accept it in T1: accept: [{rule: unowned, figures: {owner: none}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.diagnostics import Severity
from milepost.model.portal import MilestoneNode, Portal, TaskNode
from milepost.model.status import is_complete


def check(portal: Portal) -> Iterator[Finding]:
    """Each open milestone and task that nobody answers for."""
    for programme in portal.reporting:
        for node in programme.work if programme.record.owner is None else ():
            if _owner(node) is None and not is_complete(node):
                yield Finding(
                    ref=node.ref,
                    places=(node.record.location("id"),),
                    message=f"{node.ref.id} is open and has no owner, nor has its programme",
                    hint="Add owner: with an id of people.yml, here or in programme.yml.",
                    figures={"owner": "none"},
                    subjects=(node.record,),
                )


def _owner(node: MilestoneNode | TaskNode) -> str | None:
    return node.owner if isinstance(node, TaskNode) else node.record.owner


RULE = PortalRule("unowned", check, Severity.WARNING)
