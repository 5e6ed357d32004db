"""The project's own data, one value at a time made wrong: the check must say so at that line and column.

Each programme is checked by itself, with a portfolio that lists it alone, so that hundreds of mutations take seconds. A
value is found by walking the YAML with the library's own composer, not with the code that is tested.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from conftest import PROJECT, TODAY
from milepost.check.run import check_project
from milepost.diagnostics import Diagnostic
from milepost.exports import export_json

PROGRAMMES = ("edulure", "fixnado", "marketplace-launch", "platform-hardening", "service-restoration")
FIGURES = {"edulure": 83, "fixnado": 12, "marketplace-launch": 7, "platform-hardening": 5, "service-restoration": 4}
"""How many figures the documents state, as issue 2 counts them: 111."""

ALONE = {
    "fixnado/T2A": "no status, no figures of its subtasks, and its milestone neither reports a figure nor is approved",
    "fixnado/T2B": "as T2A",
    "fixnado/T3A": "as T2A",
    "fixnado/T3B": "as T2A",
    "fixnado/T4A": "as T2A",
    "fixnado/T4B": "as T2A",
    "fixnado/T5A": "as T2A",
    "fixnado/T5B": "as T2A",
    "fixnado/T6A": "as T2A",
    "fixnado/T6B": "as T2A",
    "edulure/DT1": "a design task: no status, no subtasks, no milestone",
    "edulure/DT2": "as DT1",
    "edulure/DT3": "as DT1",
    "edulure/DT4": "as DT1",
    "edulure/DT5": "as DT1",
    "platform-hardening/M4": "its tasks state no figure, and nothing says that its exit was achieved",
    "service-restoration/M1": "its tasks state no figure, and nothing says that its exit was achieved",
}
"""The figures that nothing else in the data speaks of, so that another cannot be told from the right one.

