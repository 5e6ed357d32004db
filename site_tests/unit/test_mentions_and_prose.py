"""Sentences of the data: what in them is a name, and that nothing in them can run or break the page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.text.html import inline, one_line, plain
from milepost.text.ids import Token, TokenKind, tokens

MARKS = {TokenKind.CODE: ("`", "`"), TokenKind.REFERENCE: ("[[", "]]")}
PAGES = {"T1": "T1.html", "fixnado/M3": "../fixnado/M3.html"}

sentences = st.text(
    st.sampled_from(list("aT1.-_`[]()<>&\"'{}/:!?,;# \n\té€")) | st.characters(codec="utf-8"), max_size=60
) | st.lists(
    st.sampled_from(
        [
            "T1",
            "[[T1]]",
            "[[",
            "]]",
            "`",
            "`x`",
            "https://a.example/b?c=d",
            "javascript:",
            "<b>",
            " ",
            "&amp;",
            "{{",
            "}}",
        ]
    ),
    max_size=12,
).map("".join)
steady = settings(derandomize=True, database=None, deadline=None, max_examples=300)


class Reader(HTMLParser):
    """What a browser makes of a piece of HTML: its text, its tags and the addresses that they point to."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def kinds(sentence: str) -> list[tuple[str, str]]:
    return [(token.kind.value, token.text) for token in tokens(sentence) if token.kind is not TokenKind.TEXT]


def html(sentence: str) -> str:
    return str(inline(sentence, PAGES.get))


def with_marks(token: Token) -> str:
    before, after = MARKS.get(token.kind, ("", ""))
    return f"{before}{token.text}{after}"


class TestTokens:
    @pytest.mark.parametrize("name", ["T1", "M1", "T1.2", "UT-004", "R-01", "DM3", "T4A", "a1"])
    def test_a_word_in_the_form_of_an_id_is_one(self, name: str) -> None:
        for sentence in (name, f"See {name}.", f"({name})", f"{name}, and more", f"Done: {name}; {name}!"):
            assert ("id", name) in kinds(sentence)

    @pytest.mark.parametrize("sentence", ["Task", "in 2025-10-21", "by 100 %", "a-b", "Vitest.", "1T", "", "é1"])
    def test_other_words_and_numbers_are_none(self, sentence: str) -> None:
        assert kinds(sentence) == []

    @pytest.mark.parametrize("sentence", ["xT1é", "éT1", "_T1", "T1_2", "file-.T1", "5T1"])
    def test_an_id_within_a_longer_word_is_none(self, sentence: str) -> None:
        assert ("id", "T1") not in kinds(sentence)

    def test_an_id_is_read_to_its_end(self) -> None:
        assert kinds("T1.2.3-a follows T1.") == [("id", "T1.2.3-a"), ("id", "T1")]

    def test_what_stands_in_code_is_code_alone(self) -> None:
        assert kinds("Run `make T1 [[M1]] https://a.example`, then T2") == [
            ("code", "make T1 [[M1]] https://a.example"),
            ("id", "T2"),
        ]

    @pytest.mark.parametrize("sentence", ["a ` alone", "``", "`over\ntwo lines`"])
    def test_a_backtick_without_its_partner_is_text(self, sentence: str) -> None:
        assert kinds(sentence) == []

    def test_a_reference_is_what_stands_in_double_brackets(self) -> None:
        assert kinds("[[fixnado/M3]] and [[T1]]") == [("reference", "fixnado/M3"), ("reference", "T1")]

    @pytest.mark.parametrize("sentence", ["[[]]", "[[two words]]", "[x]", "[[open", "[a](b)"])
    def test_other_brackets_are_text(self, sentence: str) -> None:
        assert all(kind != "reference" for kind, _ in kinds(sentence))

    @pytest.mark.parametrize(
        ("sentence", "address"),
        [
            ("See https://a.example/b?c=d&e#f.", "https://a.example/b?c=d&e#f"),
            ("(http://a.example/x)", "http://a.example/x"),
            ("https://a.example, and", "https://a.example"),
            ("<https://a.example>", "https://a.example"),
            ("https://a.example/T1", "https://a.example/T1"),
        ],
    )
    def test_an_address_ends_before_the_marks_of_its_sentence(self, sentence: str, address: str) -> None:
        assert kinds(sentence) == [("address", address)]

    @given(sentences)
    @steady
    def test_joined_with_their_marks_the_tokens_give_the_sentence(self, sentence: str) -> None:
        assert "".join(with_marks(token) for token in tokens(sentence)) == sentence

    def test_a_long_sentence_costs_in_step_with_its_length(self) -> None:
        """None of these may make the pattern go back over the whole sentence at each character."""
        for piece in ("a-", "T1é", "[[", "`", "http://(", "a." * 3 + "é"):
            assert "".join(with_marks(token) for token in tokens(piece * 40_000)) == piece * 40_000


