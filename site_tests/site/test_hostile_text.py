"""Hostile texts in every text field of every record are shown as text, in a page that keeps its shape."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pydantic import BaseModel, BeforeValidator

from conftest import HOSTILE, HOSTILE_FILES, HOSTILE_LINES, SmallProject, telling, write_files
from milepost.data.loader import load
from milepost.data.records import scalars
from milepost.data.records.milestone import Milestone
from milepost.data.records.person import Person
from milepost.data.records.portfolio import Portfolio
from milepost.data.records.programme import Programme
from milepost.data.records.registers import REGISTERS
from milepost.data.records.task import Task
from milepost.data.records.tracker import Tracker

KINDS: tuple[type[BaseModel], ...] = (
    Portfolio, Person, Programme, Milestone, Task, Tracker, *(register.entry for register in REGISTERS),
)  # fmt: skip
SHAPE = [
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "section",
    "figure",
    "img",
    "svg",
    "pre",
    "hr",
    "blockquote",
    "form",
    "input",
    "button",
    "iframe",
    "object",
    "embed",
    "script",
    "style",
    "base",
    "meta",
    "strong",
    "em",
    "del",
    "sup",
    "abbr",
    "nav",
    "main",
    "article",
]
"""The elements that make the shape of a page; links and code may stand in any sentence."""


def reads_text(part: Any) -> bool:
    """Whether an annotation, or a part of one, is that of a text that people read."""
    if isinstance(part, BeforeValidator):
        return part.func is scalars._text
    inner = (*typing.get_args(part), *getattr(part, "__metadata__", ()))
    return any(reads_text(one) for one in inner)


def records_in(part: Any) -> Iterator[type[BaseModel]]:
    """The records that an annotation speaks of."""
    if isinstance(part, type) and issubclass(part, BaseModel):
        yield part
    for one in typing.get_args(part):
        yield from records_in(one)


def text_fields(kind: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[tuple[str, str]]:
    """Each text field of a kind of record and of the records in it, as record and field."""
    if kind in seen:
        return
    seen.add(kind)
    for name, field in kind.model_fields.items():
        if reads_text(field.annotation) or any(reads_text(one) for one in field.metadata):
            yield kind.__name__, name
        for inner in records_in(field.annotation):
            yield from text_fields(inner, seen)


def strings(value: Any) -> Iterator[str]:
    """The texts in a value that is no record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in strings(one))
    elif isinstance(value, tuple):
        yield from (text for one in value for text in strings(one))


def filled(value: Any) -> Iterator[tuple[str, str]]:
    """Each field that holds the hostile text, as record and field."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            held = getattr(value, name)
            if any(HOSTILE in text for text in strings(held)):
                yield type(value).__name__, name
            yield from filled(held)
    elif isinstance(value, tuple):
        for one in value:
            yield from filled(one)


def test_the_hostile_project_fills_every_text_field_that_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new text field is hostile from its first day, or this fails."""
    seen: set[type[BaseModel]] = set()
    there_are = {field for kind in KINDS for field in text_fields(kind, seen)}
    assert len(there_are) > 50
    monkeypatch.setattr(scalars, "unsafe_part", lambda _: None)
    write_files(tmp_path, HOSTILE_FILES)
    records = load(tmp_path).records
    assert records is not None
    demo = records.programmes["demo"]
    entries = tuple(entry for register in demo.registers.values() for entry in register)
    found = set(
        filled(
            (
                *(records.portfolio, records.people, records.removed),
                *(demo.programme, demo.milestones, demo.tasks, demo.tracker, entries),
            )
        )
    )
    # An address that runs stands in the link's address.
    assert there_are - found == {("Link", "address")}
    assert "javascript:" in demo.programme.links[0].address


def test_every_text_of_the_project_of_hostile_lines_is_refused(small_project: Any) -> None:
    project: SmallProject = small_project(telling(HOSTILE_LINES))
    found = [entry for entry in project.diagnostics if entry.rule == "unsafe-markup"]
    assert len(found) == sum(text.count(HOSTILE) for text in HOSTILE_FILES.values()) + 1


def shape(page: Path) -> list[tuple[str, ...]]:
    """The elements that make the shape of a page, in order, each with those that it stands in."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    return [
        (*(parent.name for parent in element.parents if parent.name in SHAPE), element.name)
        for element in soup.find_all(SHAPE)
    ]


@pytest.mark.parametrize("texts", ["hostile_site", "hostile_lines_site"])
def test_a_page_keeps_its_shape_whatever_its_texts_hold(
    texts: str, harmless_site: Path, request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(texts)
    routes = sorted(path.relative_to(harmless_site).as_posix() for path in harmless_site.rglob("*.html"))
    assert routes == sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    for route in routes:
        assert shape(site / route) == shape(harmless_site / route), route


def test_in_each_table_every_row_has_as_many_cells_as_the_head(hostile_lines_site: Path) -> None:
    tables = 0
    for path in hostile_lines_site.rglob("*.html"):
        for table in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("article table"):
            tables += 1
            counts = {
                sum(int(str(cell.get("colspan", "1"))) for cell in row.select("th, td")) for row in table.select("tr")
            }
            assert len(counts) == 1, path
    assert tables > 10


def test_the_lines_are_shown_as_they_stand(hostile_lines_site: Path) -> None:
    """Neither a template nor a snippet was read, and no line was taken for an attribute list, a link or a reference."""
    for path in hostile_lines_site.rglob("*.html"):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        text, page = soup.get_text(), path.relative_to(hostile_lines_site).as_posix()
        assert "root:x:" not in text, page
        assert str(7 * 191) not in text, page
        assert soup.select("[onclick], [onerror], [onload], [onmouseover], a[href^='javascript:'], .x") == [], page
        assert len(soup.select("h1")) == 1 or page.startswith("handbook/") or page == "404.html", page
    task = BeautifulSoup((hostile_lines_site / "demo/T1.html").read_text("utf-8"), "html.parser").select_one("article")
    assert task is not None
    for line in ("# heading", "| c | d |", '--8<-- "/etc/passwd"', "{: onclick=", "{{ 7*191 }} {% raw %}", ":smile:"):
        assert line in task.get_text(), line
