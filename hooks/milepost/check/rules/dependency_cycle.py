"""Work that waits for itself: milestones or tasks that depend on one another in a circle.

Why: none of them can be started first, so at least one of the dependencies is not meant. A circle is reported once, from
its earliest place in the data.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      depends_on: [T2]
    - id: T2
      depends_on: [T3]
    - id: T3
      depends_on: [T1]

Output:

    data/programmes/demo/tasks.yml:2:16: error[dependency-cycle] T1 depends on T2, T2 on T3, and T3 on T1: none of them can come first
      2 |   depends_on: [T2]
        |                ^
      Remove one of these dependencies: tasks.yml:2:16, tasks.yml:4:16, tasks.yml:6:16.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.diagnostics import Location
from milepost.model.portal import Portal, ProgrammeNode, Ref

Edge = tuple[str, str]


def check(portal: Portal) -> Iterator[Finding]:
    """Each circle of dependencies, so that every dependency that belongs to one is in one that is told."""
    for programme in portal.programmes:
        places = _in_circles(_dependencies(programme))
        following: dict[str, list[str]] = defaultdict(list)
        for source, target in places:
            following[source].append(target)
        told: set[Edge] = set()
        for edge in sorted(places, key=lambda edge: places[edge]):
            if edge not in told:
                circle = _circle(edge, following)
                told.update(circle)
                if circle:
                    yield _finding(programme.slug, circle, places)


def _dependencies(programme: ProgrammeNode) -> dict[Edge, Location]:
    """Who depends on whom, and where that stands first."""
    places: dict[Edge, Location] = {}
    for node in programme.work:
        for number, target in enumerate(node.record.depends_on):
            places.setdefault((node.ref.id, target), node.record.location("depends_on", number))
    return places


def _in_circles(places: Mapping[Edge, Location]) -> dict[Edge, Location]:
    """The dependencies among what cannot be put in an order: those in a circle, and those that lead to one."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for source, target in places:
        order.add(source, target)
    with suppress(CycleError):
        order.prepare()
    sorted_out: set[str] = set()
    while ready := order.get_ready():
        sorted_out.update(ready)
        order.done(*ready)
    return {edge: place for edge, place in places.items() if sorted_out.isdisjoint(edge)}


def _circle(edge: Edge, following: Mapping[str, Sequence[str]]) -> tuple[Edge, ...]:
    """The shortest circle that `edge` belongs to, beginning with it; empty where it belongs to none."""
    start, first = edge
    came_by: dict[str, Edge] = {first: edge}
    waiting = deque([first])
    while waiting and start not in came_by:
        here = waiting.popleft()
        for target in following[here]:
            if target not in came_by:
                came_by[target] = (here, target)
                waiting.append(target)
    if start not in came_by:
        return ()
    way = [came_by[start]]
    while way[-1] != edge:
        way.append(came_by[way[-1][0]])
    return tuple(reversed(way))


def _finding(slug: str, circle: tuple[Edge, ...], places: Mapping[Edge, Location]) -> Finding:
    where = [places[edge] for edge in circle]
    # An earlier edge may have been told with another circle; the sentence begins where a reader of the data does.
    earliest = where.index(min(where))
    circle = (*circle[earliest:], *circle[:earliest])
    lines = ", ".join(_short(places[edge]) for edge in circle)
    return Finding(
        ref=Ref(slug, circle[0][0]),
        places=(min(where),),
        message=_sentence(circle),
        hint="Remove this dependency." if len(circle) == 1 else f"Remove one of these dependencies: {lines}.",
    )


def _sentence(circle: tuple[Edge, ...]) -> str:
    if len(circle) == 1:
        return f"{circle[0][0]} depends on itself"
    first, *others = [f"{source} on {target}" for source, target in circle]
    told = ", ".join([first.replace(" on ", " depends on ", 1), *others[:-1]])
    return f"{told}, and {others[-1]}: none of them can come first"


def _short(location: Location) -> str:
    return f"{PurePosixPath(location.path).name}:{location.line}:{location.column}"


RULE = PortalRule("dependency-cycle", check)
