"""How much of the data a check watches: each value of the programmes is made wrong in turn, and the check is run.

    python site_tests/rules/measure_mutations.py

A value is made wrong in its form ("malformed"), where nothing but its own field is needed to see it, and in its meaning
("wrong"), where it is well-formed and only another place in the data can contradict it. Noticed: the check finds
anything at all in what was sound before. At its place: one of the findings stands at the very value.

What is wrong and not noticed has no second source in the data. `NO_SECOND_SOURCE` says why that is so for each kind of
value; what it does not name is printed as open. tests/rules hold single kinds; this measures the whole.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import Pool
from pathlib import Path

from milepost.check.rules import RULES
from milepost.data.records.milestone import Role
from milepost.data.records.registers.risks import RiskStatus
from milepost.data.records.scalars import Level, Status, Track
from milepost.data.records.tracker import Frequency, Weekday
from milepost.data.records.update import UpdateKind

# The tests' own folder: pytest adds it by itself.
sys.path.insert(0, str(Path(__file__).parents[1]))

from test_mutations import (
    DAYS,
    LISTS_OF_REFERENCES,
    PEOPLE,
    PROGRAMMES,
    REFERENCES,
    Spot,
    Workshop,
    in_acceptance,
    is_figure,
)

PROCESSES = 2
WORDS: Mapping[str, tuple[str, ...]] = {
    "frequency": tuple(Frequency),
    "impact": tuple(Level),
    "kind": tuple(UpdateKind),
    "listed": ("active", "closed"),
    "role": tuple(Role),
    "status": tuple(Status),
    "track": tuple(Track),
    "weekday": tuple(Weekday),
}
"""The fields that take one of a few words, and the words."""

NO_SECOND_SOURCE = {
    "text": "a sentence, title or name is said once; what it says of figures is compared, the rest has no other source",
    "figure": "the seventeen figures of ALONE in test_mutations.py, with the reason of each",
    "day": "a report, decision or reading is dated once; only its order, the last day and days of completion bind it",
    "id": "nothing refers to it: it is its own source, and may be called anything",
    "reference": "a mention of another thing that exists: what a report concerns is said by the report alone",
    "person": "an owner or approver is named once; where the tracker names one too, both are compared",
    "word": "what kind of report, meeting, role or track it is, is said once; a status is bound by its figure alone, "
    "since work that is taken up again keeps its day of completion",
    "number": "a planned week is said once, and another one is a plan like it; only its order is bound",
    "acceptance's rule": "never: an acceptance of another rule matches nothing",
    "acceptance's figure": "never: an acceptance of other figures matches nothing",
}
"""Why a wrong value of a kind can go unnoticed, and rightly."""


@dataclass(frozen=True)
class Mutation:
    """Another text for a value: how it is wrong, and whether that shows in its form."""

    spot: Spot
    text: str
    kind: str
    how: str
    malformed: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a mutation."""

    mutation: Mutation
    noticed: bool
    at_place: bool


def kind_of(spot: Spot) -> str:
    """What kind of value stands at `spot`."""
    field = spot.field
    kinds = {
        "acceptance's figure": in_acceptance(spot),
        "acceptance's rule": "accept" in spot.path and field == "rule",
        "figure": is_figure(spot),
        "day": field in DAYS,
        "person": field in PEOPLE,
        "id": field == "id",
        "reference": field in (LISTS_OF_REFERENCES if spot.is_item else REFERENCES),
        "word": field in WORDS,
        "number": field in {"weeks", "week"},
    }
    return next((kind for kind, is_so in kinds.items() if is_so), "text")


def mutations(spot: Spot, spots: Iterable[Spot], people: Iterable[str]) -> Iterator[Mutation]:
    """Every way in which the value at `spot` is made wrong."""
    kind = kind_of(spot)
    for how, text in MALFORMED[kind].items():
        yield Mutation(spot, text, kind, how, malformed=True)
    for how, text in _wrong(kind, spot, list(spots), people):
        if text != spot.text:
            yield Mutation(spot, text, kind, how, malformed=False)


MALFORMED: Mapping[str, Mapping[str, str]] = {
    "figure": {"no figure": "abc", "out of range": "101"},
    "day": {"no day": "tomorrow", "not in the calendar": "2025-02-30"},
    "id": {"no id": "../x 1"},
    "reference": {"no id": "../x 1"},
    "person": {"no id": "../x 1"},
    "word": {"no such word": "sideways"},
    "number": {"no number": "soon"},
    "text": {"empty": '""', "markup": '"<script>x</script>"'},
    "acceptance's rule": {"no id": "../x 1"},
    "acceptance's figure": {"a list": "[1]"},
}
"""By kind, and by how it is wrong, what stands in the value's place."""


