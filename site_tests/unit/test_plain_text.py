"""Plain text: collapsed, shortened, counted, and shown without what cannot be printed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.data.yaml_reader import read
from milepost.text.plain import (
    choose,
    collapse,
    counted,
    enumerate_some,
    escape_unprintable,
    json_in_yaml,
    mask_unprintable,
    remove_unprintable,
    shorten,
    shorten_middle,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ten letter", "Ten letter"),
        ("Ten letters", "Ten …"),
        ("One, two, three", "One, two …"),
        ("Unbroken-word", "Unbroken-w …"),
    ],
)
def test_text_is_shortened_at_a_word(text: str, expected: str) -> None:
    assert shorten(text, 10) == expected


def test_the_end_of_a_message_is_kept() -> None:
    assert shorten_middle("abcdefghij", 4) == "ab … ij"
    assert shorten_middle("abcd", 4) == "abcd"


def test_words_agree_with_their_count() -> None:
    assert [counted(count, "task") for count in (0, 1, 2)] == ["0 tasks", "1 task", "2 tasks"]
    assert counted(2, "criterion", "criteria") == "2 criteria"
    assert [choose(count, "is", "are") for count in (0, 1, 2)] == ["are", "is", "are"]


def test_of_many_names_some_are_given() -> None:
    assert enumerate_some(["a", "b"], 2) == "a, b"
    assert enumerate_some(["a", "b", "c", "d"], 2) == "a, b and 2 more"


@given(st.text())
def test_what_is_shown_can_be_printed(text: str) -> None:
    assert escape_unprintable(text).isprintable()
    assert len(mask_unprintable(text)) == len(text)
    assert mask_unprintable(text).replace("\t", "").isprintable()
    assert remove_unprintable(text) == collapse(remove_unprintable(text))
    assert not set(remove_unprintable(text)) & set("\x1b\x9b\u2028\u202e\u2066")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_is_read_as_yaml_on_one_line(text: str) -> None:
    written = json_in_yaml(text)
    assert json.loads(written) == text
    assert len(written.splitlines()) == 1
    if not set(text) & set("\ufffe\uffff"):
        assert str(read("a.yml", written.encode()).value) == text