When data or a rule gives one of them a second source, its line here goes.
"""

LISTS_OF_REFERENCES = {
    "refs",
    "depends_on",
    "includes",
    "subtasks",
    "milestones",
    "supersedes",
    "attendees",
    "programmes",
}
REFERENCES = {"owner", "by", "task", "milestone"}
PEOPLE = {"owner", "by", "attendees"}
DAYS = {"date", "completed", "closed", "recorded", "updated", "start", "end", "raised", "until", "review_by"}

Place = tuple[str, int, int]
Step = str | int


@dataclass(frozen=True)
class Spot:
    """A scalar of a data file: where it stands, along which path, and what stands there."""

    file: str
    path: tuple[Step, ...]
    text: str
    line: int
    column: int
    start: int
    end: int

    @property
    def place(self) -> Place:
        return self.file, self.line, self.column

    @property
    def field(self) -> str:
        """The name of the field that holds it, or that holds the list which it stands in."""
        return next(step for step in reversed(self.path) if isinstance(step, str))

    @property
    def is_item(self) -> bool:
        return isinstance(self.path[-1], int)


class Workshop:
    """A copy of some of the data, in which one value is changed, checked and put back."""

    def __init__(self, folder: Path, programmes: Iterable[str]) -> None:
        self.folder = folder
        self.data = folder / "data"
        (self.data / "programmes").mkdir(parents=True)
        for name in ("portfolio.yml", "people.yml"):
            shutil.copy(PROJECT / "data" / name, self.data)
        for slug in programmes:
            shutil.copytree(PROJECT / "data/programmes" / slug, self.data / "programmes" / slug)
        portfolio = self.data / "portfolio.yml"
        only = f"programmes: [{', '.join(programmes)}]"
        portfolio.write_text(
            re.sub(r"^programmes: .*$", only, portfolio.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
        )

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        return check_project(self.folder, TODAY).diagnostics

    def spots(self) -> list[Spot]:
        """Every scalar of every file, in the order of the files and of what stands in them."""
        return [spot for path in sorted(self.data.rglob("*.yml")) for spot in self.spots_of(path)]

    def spots_of(self, path: Path) -> Iterator[Spot]:
        name = path.relative_to(self.folder).as_posix()
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
        yield from _spots(name, (), node)

    def places_with(self, spot: Spot, text: str) -> set[tuple[Place, str]]:
        """Where errors are found, and of which rule, when `text` stands at `spot`."""
        path = self.folder / spot.file
        whole = path.read_text("utf-8")
        path.write_text(whole[: spot.start] + text + whole[spot.end :], "utf-8")
        try:
            return {((found.path, found.line, found.column), found.rule) for found in self.findings}
        finally:
            path.write_text(whole, "utf-8")

    def unnoticed(self, mutations: Iterable[tuple[Spot, str]], *rules: str) -> list[str]:
        """The mutations for which no finding of `rules`, or of any where none is given, stands at the very value."""
        return [
            f"{spot.file}:{spot.line}:{spot.column}: {spot.text} -> {text}"
            for spot, text in mutations
            if not any(
                place == spot.place and (not rules or rule in rules) for place, rule in self.places_with(spot, text)
            )
        ]


def _spots(file: str, path: tuple[Step, ...], node: yaml.Node | None) -> Iterator[Spot]:
    if isinstance(node, yaml.ScalarNode):
        mark = node.start_mark
        yield Spot(file, path, node.value, mark.line + 1, mark.column + 1, mark.index, node.end_mark.index)
    elif isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            yield from _spots(file, (*path, number), child)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            yield from _spots(file, (*path, key.value), child)


def in_acceptance(spot: Spot) -> bool:
    return "figures" in spot.path


def is_figure(spot: Spot) -> bool:
    return spot.field == "progress" and not in_acceptance(spot)


def is_id(spot: Spot) -> bool:
    return spot.field == "id" and "updates" not in spot.path


def is_day(spot: Spot) -> bool:
    return spot.field in DAYS and not in_acceptance(spot)


def is_reference(spot: Spot) -> bool:
    return spot.field in (LISTS_OF_REFERENCES if spot.is_item else REFERENCES) and not in_acceptance(spot)


def name_of(spot: Spot, spots: Iterable[Spot]) -> str:
    """What the figure at `spot` is of: `fixnado/T1B`; an item of a sprint by its number."""
    slug = spot.file.split("/")[2]
    beside = {other.path: other.text for other in spots if other.file == spot.file}
    if "items" in spot.path:
        record, number = spot.path[:-3], f"/{spot.path[-2]}"
    else:
        record, number = spot.path[:-1], ""
    return f"{slug}/{beside.get((*record, 'id')) or beside[(*record, 'task')]}{number}"


@pytest.fixture(scope="module")
def workshops(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Workshop]:
    made: dict[str, Workshop] = {}

    def workshop(slug: str) -> Workshop:
        if slug not in made:
            made[slug] = Workshop(tmp_path_factory.mktemp(slug), [slug])
        return made[slug]

    return workshop


@pytest.fixture(params=PROGRAMMES)
def workshop(request: pytest.FixtureRequest, workshops: Callable[[str], Workshop]) -> Workshop:
    """A programme of the project, by itself."""
    return workshops(request.param)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """All of the project's data."""
    return Workshop(tmp_path_factory.mktemp("whole"), PROGRAMMES)


