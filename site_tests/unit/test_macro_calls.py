"""A page can call Milepost's macros and nothing else: ways out of a template are refused at their line, never run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject
from milepost.data.macro_calls import MACROS, MacroCall, Part, expanded, read_macros
from ways_out import WAYS_OUT

Project = Callable[..., SmallProject]

NAMES = {"chart", "link", "overview", "progress", "status", "table"}


def test_a_page_can_call_these_names_and_no_other() -> None:
    assert set(MACROS) == NAMES


@pytest.mark.parametrize("way", WAYS_OUT.values(), ids=WAYS_OUT)
def test_a_way_out_of_a_page_is_refused_at_its_line(way: str, small_project: Project) -> None:
    text = f"---\nrender_macros: true\n---\n\n# Note\n\nText: {way}\n"
    found = small_project({"content/note.md": text.encode()}).found
    assert {(name, line, rule) for name, line, _, rule in found} == {("note.md", 7, "wrong-macro")}


@pytest.mark.parametrize("way", WAYS_OUT.values(), ids=WAYS_OUT)
def test_a_way_out_is_never_run_even_where_no_check_has_refused_it(way: str) -> None:
    parts, faults = read_macros("content/note.md", f"Text: {way}\n", 1)
    text = expanded(parts, _shows_nothing)
    assert faults
    assert text.startswith("Text: ")
    # What is left is text of the page as it is written, or nothing.
    assert all(piece in way for piece in text.removeprefix("Text: ").split("\n"))


def _shows_nothing(call: MacroCall) -> str:
    raise AssertionError(call)


def test_a_page_is_read_in_parts_that_give_it_again() -> None:
    body = 'A {# b #} {{ link("demo/T1") }},\n{%- raw %}{{ kept }}{% endraw %}<# left out #> {{overview()}}\n\nend\n\n'
    parts, faults = read_macros("content/note.md", body, 5)
    calls = [part for part in parts if isinstance(part, MacroCall)]
    assert faults == ()
    assert [(call.name, call.arguments, call.location.line, call.location.column) for call in calls] == [
        ("link", ("demo/T1",), 5, 11),
        ("overview", (), 6, 48),
    ]
    assert expanded(parts, lambda call: f"<{call.name}>") == "A {# b #} <link>,{{ kept }} <overview>\n\nend\n\n"


def test_what_a_macro_shows_is_not_read_for_macros() -> None:
    parts: tuple[Part, ...] = read_macros("content/note.md", '{{ link("demo/T1") }}', 1)[0]
    assert expanded(parts, lambda _: "{{ config }}") == "{{ config }}"
