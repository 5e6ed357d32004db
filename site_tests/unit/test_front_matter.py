"""Front matter is read once, as MkDocs reads it; what MkDocs reads otherwise, or cannot use, is named at its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.meta import get_data

from conftest import PROJECT, SmallProject
from milepost.data.front_matter import check_fields, read_front_matter
from milepost.data.page_fields import PAGE_FIELDS

Project = Callable[..., SmallProject]
RUNS = '{{ cycler.__init__.__globals__.os.system("touch ran") }}'


def page(fields: str) -> dict[str, str]:
    return {"content/note.md": f"---\n{fields}---\n\n# Note\n\n{RUNS}\n"}


@pytest.mark.parametrize(
    ("fields", "line", "column", "words"),
    [
        ("date: 2026-02-30\nrender_macros: true\n", 2, 1, "MkDocs cannot read this"),
        ("render_macros: true\nx: =\n", 3, 1, "MkDocs cannot read this"),
        ("{date: 2026-02-30, render_macros: true}\n", 2, 2, "MkDocs cannot read this"),
        ("a: 1\nday: 2026-13-01\nb: 2\n", 3, 1, "MkDocs cannot read this"),
        (f"many: {'9' * 5000}\n", 2, 1, "MkDocs cannot read this"),
        ("yes: words\nrender_macros: true\n", 2, 1, "reads the name of this field otherwise: yes"),
        ("1: words\n", 2, 1, "reads the name of this field otherwise: 1"),
        ("# nothing but a comment\n", 1, 1, "has no fields"),
        ("- a list\n", 1, 1, "has no fields"),
        ("only words\n", 1, 1, "has no fields"),
    ],
)
def test_front_matter_that_mkdocs_reads_otherwise_is_refused(
    fields: str, line: int, column: int, words: str, small_project: Project
) -> None:
    (found,) = (entry for entry in small_project(page(fields)).diagnostics if entry.rule == "front-matter")
    assert (found.line, found.column) == (line, column)
    assert words in found.message


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("title: One: two\nrender_macros: true\n", "yaml-syntax"),
        ("render_macros: true\nrender_macros: false\n", "yaml-duplicate-key"),
        ("a: &a {render_macros: true}\n<<: *a\n", "yaml-syntax"),
        ("title: !!python/name:os.system\nrender_macros: true\n", "yaml-syntax"),
    ],
)
def test_front_matter_that_is_no_plain_yaml_is_refused(fields: str, rule: str, small_project: Project) -> None:
    assert {entry[3] for entry in small_project(page(fields)).found} == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "Status: fine\n\nMore.\n",
        "   Status: fine\n",
        "https://portal.example/ is where it is.\n",
        "Note: MkDocs would not show this line.",
        "render_macros: true\n\n{{ 7 * 7 }}\n",
    ],
)
def test_a_first_line_that_mkdocs_takes_for_metadata_is_refused(text: str, small_project: Project) -> None:
    project = small_project({"content/note.md": text.encode()})
    assert project.found == [("note.md", 1, 1, "front-matter")]
    hint = project.diagnostics[0].hint
    assert hint == "Put an empty line before it, or a heading."
    assert small_project({"content/note.md": f"\n{text}".encode()}).found == []
    assert small_project({"content/note.md": f"# Note\n{text}".encode()}).found == []


@pytest.mark.parametrize("text", ["---\ntitle: Note\n\nNo end.\n", "--- # words\ntitle: Note\n---\n", "---\n---\n"])
def test_front_matter_without_an_end_is_refused(text: str, small_project: Project) -> None:
    assert small_project({"content/note.md": text.encode()}).found == [("note.md", 1, 1, "front-matter")]


@pytest.mark.parametrize(
    ("field", "column", "words"),
    [
        ("template: 5", 11, "template takes a name, and MkDocs reads a number"),
        ("template: [main.html]", 11, "template takes a name, and MkDocs reads a list"),
        ("template: partials/copyright.html", 11, "no template of a whole page partials/copyright.html"),
        ("template: redirect.html", 11, "no template of a whole page redirect.html"),
        ("template: ../main.html", 11, "no template of a whole page ../main.html"),
        ("hide: 7", 7, "hide takes a list of words, and MkDocs reads a number"),
        ("hide: toc", 7, "hide takes a list of words, and MkDocs reads text"),
        ("hide: [1]", 7, "hide takes a list of words, and MkDocs reads a list with a number in it"),
        ("search: 7", 9, "search takes a mapping, and MkDocs reads a number"),
        ("search: {exclude: maybe}", 19, "search: exclude takes true or false, and MkDocs reads text"),
        ("search: {boost: high}", 17, "search: boost takes a number above 0"),
        ("search: {boost: .nan}", 17, "search: boost takes a number above 0"),
        ("search: {boost: .inf}", 17, "search: boost takes a number above 0"),
        (f"search: {{boost: 0x{'f' * 9000}}}", 9, "search holds a number too large to be printed"),
        (f"other: [{{a: 0x{'f' * 9000}}}]", 8, "other holds a number too large to be printed"),
        ("status: [new]", 9, "status takes words, and MkDocs reads a list"),
        ("icon: material/nothing-of-that-name", 7, "the theme has no icon material/nothing-of-that-name"),
        ("icon: ../../../../etc/passwd", 7, "the theme has no icon"),
        ("icon: 5", 7, "icon takes a name, and MkDocs reads a number"),
        ("title: 2026", 8, "title takes words, and MkDocs reads a number"),
        ("title: no", 8, "title takes words, and MkDocs reads true or false"),
        ("title: 2026-01-05", 8, "title takes words, and MkDocs reads a day"),
        ("title:", 7, "title takes words, and MkDocs reads nothing"),
        ("title: {a: b}", 8, "title takes words, and MkDocs reads a mapping"),
        ("description: [a, b]", 14, "description takes words, and MkDocs reads a list"),
        ("author: 5", 9, "author takes words, and MkDocs reads a number"),
        ("subtitle: true", 11, "subtitle takes words, and MkDocs reads true or false"),
        ("tags: 7", 7, "tags takes a list of words, and MkDocs reads a number"),
        ("social: 7", 9, "social takes a mapping, and MkDocs reads a number"),
        ("programme: 48", 12, "programme takes a name, and MkDocs reads a number"),
        ("feed: [demo]", 7, "feed takes a name, and MkDocs reads a list"),
        ("render_macros: maybe", 16, "render_macros takes true or false, and MkDocs reads text"),
        ("render_macros: [true]", 16, "render_macros takes true or false, and MkDocs reads a list"),
        ("render_macros: 1", 16, "render_macros takes true or false, and MkDocs reads a number"),
        ("ignore_macros: true", 16, "ignore_macros stops the build"),
    ],
)
def test_a_field_of_a_wrong_type_is_named_at_its_value(
    field: str, column: int, words: str, small_project: Project
) -> None:
    project = small_project(page(f"x: 1\n{field}\n"))
    assert project.found == [("note.md", 3, column, "front-matter")]
    assert words in project.diagnostics[0].message


def test_every_fault_of_the_fields_is_named_in_one_run(small_project: Project) -> None:
    project = small_project(page("title: 5\nhide: 7\nsearch: {boost: a, exclude: b}\ntemplate: x.html\n"))
    assert [entry[1:3] for entry in project.found] == [(2, 8), (3, 7), (4, 17), (4, 29), (5, 11)]


@pytest.mark.parametrize("name", [name for name in PAGE_FIELDS if name != "programme"])
def test_the_example_of_each_field_is_sound(name: str, small_project: Project) -> None:
    """The hint of a wrong value names it, and a hint that is followed leads to sound data."""
    text = f"---\n{name}: {PAGE_FIELDS[name].example}\n---\n\n# Note\n\nText.\n"
    assert small_project({"content/note.md": text.encode()}).found == []


@pytest.mark.parametrize("value", ["2026", "no", "2026-01-05", "1.10"])
def test_a_text_that_looks_like_another_value_is_sound_in_quotes_as_the_hint_says(
    value: str, small_project: Project
) -> None:
    project = small_project(page(f"title: {value}\n"))
    (found,) = project.diagnostics
    written = found.hint.removeprefix("Put it in quotes: ").removesuffix(".")
    assert small_project(page(f"{written}\n")).found == []


@pytest.mark.parametrize("word", ["true", "yes", "on", "True"])
def test_macros_are_read_wherever_mkdocs_reads_true(word: str, small_project: Project) -> None:
    project = small_project(page(f"render_macros: {word}\n"))
    assert project.found == [("note.md", 7, 1, "wrong-macro")]


def test_a_template_of_the_project_may_be_named(small_project: Project) -> None:
    files: dict[str, str] = {"overrides/wide.html": '{% extends "main.html" %}\n'}
    assert small_project({**page("template: wide.html\n"), **files}).found == []
    project = small_project({**page("template: wied.html\n"), **files})
    assert project.diagnostics[0].hint == "Did you mean wide.html?"


@pytest.mark.parametrize(
    "text",
    [
        "Text.\n",
        "\n\n\n# Note\n",
        "   \n\n# Note\n",
        "---\ntitle: Note\n---\n\n\n# Note\n",
        "--- \ntitle: Note\n...\n# Note\n",
        "---\n{}\n---\nText.\n",
        "---\ntitle: 🚀 Note\nother: [1, {a: 2026-01-05}]\n---\nText.\n",
        "",
        "---\ntitle: Note\n---\n",
    ],
)
def test_what_is_accepted_has_the_fields_and_the_body_that_mkdocs_reads(text: str, tmp_path: Path) -> None:
    front = read_front_matter("content/note.md", text)
    body, fields = get_data(text)
    assert (front.body, front.values, front.diagnostics) == (body, fields, ())
    assert list(check_fields(tmp_path, front)) == []


def test_the_handbook_lists_each_field_that_something_acts_on() -> None:
    handbook = (PROJECT / "content/handbook/write-a-page.md").read_text("utf-8")
    rows: dict[str, Any] = {
        name: f"| `{name}: {field.example}` | {field.does} |" for name, field in PAGE_FIELDS.items()
    }
    assert [name for name, row in rows.items() if row not in handbook] == []