def reported(value: object) -> Iterator[int]:
    """Every reported figure below `value`, a piece of the export."""
    if isinstance(value, dict):
        progress = value.get("progress")
        if isinstance(progress, dict) and progress["reported"] is not None:
            yield progress["reported"]
        for inner in value.values():
            yield from reported(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from reported(inner)


class TestTheDataAsItIs:
    def test_it_is_sound(self) -> None:
        checked = check_project(PROJECT, TODAY)
        assert checked.is_sound
        assert checked.diagnostics == ()

    def test_each_programme_is_sound_by_itself(self, workshop: Workshop) -> None:
        """Else a mutation would be drowned in what is wrong anyway."""
        assert workshop.findings == ()

    def test_the_export_holds_the_figures_of_the_documents(self) -> None:
        portal = check_project(PROJECT, TODAY).portal
        assert portal is not None
        counts = {
            entry["id"]: sum(1 for _ in reported(entry)) for entry in json.loads(export_json(portal))["programmes"]
        }
        assert counts == FIGURES
        assert sum(counts.values()) == 111

    def test_they_are_the_figures_that_the_data_states(self, whole: Workshop) -> None:
        portal = check_project(PROJECT, TODAY).portal
        assert portal is not None
        exported = {entry["id"]: Counter(reported(entry)) for entry in json.loads(export_json(portal))["programmes"]}
        stated: dict[str, Counter[int]] = {slug: Counter() for slug in PROGRAMMES}
        for spot in filter(is_figure, whole.spots()):
            stated[spot.file.split("/")[2]][int(spot.text.removesuffix("%"))] += 1
        assert exported == stated

    def test_the_mutations_below_reach_as_much_as_there_is(self, whole: Workshop) -> None:
        """A walk that lost its way would find nothing wrong. Counted by the lines of the files, not by the walk."""
        text = "\n".join(path.read_text("utf-8") for path in sorted((PROJECT / "data").rglob("*.yml")))
        spots = whole.spots()
        # The days that an acceptance names are figures.
        facts = re.sub(r"figures: \{.*\}", "", text)
        days = len(re.findall(r"\b(?:date|completed|closed|recorded|updated): *(?:\d{4}-\d\d-\d\d|undated)\b", facts))
        people = len(re.findall(r"\b(?:owner|by): *[a-z-]+$", text, re.MULTILINE))
        ids = len(re.findall(r"(?:^|\{|- | )id: *[\w.-]+", text, re.MULTILINE))
        assert sum(map(is_figure, spots)) == 111
        assert sum(map(is_day, spots)) == days > 50
        assert sum(map(is_id, spots)) == ids - text.count("id: U2") > 200
        assert (
            sum(1 for spot in spots if is_reference(spot) and not spot.is_item and spot.field in PEOPLE) == people > 20
        )
        assert sum(1 for spot in spots if is_reference(spot)) > 120


class TestFigures:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("abc", "percentage-format"),
            ("4.5", "percentage-format"),
            ("101", "percentage-range"),
            ("-1", "percentage-range"),
        ],
    )
    def test_one_malformed_or_out_of_range_is_an_error_at_its_place(
        self, workshop: Workshop, text: str, rule: str
    ) -> None:
        figures = list(filter(is_figure, workshop.spots()))
        assert workshop.unnoticed(((spot, text) for spot in figures), rule) == []

    def test_all_of_them_malformed_are_as_many_errors_in_one_run(self, workshop: Workshop) -> None:
        figures = list(filter(is_figure, workshop.spots()))
        before = {path: path.read_text("utf-8") for path in workshop.data.rglob("*.yml")}
        try:
            for spot in reversed(figures):
                path = workshop.folder / spot.file
                text = path.read_text("utf-8")
                path.write_text(text[: spot.start] + "abc" + text[spot.end :], "utf-8")
            places = [(found.path, found.line, found.column) for found in workshop.findings]
        finally:
            for path, text in before.items():
                path.write_text(text, "utf-8")
        # An earlier figure on the same line would move the later ones; the data has one to a line.
        assert places == sorted(spot.place for spot in figures)

    def test_those_that_stand_alone_are_these_and_no_others(self, workshop: Workshop) -> None:
        """A figure with a second source is told when it moves by the least; a source that is lost shows here."""
        spots = workshop.spots()
        alone = set()
        for spot in filter(is_figure, spots):
            value = int(spot.text)
            nearest = str(value - 1 if value == 100 else value + 1)
            if not workshop.places_with(spot, nearest):
                alone.add(name_of(spot, spots))
        slug = next(iter((workshop.data / "programmes").iterdir())).name
        assert alone == {name for name in ALONE if name.startswith(f"{slug}/")}

    @pytest.mark.parametrize("text", ["0", "1", "50", "99", "100"])
    def test_any_other_possible_figure_is_an_error_at_its_place_where_it_has_a_second_source(
        self, workshop: Workshop, text: str
    ) -> None:
        spots = workshop.spots()
        tied = [spot for spot in spots if is_figure(spot) and name_of(spot, spots) not in ALONE and spot.text != text]
        assert workshop.unnoticed((spot, text) for spot in tied) == []

    def test_as_many_have_a_second_source_as_the_data_gives_them(self, whole: Workshop) -> None:
        spots = whole.spots()
        names = Counter(name_of(spot, spots) for spot in spots if is_figure(spot))
        assert max(names.values()) == 1
        assert set(ALONE) <= set(names)
        assert (len(names), len(ALONE), len(set(names) - set(ALONE))) == (111, 17, 94)


