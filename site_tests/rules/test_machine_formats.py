"""SARIF held to its own schema, and annotations read back as GitHub reads them and compared with the findings."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator

from conftest import PROJECT, SITE_ADDRESS, SmallProject
from milepost.check.rules import RULES, explain
from milepost.cli import main
from milepost.diagnostics import as_json
from test_forty_mistakes import REFERENCES, RULES_OF_THE_PORTAL, TEXT_AND_SHAPE, planted

SCHEMAS = Path(__file__).parents[1] / "schemas"
SCHEMA = SCHEMAS / "sarif-2.1.0-rtm.5.json"
COMMAND = re.compile(r"::(?P<severity>error|warning) (?P<properties>[^:]*)::(?P<message>.*)")
FOLDERS = {
    "text and shape": TEXT_AND_SHAPE,
    "references": REFERENCES,
    "rules": RULES_OF_THE_PORTAL,
    "a sound project": {},
    "signs that formats have a use for": {
        "data/programmes/demo/tasks.yml": """\
            - {id: T1, owner: editor, status: "100% done, a: b\\n::error::c"}
            - {id: T2, owner: editor, "tilte, line=1::%0A": é ☕ 𝄞, «unknown-field»x: 1}
            """,
    },
}


def checked(project: Path, form: str, *options: str) -> str:
    """What the check prints of a project in one of its forms."""
    command = ["check", "-C", str(project), "--format", form, *options]
    return CliRunner(catch_exceptions=False).invoke(main.main, command, env={"MILEPOST_SITE_URL": None}).stdout


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft4Validator.check_schema(schema)
    return Draft4Validator(schema)


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, small_project: Callable[..., SmallProject]) -> Path:
    """Each of the folders, as a project."""
    files: Mapping[str, str] = FOLDERS[request.param]
    return small_project(planted(files)[0]).folder


def errors(validator: Draft4Validator, log: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)]


# SARIF


def test_the_schema_is_the_one_that_was_published() -> None:
    told = re.findall(r"sha256: `(\w+)`", (SCHEMAS / "README.md").read_text("utf-8"))
    assert told == [hashlib.sha256(SCHEMA.read_bytes()).hexdigest()]


@pytest.mark.parametrize("address", ["", "https://status.example/portal/"])
def test_what_is_found_is_valid_sarif_and_the_same_as_in_json(
    validator: Draft4Validator, folder: Path, address: str
) -> None:
    log = json.loads(checked(folder, "sarif", "--site-address", address))
    assert errors(validator, log) == []
    results = log["runs"][0]["results"]
    told = [
        (
            result["locations"][0]["physicalLocation"]["region"]["startLine"],
            result["locations"][0]["physicalLocation"]["region"]["startColumn"],
            result["level"],
            result["ruleId"],
        )
        for result in results
    ]
    found = json.loads(checked(folder, "json"))["diagnostics"]
    assert told == [(entry["line"], entry["column"], entry["severity"], entry["rule"]) for entry in found]


def test_both_severities_and_an_external_link_are_among_what_is_validated(
    validator: Draft4Validator, small_project: Callable[..., SmallProject]
) -> None:
    clean, _ = planted(RULES_OF_THE_PORTAL)
    page = {"content/links.md": "See http://127.0.0.1:9/ for more.\n"}
    log = json.loads(checked(small_project({**clean, **page}).folder, "sarif", "--external"))
    assert errors(validator, log) == []
    results = log["runs"][0]["results"]
    assert {result["level"] for result in results} == {"error", "warning"}
    assert "external-link" in {result["ruleId"] for result in results}


def test_every_rule_is_listed_with_its_documentation_and_its_page(validator: Draft4Validator) -> None:
    log = json.loads(checked(PROJECT, "sarif"))
    assert errors(validator, log) == []
    assert log["runs"][0]["results"] == []
    listed = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in listed] == [rule.name for rule in RULES]
    for rule in listed:
        address = f"{SITE_ADDRESS}handbook/rules/{rule['id']}.html"
        assert rule["helpUri"] == address
        assert urlsplit(address).scheme in {"http", "https"}
        assert rule["help"]["text"] == explain(rule["id"]).text
        assert f"({address})" in rule["help"]["markdown"]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda log: log.update(version="2.0"),
        lambda log: log["runs"][0]["tool"].pop("driver"),
        lambda log: log["runs"][0]["results"][0].update(level="grave"),
        lambda log: log["runs"][0]["results"][0].update(kind_of="mistake"),
        lambda log: log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda log: log["runs"][0]["tool"]["driver"]["rules"].append(log["runs"][0]["tool"]["driver"]["rules"][0]),
    ],
)
def test_the_schema_refuses_what_is_no_sarif(
    validator: Draft4Validator, small_project: Callable[..., SmallProject], break_it: Callable[[Any], object]
) -> None:
    log = json.loads(checked(small_project(tasks="- {id: T1, progress: 450}\n").folder, "sarif"))
    broken = copy.deepcopy(log)
    break_it(broken)
    assert errors(validator, log) == []
    assert errors(validator, broken) != []


# Annotations


def unescaped(text: str) -> str:
    """What GitHub's runner makes of an escaped message or property."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def annotation(command: str) -> dict[str, Any]:
    """A workflow command read back, as a flat record like that of a finding, with the address at its end apart."""
    found = COMMAND.fullmatch(command)
    assert found is not None, command
    place = dict(entry.split("=", 1) for entry in found["properties"].split(","))
    lines = unescaped(found["message"]).split("\n")
    return {
        "path": unescaped(place["file"]),
        "line": int(place["line"]),
        "column": int(place["col"]),
        "severity": found["severity"],
        "rule": unescaped(place["title"]),
        "text": "\n".join(lines[:-1]),
        "page": lines[-1],
    }


def test_each_finding_is_annotated_at_its_line_and_leads_to_its_rule(folder: Path) -> None:
    address = "https://status.example/"
    commands = checked(folder, "github", "--site-address", address).rstrip("\n").split("\n")
    expected = [
        {
            **{name: entry[name] for name in ("path", "line", "column", "severity", "rule")},
            "text": "\n".join(part for part in (entry["message"], entry["hint"]) if part),
            "page": f"{address}handbook/rules/{entry['rule']}.html",
        }
        for entry in json.loads(checked(folder, "json"))["diagnostics"]
    ]
    assert [annotation(command) for command in commands if command] == expected


def test_the_folders_hold_findings_whose_text_could_be_taken_for_a_command(
    small_project: Callable[..., SmallProject],
) -> None:
    found = small_project(planted(FOLDERS["signs that formats have a use for"])[0]).diagnostics
    assert all(sign in as_json(found) for sign in ("%", "::", ",", "\\n")), as_json(found)
