"""The comparisons of snapshots: what happened between each and now, and between each and the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from milepost.data.records.snapshot import Snapshot
from milepost.data.records.update import UpdateKind
from milepost.history.comparisons import Compared
from milepost.model import routes
from milepost.model.addresses import comparison_title
from milepost.model.event_sentences import begins_with
from milepost.model.events import Event
from milepost.model.portal import MilestoneNode, ProgrammeNode, Ref, TaskNode
from milepost.model.progress import Progress
from milepost.model.status import State, state_of
from milepost.model.topics import HOW_WORK_WENT, Topic
from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter

TOPICS = {
    **HOW_WORK_WENT,
    UpdateKind.OPENED: Topic.OPENED,
    UpdateKind.DECIDED: Topic.OPENED,
    UpdateKind.ACCEPTED: Topic.OPENED,
    UpdateKind.RE_SCOPED: Topic.SCOPE,
    UpdateKind.CORRECTED: Topic.CORRECTED,
}
"""The topic that an event of each kind belongs to."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where a programme, milestone or task stood on one side. name: what it is called among the figures."""

    name: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Figures:
    """An entity whose figures are not those of before. ref, title: as the later side has them."""

    ref: Ref
    title: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Count:
    """How many are complete, of how many, before and after."""

    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """A programme on both sides. What it had no figure of, or was not there, is None."""

    programme: ProgrammeNode
    before: Side | None
    after: Side
    milestones: Count
    tasks: Count


@dataclass(frozen=True, slots=True)
class Chapter:
    """What happened in one programme, by topic, and the figures that differ. title: None for the portfolio as such."""

    title: str | None
    slug: str
    topics: tuple[tuple[Topic, tuple[Event, ...]], ...]
    figures: tuple[Figures, ...]


def make(report: Report) -> Iterator[Page]:
    """Two pages a snapshot; the first one has none before it."""
    rows = report.portal.snapshots
    for row in rows:
        yield _page(report, routes.compare_with_current(row.id), row, None)
    for before, row in pairwise(rows):
        yield _page(report, routes.since_the_one_before(row.id), before, row)


def _page(report: Report, route: str, before: Snapshot, after: Snapshot | None) -> Page:
    pair = next((pair for pair in report.compared if pair.route == route), None)
    now = "now" if report.frozen is None else f"snapshot {report.frozen.name}"
    later = f"snapshot {after.id}" if after else now
    return PageWriter(report, route).page(
        "snapshot_comparisons",
        title=comparison_title(before.id, after.id if after else None),
        description=f"What happened between snapshot {before.id} and {later}: by meaning, and not by line.",
        is_wide=True,
        before=before,
        after=after,
        later=later,
        pair=pair,
        outlines=outlines(pair) if pair else (),
        chapters=chapters(pair) if pair else (),
        counts=counts(pair.comparison.events) if pair else (),
        begins_with=begins_with,
        told=frozenset(event.key for event in pair.comparison.told) if pair else frozenset(),
        unread=_unread(report, before, after),
    )


def counts(events: Sequence[Event]) -> tuple[tuple[Topic, int], ...]:
    """How many events there are of each topic that has any."""
    found = [TOPICS[event.kind] for event in events]
    return tuple((topic, found.count(topic)) for topic in Topic if topic in found)


def outlines(pair: Compared) -> tuple[Outline, ...]:
    """Each programme of the later side, with how it stood on the earlier one."""
    earlier = {pair.later.former.get(found.ref, found.ref): found for found in pair.earlier.programmes}
    return tuple(_outline(pair, earlier.get(programme.ref), programme) for programme in pair.later.programmes)


def _outline(pair: Compared, before: ProgrammeNode | None, after: ProgrammeNode) -> Outline:
    return Outline(
        after,
        Side(pair.earlier_name(before.ref), before.progress) if before else None,
        Side(pair.later_name(after.ref), after.progress),
        Count(_complete(before.milestones if before else ()), _complete(after.milestones)),
        Count(_complete(before.tasks if before else ()), _complete(after.tasks)),
    )


def _complete(nodes: Sequence[MilestoneNode | TaskNode]) -> tuple[int, int]:
    return sum(state_of(node) is State.COMPLETE for node in nodes), len(nodes)


def chapters(pair: Compared) -> tuple[Chapter, ...]:
    """What happened, by programme in the order of the later side; what concerns the portfolio itself comes first."""
    events = pair.comparison.events
    differing = figures(pair)
    titles = {"": None} | {programme.slug: programme.record.title for programme in pair.later.programmes}
    found = []
    for slug, title in titles.items():
        own = tuple(event for event in events if event.ref.programme == slug)
        of_topic = [(topic, tuple(event for event in own if TOPICS[event.kind] is topic)) for topic in Topic]
        moved = tuple(entry for entry in differing if entry.ref.programme == slug)
        if own or moved:
            found.append(Chapter(title, slug, tuple((topic, told) for topic, told in of_topic if told), moved))
    return tuple(found)


def figures(pair: Compared) -> tuple[Figures, ...]:
    """The milestones and tasks that stand on both sides, with other figures than before."""
    former = pair.later.former
    earlier = {former.get(node.ref, node.ref): node for node in pair.earlier.work}
    both = [(earlier[node.ref], node) for node in pair.later.work if node.ref in earlier]
    return tuple(
        Figures(
            after.ref,
            after.record.title or "",
            Side(pair.earlier_name(before.ref), before.progress),
            Side(pair.later_name(after.ref), after.progress),
        )
        for before, after in both
        if _values(before.progress) != _values(after.progress)
    )


def _values(progress: Progress) -> tuple[int | None, Fraction | None]:
    reported, computed = progress.reported, progress.computed
    return reported.value if reported else None, computed.value if computed else None


def _unread(report: Report, *rows: Snapshot | None) -> tuple[str, ...]:
    """The snapshots whose data could not be read."""
    known = {found.row.id for found in report.published}
    return tuple(row.id for row in rows if row is not None and row.id not in known)


KIND = PageKind(
    "snapshot-comparisons", "What happened between a snapshot and now, and since the one before it, by meaning.", make
)
