"""YAML text to plain values: text stays text, every value knows its place, and whatever is refused is refused there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from milepost.data.files import SIZE_LIMIT
from milepost.data.yaml_reader import (
    DEPTH_LIMIT,
    Document,
    FieldMap,
    ItemList,
    Scalar,
    Value,
    line_reader,
    locate,
    read,
    scalars,
)
from milepost.diagnostics import Location


def reading(text: str | bytes) -> Document:
    return read("x.yml", text if isinstance(text, bytes) else dedent(text).encode())


def mapping(text: str | bytes) -> FieldMap:
    document = reading(text)
    assert document.diagnostics == ()
    assert isinstance(document.value, FieldMap)
    return document.value


def found(document: Document) -> list[tuple[int, int, str]]:
    assert all(entry.path == "x.yml" for entry in document.diagnostics)
    return [(entry.line, entry.column, entry.rule) for entry in document.diagnostics]


def spot(location: Location | None) -> tuple[int, int]:
    assert location is not None
    return location.line, location.column


class TestText:
    @pytest.mark.parametrize(
        "word",
        ["no", "on", "Yes", "off", "y", "1.10", "0x1F", "010", "1e3", "1_000", ".inf", "2025-01-01", "12:30", "true"],
    )
    def test_a_word_that_yaml_reads_as_another_type_stays_the_text_it_is(self, word: str) -> None:
        value = mapping(f"field: {word}\n")["field"]
        assert isinstance(value, Scalar)
        assert value == word
        assert value.plain

    @pytest.mark.parametrize("text", ['"45"', "'45'", "|-\n  45\n", ">-\n  45\n"])
    def test_a_scalar_in_quotes_or_in_a_block_is_not_plain(self, text: str) -> None:
        value = mapping(f"field: {text}")["field"]
        assert isinstance(value, Scalar)
        assert value == "45"
        assert not value.plain

    @pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
    def test_nothing_is_written_as_nothing_or_as_null(self, word: str) -> None:
        assert mapping(f"field: {word}\n")["field"] is None

    @pytest.mark.parametrize("text", ['""', '"null"', "'~'", "nULL", "none"])
    def test_what_only_resembles_nothing_is_text(self, text: str) -> None:
        assert isinstance(mapping(f"field: {text}\n")["field"], Scalar)

    @pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"# a remark\n", b"---\n", b"\xef\xbb\xbf", b"~\n"])
    def test_a_file_without_values_is_empty_and_not_an_error(self, content: bytes) -> None:
        document = reading(content)
        assert document.value is None
        assert document.diagnostics == ()

    def test_scalars_come_in_the_order_of_the_file(self) -> None:
        document = reading("""\
            b: one
            a: [two, {c: three, d: }, [four]]
            """)
        assert list(scalars(document.value)) == ["one", "two", "three", "four"]


class TestPlaces:
    def test_every_key_value_and_item_keeps_its_line_and_column(self) -> None:
        value = mapping("""\
            title: One
            list:
              - first
              - {id: T1, tags: [a, b]}
            """)
        assert spot(value.location) == (1, 1)
        assert spot(value.key_locations["title"]) == (1, 1)
        assert spot(value.value_locations["title"]) == (1, 8)
        items = value["list"]
        assert isinstance(items, ItemList)
        assert [spot(place) for place in items.item_locations] == [(3, 5), (4, 5)]
        assert spot(locate(value, ("list", 1, "tags", 1))) == (4, 24)

    def test_a_value_that_is_not_there_is_placed_at_the_nearest_above_it(self) -> None:
        value = mapping("list:\n  - {id: T1}\n")
        assert spot(locate(value, ("list", 0, "title"))) == (2, 5)
        assert spot(locate(value, ("list", 7))) == (2, 3)

    def test_a_step_that_a_short_form_left_out_is_passed_over(self) -> None:
        value = mapping("criteria:\n  - First\n  - Second\n")
        assert spot(locate(value, ("criteria", "criteria", 1, "text"))) == (3, 5)

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            ('{a: "é", b: x}', (1, 13)),
            ('{a: "😀😀", b: x}', (1, 14)),
            ("\ufeff{a: y, b: x}", (1, 11)),
            ("a: y\r\nb: x\r\n", (2, 4)),
        ],
        ids=["accent", "emoji", "byte order mark", "Windows line ends"],
    )
    def test_columns_count_characters_as_editors_do(self, content: str, place: tuple[int, int]) -> None:
        assert spot(mapping(content.encode()).value_locations["b"]) == place

    @pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
    def test_lines_are_counted_by_the_line_ends_that_editors_show(self, character: str) -> None:
        """YAML 1.1 ends a line at these, YAML 1.2 and editors do not; refusing the character itself is as well."""
        document = reading(f'a: "one{character}two"\nb: x\nb: y\n'.encode())
        assert document.diagnostics
        assert {entry.line for entry in document.diagnostics} <= {1, 3}


class TestRefused:
    def test_a_field_that_stands_twice_is_reported_at_the_second_place(self) -> None:
        document = reading("""\
            - {id: T1, title: a}
            - id: T2
              title: b
              id: T3
            """)
        assert found(document) == [(4, 3, "yaml-duplicate-key")]
        assert "line 2" in document.diagnostics[0].message

    def test_every_repeated_field_of_a_file_is_reported(self) -> None:
        document = reading("a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n")
        assert found(document) == [
            (2, 11, "yaml-duplicate-key"),
            (3, 1, "yaml-duplicate-key"),
            (4, 1, "yaml-duplicate-key"),
        ]

    def test_a_scalar_may_be_shared_by_an_alias(self) -> None:
        document = reading("a: &title One\nb: *title\n")
        assert document.diagnostics == ()
        assert document.value == {"a": "One", "b": "One"}

    @pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "a: &x {c: 1}\nb: *x\n", "&x [*x]\n", "&x {a: *x}\n"])
    def test_an_alias_of_a_list_or_mapping_is_refused(self, text: str) -> None:
        document = reading(text)
        assert [entry.rule for entry in document.diagnostics] == ["yaml-syntax"]
        assert "alias" in document.diagnostics[0].message

    def test_aliases_that_would_multiply_without_end_are_refused(self) -> None:
        """Nine to the power of 100 values, were they followed: this would never end."""
        levels = "".join(f"- &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 100))
        document = reading("- &a0 [lol]\n" + levels)
        assert {entry.rule for entry in document.diagnostics} == {"yaml-syntax"}

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("a: !!int 4\n", (1, 4)),
            ("a: !!python/object/apply:os.system [ls]\n", (1, 4)),
            ("- !own {a: 1}\n", (1, 3)),
            ("- !!set {a, b}\n", (1, 3)),
        ],
    )
    def test_a_tag_is_refused_at_its_value(self, text: str, place: tuple[int, int]) -> None:
        assert found(reading(text)) == [(*place, "yaml-syntax")]

    def test_a_merge_key_is_a_field_like_any_other_and_merges_nothing(self) -> None:
        value = mapping("a: {<<: {b: 1}}\n")["a"]
        assert isinstance(value, FieldMap)
        assert list(value) == ["<<"]

    def test_a_key_that_is_not_one_word_is_refused(self) -> None:
        assert found(reading("[a, b]: 1\n")) == [(1, 1, "yaml-syntax")]

    def test_a_second_document_in_one_file_is_refused_where_it_begins(self) -> None:
        assert found(reading("a: 1\n---\nb: 2\n")) == [(2, 1, "yaml-syntax")]

    @pytest.mark.parametrize(
        ("text", "line", "hint"),
        [
            ("a: one: two\n", 1, "quotes"),
            ("a:\n\tb: 1\n", 2, "tabs"),
            ("a: [1, 2\nb: 3\n", 2, "brackets"),
            ('a: "open\n', 1, "Close the quote"),
        ],
        ids=["colon in text", "tab", "open bracket", "open quote"],
    )
    def test_what_is_not_yaml_is_reported_at_its_line_with_a_hint(self, text: str, line: int, hint: str) -> None:
        document = reading(text)
        assert document.value is None
        assert [(entry.rule, entry.line) for entry in document.diagnostics] == [("yaml-syntax", line)]
        assert hint in document.diagnostics[0].hint

    @pytest.mark.parametrize(
        ("text", "place", "hint"),
        [
            ('- id: T1\n  title: "One\n- id: T2\n', (2, 10), "Close the quote that opens here."),
            ("- id: T1\n  title: 'One", (2, 10), "Close the quote that opens here."),
            ("- id: T1\n  refs: [a, b\n\n\n", (2, 9), "Close the bracket that opens here."),
            ("- id: T1\n  progress:45\n  owner: crew\n", (2, 3), "Put a space behind the colon: progress: 45"),
            ("- id: T1\n  progress:45\n", (2, 3), "Put a space behind the colon: progress: 45"),
            ("- id: T1\n  half way\n  owner: crew\n", (2, 3), "Write `name: value`, with a colon and a space"),
        ],
    )
    def test_what_is_missed_later_is_reported_where_it_is_missing(
        self, text: str, place: tuple[int, int], hint: str
    ) -> None:
        document = reading(text)
        assert found(document) == [(*place, "yaml-syntax")]
        assert document.diagnostics[0].hint.startswith(hint)

    @pytest.mark.parametrize("text", ["a: |2x", "a: 1\n- b", "? a\n: [", "a: &x", "a: !", '"', "{", "a: b: ", "- - ["])
    def test_no_place_lies_behind_the_end(self, text: str) -> None:
        for end in ("", "\n", "\n\n", "\r\n \r\n"):
            lines = text.splitlines()
            for entry in reading(text + end).diagnostics:
                assert entry.line <= len(lines)
                assert entry.column <= len(lines[entry.line - 1]) + 1

    @pytest.mark.parametrize(
        ("content", "place", "byte"),
        [
            (b"a: 1\nb: \xe9\n", (2, 4), "0xe9"),
            (b"\xff\xfea\x00", (1, 1), "0xff"),
            (b"a: \xc3\xa9\xc3\xa9 \xe9\n", (1, 7), "0xe9"),
            (b"\xef\xbb\xbfa: 1\nb: \xe9\n", (2, 4), "0xe9"),
        ],
        ids=["Latin-1", "UTF-16", "after accents", "after a byte order mark"],
    )
    def test_a_byte_that_is_not_utf8_is_reported_at_its_place(
        self, content: bytes, place: tuple[int, int], byte: str
    ) -> None:
        document = reading(content)
        assert document.value is None
        assert found(document) == [(*place, "not-utf8")]
        assert byte in document.diagnostics[0].message

    @pytest.mark.parametrize(
        ("content", "place"),
        [(b"a: x\x01y\n", (1, 5)), ("a: é\nb: éé\x07\n".encode(), (2, 6)), (b"\x00", (1, 1))],
        ids=["plain", "after accents", "nul"],
    )
    def test_a_control_character_is_reported_at_its_place(self, content: bytes, place: tuple[int, int]) -> None:
        assert found(reading(content)) == [(*place, "yaml-syntax")]


class TestLimits:
    def test_a_file_over_the_size_limit_is_refused_unread(self) -> None:
        document = reading(b"[" * (SIZE_LIMIT + 1))
        assert document.value is None
        assert found(document) == [(1, 1, "yaml-limits")]
        assert f"{SIZE_LIMIT:,}" in document.diagnostics[0].message

    def test_values_may_stand_as_deep_as_the_limit_says(self) -> None:
        assert reading("[" * DEPTH_LIMIT + "x" + "]" * DEPTH_LIMIT).diagnostics == ()

    def test_one_level_more_is_refused_at_its_place(self) -> None:
        document = reading("[" * (DEPTH_LIMIT + 1) + "x" + "]" * (DEPTH_LIMIT + 1))
        assert document.value is None
        assert found(document) == [(1, DEPTH_LIMIT + 1, "yaml-limits")]

    @pytest.mark.parametrize(
        ("before", "after"), [("[", "]"), ("{a: ", "}"), ("- ", "")], ids=["lists", "mappings", "hyphens"]
    )
    def test_any_number_of_levels_is_refused_and_ends_no_process(self, before: str, after: str) -> None:
        """In a process of its own: libyaml's composer is recursive, and would take the tests down with it."""
        program = (
            "from milepost.data.yaml_reader import read\n"
            f"content = b'{before}' * 200_000 + b'x' + b'{after}' * 200_000\n"
            "print({found.rule for found in read('x.yml', content).diagnostics})\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stdout) == (0, "{'yaml-limits'}\n")


class TestLinesToShow:
    def test_a_line_is_shown_with_control_characters_and_bad_bytes_made_visible(self, tmp_path: Path) -> None:
        (tmp_path / "x.yml").write_bytes(b"\xef\xbb\xbffirst\r\nbad \xe9 bell \x07 tab \t.\r\n")
        line_at = line_reader(("", tmp_path))
        assert line_at(Location("x.yml", 1, 1)) == "first"
        assert line_at(Location("x.yml", 2, 1)) == "bad \\xe9 bell ? tab \t."

    def test_a_line_or_file_that_is_not_there_has_nothing_to_show(self, tmp_path: Path) -> None:
        (tmp_path / "x.yml").write_text("one\n", encoding="utf-8")
        line_at = line_reader(("", tmp_path))
        assert line_at(Location("x.yml", 9, 1)) == ""
        assert line_at(Location("none.yml", 1, 1)) == ""


def test_values_are_plain_python_values_to_whoever_compares_them() -> None:
    value: Value = reading("a: [x, {b: y}]\n").value
    assert value == {"a": ["x", {"b": "y"}]}
