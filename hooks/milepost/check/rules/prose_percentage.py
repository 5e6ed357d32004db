"""A sentence that gives an entity a figure that the data does not.

Why: a figure in a sentence goes stale unseen, and readers believe sentences first. A dated report tells of its own
day, so it is compared with the figures of that day. What is wished for, past, or about something else than progress is
left alone.

Example, in `data/programmes/demo/tasks.yml`:

    - id: UT-004
      progress: 60
      notes: [UT-004 stands at 80 %.]

Output:

    data/programmes/demo/tasks.yml:3:11: error[prose-percentage] this says that UT-004 stands at 80 %, but 60 % is reported
      3 |   notes: [UT-004 stands at 80 %.]
        |           ^
      Correct the sentence, or accept it in UT-004: accept: [{rule: prose-percentage, figures: {said: 80, reported: 60}, reason: ...}]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.data.records.base import Accepting, Record
from milepost.data.sentences_of_pages import AuthoredProse
from milepost.diagnostics import Location
from milepost.history.timeline import dated_figures
from milepost.model.figures import computed_key, dated_key, reported_key, update_key
from milepost.model.portal import Entity, MilestoneNode, Node, Portal, ProgrammeNode, Ref, TaskNode
from milepost.model.progress import Progress, rounded, shown
from milepost.text.claims import Claim, claims
from milepost.text.sentence import SAID

NO_STATEMENTS = frozenset({"title", "objective", "goals", "key_tests", "prerequisites", "source", "version"})
"""Fields that name a thing, or say what is wished for."""


@dataclass(frozen=True, slots=True)
class Source:
    """A record that holds sentences."""

    record: Record
    own: Node | None
    """The node that the sentences are about where they name none."""
    day: date | None = None
    """The day of the report, where the record is one."""
    reported: int | None = None
    """The percentage that the report gives."""
    key: str = ""
    """The key of that percentage."""


@dataclass(frozen=True, slots=True)
class Known:
    """The percentages that the data has for a node."""

    figures: Mapping[str, str]
    """The percentages by name, as text."""
    words: str
    """The same as a part of a message."""
    agreeing: frozenset[str]
    """Every percentage, as text, that agrees with them."""
    cites: tuple[str, ...] = ()
    """The key of each percentage in `words`."""


def check(portal: Portal) -> Iterator[Finding]:
    """Each sentence of the data whose figure the data does not have."""
    reader = _Reader(portal)
    for programme in portal.programmes:
        for source in _sources(programme):
            for text, path in _texts(source.record):
                for claim in dict.fromkeys(reader.claims(text, programme.slug)):
                    finding = reader.compare(claim, programme.slug, source, source.record.location(*path))
                    if finding is not None:
                        yield finding


def check_prose(portal: Portal, pages: Sequence[AuthoredProse]) -> Iterator[Finding]:
    """Each sentence of an authored page whose figure the data does not have."""
    reader = _Reader(portal)
    slugs = {programme.slug: programme for programme in portal.programmes}
    for page in pages:
        own = slugs.get(page.programme or "")
        for claim in reader.claims(page.text, page.programme):
            source = Source(own.record if own else portal.portfolio, own)
            finding = reader.compare(claim, page.programme, source, page.location(claim.offset))
            if finding is not None:
                yield finding


class _Reader:
    """Reads claims, and finds what the portal knows of them."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.nodes = {node.ref: node for programme in portal.programmes for node in programme.nodes}
        self.dated = {programme.slug: dated_figures(programme) for programme in portal.programmes}
        titled = [entity for entity in portal.entities.values() if entity.title and entity.ref in self.nodes]
        programmes = [entity for entity in titled if not entity.ref.id]
        within: dict[str | None, list[Entity]] = {slug: list(programmes) for slug in (None, *self.dated)}
        for entity in titled:
            if entity.ref.id:
                within[entity.ref.programme].append(entity)
        self.titles = {slug: _titles(entities) for slug, entities in within.items()}

    def claims(self, text: str, slug: str | None) -> Iterator[Claim]:
        return claims(text, self.titles.get(slug, {}))

    def compare(self, claim: Claim, slug: str | None, source: Source, location: Location) -> Finding | None:
        node = self.subject(claim, slug, source)
        known = self.known(node, source) if node else None
        if node is None or known is None or claim.figure in known.agreeing:
            return None
        name = node.ref.id or node.ref.programme
        figures = {"said": claim.figure, **known.figures}
        subjects = {id(record): record for record in (source.record, node.record) if isinstance(record, Accepting)}
        return Finding(
            ref=node.ref,
            places=(location,),
            message=f"this says that {name} stands at {claim.figure} %, but {known.words}",
            hint="Correct the sentence.",
            figures=figures,
            subjects=tuple(subjects.values()),
            cites=(SAID, *known.cites),
        )

    def subject(self, claim: Claim, slug: str | None, source: Source) -> Node | None:
        if claim.subject is None:
            own = source.own
            kind = self.portal.entities[own.ref].kind if own else ""
            return own if claim.kind in ("", kind) else None
        ref = self.titles.get(slug, {}).get(claim.subject)
        entity = self.portal.find(claim.subject, slug) if ref is None else None
        return self.nodes.get(ref or (entity.ref if entity else Ref("")))

    def known(self, node: Node, source: Source) -> Known | None:
        """What the data says of `node` on the day of the source; None where it has no figure of that day."""
        if source.day is None:
            return _standing(node.ref, node.progress)
        if node is source.own and source.reported is not None:
            return _of_day(source.reported, source.day, source.key)
        earlier = [entry for entry in self.series(node) if entry[0] <= source.day]
        return _of_day(earlier[-1][1], earlier[-1][0], dated_key(node.ref, earlier[-1][0])) if earlier else None

    def series(self, node: Node) -> tuple[tuple[date, int], ...]:
        if isinstance(node, MilestoneNode):
            updates = node.record.updates
            return tuple(sorted((entry.date, entry.progress) for entry in updates if entry.progress is not None))
        return self.dated[node.ref.programme].get(node.ref.id, ()) if isinstance(node, TaskNode) else ()


