"""Work that has begun before something that it depends on was complete.

Why: either the dependency is not one, or its figure is behind, or the work rests on what is not there yet. Only a
dependency whose figure, status or day says when it is complete can be judged; a milestone's own tasks are not.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 40
    - id: T2
      progress: 10
      depends_on: [T1]

Output:

    data/programmes/demo/tasks.yml:2:13: warning[started-before-dependency] T2 stands at 10 %, but T1, on which it depends, stands at 40 %
      2 |   progress: 40
        |             ^
      Correct one of the two, or take the dependency out, or accept it in T2: accept: [{rule: started-before-dependency, figures: {T1: 40, T2: 10}, reason: ...}]
    data/programmes/demo/tasks.yml:4:13: warning[started-before-dependency] T2 stands at 10 %, but T1, on which it depends, stands at 40 %
      4 |   progress: 10
        |             ^
      Correct one of the two, or take the dependency out, or accept it in T2: accept: [{rule: started-before-dependency, figures: {T1: 40, T2: 10}, reason: ...}]
    data/programmes/demo/tasks.yml:5:16: warning[started-before-dependency] T2 stands at 10 %, but T1, on which it depends, stands at 40 %
      5 |   depends_on: [T1]
        |                ^
      Correct one of the two, or take the dependency out, or accept it in T2: accept: [{rule: started-before-dependency, figures: {T1: 40, T2: 10}, reason: ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.update import UpdateKind
from milepost.diagnostics import Location, Severity
from milepost.model.portal import MilestoneNode, Portal, TaskNode
from milepost.model.status import Statement, figure_statement, says_complete, says_open

TELL_OF_WORK = frozenset(
    {UpdateKind.STARTED, UpdateKind.PROGRESSED, UpdateKind.REGRESSED, UpdateKind.COMPLETED, UpdateKind.APPROVED}
)


def check(portal: Portal) -> Iterator[Finding]:
    """Each dependency that was open when the work which depends on it had begun."""
    for programme in portal.programmes:
        by_id = {node.ref.id: node for node in programme.work}
        for node in programme.work:
            for place, name in enumerate(node.record.depends_on):
                dependency = by_id[name]
                if not _is_of(dependency, node):
                    yield from _compare(node, dependency, node.record.location("depends_on", place))


def _is_of(dependency: MilestoneNode | TaskNode, node: MilestoneNode | TaskNode) -> bool:
    """Whether the dependency is the work itself, or a part of it: its progress is that of the whole."""
    return dependency.ref == node.ref or (isinstance(node, MilestoneNode) and dependency in node.tasks)


def _compare(
    node: MilestoneNode | TaskNode, dependency: MilestoneNode | TaskNode, reference: Location
) -> Iterator[Finding]:
    still_open, completed = says_open(dependency), says_complete(dependency)
    earliest = min(_days_of_work(node), key=lambda said: said.value, default=None)
    if still_open is not None:
        begun = _progress(node) or says_complete(node) or earliest
        if begun is not None:
            yield _finding(node, begun, dependency, still_open, reference)
    elif completed is not None and earliest is not None and _is_earlier(earliest, completed):
        yield _finding(node, earliest, dependency, completed, reference)


def _is_earlier(one: Statement, other: Statement) -> bool:
    return one.day is not None and other.day is not None and one.day < other.day


def _progress(node: MilestoneNode | TaskNode) -> Statement | None:
    figure = figure_statement(node)
    return figure if figure is not None and figure.value != "0" else None


def _days_of_work(node: MilestoneNode | TaskNode) -> Iterator[Statement]:
    """The days on which the work is said to have been under way."""
    for update in node.record.updates:
        if update.kind in TELL_OF_WORK:
            day = update.date.isoformat()
            yield Statement("update", day, f"has an update of {day}", update.location("date"), update.date)
    complete = says_complete(node)
    if complete is not None and complete.day is not None:
        yield complete


def _finding(
    node: MilestoneNode | TaskNode,
    begun: Statement,
    dependency: MilestoneNode | TaskNode,
    said: Statement,
    reference: Location,
) -> Finding:
    name, other = node.ref.id, dependency.ref.id
    return Finding(
        ref=node.ref,
        places=(reference, begun.location, said.location),
        message=f"{name} {begun.words}, but {other}, on which it depends, {said.words}",
        hint="Correct one of the two, or take the dependency out.",
        figures={other: said.value, name: begun.value},
        subjects=(node.record,),
        cites=(*begun.cites, *said.cites),
    )


RULE = PortalRule("started-before-dependency", check, Severity.WARNING)
