"""Authored pages: what their macros name is checked before the build, at the line of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject
from milepost.data.pages import MACROS
from milepost.engines.mkdocs.macros import Macros

HEAD = "---\ntitle: Demo\nrender_macros: true\n---\n\n"


def page(body: str) -> dict[str, str]:
    return {"content/index.md": HEAD + body}


@pytest.mark.parametrize(
    ("body", "line", "column", "rule", "words"),
    [
        ('It stands at {{ progress("demo/T9") }}.\n', 6, 14, "unknown-reference", "demo/T9"),
        ('\n\n{{ table("demos", "tasks") }}\n', 8, 1, "unknown-reference", "programme demos"),
        ('{{ table("demo", "task") }}\n', 6, 1, "unknown-reference", "table task"),
        ('{{ chart("demo", "progres") }}\n', 6, 1, "unknown-reference", "chart progres"),
        ('{{ progres("demo") }}\n', 6, 1, "wrong-macro", "progres"),
        ("{{ progress() }}\n", 6, 1, "wrong-macro", "progress"),
        ('{{ progress("demo").__class__ }}\n', 6, 1, "wrong-macro", "only macros"),
        ("text\n{% for x in y %}{% endfor %}\n", 7, 1, "wrong-macro", "only macros"),
        ("{{ 7 * 7 }}\n", 6, 1, "wrong-macro", "only macros"),
        ("one\n\n{{ progress( }}\n", 8, 1, "wrong-macro", "cannot be read"),
    ],
)
def test_a_wrong_macro_is_named_at_its_line(
    small_project: Callable[..., SmallProject], body: str, line: int, column: int, rule: str, words: str
) -> None:
    project = small_project(page(body))
    assert project.found == [("index.md", line, column, rule)]
    assert words in project.diagnostics[0].message


def test_every_wrong_macro_of_a_page_is_named_in_one_run(small_project: Callable[..., SmallProject]) -> None:
    body = '{{ link("demo/T1") }}\n\n{{ status("demo/T2") }} and {{ link("demo/T3") }}\n'
    project = small_project(page(body), tasks="- id: T1\n")
    assert [entry[1:3] for entry in project.found] == [(8, 1), (8, 29)]


def test_a_page_that_does_not_ask_for_macros_may_show_them(small_project: Callable[..., SmallProject]) -> None:
    assert small_project({"content/index.md": "Write {{ progress() }} to show a figure.\n"}).found == []


def test_front_matter_that_is_not_yaml_is_named_at_its_line(small_project: Callable[..., SmallProject]) -> None:
    project = small_project({"content/index.md": "---\ntitle: One: two\n---\n\nText.\n"})
    assert project.found == [("index.md", 2, 11, "yaml-syntax")]


def test_a_narrative_names_a_programme_that_exists(small_project: Callable[..., SmallProject]) -> None:
    project = small_project({"content/demo.md": "---\nprogramme: demmo\n---\n\nText.\n"})
    assert project.found == [("demo.md", 2, 12, "unknown-reference")]
    assert project.diagnostics[0].hint == "Did you mean demo?"


def test_each_macro_that_is_announced_is_there() -> None:
    assert [name for name in MACROS if not callable(getattr(Macros, name, None))] == []
