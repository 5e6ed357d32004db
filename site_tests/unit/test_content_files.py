"""Files beside the pages: what a browser would run is refused by name, and so is what takes the theme's place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import SmallProject
from milepost.data.page_files import DOCUMENTS, picture_faults
from milepost.data.theme_files import published_files

Project = Callable[..., SmallProject]
DECLARED = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
)
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize("ending", sorted(DOCUMENTS))
def test_a_file_that_browsers_open_as_a_page_is_refused(ending: str, small_project: Project) -> None:
    names = [f"content/own{ending}", f"content/deep/er/own{ending.upper()}"]
    project = small_project(dict.fromkeys(names, b"words"))
    assert [(found.path, found.rule) for found in project.diagnostics] == [
        (name, "unsafe-file") for name in sorted(names)
    ]


def test_a_file_in_the_place_of_the_themes_is_refused(small_project: Project) -> None:
    folder = small_project().folder
    of_theme = published_files(folder)
    scripts = [name for name in of_theme if name.endswith((".js", ".css"))]
    assert any(name.startswith("assets/javascripts/bundle.") for name in scripts)
    assert {"assets/milepost.js", "assets/milepost.css"} <= set(scripts)
    project = small_project({f"content/{name}": b"words" for name in scripts})
    assert [(found.path, found.rule) for found in project.diagnostics] == [
        (f"content/{name}", "unsafe-file") for name in sorted(scripts)
    ]


def test_the_theme_is_not_replaced_where_names_differ_in_case_alone(small_project: Project) -> None:
    project = small_project({"content/Assets/MILEPOST.js": b"words"})
    assert [found.rule for found in project.diagnostics] == ["unsafe-file"]
    assert "assets/milepost.js" in project.diagnostics[0].message


def test_a_file_of_the_projects_own_theme_is_not_replaced(small_project: Project) -> None:
    project = small_project({"overrides/assets/own.js": b"words", "content/assets/own.js": b"words"})
    assert [found.path for found in project.diagnostics] == ["content/assets/own.js"]


@pytest.mark.parametrize("name", ["plan.pdf", "plan.png", "plan.csv", "plan.txt", "plan.docx", "assets/plan.jpg"])
def test_other_files_are_published(name: str, small_project: Project) -> None:
    assert small_project({f"content/{name}": b"\x00words"}).found == []


@pytest.mark.parametrize("ending", [".markdown", ".mdown", ".mkdn", ".mkd"])
def test_a_page_with_another_ending_is_named_and_not_built_unread(ending: str, small_project: Project) -> None:
    project = small_project({f"content/note{ending}": b"---\nrender_macros: true\n---\n{{ config }}\n"})
    assert project.found == [(f"note{ending}", 1, 1, "unsafe-file")]
    assert project.diagnostics[0].hint == "Rename it to note.md."


@pytest.mark.parametrize(
    "picture",
    [
        f"<svg {SVG}><path d='M0 0h9v9z' fill='url(#a)'/><use xlink:href='#b'/><a href='#c'><title>x</title></a></svg>",
        f"<svg {SVG}><image href='data:image/png;base64,iVBORw0KGgo='/><style>path {{ fill: url(#a) }}</style></svg>",
        f"{DECLARED}<svg {SVG}><text>5 &lt; 6 &amp; script</text></svg>",
        f"<svg {SVG}><animate attributeName='x' from='0' to='9'/></svg>",
    ],
)
def test_a_picture_that_only_draws_is_published(picture: str, small_project: Project) -> None:
    assert small_project({"content/own.svg": picture.encode()}).found == []


@pytest.mark.parametrize(
    "inside",
    [
        "<script>document.title = 1</script>",
        "<SCRIPT>document.title = 1</SCRIPT>",
        '<script xlink:href="own.js"/>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">document.title = 1</x:script>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">words</p></foreignObject>',
        '<path onclick="document.title = 1"/>',
        '<path ONLOAD="document.title = 1"/>',
        '<a href="javascript:document.title = 1"><path/></a>',
        '<a xlink:href=" java&#10;script:document.title = 1"><path/></a>',
        '<a href="https://elsewhere.example/"><path/></a>',
        '<use href="other.svg#a"/>',
        '<image href="data:image/svg+xml,&lt;svg/&gt;"/>',
        '<image href="//elsewhere.example/a.png"/>',
        '<set attributeName="href" to="javascript:document.title = 1"/>',
        '<animate attributeName="xlink:href" values="javascript:document.title = 1"/>',
        '<set attributeName="onclick" to="document.title = 1"/>',
        '<path style="fill: url(https://elsewhere.example/a)"/>',
        "<path fill=\"url('https://elsewhere.example/a#b')\"/>",
        "<style>@import 'https://elsewhere.example/a.css';</style>",
        "<style>path { fill: u\\72l(https://elsewhere.example/a) }</style>",
        "<style>path { fill: url( https://elsewhere.example/a ) }</style>",
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="own.html"/>',
        '<handler xmlns="http://www.w3.org/2001/xml-events" type="application/ecmascript">document.title = 1</handler>',
    ],
)
def test_a_picture_that_runs_or_loads_something_is_refused(inside: str) -> None:
    faults = picture_faults(f"<svg {SVG}>\n{inside}\n</svg>".encode())
    assert faults
    assert {line for line, _, _ in faults} == {2}


@pytest.mark.parametrize(
    "picture",
    [
        "no picture",
        "",
        f"<svg {SVG}><script>",
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>',
        '<?xml-stylesheet href="javascript:document.title = 1"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        '<?xml version="1.0" encoding="no-such-encoding"?><svg/>',
    ],
)
def test_a_picture_that_is_no_plain_svg_is_refused(picture: str, small_project: Project) -> None:
    assert {entry[3] for entry in small_project({"content/own.SVG": picture.encode()}).found} == {"unsafe-file"}


def test_every_fault_of_a_picture_is_named_at_its_place(small_project: Project) -> None:
    picture = f"<svg {SVG}>\n  <script/>\n  <path onclick='a' onload='b'/>\n</svg>\n"
    found = small_project({"content/own.svg": picture.encode()}).found
    assert [entry[1:3] for entry in found] == [(2, 3), (3, 3), (3, 3)]
