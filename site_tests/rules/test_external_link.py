"""Where external addresses are found, and what is told of those that fail; nothing here needs a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import PROJECT, SmallProject, marked
from milepost.check.links.check import check_external, external_links
from milepost.check.rules import RULES, ExternalRule
from milepost.cli import main
from milepost.diagnostics import Location, Severity

PROGRAMME, PROGRAMME_PLACES = marked(
    """\
    id: demo
    title: Demo
    owner: editor
    recorded: 2026-01-01
    summary: Both »https://a.example/x and »https://a.example/y; code is not `https://code.example/` one.
    source: >-
      A long sentence that is folded, and that says after a
      while »http://b.example:8080/deep?q=1#part, and again »http://b.example:8080/deep?q=1.
    links:
      - {title: Plan, address: "»https://c.example/Plan_(old)"}
      - {title: Escaped, address: »"https:\\/\\/d.example/"}
    """
)
PAGE, PAGE_PLACES = marked(
    """\
    ---
    title: A page
    ---

    # A page

    See [it](»https://e.example/a_(b)), <»https://f.example/>, and »https://a.example/x.
    [»https://g.example](»https://h.example), **»https://i.example/**

    | »https://j.example|cell |

    `https://code.example/`

    ```text
    https://code.example/
    ```

    <!-- https://code.example/ -->
    [reference]: »https://k.example/#part
    """
)
FILES = {"data/programmes/demo/programme.yml": PROGRAMME, "content/page.md": PAGE}
DATA_ADDRESSES = [
    "https://a.example/x",
    "https://a.example/y",
    "http://b.example:8080/deep?q=1#part",
    "http://b.example:8080/deep?q=1",
    "https://c.example/Plan_(old)",
    "https://d.example/",
]
PAGE_ADDRESSES = [
    "https://e.example/a_(b)",
    "https://f.example/",
    "https://a.example/x",
    "https://g.example",
    "https://h.example",
    "https://i.example/",
    "https://j.example",
    "https://k.example/#part",
]


def nobody(addresses: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(addresses, "does not answer")


def test_each_address_of_data_and_pages_is_found_at_its_line_and_column(
    small_project: Callable[..., SmallProject],
) -> None:
    found = [(link.address, link.location) for link in external_links(small_project(FILES).folder)]
    data, page = "data/programmes/demo/programme.yml", "content/page.md"
    places = [*(Location(data, *place) for place in PROGRAMME_PLACES), *(Location(page, *at) for at in PAGE_PLACES)]
    assert found == list(zip([*DATA_ADDRESSES, *PAGE_ADDRESSES], places, strict=True))


def test_each_is_asked_once_without_its_fragment_and_told_at_every_place(
    small_project: Callable[..., SmallProject],
) -> None:
    asked: list[str] = []

    def ask(addresses: Sequence[str]) -> dict[str, str]:
        asked.extend(addresses)
        return {"https://a.example/x": "answers with status 404", "http://b.example:8080/deep?q=1": "is slow"}

    found = check_external(small_project(FILES).folder, ask)
    assert asked == sorted({address.partition("#")[0] for address in [*DATA_ADDRESSES, *PAGE_ADDRESSES]})
    assert {entry.severity for entry in found} == {Severity.WARNING}
    assert [(Path(entry.path).name, entry.line, entry.column, entry.message) for entry in found] == [
        ("page.md", *PAGE_PLACES[2], "https://a.example/x answers with status 404"),
        ("programme.yml", *PROGRAMME_PLACES[0], "https://a.example/x answers with status 404"),
        ("programme.yml", *PROGRAMME_PLACES[2], "http://b.example:8080/deep?q=1#part is slow"),
        ("programme.yml", *PROGRAMME_PLACES[3], "http://b.example:8080/deep?q=1 is slow"),
    ]


def test_data_that_cannot_be_read_asks_for_nothing_but_what_the_pages_hold(
    small_project: Callable[..., SmallProject],
) -> None:
    broken = {**FILES, "data/programmes/demo/tasks.yml": "- {id: T1, progress: 450}\n"}
    found = check_external(small_project(broken).folder, nobody)
    assert {entry.path for entry in found} == {"content/page.md"}


# The command


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner(catch_exceptions=False).invoke(main.main, ["check", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def dead_project(small_project: Callable[..., SmallProject]) -> Path:
    """A sound project with an address that leads into a private network, so that nothing is ever sent."""
    text = FILES["data/programmes/demo/programme.yml"].split("summary:")[0]
    return small_project({"data/programmes/demo/programme.yml": text + "summary: At http://127.0.0.1:9/x.\n"}).folder


def test_it_never_runs_unasked(dead_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nobody asked for that")

    monkeypatch.setattr("milepost.check.links.client.socket.socket.connect", refuse)
    monkeypatch.setattr("milepost.check.links.client.socket.getaddrinfo", refuse)
    assert run("-C", dead_project)[:2] == (0, "")
    assert run("-C", PROJECT)[:2] == (0, "")


def test_it_warns_where_it_is_asked_for(dead_project: Path) -> None:
    status, out, _ = run("-C", dead_project, "--external", "--format", "json")
    (found,) = json.loads(out)["diagnostics"]
    assert (status, found["rule"], found["severity"]) == (0, "external-link", "warning")
    assert (found["line"], found["column"]) == (5, 13)
    assert found["message"] == "http://127.0.0.1:9/x leads into a private network, and is not asked"
    assert run("-C", dead_project, "--external", "--strict")[0] == 1
    assert run("-C", dead_project, "--external", "--rule", "unowned")[:2] == (0, "")


def test_private_addresses_are_asked_where_that_is_said(dead_project: Path) -> None:
    """Nobody listens on port 9, which is kept for that (RFC 863)."""
    out = run("-C", dead_project, "--external", "--private-addresses", "--rule", "external-link")[1]
    assert "http://127.0.0.1:9/x does not answer" in out


def test_what_makes_no_sense_without_asking_is_wrong_usage(dead_project: Path) -> None:
    assert [rule.name for rule in RULES if isinstance(rule, ExternalRule)] == ["external-link"]
    for options in (["--rule", "external-link"], ["--private-addresses"]):
        status, _, told = run("-C", dead_project, *options)
        assert (status, "add --external" in told) == (2, True)