def _titles(entities: Sequence[Entity]) -> dict[str, Ref]:
    """The entity of each title that only one of `entities` has."""
    counted = Counter(entity.title for entity in entities)
    return {entity.title: entity.ref for entity in entities if entity.title and counted[entity.title] == 1}


def _of_day(figure: int, day: date, key: str) -> Known:
    words = f"the figure of {day.isoformat()} is {figure} %"
    return Known({"reported": str(figure)}, words, frozenset({str(figure)}), (key,))


def _standing(ref: Ref, progress: Progress) -> Known:
    computed = progress.all_computed
    agreeing = {shown(entry.value) for entry in computed} | {str(rounded(entry.value)) for entry in computed}
    figures: dict[str, str] = {}
    cites: list[str] = []
    if progress.reported:
        figures["reported"] = str(progress.reported.value)
        cites.append(reported_key(ref))
    if computed:
        figures["computed"] = shown(computed[0].value)
        cites.append(computed_key(ref, progress, computed[0]))
    words = " and ".join(f"{figure} % is {name}" for name, figure in figures.items())
    if not figures:
        return Known({"reported": "none"}, "no figure of it is reported", frozenset())
    return Known(figures, words, frozenset({*agreeing, *figures.values()}), tuple(cites))


def _sources(programme: ProgrammeNode) -> Iterator[Source]:
    by_id = {node.ref.id: node for node in programme.nodes}
    yield Source(programme.record, programme)
    for node in programme.work:
        yield Source(node.record, node)
        for update in node.record.updates:
            yield Source(update, node, update.date, update.progress, update_key(node.ref, update))
        if isinstance(node, TaskNode):
            yield from (Source(part.record, part) for part in node.parts)
            if node.row is not None:
                yield Source(node.row, node)
    for activity in programme.tracker.activity:
        own = by_id.get(activity.refs[0]) if len(activity.refs) == 1 else None
        yield Source(activity, own, activity.date)
    for _, entry in programme.entries:
        yield Source(entry, None, getattr(entry, "date", None) or getattr(entry, "raised", None))


def _texts(record: Record) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """The sentences that a record itself holds, each with its path in the record."""
    for field, value in record:
        if field in NO_STATEMENTS:
            continue
        if isinstance(value, str):
            yield value, (field,)
        elif isinstance(value, tuple):
            yield from ((item, (field, place)) for place, item in enumerate(value) if isinstance(item, str))
        elif isinstance(value, dict):
            yield from ((item, (field, key)) for key, item in value.items() if isinstance(item, str))


RULE = PortalRule("prose-percentage", check, check_prose=check_prose)
