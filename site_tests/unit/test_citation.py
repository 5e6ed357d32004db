"""Citations: what each form says, read by a reader of that form, and that no title is more than a title in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from bs4 import BeautifulSoup
from markdown import markdown as rendered

from conftest import HOSTILE
from hostile import HOSTILE_LINES
from milepost.site.citation import FORMS, Citation, CitationForm, Edition, bibtex, csl_json, markdown, text
from milepost.text.plain import remove_unprintable

COMMIT, DATA = "0123456789abcdef0123456789abcdef01234567", "89abcdef" * 8
ROOT = "https://status.example/portal/s/2025-10-21/"
FROZEN = Edition(ROOT, "2025-10-21", date(2025, 10, 23), date(2025, 10, 21), COMMIT, DATA)
CITATION = Citation(
    title="T1.2 · Dredge (Harbour)",
    portal="Harbour portfolio",
    publisher="Harbour office",
    authority="harbour.example",
    route="harbour/T1.html#T1.2",
    address=f"{ROOT}harbour/T1.html#T1.2",
    edition=FROZEN,
)
TODAY = replace(
    CITATION,
    address="https://status.example/portal/harbour/T1.html#T1.2",
    edition=Edition("https://status.example/portal/", "", None, date(2025, 10, 22), "", DATA),
)
HOSTILE_TITLES = [
    HOSTILE,
    HOSTILE_LINES,
    "}, url = {https://evil.example/}, note = {",
    "{{{",
    "}}}",
    "ends with a backslash \\",
    "\"quoted\" and 'quoted' `and` `` ",
    "\\input{/etc/passwd} \\write18{rm} $x^{2}$ ~ % a comment & a cell # _",
    "a\n@misc{other,\n  title = {b}\n}\n",
    "]](https://evil.example/) [x](javascript:alert(1)) ![i](//evil.example/i.png)",
    "</code></pre></details></script><script>window.hit=1</script>",
    '", "type": "book", "x": "',
    "*a* _b_ **c** ~~d~~ <https://evil.example/> <b>e</b> &amp; &lt; | f | #g !h",
    "\u202eright to left\u2066 \x07 \x1b[31m\x00 \u2028 \u2029 \x85",
    "1. first",
    "# heading",
]

CSL_ITEM = {
    "$comment": "Written for these tests from the rules of csl-data.json 1.0, as strictly as Milepost writes it.",
    "type": "array",
    "minItems": 1,
    "maxItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "container-title", "author", "publisher", "issued", "note"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": "^[0-9A-Za-z.:-]+$"},
            "type": {"const": "webpage"},
            "author": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["literal"],
                    "additionalProperties": False,
                    "properties": {"literal": {"$ref": "#/$defs/line"}},
                },
            },
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 1,
                        "items": {"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "integer"}},
                    }
                },
            },
            **{
                name: {"$ref": "#/$defs/line"}
                for name in ("title", "container-title", "publisher", "version", "note", "URL")
            },
        },
    },
    "$defs": {"line": {"type": "string", "minLength": 1, "pattern": "^[^\\n\\r]+$"}},
}
TEX_WORDS = {
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "textless": "<", "textgreater": ">", "textbar": "|", "textquotedbl": '"', "textasciigrave": "`",
}  # fmt: skip


def read_bibtex(source: str) -> tuple[str, str, dict[str, str]]:
    """The kind, key and fields of the one entry in `source`, as BibTeX reads them: it counts braces alone."""
    head = re.match(r"@(\w+)\{([^,\s{}%#~\"'()=\\]+),\s*", source)
    assert head is not None, source
    fields, place = {}, head.end()
    while source[place] != "}":
        name = re.compile(r"(\w+) = (?:([a-z]{3})|(?=\{))").match(source, place)
        assert name is not None, source[place : place + 60]
        place = name.end()
        value = name[2]
        if value is None:
            start, depth = place + 1, 0
            while True:
                depth += {"{": 1, "}": -1}.get(source[place], 0)
                place += 1
                if depth == 0:
                    break
            value = source[start : place - 1]
        fields[name[1]] = value
        rest = re.compile(r",?\s*").match(source, place)
        assert rest is not None
        place = rest.end()
    assert source[place + 1 :] == ""
    return head[1], head[2], fields


def set_by_tex(source: str) -> str:
    """What TeX sets of `source`; fails where a command, or a character that means something to it, is left."""
    rest = re.sub(r"\{\\(\w+)\}", lambda found: f"\0{sorted(TEX_WORDS).index(found[1])}\0", source)
    rest = re.sub(r"\\([$&#_%])", lambda found: f"\1{ord(found[1])}\1", rest)
    rest = rest.replace("{@}", "@")
    assert re.search(r"[\\{}$&#_%~^]", rest) is None, rest
    rest = re.sub("\1([0-9]+)\1", lambda found: chr(int(found[1])), rest)
    return re.sub("\0([0-9]+)\0", lambda found: TEX_WORDS[sorted(TEX_WORDS)[int(found[1])]], rest)


def titled(title: str) -> Citation:
    """A citation whose every title is `title`."""
    return replace(CITATION, title=title, portal=title, publisher=title)


# What is said


def test_plain_text_says_what_when_where_and_of_which_data() -> None:
    assert text(CITATION) == (
        "T1.2 · Dredge (Harbour). Harbour portfolio. Harbour office. Snapshot 2025-10-21 of 23 Oct 2025. "
        "https://status.example/portal/s/2025-10-21/harbour/T1.html#T1.2 "
        f"(as of 21 Oct 2025, commit {COMMIT}, data (SHA-256) {DATA})"
    )


def test_bibtex_says_the_same() -> None:
    kind, key, fields = read_bibtex(bibtex(CITATION))
    assert (kind, key) == ("misc", "harbour.example:harbour:T1:T1.2:2025-10-21")
    assert fields == {
        "title": "{T1.2 · Dredge (Harbour)}",
        "author": "{Harbour office}",
        "howpublished": "Harbour portfolio, snapshot 2025-10-21 of 23 Oct 2025",
        "year": "2025",
        "month": "oct",
        "version": "2025-10-21",
        "url": CITATION.address,
        "note": f"As of 21 Oct 2025, commit {COMMIT}, data (SHA-256) {DATA}",
    }


def test_csl_json_says_the_same() -> None:
    assert json.loads(csl_json(CITATION)) == [
        {
            "id": CITATION.key,
            "type": "webpage",
            "title": "T1.2 · Dredge (Harbour)",
            "container-title": "Harbour portfolio",
            "author": [{"literal": "Harbour office"}],
            "publisher": "Harbour office",
            "issued": {"date-parts": [[2025, 10, 23]]},
            "version": "2025-10-21",
            "URL": CITATION.address,
            "note": f"Snapshot 2025-10-21 of 23 Oct 2025, as of 21 Oct 2025, commit {COMMIT}, data (SHA-256) {DATA}",
        }
    ]


def test_markdown_says_the_same_and_links_it() -> None:
    assert markdown(CITATION) == (
        f"[T1.2 · Dredge (Harbour)]({CITATION.address}), Harbour portfolio, Harbour office, "
        f"snapshot 2025-10-21 of 23 Oct 2025, as of 21 Oct 2025, commit `{COMMIT}`, data (SHA-256) `{DATA}`."
    )


each_form = pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])


@each_form
def test_a_page_that_changes_is_said_to_and_names_no_snapshot_and_no_commit(form: CitationForm) -> None:
    written = form.write(TODAY)
    assert "urrent page, which changes" in written
    assert DATA in written
    assert "22 Oct 2025" in written
    assert not any(word in written for word in ("snapshot", "Snapshot", "commit", "version"))


@each_form
def test_where_no_address_is_known_none_is_said(form: CitationForm) -> None:
    written = form.write(replace(CITATION, address=""))
    assert not any(word in written for word in ("http", "URL", "url", "]("))
    assert CITATION.title in written


def test_keys_are_of_the_page_not_of_its_title() -> None:
    assert titled("Anything").key == CITATION.key
    routes = ("index.html", "harbour/index.html", "harbour/T1.html", "harbour/T1.html#T1.2", "registers/risks.html")
    keys = [replace(CITATION, route=route).key for route in routes]
    assert len(set(keys)) == len(keys)
    assert TODAY.key.endswith(":current-2025-10-22")
    assert re.fullmatch(r"[0-9A-Za-z.:-]+", replace(CITATION, route="é {a}, \\b.html").key)


# No title is more than a title

each_title = pytest.mark.parametrize("title", HOSTILE_TITLES, ids=range(len(HOSTILE_TITLES)))


@each_title
def test_a_hostile_title_is_one_line_of_plain_text_without_controls(title: str) -> None:
    written = text(titled(title))
    assert written.isprintable() or "\u200b" in written
    assert re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", written) is None
    assert written.count(DATA) == 1


@each_title
def test_a_hostile_title_is_one_value_of_bibtex_and_no_command_of_tex(title: str) -> None:
    kind, key, fields = read_bibtex(bibtex(titled(title)))
    assert (kind, key) == ("misc", CITATION.key)
    assert list(fields) == ["title", "author", "howpublished", "year", "month", "version", "url", "note"]
    assert fields["url"] == CITATION.address
    for name in ("title", "author"):
        assert fields[name][0] + fields[name][-1] == "{}"
        assert set_by_tex(fields[name][1:-1]) == remove_unprintable(title)
    assert set_by_tex(fields["howpublished"]).startswith(remove_unprintable(title))


@pytest.mark.parametrize("title", [*HOSTILE_TITLES, CITATION.title])
@pytest.mark.parametrize("edition", [FROZEN, TODAY.edition])
def test_csl_json_keeps_to_its_schema_and_ends_no_script(title: str, edition: Edition) -> None:
    written = csl_json(replace(titled(title), edition=edition))
    item = json.loads(written)
    jsonschema.validate(item, CSL_ITEM)
    assert item[0]["title"] == remove_unprintable(title)
    assert not {"<", ">", "&"} & set(written)


@each_title
def test_a_hostile_title_in_markdown_is_text_and_one_link(title: str) -> None:
    shown = BeautifulSoup(rendered(markdown(titled(title)), extensions=["tables", "attr_list"]), "html.parser")
    assert sorted({tag.name for tag in shown.select("*")}) == ["a", "code", "p"]
    (link,) = shown.find_all("a")
    assert link.attrs == {"href": CITATION.address}
    # Markdown shows any run of spaces as one, as remove_unprintable does.
    assert link.get_text() == remove_unprintable(title)
    assert [code.get_text() for code in shown.find_all("code")] == [COMMIT, DATA]


@each_form
def test_an_address_cannot_end_its_place(form: CitationForm) -> None:
    address = 'https://status.example/a) {b} "c" <d>\\e`f`\n.html'
    written = form.write(replace(CITATION, address=address))
    assert "https://status.example/a%29%20%7Bb%7D%20%22c%22%20%3Cd%3E%5Ce%60f%60%0A.html" in written
