"""The machine formats: each says the same findings, at the same places, in the form that its reader takes."""

from __future__ import annotations

import json
from collections.abc import Callable

from conftest import PROJECT, SmallProject, milepost
from milepost.check.rules import RULES
from milepost.diagnostics import Diagnostic, Location, RuleFacts, Severity, as_github, as_sarif, ordered

FOUND = Diagnostic.at(Location("data/a b.yml", 3, 7), "wrong-type", "50 % is no day,\nsee: that", "Write a day.")
WARNED = Diagnostic.at(Location("data/a b.yml", 1, 1), "unowned", "nobody", "", Severity.WARNING)


def test_a_finding_becomes_one_workflow_command_whatever_it_says() -> None:
    assert as_github([FOUND]).split("\n") == [
        "::error file=data/a b.yml,line=3,col=7,title=wrong-type::50 %25 is no day,%0Asee: that%0AWrite a day."
    ]


def test_a_workflow_command_ends_with_the_address_of_the_rule_s_page() -> None:
    for found, before in ((FOUND, "%0AWrite a day."), (WARNED, "::nobody")):
        told = as_github([found], lambda name: f"https://a.example/100%/{name}.html")
        assert told.endswith(f"{before}%0Ahttps://a.example/100%25/{found.rule}.html")


def test_a_path_cannot_end_a_property_of_a_workflow_command() -> None:
    found = Diagnostic.at(Location("data/x,line=9::y.yml", 1, 1), "wrong-type", "no")
    assert as_github([found]) == "::error file=data/x%2Cline=9%3A%3Ay.yml,line=1,col=1,title=wrong-type::no"


def test_a_warning_is_a_warning_in_every_format() -> None:
    facts = [RuleFacts("unowned", Severity.WARNING, "Nobody.", "Nobody.")]
    assert as_github([WARNED]).startswith("::warning ")
    assert json.loads(as_sarif([WARNED], facts, "1.0"))["runs"][0]["results"][0]["level"] == "warning"


def test_sarif_places_each_result_and_points_to_its_rule() -> None:
    facts = [RuleFacts(name, Severity.ERROR, f"{name}.", "Text.") for name in ("unowned", "wrong-type")]
    log = json.loads(as_sarif(ordered([FOUND, WARNED]), facts, "1.2.3"))
    driver, results = log["runs"][0]["tool"]["driver"], log["runs"][0]["results"]
    assert log["version"] == "2.1.0"
    assert [driver["rules"][result["ruleIndex"]]["id"] for result in results] == ["unowned", "wrong-type"]
    place = results[1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/a%20b.yml"
    assert place["region"] == {"startLine": 3, "startColumn": 7}


def test_the_check_lists_every_rule_under_the_tools_rules() -> None:
    done = milepost("check", "--format", "sarif", folder=PROJECT)
    listed = [rule["id"] for rule in json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]]
    assert listed == [rule.name for rule in RULES]


def test_one_rule_alone_can_be_asked_for(small_project: Callable[..., SmallProject]) -> None:
    project = small_project(tasks="- {id: T1, owner: nobody-here}\n- {id: t1}\n")
    asked = milepost("check", "--format", "json", "--rule", "unknown-reference", folder=project.folder)
    assert [found["rule"] for found in json.loads(asked.stdout)["diagnostics"]] == ["unknown-reference"]
    assert asked.returncode == 1
    other = milepost("check", "--rule", "missing-field", folder=project.folder)
    assert other.returncode == 0
    assert milepost("check", "--rule", "no-such-rule", folder=project.folder).returncode == 2
