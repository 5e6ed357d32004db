"""CITATION.cff says how the software is cited, and agrees with what the software says of itself."""

from __future__ import annotations

import tomllib
from typing import Any

import jsonschema
import pytest

from conftest import PROJECT
from milepost.data.yaml_reader import FieldMap, ItemList, read

TEXT = {"type": "string", "minLength": 1}
CITATION_FILE = {
    "$comment": "Written for these tests from the guide to CFF 1.2.0, as strictly as the project's file is written.",
    "type": "object",
    "required": ["cff-version", "message", "title", "authors", "type", "version", "license"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": TEXT,
        "title": TEXT,
        "abstract": TEXT,
        "type": {"enum": ["software", "dataset"]},
        "authors": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["name"],
                "additionalProperties": False,
                "properties": {"name": TEXT},
            },
        },
        "version": TEXT,
        "license": TEXT,
    },
}


@pytest.fixture(scope="module")
def citation_file() -> dict[str, Any]:
    document = read("CITATION.cff", (PROJECT / "CITATION.cff").read_bytes())
    assert document.diagnostics == ()
    assert isinstance(document.value, FieldMap)
    authors = document.value["authors"]
    assert isinstance(authors, ItemList)
    return dict(document.value) | {"authors": [dict(author) for author in authors if isinstance(author, FieldMap)]}


def test_it_keeps_to_the_form(citation_file: dict[str, Any]) -> None:
    jsonschema.validate(citation_file, CITATION_FILE)


def test_it_agrees_with_the_project_and_its_licence(citation_file: dict[str, Any]) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert citation_file["title"].lower() == project["name"]
    assert (citation_file["version"], citation_file["license"]) == (project["version"], project["license"])
    assert citation_file["abstract"] == project["description"]
    licence = (PROJECT / "LICENSE").read_text("utf-8")
    assert licence.startswith(f"{citation_file['license']} License\n")
    assert licence.splitlines()[2].endswith(citation_file["authors"][0]["name"])


def test_it_tells_those_who_cite_data_to_cite_a_snapshot(citation_file: dict[str, Any]) -> None:
    assert "snapshot" in citation_file["message"]