class TestReferences:
    def test_one_that_is_unknown_is_an_error_at_its_place(self, workshop: Workshop) -> None:
        references = [spot for spot in workshop.spots() if is_reference(spot) and "programmes" not in spot.path]
        mutations = [(spot, "nobody-at-all" if spot.field in PEOPLE else "X999") for spot in references]
        assert workshop.unnoticed(mutations, "unknown-reference") == []

    def test_a_programme_that_is_unknown_is_an_error_at_its_place(self, whole: Workshop) -> None:
        listed = [spot for spot in whole.spots() if spot.file == "data/portfolio.yml" and "programmes" in spot.path]
        assert [spot.text for spot in listed] == list(PROGRAMMES)
        assert whole.unnoticed([(spot, "no-such-programme") for spot in listed], "unknown-reference") == []


class TestIds:
    def test_one_that_a_sibling_has_is_an_error_at_both_places(self, workshop: Workshop) -> None:
        spots = workshop.spots()
        ids = [spot for spot in spots if is_id(spot) and len(spot.path) > 1]
        unnoticed = []
        for spot in ids:
            siblings = [other for other in ids if other is not spot and _are_siblings(other, spot)]
            assert siblings, spot
            places = workshop.places_with(spot, siblings[0].text)
            expected = [spot.place, siblings[0].place]
            unnoticed += [place for place in expected if (place, "duplicate-id") not in places]
        assert unnoticed == []

    def test_one_that_differs_from_a_sibling_s_in_its_capitals_alone_is_an_error_at_its_place(
        self, workshop: Workshop
    ) -> None:
        ids = [
            spot for spot in workshop.spots() if is_id(spot) and len(spot.path) > 1 and spot.file != "data/people.yml"
        ]
        mutations = []
        for spot in ids:
            sibling = next(other for other in ids if other is not spot and _are_siblings(other, spot))
            mutations.append((spot, sibling.text.lower()))
        assert workshop.unnoticed(mutations, "duplicate-id") == []

    @pytest.mark.parametrize("text", ["..", "../x1", "x 1", "nul", "'1'"])
    def test_one_that_is_invalid_is_an_error_at_its_place(self, workshop: Workshop, text: str) -> None:
        ids = [spot for spot in workshop.spots() if is_id(spot)]
        assert workshop.unnoticed(((spot, text) for spot in ids), "invalid-id") == []

    def test_the_programme_s_own_must_be_that_of_its_folder(self, workshop: Workshop) -> None:
        ids = [spot for spot in workshop.spots() if spot.path == ("id",)]
        assert len(ids) == 1
        assert workshop.unnoticed([(ids[0], "another")], "invalid-id") == []

    def test_the_second_report_of_a_day_needs_the_id_that_it_has(self, workshops: Callable[[str], Workshop]) -> None:
        workshop = workshops("fixnado")
        spots = workshop.spots()
        (update,) = [spot for spot in spots if spot.field == "id" and "updates" in spot.path]
        day = next(spot for spot in spots if spot.path == (*update.path[:-1], "date") and spot.file == update.file)
        path = workshop.folder / update.file
        whole = path.read_text("utf-8")
        path.write_text(whole.replace("      id: U2\n", ""), "utf-8")
        try:
            places = {(found.path, found.line, found.column, found.rule) for found in workshop.findings}
        finally:
            path.write_text(whole, "utf-8")
        assert (*day.place, "duplicate-id") in places


class TestDays:
    @pytest.mark.parametrize("text", ["2025-02-30", "2025-13-01", "tomorrow"])
    def test_one_that_is_impossible_is_an_error_at_its_place(self, workshop: Workshop, text: str) -> None:
        days = list(filter(is_day, workshop.spots()))
        assert days
        assert workshop.unnoticed(((spot, text) for spot in days), "wrong-type") == []


def _are_siblings(one: Spot, other: Spot) -> bool:
    """Whether two ids are of entries of the same list."""
    return one.file == other.file and one.path[:-2] == other.path[:-2]
