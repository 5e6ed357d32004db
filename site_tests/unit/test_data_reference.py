"""The data reference: every field of every record, in words, with an example that is sound."""

from __future__ import annotations

from conftest import TODAY
from milepost.check.run import check_project
from milepost.data.json_schema import DATA_SCHEMAS
from milepost.data.loader import load
from milepost.data.resources import EXAMPLE_FOLDER
from milepost.site.data_reference import EXAMPLE_PROGRAMME, data_reference, place_of

FILES = {file.name: file for file in data_reference()}


def field(kind: str, record: str, name: str) -> tuple[bool, str, str, str]:
    (found,) = (
        entry for part in FILES[kind].records if part.name == record for entry in part.fields if entry.name == name
    )
    return found.is_required, found.form, found.default, found.example


def test_the_example_is_sound_and_has_every_kind_of_file() -> None:
    assert [str(found) for found in check_project(EXAMPLE_FOLDER, TODAY).diagnostics] == []
    assert load(EXAMPLE_FOLDER).records is not None
    assert list(FILES) == [schema.name for schema in DATA_SCHEMAS]
    for name in FILES:
        assert (EXAMPLE_FOLDER / place_of(name, EXAMPLE_PROGRAMME)).is_file()


def test_every_field_has_an_example_or_leads_to_a_record_that_has() -> None:
    wanting = [
        f"give {record.name}.{entry.name} a value in the example's {file.name}.yml"
        for file in FILES.values()
        for record in file.records
        for entry in record.fields
        if not entry.example and not entry.records
    ]
    assert wanting == []


def test_every_record_that_a_field_names_stands_on_its_page() -> None:
    for file in FILES.values():
        names = {record.name for record in file.records}
        assert {name for record in file.records for entry in record.fields for name in entry.records} <= names


def test_a_field_says_what_it_holds() -> None:
    assert field("tasks", "Task", "id") == (True, "an id", "", "id: T1")
    assert field("tasks", "Task", "weight") == (False, "a whole number", "1", "weight: 3")
    assert field("tasks", "Task", "track") == (False, "`delivery` or `design`", "delivery", "track: delivery")
    assert field("milestones", "Milestone", "includes")[1] == "a list: an id or `Inclusion`"
    assert field("programme", "programme.yml", "version") == (False, "text", "", 'version: "2026"')
    assert field("milestones", "Window", "weeks")[3] == "weeks: [8, 20]"
    assert field("programme", "programme.yml", "closed")[1] == "a day or `undated`"


def test_what_is_inherited_stands_last() -> None:
    assert FILES["tasks"].records[0].fields[-1].name == "accept"
