"""Where the site is published, as mkdocs.yml says it: what MkDocs itself would read there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from mkdocs.config import load_config

from conftest import PROJECT, SITE_ADDRESS, SmallProject, milepost
from milepost.check.rules import RULES
from milepost.data.configuration import site_address
from milepost.model import routes

SET = {"MILEPOST_SITE_URL": "https://set.example/status/", "OTHER": "https://other.example/", "EMPTY": ""}


@pytest.mark.parametrize(
    ("line", "environment", "expected"),
    [
        ("site_url: https://a.example/b/", {}, "https://a.example/b/"),
        ('site_url: "http://a.example"', SET, "http://a.example"),
        ("site_url: !ENV [MILEPOST_SITE_URL, 'https://a.example/']", {}, "https://a.example/"),
        ("site_url: !ENV [MILEPOST_SITE_URL, 'https://a.example/']", SET, "https://set.example/status/"),
        ("site_url: !ENV [EMPTY, 'https://a.example/']", SET, "https://a.example/"),
        ("site_url: !ENV [ABSENT, OTHER, 'https://a.example/']", SET, "https://other.example/"),
        ("site_url: !ENV OTHER", SET, "https://other.example/"),
        ("site_url: !ENV ABSENT", {}, ""),
        ("site_url:", {}, ""),
        ("site_url: {a: 1}", {}, ""),
        ("site_name: Nothing else", {}, ""),
        ("- a list", {}, ""),
        ("not: yaml: at all", {}, ""),
        ("site_url: javascript:alert(1)", {}, ""),
        ("a: !!python/name:os.system\nsite_url: https://a.example/", {}, "https://a.example/"),
    ],
)
def test_the_address_is_read_whatever_its_form(
    tmp_path: Path, line: str, environment: Mapping[str, str], expected: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"{line}\n", "utf-8")
    assert site_address(tmp_path, environment) == expected


def test_without_a_file_there_is_no_address(tmp_path: Path) -> None:
    assert site_address(tmp_path, SET) == ""


@pytest.mark.parametrize("address", [None, "https://set.example/status/"])
def test_mkdocs_reads_the_same(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    monkeypatch.delenv("MILEPOST_SITE_URL", raising=False)
    if address is not None:
        monkeypatch.setenv("MILEPOST_SITE_URL", address)
    environment = {} if address is None else {"MILEPOST_SITE_URL": address}
    assert site_address(PROJECT, environment) == load_config(str(PROJECT / "mkdocs.yml")).site_url
    assert site_address(PROJECT, {}) == SITE_ADDRESS


# Links to the rules' pages


def environment_with(address: str | None) -> dict[str, str]:
    """The environment of the tests, with the address, or without any."""
    kept = {name: value for name, value in os.environ.items() if name != "MILEPOST_SITE_URL"}
    return kept if address is None else {**kept, "MILEPOST_SITE_URL": address}


def help_addresses(project: Path, *options: str, address: str | None = None) -> list[str | None]:
    environment = environment_with(address)
    done = milepost("check", "--format", "sarif", *options, folder=project, environment=environment)
    return [rule.get("helpUri") for rule in json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]]


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("https://a.example/p", "index.html"),
        ("https://a.example/p/", "index.html"),
        ("https://a.example/p/?q=a#top", "index.html#top"),
        ("https://a.example/p/owners.html?owners.sort=name", "owners.html"),
        ("https://a.example/p/demo/risks.html?risks.sort=id#R-01", "demo/risks.html#R-01"),
        ("https://a.example/p/handbook/d%C3%BCne.html#a%3Fb", "handbook/düne.html#a?b"),
        ("owners.html?owners.sort=name#ada", "owners.html#ada"),
        ("demo/T1", "demo/T1"),
        ("https://b.example/p/owners.html?a=b", "https://b.example/p/owners.html?a=b"),
    ],
)
def test_the_route_of_an_address_is_what_it_names_and_not_what_it_asks_for(address: str, route: str) -> None:
    assert routes.below(address, "https://a.example/p/") == route


def pages_below(address: str) -> list[str]:
    return [f"{address}handbook/rules/{rule.name}.html" for rule in RULES]


def test_every_rule_leads_to_its_page_below_the_address_that_is_known(
    small_project: Callable[..., SmallProject],
) -> None:
    project = small_project({"mkdocs.yml": "site_url: https://config.example\n"}).folder
    elsewhere = "https://set.example/status/"
    assert help_addresses(project) == pages_below("https://config.example/")
    assert help_addresses(project, address="") == pages_below("https://config.example/")
    assert help_addresses(project, address=elsewhere) == pages_below(elsewhere)
    asked = help_addresses(project, "--site-address", "https://asked.example/", address=elsewhere)
    assert asked == pages_below("https://asked.example/")


def test_without_an_address_there_is_no_link_and_no_failure(small_project: Callable[..., SmallProject]) -> None:
    project = small_project(tasks="- {id: T1, progress: 450}\n").folder
    assert set(help_addresses(project)) == {None}
    told = milepost("check", "--format", "github", folder=project, environment=environment_with(None))
    assert (told.returncode, told.stderr) == (1, "References and rules were not checked: mend this first.\n")
    assert "http" not in told.stdout


def test_an_annotation_ends_with_the_page_of_its_rule(small_project: Callable[..., SmallProject]) -> None:
    project = small_project({"mkdocs.yml": "site_url: https://a.example/\n"}, tasks="- {id: T1, progress: 450}\n")
    told = milepost("check", "--format", "github", folder=project.folder, environment=environment_with(None)).stdout
    assert told.endswith("%0Ahttps://a.example/handbook/rules/percentage-range.html\n")


def test_each_page_that_is_linked_is_in_the_site(built_site: Path) -> None:
    assert [rule.name for rule in RULES if not (built_site / routes.rule(rule.name)).is_file()] == []