class TestHtml:
    @pytest.mark.parametrize(
        "sentence",
        [
            "<script>alert(1)</script>",
            '<img src=x onerror="alert(1)">',
            "a & b < c > d",
            "</p></div>",
            "&lt;b&gt; &amp; &#x3c;",
            "{{ 7*7 }} {% raw %} {# x #}",
            "[click](javascript:alert(1))",
            "![x](data:text/html,x)",
            "javascript:alert(1)",
            "data:text/html;base64,PHNjcmlwdD4=",
            "vbscript:x file:///etc/passwd //evil.example",
            "**bold** _it_ # heading | cell |",
            "<!-- x -->",
            "]]>",
        ],
    )
    def test_markup_is_shown_as_the_text_it_is_and_never_run(self, sentence: str) -> None:
        read = Reader(html(sentence))
        assert read.tags == []
        assert read.text == sentence

    @pytest.mark.parametrize(
        "sentence",
        [
            "`<script>alert(1)</script>`",
            "[[<b>]]",
            "https://a.example/\"onmouseover='x'",
            "https://a.example/<script>",
            "`{{ 7*7 }}`",
        ],
    )
    def test_nor_does_it_run_in_code_references_or_addresses(self, sentence: str) -> None:
        read = Reader(html(sentence))
        assert {tag for tag, _ in read.tags} <= {"code", "a"}
        assert all(set(attributes) <= {"href", "rel", "class"} for _, attributes in read.tags)

    def test_code_is_marked_up(self) -> None:
        assert html("Run `a < b`") == "Run <code>a &lt; b</code>"

    def test_an_id_that_is_known_becomes_a_link_and_others_stay_text(self) -> None:
        assert html("T1 and T2") == '<a class="mp-ref" href="T1.html">T1</a> and T2'

    def test_a_reference_becomes_a_link_without_its_brackets(self) -> None:
        assert html("[[fixnado/M3]]") == '<a class="mp-ref" href="../fixnado/M3.html">fixnado/M3</a>'

    def test_an_address_becomes_a_link_that_tells_nothing_of_this_page(self) -> None:
        (tag,) = Reader(html("https://a.example/?b=c&d=e")).tags
        assert tag == ("a", {"href": "https://a.example/?b=c&d=e", "rel": "noopener"})

    @given(sentences)
    @steady
    def test_a_reader_sees_the_words_of_the_sentence(self, sentence: str) -> None:
        assert Reader(html(sentence)).text == plain(one_line(sentence))

    @given(sentences)
    @steady
    def test_only_links_and_code_come_out_and_links_lead_to_the_web_or_to_a_page(self, sentence: str) -> None:
        for tag, attributes in Reader(html(sentence)).tags:
            assert tag in {"a", "code"}
            if tag == "a":
                address = attributes["href"] or ""
                assert address in PAGES.values() or address.startswith(("https://", "http://"))


class TestPlain:
    def test_bare_text_has_neither_marks_nor_markup(self) -> None:
        assert plain("Run `make`, see [[fixnado/M3]] and T1 at https://a.example.") == (
            "Run make, see fixnado/M3 and T1 at https://a.example."
        )

    def test_bare_text_is_not_escaped(self) -> None:
        assert plain("a < b & c") == "a < b & c"
