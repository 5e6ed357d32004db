"""The schemas stand beside the data, are those that the records give, and each data file names its own.

Each failure says what to write, or which command does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from os.path import relpath
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from conftest import PROJECT, TODAY
from editor import complaints, values_of
from milepost.check.run import check_project
from milepost.data.json_schema import DATA_SCHEMAS, DIALECT, SCHEMA_FOLDER, Schema
from milepost.data.loader import DATA_FOLDER, YAML_ENDINGS
from milepost.exports import SCHEMAS, export_json
from milepost.exports.export_schema import EXPORT_SCHEMA
from milepost.model import routes
from milepost.model.portal import Portal
from milepost.report import Report
from milepost.site.build import build

DATA = PROJECT / DATA_FOLDER
GOLDEN = PROJECT / "site_tests/golden/project"
RENEW = "run .venv/bin/milepost schema, and read the difference before you commit it"
NEW_VERSION = "; where the form of the export is another now, raise VERSION in hooks/milepost/exports/json_export.py"


def by_name(schema: Schema) -> str:
    return schema.name


def data_files() -> list[Path]:
    return sorted(path for path in DATA.rglob("*") if path.suffix in YAML_ENDINGS)


def kind_of(path: Path) -> str:
    """The kind of a data file, by its place: a file of its name, or any in a folder of its name."""
    parts = path.relative_to(DATA).with_suffix("").parts
    if parts[0] != "programmes":
        return parts[0]
    return parts[3] if parts[2] == "registers" else parts[2]


# The files


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_the_schema_that_stands_in_the_repository_is_that_of_the_records(schema: Schema) -> None:
    path = DATA / SCHEMA_FOLDER / schema.file_name
    hint = RENEW + (NEW_VERSION if schema is EXPORT_SCHEMA else "")
    assert path.exists(), hint
    assert path.read_text("utf-8") == schema.text, hint


def test_no_schema_stands_there_that_no_file_has_the_form_of() -> None:
    """Schemas of earlier exports stay, so that what names them goes on to find them."""
    known = {schema.file_name for schema in SCHEMAS}
    left = sorted(path.name for path in (DATA / SCHEMA_FOLDER).iterdir() if path.name not in known)
    assert [f"remove {name}" for name in left if not name.startswith("export-")] == []


@pytest.mark.parametrize("path", data_files(), ids=lambda path: path.relative_to(DATA).as_posix())
def test_each_data_file_names_its_schema_and_has_its_form(path: Path) -> None:
    schema = next(schema for schema in DATA_SCHEMAS if schema.name == kind_of(path))
    address = Path(relpath(DATA / SCHEMA_FOLDER / schema.file_name, path.parent)).as_posix()
    text = path.read_text("utf-8")
    first = f"# yaml-language-server: $schema={address}"
    assert text.split("\n", 1)[0] == first, f"begin {path.relative_to(PROJECT)} with the line {first}"
    assert complaints(schema.text, values_of(text)) == []


def test_every_schema_is_published_as_it_stands_in_the_repository(own_report: Report) -> None:
    published = {artifact.path: artifact.content for artifact in build(own_report)}
    for schema in SCHEMAS:
        assert published[routes.schema(schema.file_name)] == schema.text


# What a schema says


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_a_schema_is_one_of_its_draft(schema: Schema) -> None:
    made = json.loads(schema.text)
    assert made["$schema"] == DIALECT == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(made)


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_every_field_of_a_schema_is_described_and_no_other_field_is_let_in(schema: Schema) -> None:
    made = json.loads(schema.text)
    assert made["description"].endswith(".")
    for place, record in records_of(made, "$"):
        assert record.get("additionalProperties") is False, f"{schema.file_name}: {place} lets any field in"
        wanting = [name for name, field in record["properties"].items() if not field.get("description")]
        assert wanting == [], f"{schema.file_name}: add Field(description=...) to these of {place}"


@pytest.mark.parametrize("schema", SCHEMAS, ids=by_name)
def test_every_reference_of_a_schema_leads_to_a_definition_and_every_definition_is_used(schema: Schema) -> None:
    made = json.loads(schema.text)
    assert {f"#/$defs/{name}" for name in made["$defs"]} == set(references_of(made))


def records_of(part: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every schema of an object with fields, and its place; what asks more of one that has been told is left out."""
    if isinstance(part, dict):
        if part.get("type") in ("object", ["object", "null"]) and "properties" in part:
            yield place, part
        for key, below in part.items():
            yield from records_of(below, f"{place}.{key}")
    elif isinstance(part, list):
        for index, below in enumerate(part):
            yield from records_of(below, f"{place}[{index}]")


def references_of(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for below in part.values():
            yield from references_of(below)
    elif isinstance(part, list):
        for below in part:
            yield from references_of(below)


# The export


def golden_portal() -> Portal:
    portal = check_project(GOLDEN, date(2026, 3, 15)).portal
    assert portal is not None
    return portal


@pytest.fixture(scope="module")
def form() -> Draft202012Validator:
    return Draft202012Validator(json.loads(EXPORT_SCHEMA.text), format_checker=FormatChecker())


@pytest.mark.parametrize("project", [PROJECT, GOLDEN], ids=["own", "golden"])
def test_the_export_has_the_form_of_its_schema(project: Path, form: Any) -> None:
    portal = check_project(project, TODAY).portal
    assert portal is not None
    assert [f"{error.json_path}: {error.message}" for error in form.iter_errors(json.loads(export_json(portal)))] == []


def test_the_export_of_another_version_has_not_the_form_of_the_schema(form: Any) -> None:
    assert not form.is_valid({**json.loads(export_json(golden_portal())), "version": "0.9"})


def test_no_field_of_the_export_can_be_missing_or_have_another_name(form: Any) -> None:
    whole = json.loads(export_json(golden_portal()))
    let_pass = []
    for box, name in list(fields_of(whole)):
        value = box.pop(name)
        box[f"{name}2"] = value
        renamed = form.is_valid(whole)
        del box[f"{name}2"]
        if renamed or form.is_valid(whole):
            let_pass.append(name)
        box[name] = value
    assert let_pass == []


OPEN = ("coverage", "tracks", "figures")
"""The mappings whose keys the data chooses."""


def fields_of(part: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Each field of each kind of object, once, with the object."""
    seen: set[tuple[str, ...]] = set()

    def walk(part: Any) -> Iterator[tuple[dict[str, Any], str]]:
        if isinstance(part, dict):
            if tuple(part) not in seen:
                seen.add(tuple(part))
                yield from ((part, name) for name in list(part))
            for name, below in list(part.items()):
                if name not in OPEN:
                    yield from walk(below)
        elif isinstance(part, list):
            for below in part:
                yield from walk(below)

    return walk(part)
