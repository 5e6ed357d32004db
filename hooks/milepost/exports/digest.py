"""What to tell people of some days: what completed, moved, slipped, is at risk or due, and where numbers disagree.

Events are told by their own day, those reported late once they are known, the rest as it stands. Corrections of words
are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from milepost.check.rules import milestone_overdue
from milepost.check.rules.descriptor import Finding
from milepost.data.loader import DATA_FOLDER
from milepost.data.records.registers.descriptor import ListedEntry
from milepost.data.records.tracker import Checkpoint
from milepost.data.records.update import UpdateKind
from milepost.diagnostics import Severity
from milepost.history.timeline import Past
from milepost.model import routes
from milepost.model.event_sentences import begins_with, figures, flat
from milepost.model.events import Event, events_from_data
from milepost.model.portal import MilestoneNode, Portal, ProgrammeNode, Ref
from milepost.model.status import State, is_outstanding, says_open, state_of
from milepost.model.topics import HOW_WORK_WENT, Topic
from milepost.report import Report
from milepost.text.dates import in_words, span_in_words, with_days_in_words
from milepost.text.plain import collapse

COMING_DAYS = 14
FEW = 3
"""How many things that are due are told where none is within the coming days, or their days are not known."""
TROUBLED = {State.AT_RISK: "at risk", State.BLOCKED: "blocked"}
FIGURE_WARNINGS = frozenset(
    {"milestone-overdue", "stale-progress", "started-before-dependency", "update-after-completion"}
)
"""Rules of whose warnings a figure is a part."""


TOPICS = {
    **HOW_WORK_WENT,
    UpdateKind.DECIDED: Topic.DECIDED,
    UpdateKind.RE_SCOPED: Topic.DECIDED,
    UpdateKind.ACCEPTED: Topic.DECIDED,
    UpdateKind.OPENED: Topic.DECIDED,
}
"""The section that tells of an event of each kind; an entry of a register that is opened is newly at risk instead."""
OF_THE_DAYS = tuple(topic for topic in Topic if topic not in (Topic.DUE, Topic.DISAGREEMENTS))
"""What happened, and not how things stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a digest tells, as bare text.

    programme: its slug. subject: what it is about; empty where the predicate says all. predicate: what is said of it,
    as it follows the subject. route: where it is told on the site; empty where nowhere. day: None where it has none.
    """

    programme: str
    subject: str
    predicate: str
    route: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one programme, under its title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What there is to tell on a topic, by programme in the portfolio's order."""

    topic: Topic
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many things it tells."""
        return sum(len(group.lines) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Digest:
    """What to tell of the days after `since` up to `until`: sections in the order of their topics, none of them empty.

    title: the portfolio's. is_whole: whether the data's history was wholly at hand.
    """

    title: str
    since: date
    until: date
    sections: tuple[Section, ...]
    is_whole: bool

    @property
    def headline(self) -> str:
        """The line that a mail has as its subject."""
        return f"{self.title}: what happened {span_in_words(self.since + timedelta(days=1), self.until)}"

    @property
    def lead(self) -> str:
        """The first sentence: how much there is to tell."""
        if not any(section.topic in OF_THE_DAYS for section in self.sections):
            return f"Nothing happened since {in_words(self.since)}."
        counts = "; ".join(f"{section.topic.lower()}: {section.count}" for section in self.sections)
        return f"{counts[0].upper()}{counts[1:]}."

    @property
    def note(self) -> str:
        """What may be missing, as a sentence; empty where nothing is."""
        if self.is_whole:
            return ""
        return "The data's history was not wholly at hand: changes that no report tells of may be missing here."


def make_digest(report: Report, past: Past, since: date, until: date) -> Digest:
    """The digest of the days after `since` up to `until`, which must not lie after the report's own day.

    past: that of the report. Raises ValueError where no day lies between.
    """
    if since >= until:
        raise ValueError(f"no day lies after {since.isoformat()} up to {until.isoformat()}")
    return _Editor(report, past, since, until).digest()


class _Editor:
    """Sorts what there is to tell into sections."""

    def __init__(self, report: Report, past: Past, since: date, until: date) -> None:
        self.report = report
        self.past = past
        self.portal = report.portal
        self.since = since
        self.until = until
        late = self._reported_late()
        self.events = tuple(event for event in report.events if since < event.day <= until or event.key in late)
        self.troubled = dict(self._newly_troubled())
        self.overdue = tuple(self._newly_overdue())

    def digest(self) -> Digest:
        lines: dict[Topic, list[Line]] = {topic: [] for topic in Topic}
        for event in self.events:
            topic = self._topic(event)
            if topic is not None:
                lines[topic].append(self._event(event))
        lines[Topic.AT_RISK] += [*self._troubles(), *(self._late(finding) for finding in self.overdue)]
        lines[Topic.DUE] += self._due()
        lines[Topic.DISAGREEMENTS] += self._disagreements()
        sections = [Section(topic, self._groups(found)) for topic, found in lines.items() if found]
        title = collapse(self.portal.portfolio.title)
        return Digest(title, self.since, self.until, tuple(sections), not self.report.gap)

    def _reported_late(self) -> frozenset[str]:
        """The events, by key, that were told of in these days, but happened before: no earlier digest has told them."""
        earlier = self._portal_on(self.since)
        if earlier is None:
            return frozenset()
        programmes = {self.portal.former.get(programme.ref, programme.ref) for programme in earlier.programmes}
        known = {event.key for event in events_from_data(earlier)}
        return frozenset(
            event.key
            for event in events_from_data(self._portal_at_the_end())
            if event.key not in known and event.day <= self.since and Ref(event.ref.programme) in programmes
        )

    def _topic(self, event: Event) -> Topic | None:
        """The section that tells of an event; None where none does."""
        if event.kind is UpdateKind.CORRECTED:
            return Topic.MOVED if event.moves else None
        if event.kind is UpdateKind.OPENED and isinstance(self.portal.entities[event.ref].record, ListedEntry):
            # What was closed again in these days is told by its end.
            ended = any(other.ref == event.ref and other.kind is UpdateKind.CLOSED for other in self.events)
            return None if ended else Topic.AT_RISK
        return Topic.AT_RISK if self._is_trouble(event) else TOPICS[event.kind]

    def _is_trouble(self, event: Event) -> bool:
        """Whether an event tells of nothing but the status of what is newly at risk or blocked."""
        is_standing = event.key.endswith("/standing") and not event.moves
        return event.kind is UpdateKind.REGRESSED and is_standing and event.ref in self.troubled

    def _event(self, event: Event) -> Line:
        return self._line(event.ref, f"{flat(event.text)}{figures(event)}", event.route, event.day)

    def _line(self, ref: Ref, text: str, route: str, day: date | None = None) -> Line:
        """A line on an entity: `T1 moved` becomes what is said of `T1 Dredge the basin`."""
        said = with_days_in_words(text)
        entity = self.portal.entities[ref]
        if not ref.id:
            return Line(ref.programme, "", said, route, day)
        predicate = said.removeprefix(ref.id) if begins_with(said, ref.id) else f": {said}"
        return Line(ref.programme, collapse(entity.label), predicate, route, day)

    def _newly_troubled(self) -> Iterator[tuple[Ref, State]]:
        """What was not at risk or blocked on the last day before, and is on the last day."""
        earlier = self._portal_on(self.since)
        if earlier is None:
            return
        before, after = self._states(earlier), self._states(self._portal_at_the_end())
        programmes = {self.portal.former.get(programme.ref, programme.ref) for programme in earlier.programmes}
        for ref, state in after.items():
            known = before.get(ref)
            stood = Ref(ref.programme) in programmes
            worse = state in TROUBLED and known is not state and known is not State.BLOCKED
            if stood and worse and ref in self.portal.entities:
                yield ref, state

    def _states(self, portal: Portal) -> dict[Ref, State]:
        """Where each milestone and task of a portal stands, by the name that it has now."""
        return {self.portal.former.get(node.ref, node.ref): state_of(node) for node in portal.work}

    def _portal_on(self, day: date) -> Portal | None:
        """The portal as it was at the end of `day`; None where no revision is so old."""
        found = [portal for revised, portal in self.past.days if revised <= day]
        return found[-1] if found else None

    def _portal_at_the_end(self) -> Portal:
        """The portal as it was at the end of the last day: the report's own, unless it was revised since."""
        is_revised = any(revised > self.until for revised, _ in self.past.days)
        return (self._portal_on(self.until) if is_revised else None) or self.portal

    def _troubles(self) -> Iterator[Line]:
        known = {event.ref for event in self.events if self._is_trouble(event)}
        for ref, state in self.troubled.items():
            if ref not in known:
                text = f"{ref.id} is now {TROUBLED[state]}."
                yield self._line(ref, text, self.portal.entities[ref].route)

    def _newly_overdue(self) -> Iterator[Finding]:
        """The milestones that are not complete, and whose last day was the one before, or one of these but the last."""
        for finding in milestone_overdue.check(self._portal_at_the_end()):
            end = date.fromisoformat(finding.figures["end"])
            if self.since <= end < self.until and finding.ref in self.portal.entities:
                yield finding

    def _late(self, finding: Finding) -> Line:
        node = self._portal_at_the_end().node(finding.ref)
        said = says_open(node) if isinstance(node, MilestoneNode) else None
        end = in_words(date.fromisoformat(finding.figures["end"]))
        text = f"its window ended on {end}, but {f'it {said.words}' if said else 'nothing says that it is complete'}."
        return self._line(finding.ref, text, self.portal.entities[finding.ref].route)

    def _due(self) -> Iterator[Line]:
        """What is due in the coming days, else next; and what is next of those whose days are not known."""
        dated: list[Line] = []
        for programme in self.portal.programmes:
            if _still_reports(programme, self.until):
                known, unknown = self._plans(programme)
                dated += known
                yield from unknown[:FEW]
        dated.sort(key=lambda line: line.day or self.until)
        horizon = self.until + timedelta(days=COMING_DAYS)
        yield from [line for line in dated if line.day and line.day <= horizon] or dated[:FEW]

    def _plans(self, programme: ProgrammeNode) -> tuple[list[Line], list[Line]]:
        """What of a programme is still to come by its day, and what is planned in weeks alone, by its week."""
        start = programme.record.start
        dated: list[Line] = []
        weeks: list[tuple[int, Line]] = []
        for checkpoint in programme.tracker.checkpoints:
            day, line = checkpoint.last_day(start), self._checkpoint(programme, checkpoint)
            if day is None:
                weeks.append((checkpoint.week or 0, line))
            elif day > self.until:
                dated.append(line)
        for milestone in programme.milestones:
            window = milestone.record.window
            if window is None or not is_outstanding(milestone):
                continue
            days, route = window.days(start), self.portal.entities[milestone.ref].route
            if days is not None and days[1] > self.until:
                dated.append(self._line(milestone.ref, f"{milestone.ref.id} is planned to end.", route, days[1]))
            elif days is None and window.weeks is not None:
                text = f"{milestone.ref.id} is planned to end in week {window.weeks[1]}; its day is not known."
                weeks.append((window.weeks[1], self._line(milestone.ref, text, route)))
        return dated, [line for _, line in sorted(weeks, key=lambda pair: pair[0])]

    def _checkpoint(self, programme: ProgrammeNode, checkpoint: Checkpoint) -> Line:
        day = checkpoint.last_day(programme.record.start)
        weekday = f"{checkpoint.weekday.capitalize()} of " if checkpoint.weekday else ""
        when = f", {weekday}week {checkpoint.week}; its day is not known" if day is None else ""
        what = f": {with_days_in_words(flat(checkpoint.text))}" if checkpoint.text else "."
        return Line(programme.slug, flat(checkpoint.title), f"{when}{what}", routes.tracker(programme.slug), day)

    def _disagreements(self) -> Iterator[Line]:
        """Where figures disagree now: what is accepted, and what is warned of and not told above."""
        verdict, known = self.report.verdict, {finding.message for finding in self.overdue}
        for entry in verdict.accepted:
            if entry.finding.message not in known:
                text = f"{flat(entry.finding.message)}. Accepted: {flat(entry.acceptance.reason)}"
                yield self._line(entry.finding.ref, text, self.portal.entities[entry.finding.ref].route)
        for found in verdict.diagnostics:
            of_figures = found.severity is Severity.WARNING and found.rule in FIGURE_WARNINGS
            if of_figures and found.message not in known:
                known.add(found.message)
                slug = found.path.removeprefix(f"{DATA_FOLDER}/programmes/").partition("/")[0]
                yield Line(slug, "", with_days_in_words(f"{flat(found.message)}."), routes.programme(slug))

    def _groups(self, lines: Iterable[Line]) -> tuple[Group, ...]:
        order = {programme.slug: place for place, programme in enumerate(self.portal.programmes)}
        ranked = sorted(lines, key=lambda line: (order[line.programme], line.day is None, line.day or self.until))
        by_programme = groupby(ranked, key=lambda line: line.programme)
        return tuple(Group(self._title(slug), tuple(found)) for slug, found in by_programme)

    def _title(self, slug: str) -> str:
        return collapse(self.portal.entities[Ref(slug)].label)


def _still_reports(programme: ProgrammeNode, day: date) -> bool:
    closed = programme.record.closed
    return closed is None or (isinstance(closed, date) and day <= closed)