def _wrong(kind: str, spot: Spot, spots: list[Spot], people: Iterable[str]) -> Iterator[tuple[str, str]]:
    """How a value can be wrong and well-formed, and what then stands in its place."""
    written = spot.text
    if kind == "figure":
        value = int(written.removesuffix("%"))
        yield "another by one", str(value - 1 if value == 100 else value + 1)
        yield "another by much", str(value - 50 if value >= 50 else value + 50)
    elif kind == "day":
        yield "in the future", "2031-01-01"
        if written != "undated":
            day = date.fromisoformat(written)
            yield "the day after", (day + timedelta(days=1)).isoformat()
            yield "a month before", (day - timedelta(days=30)).isoformat()
    elif kind == "number":
        yield from (("another by one", str(int(written) + 1)), ("another by much", str(int(written) + 20)))
    elif kind == "acceptance's figure":
        yield "another", str(int(written) + 1) if written.isdigit() else "another"
    elif kind == "id":
        yield "another id", "X999" if spot.path != ("id",) else "another"
    else:
        yield from UNKNOWN.get(kind, ())
        yield from (("another that exists", other) for other in _others(kind, spot, spots, people))


UNKNOWN = {
    "reference": [("unknown", "X999")],
    "person": [("unknown", "nobody-at-all")],
    "acceptance's rule": [("unknown", "no-such-rule")],
    "text": [("another text", "Something else altogether")],
}
"""By kind, what nothing has or says: how it is wrong, and the name or text."""


def _others(kind: str, spot: Spot, spots: list[Spot], people: Iterable[str]) -> Iterator[str]:
    """What else could stand at `spot`: each of the words that it may be, or one more of what it names."""
    if kind == "word":
        words = RiskStatus if "risks" in spot.file and spot.field == "status" else WORDS[spot.field]
        yield from (str(word) for word in words)
    elif kind == "person":
        yield next(person for person in people if person != spot.text)
    elif kind == "acceptance's rule":
        yield next(rule.name for rule in RULES if rule.name != spot.text)
    elif kind == "reference":
        ids = [other for other in spots if other.field == "id" and len(other.path) > 1 and "updates" not in other.path]
        own = next((other for other in ids if other.text == spot.text), None)
        beside = [other.text for other in ids if own and other.file == own.file and len(other.path) == len(own.path)]
        yield from [text for text in beside if text != spot.text][:1]


def measure(part: tuple[str, int]) -> list[Outcome]:
    """The outcomes of every `PROCESSES`th value of a programme, beginning with that number."""
    slug, first = part
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder), [slug])
        spots = workshop.spots()
        people = [spot.text for spot in spots if spot.file == "data/people.yml" and spot.field == "id"]
        own = [spot for spot in spots if spot.file.startswith("data/programmes/")]
        return [
            _outcome(workshop, mutation) for spot in own[first::PROCESSES] for mutation in mutations(spot, own, people)
        ]


def _outcome(workshop: Workshop, mutation: Mutation) -> Outcome:
    spot = mutation.spot
    path = workshop.folder / spot.file
    whole = path.read_text("utf-8")
    written = whole[spot.start : spot.end]
    # A block of text ends with its line; what comes after must begin on one of its own.
    end = spot.start + len(written.rstrip())
    path.write_text(whole[: spot.start] + mutation.text + whole[end:], "utf-8")
    try:
        found = workshop.findings
    finally:
        path.write_text(whole, "utf-8")
    at_place = any((entry.path, entry.line, entry.column) == spot.place for entry in found)
    return Outcome(mutation, bool(found), at_place)


def told(outcomes: list[Outcome]) -> Iterator[str]:
    """The measures, in lines."""
    values = {(outcome.mutation.spot.file, outcome.mutation.spot.path) for outcome in outcomes}
    yield f"all {len(values)} values: {_share(outcomes)}"
    for malformed, title in ((True, "malformed"), (False, "wrong, but well-formed")):
        chosen = [outcome for outcome in outcomes if outcome.mutation.malformed is malformed]
        yield f"{title}: {_share(chosen)}"
        groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
        for outcome in chosen:
            groups[outcome.mutation.kind, outcome.mutation.how].append(outcome)
        for (kind, how), group in sorted(groups.items()):
            yield f"  {kind}: {how}: {_share(group)}"
    yield "not noticed, by field:"
    unnoticed = [outcome.mutation for outcome in outcomes if not outcome.noticed]
    for kind in sorted({mutation.kind for mutation in unnoticed}):
        counted = Counter(f"{entry.spot.field} ({entry.how})" for entry in unnoticed if entry.kind == kind)
        yield f"  {kind}: {NO_SECOND_SOURCE.get(kind, 'open: no reason is known')}"
        yield from (f"    {number} {name}" for name, number in sorted(counted.items()))


def _share(group: list[Outcome]) -> str:
    noticed, at_place = (sum(outcome.noticed for outcome in group), sum(outcome.at_place for outcome in group))
    return f"{noticed} of {len(group)} noticed ({noticed / len(group):.1%}), {at_place} at the value's place"


if __name__ == "__main__":
    with Pool(PROCESSES) as pool:
        parts = [(slug, first) for slug in PROGRAMMES for first in range(PROCESSES)]
        measured = [outcome for found in pool.imap(measure, parts, chunksize=1) for outcome in found]
    sys.stdout.writelines(f"{line}\n" for line in told(measured))
