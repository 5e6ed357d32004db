"""The data folder to records and diagnostics, all at once: the first gate, text and shape.

Whatever stands in the folder, reading it ends in records or in diagnostics, never in an exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from milepost.data.files import find_files, read_file, shown
from milepost.data.records.milestone import Milestone
from milepost.data.records.person import Person
from milepost.data.records.portfolio import Portfolio
from milepost.data.records.programme import Programme
from milepost.data.records.registers import REGISTERS, RegisterEntry
from milepost.data.records.removal import Removal
from milepost.data.records.snapshot import Snapshot
from milepost.data.records.task import Task
from milepost.data.records.tracker import Tracker
from milepost.data.validation import Shaped, shape_list, shape_one
from milepost.data.yaml_reader import Document, read
from milepost.diagnostics import Diagnostic, Location, has_errors, ordered

DATA_FOLDER = "data"
LEDGER = "snapshots.yml"
REMOVED = "removed.yml"
YAML_ENDINGS = (".yml", ".yaml")
NEAR = 0.7
"""How much alike the names of two files are where one is taken for the other: 0 not at all, 1 wholly."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ProgrammeRecords:
    """The records of one programme's folder, as written: nothing is resolved yet."""

    programme: Programme
    milestones: tuple[Milestone, ...]
    tasks: tuple[Task, ...]
    tracker: Tracker
    registers: Mapping[str, tuple[RegisterEntry, ...]]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The records of the whole data folder."""

    portfolio: Portfolio
    people: tuple[Person, ...]
    programmes: Mapping[str, ProgrammeRecords]
    """By the name of the programme's folder."""
    documents: tuple[Document, ...]
    """Those whose texts may refer to entities: not the ledger, of which no row can be mended when one goes."""
    snapshots: tuple[Snapshot, ...]
    """The rows of the ledger, in its order."""
    removed: tuple[Removal, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading the data folder gave: the records, or None where the diagnostics hold an error."""

    records: Records | None
    diagnostics: tuple[Diagnostic, ...]


def load(project: Path) -> Loaded:
    """Read everything in the data folder of `project`."""
    reader = _Reader(project)
    records = reader.records()
    diagnostics = ordered(reader.diagnostics)
    return Loaded(None if has_errors(diagnostics) else records, diagnostics)


def _place_of(name: str, places: Iterable[str]) -> str:
    """The place that a misplaced file was most likely meant for; empty where none is near.

    The name of a file says what it holds; it may stand in the wrong folder, or be misspelt in the right one.
    """
    path = PurePosixPath(name)
    below = [place for place in sorted(places) if PurePosixPath(place).is_relative_to(path.parent)]
    for within in (below, sorted(places)):
        stems = get_close_matches(path.stem, {PurePosixPath(place).stem for place in within}, n=1, cutoff=NEAR)
        same = [place for place in within if PurePosixPath(place).stem in stems]
        if same:
            return max(same, key=lambda place: SequenceMatcher(None, name, place).ratio())
    return ""


class _Reader:
    """Reads the files of a data folder, each once, and keeps what it finds wrong."""

    def __init__(self, project: Path) -> None:
        found = find_files(project, DATA_FOLDER)
        self.project = project
        self.files = [name for name in found.names if name.endswith(YAML_ENDINGS)]
        self.refused = found.refused
        self.looked_for: set[str] = set()
        self.diagnostics: list[Diagnostic] = list(found.diagnostics)

    def records(self) -> Records | None:
        portfolio_file = self.required("portfolio.yml")
        people_file = self.document("people.yml")
        removed_file = self.document(REMOVED)
        portfolio = self.only(portfolio_file, Portfolio)
        people = self.keep(shape_list(people_file, Person))
        snapshots = self.keep(shape_list(self.document(LEDGER), Snapshot))
        removed = self.keep(shape_list(removed_file, Removal))
        slugs = sorted({PurePosixPath(name).parts[1] for name in self.files if name.startswith("programmes/")})
        programmes = {slug: found for slug in slugs if (found := self.programme(slug)) is not None}
        self.refuse_misplaced()
        if portfolio is None:
            return None
        documents = (portfolio_file, people_file, removed_file)
        return Records(portfolio, people, programmes, documents, snapshots, removed)

    def programme(self, slug: str) -> ProgrammeRecords | None:
        base = f"programmes/{slug}"
        if f"programmes/{slug}" in self.files:
            return None
        head = self.required(f"{base}/programme.yml")
        programme = self.only(head, Programme)
        tracker_file = self.document(f"{base}/tracker.yml")
        tracker = self.only(tracker_file, Tracker) if tracker_file.value is not None else Tracker()
        documents = [head, tracker_file]
        milestones = self.collection(f"{base}/milestones", Milestone, documents)
        tasks = self.collection(f"{base}/tasks", Task, documents)
        registers = {
            register.name: self.collection(f"{base}/registers/{register.name}", register.entry, documents)
            for register in REGISTERS
        }
        if programme is None or tracker is None:
            return None
        return ProgrammeRecords(programme, milestones, tasks, tracker, registers, tuple(documents))

    def collection(self, place: str, model: type[Model], documents: list[Document]) -> tuple[Model, ...]:
        """The entries of one kind, from `place`.yml and from every file below the folder `place`."""
        names = [name for name in self.files if name.startswith(f"{place}/")]
        parts = [self.document(name) for name in (f"{place}.yml", *names)]
        documents.extend(parts)
        return tuple(entry for part in parts for entry in self.keep(shape_list(part, model)))

    def only(self, document: Document, model: type[Model]) -> Model | None:
        """The one record of `document`; None where it is missing, broken or misshapen, which is reported."""
        if document.value is None and self.is_reported(document):
            return None
        records = self.keep(shape_one(document, model))
        return records[0] if records else None

    def keep(self, shaped: Shaped[Model]) -> tuple[Model, ...]:
        self.diagnostics.extend(shaped.diagnostics)
        return shaped.records

    def is_reported(self, document: Document) -> bool:
        return any(found.path == document.path for found in self.diagnostics)

    def required(self, name: str) -> Document:
        if name not in self.files and name not in self.refused:
            message, hint = f"the file {name} is missing", "Add it; the data reference says what it holds."
            self.report(name, "missing-field", message, hint)
        return self.document(name)

    def document(self, name: str) -> Document:
        """The file `name` as read; an empty document where there is none."""
        self.looked_for.add(name)
        if name not in self.files:
            return Document(self.shown(name), None, ())
        content = read_file(self.project, DATA_FOLDER, name)
        document = (
            Document(self.shown(name), None, (content,))
            if isinstance(content, Diagnostic)
            else read(self.shown(name), content)
        )
        self.diagnostics.extend(document.diagnostics)
        return document

    def refuse_misplaced(self) -> None:
        for name in self.files:
            if name not in self.looked_for:
                meant = _place_of(name, self.looked_for)
                hint = f"Did you mean {meant}?" if meant else "Move it to the place of its kind, or remove it."
                self.report(name, "misplaced-file", "nothing is read from this file", hint)

    def shown(self, name: str) -> str:
        """The path of a file as it is named to people."""
        return shown(DATA_FOLDER, name)

    def report(self, name: str, rule: str, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic.at(Location(self.shown(name), 1, 1), rule, message, hint))
