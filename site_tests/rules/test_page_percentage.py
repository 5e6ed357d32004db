"""What page-percentage finds on a built page and in a chart, at which line, and what it must leave alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import (
    HOSTILE,
    HOSTILE_FILES,
    SITE_ADDRESS,
    SmallProject,
    copy_project,
    milepost,
    write_files,
)
from milepost.check.site import check_site, read_site
from milepost.diagnostics import Diagnostic
from milepost.history.figure_table import figures
from milepost.history.timeline import Past
from milepost.report import Report, make_report

RULE = "page-percentage"
CODE = ("code", "pre", "script", "style")
TASKS = """\
    - id: T1
      progress: 45
    - id: T2
      title: Reach 80 % of the users
      progress: 67
      subtasks:
        - {id: T2.1, progress: 100}
        - {id: T2.2, progress: 60}
        - {id: T2.3, progress: 40}
      accept: [{rule: rollup-mismatch, figures: {reported: 67, computed: 66.67}, reason: It was rounded.}]
    """
T1 = '<data class="percent" value="45" data-ref="demo/T1:reported">45 %</data>'
BAR = (
    '<svg class="mp-bar" data-ref="demo/T2"><rect class="mp-bar-filled" width="67%"></rect>'
    '<rect class="mp-bar-tick" x="67%"></rect></svg>'
)

Check = Callable[..., list[tuple[str, int, str]]]


def told(found: tuple[Diagnostic, ...]) -> list[tuple[str, int, str]]:
    return [(entry.path.removeprefix("site/"), entry.line, entry.message) for entry in found if entry.rule == RULE]


@pytest.fixture
def check(small_project: Callable[..., SmallProject]) -> Check:
    """Checks pages and charts, given by their routes, of a project with two tasks; gives file, line and message."""

    def run(page: str = "", **files: str) -> list[tuple[str, int, str]]:
        project = small_project(None, tasks=TASKS)
        site = project.folder / "site"
        chosen = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
        write_files(site, {"index.html": page, **chosen})
        return told(check_site(site, "https://demo.example/", make_report(project.check(), Past())))

    return run


class TestOnAPage:
    @pytest.mark.parametrize(
        ("element", "message"),
        [
            (T1.replace(">45", ">54"), "the page shows 54 % as demo/T1:reported, which is 45 %"),
            (T1.replace("45", "54"), "the page shows 54 % as demo/T1:reported, which is 45 %"),
            (T1.replace('"45"', '"54"'), "the page shows 45 % as demo/T1:reported, but tells programs that it is 54"),
            (
                T1.replace(' value="45"', ""),
                "the page shows 45 % as demo/T1:reported, but tells programs that it is nothing",
            ),
            (T1.replace("T1", "T9"), "the page shows 45 % as demo/T9:reported, which the data does not have"),
            (T1.replace("45 %", "45"), "0 percentages cannot be the 1 figure demo/T1:reported"),
            (T1.replace(' data-ref="demo/T1:reported"', ""), "45 % names no figure of the data"),
            ("<b>45 %</b>", "45 % names no figure of the data"),
            ("<b>45</b> %", "45 % names no figure of the data"),
            ("45&nbsp;%", "45 % names no figure of the data"),
            ("45&#37;", "45 % names no figure of the data"),
            ("<td>71.43%</td>", "71.43 % names no figure of the data"),
            (f"{T1} now, 45 % then", "45 % names no figure of the data"),
            ('<a title="45 % of it">it</a>', "45 % names no figure of the data"),
            ('<a aria-label="45 % of it">it</a>', "45 % names no figure of the data"),
            ('<img alt="T1 45 %">', "45 % names no figure of the data"),
            (
                '<img alt="T1 54 %" data-ref="demo/T1:reported">',
                "the page shows 54 % as demo/T1:reported, which is 45 %",
            ),
            (
                '<img alt="T1 45 %; T2 67 %" data-ref="demo/T1:reported">',
                "2 percentages cannot be the 1 figure demo/T1:reported",
            ),
            (
                '<img alt="T1 67 %; T2 67 %" data-ref="demo/T1:reported demo/T2:reported">',
                "the page shows 67 % as demo/T1:reported, which is 45 %",
            ),
        ],
    )  # fmt: skip
    def test_a_figure_that_is_not_the_datas_is_found_at_its_line(
        self, check: Check, element: str, message: str
    ) -> None:
        [(route, line, said)] = check(f"<!doctype html>\n<p>{T1}</p><pre>45 %\n</pre>\n<p>{element}</p>\n")
        assert (route, said) == ("index.html", message)
        # What the HTML spells in another way is told at the top.
        assert line == (1 if "&" in element else 4)

    @pytest.mark.parametrize(
        "element",
        [
            T1,
            T1.replace("45 %", " 45\u00a0% "),
            '<data value="67" data-ref="demo/T2:computed">67 %</data>',
            '<data value="66.67" data-ref="demo/T2:computed">66.67 %</data>',
            '<img alt="T2 67 % reported, T1 45 %" data-ref="demo/T2:reported demo/T1:reported">',
            '<img alt="At 90 %: T1 45 %" data-ref="- demo/T1:reported">',
            "<code>45 %</code><pre><b>45 %</b></pre><pre><code>45 %</code></pre>",
            "<script>let width = '45 %'</script><style>p {width: 45%}</style>",
            '<span class="mp-said">At 45 % <a href="#">of <b>46 %</b></a></span>',
            "<td>Reach 80 % of the users</td>",
            '<a title="T2 Reach 80 % of the users">T2</a><nav>Reach 81 %</nav>',
            '<svg><rect width="45%"></rect></svg>',
            "100 of them, % of them, 45 per hundred",
            "<data value='7'>seven</data>",
        ],
    )
    def test_a_figure_of_the_data_a_sentence_a_name_and_code_are_left_alone(self, check: Check, element: str) -> None:
        assert check(f"<p>{element}</p>") == []

    def test_each_of_several_is_found_at_its_own_line(self, check: Check) -> None:
        wrong = T1.replace("45 %", "46 %")
        found = check(f"<i>7 %</i>\n{T1}\n{wrong}\n<code>7 %</code>\n<i>7 %</i>\n{T1}\n{wrong}\n<p>'7 %' &amp; on</p>")
        assert [line for _, line, _ in found] == [1, 3, 5, 7, 8]

    def test_a_picture_of_one_figure_does_not_hide_the_line_of_that_figure(self, check: Check) -> None:
        picture = '<img alt="T1 45 %" data-ref="demo/T1:reported">'
        assert [line for _, line, _ in check(f"{picture}\n{T1.replace('45 %', '46 %')}")] == [2]

    @pytest.mark.parametrize(
        ("old", "new", "drawn"),
        [
            ('width="67%"', 'width="76%"', "76%, 67%"),
            ('x="67%"', 'x="76%"', "67%, 76%"),
            ('<rect class="mp-bar-tick" x="67%"></rect>', "", "67%"),
            ("</svg>", '<rect class="mp-bar-between" x="67%" width="9%"></rect></svg>', "67%, 67%, 9%, 67%"),
        ],
    )
    def test_a_bar_is_drawn_as_long_as_its_figures(self, check: Check, old: str, new: str, drawn: str) -> None:
        assert check(BAR) == []
        message = f"the bar of demo/T2 is drawn at {drawn}, its figures at 67%, 67%"
        assert check(f"{BAR}\n{BAR.replace(old, new)}") == [("index.html", 2, message)]

    def test_a_bar_names_what_it_shows(self, check: Check) -> None:
        assert check(BAR.replace("T2", "T9")) == [
            ("index.html", 1, "a bar shows a figure of demo/T9, which the data does not have")
        ]
        assert check("\n" + BAR.replace(' data-ref="demo/T2"', "")) == [
            ("index.html", 2, "a bar names no entity of the data")
        ]


class TestInAChart:
    def chart(self, name: str, text: str) -> str:
        head = '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg><path d=""/>'
        return f'{head}\n<g id="{name}">\n<text x="1">{text}</text>\n</g></svg>'

    @pytest.mark.parametrize(
        ("name", "text", "line", "message"),
        [
            ("text:demo/T1:reported", "54 %", 5, "the page shows 54 % as demo/T1:reported, which is 45 %"),
            ("text_12", "45 %", 5, "45 % names no figure of the data"),
            ("demo/T1:reported", "45 %", 5, "45 % names no figure of the data"),
            (
                "text:demo/T2:computed+demo/T2:reported",
                "67 % ≠ 76 %",
                5,
                "the page shows 76 % as demo/T2:reported, which is 67 %",
            ),
            (
                "text:demo/T2:computed+demo/T2:reported",
                "67 %",
                5,
                "1 percentage cannot be the 2 figures demo/T2:computed demo/T2:reported",
            ),
        ],
    )
    def test_a_text_that_is_not_the_datas_is_found(
        self, check: Check, name: str, text: str, line: int, message: str
    ) -> None:
        found = check(demo__charts__progress_svg=self.chart(name, text))
        assert found == [("demo/charts/progress.svg", line, message)]

    def test_a_text_of_the_data_and_a_drawing_that_is_no_chart_are_left_alone(self, check: Check) -> None:
        assert check(demo__charts__progress_svg=self.chart("text:demo/T1:reported", "45 %")) == []
        assert check(demo__charts__progress_svg=self.chart("text_1", "T1")) == []
        assert check(assets__drawing_svg=self.chart("text_1", "45 %")) == []


@pytest.mark.parametrize(
    ("page", "chart", "hint"),
    [
        ("45 %", "", "Name its figure beside it"),
        ('<img alt="45 %" src="index.html">', "", "Name its figure in the element's data-ref"),
        ('<b title="45 %"></b>', "", "Say it in the text of the page"),
        ("", "<svg><text>45 %</text></svg>", "Name its figure in the id of its mark"),
    ],
)
def test_the_hint_says_how_a_figure_is_named_there(
    small_project: Callable[..., SmallProject], page: str, chart: str, hint: str
) -> None:
    project = small_project(None, tasks=TASKS)
    site = project.folder / "site"
    write_files(site, {"index.html": page, "demo/charts/x.svg": chart})
    [found] = check_site(site, "https://demo.example/", make_report(project.check(), Past()))
    assert found.hint.startswith(hint)


# The project's own site, one place at a time made wrong


@pytest.fixture(scope="module")
def site_copy(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built site, to change."""
    return shutil.copytree(built_site, tmp_path_factory.mktemp("altered") / "site")


@pytest.fixture
def alter(site_copy: Path, own_report: Report) -> Iterator[Callable[[str, str, str], list[tuple[str, int, str]]]]:
    """Replaces a piece of a built file, once, and checks the site; the file is as it was afterwards."""
    kept: dict[Path, str] = {}

    def run(route: str, old: str, new: str) -> list[tuple[str, int, str]]:
        path = site_copy / route
        kept.setdefault(path, path.read_text("utf-8"))
        assert old in kept[path], f"{route} has no {old}"
        path.write_text(kept[path].replace(old, new, 1), "utf-8")
        return told(check_site(site_copy, SITE_ADDRESS, own_report))

    yield run
    for path, text in kept.items():
        path.write_text(text, "utf-8")


T2B = '<data class="percent" value="45" data-ref="fixnado/T2B:reported">45 %</data>'
CELL = f'<td data-label="Reported">{T2B}'
T2B_MARK = "text:fixnado/T2B:reported"
LAUNCHED = 'data-ref="marketplace-launch/2024-05-09:computed">'


@pytest.mark.parametrize(
    ("route", "old", "new"),
    [
        pytest.param("fixnado/T2B.html", T2B, T2B.replace(">45", ">54"), id="the text of a figure"),
        pytest.param("fixnado/T2B.html", T2B, T2B.replace('"45"', '"54"'), id="its value"),
        pytest.param("fixnado/T2B.html", T2B, T2B.replace("45", "54"), id="both"),
        pytest.param("fixnado/T2B.html", T2B, "45 %", id="its name is gone"),
        pytest.param("fixnado/T2B.html", T2B, T2B.replace("T2B:", "T2A:"), id="the name of another"),
        pytest.param("fixnado/T2B.html", 'tick" x="45%"', 'tick" x="54%"', id="the tick of a bar"),
        pytest.param("fixnado/M2.html", 'filled" width="72%"', 'filled" width="27%"', id="a bar"),
        pytest.param("fixnado/M2.html", "Why <data", "Why 45 % <data", id="a word that is made"),
        pytest.param("edulure/T1.html", ">32 %</data>, its", ">23 %</data>, its", id="a disagreement"),
        pytest.param("fixnado/index.html", CELL, CELL.replace("45", "54"), id="a chart's table"),
        pytest.param("fixnado/index.html", "T2B 45 % reported", "T2B 54 % reported", id="a chart's alternative text"),
        pytest.param("programmes/fixnado.html", "T2B 45 % reported", "T2B 54 % reported", id="among authored words"),
        pytest.param("programmes/edulure.html", "Its document", "45 %. Its document", id="a word that nobody wrote"),
        pytest.param("marketplace-launch/index.html", f"{LAUNCHED}14 %", f"{LAUNCHED}15 %", id="a chart's title"),
        pytest.param("fixnado/charts/progress-light.svg", ">45 %<", ">54 %<", id="a mark of a chart"),
        pytest.param("fixnado/charts/progress-dark.svg", ">45 %<", ">54 %<", id="a mark of the dark one"),
        pytest.param("marketplace-launch/charts/burn-up-light.svg", ">100 %<", ">99 %<", id="the end of a line"),
    ],
)  # fmt: skip
def test_one_place_made_wrong_is_found_there_and_nowhere_else(
    alter: Callable[[str, str, str], list[tuple[str, int, str]]], site_copy: Path, route: str, old: str, new: str
) -> None:
    whole = (site_copy / route).read_text("utf-8")
    assert [entry[:2] for entry in alter(route, old, new)] == [(route, line_of(whole, whole.index(old)))]


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def test_a_mark_of_a_chart_names_its_figure(
    alter: Callable[[str, str, str], list[tuple[str, int, str]]], site_copy: Path
) -> None:
    route = "fixnado/charts/progress-light.svg"
    lines = (site_copy / route).read_text("utf-8").split("\n")
    line = next(number for number, text in enumerate(lines, start=1) if T2B_MARK in text)
    assert alter(route, f'"{T2B_MARK}"', '"text_9"') == [(route, line + 1, "45 % names no figure of the data")]


def test_every_percentage_of_the_site_names_its_figure(built_site: Path, own_report: Report) -> None:
    site = read_site(built_site, SITE_ADDRESS, own_report)
    known = figures(own_report.portal, own_report.series, own_report.events)
    statements = [statement for file in (*site.pages, *site.charts) for statement in file.statements]
    assert [statement.text for statement in statements if not statement.keys] == []
    keys = [key for statement in statements for key in statement.keys]
    assert set(keys) <= set(known)
    assert len(keys) > 1000
    assert sum(len(chart.statements) for chart in site.charts) > 100
    assert sum(len(page.bars) for page in site.pages) > 150


def test_no_percentage_of_the_site_is_overlooked(built_site: Path, own_report: Report) -> None:
    """The pages are read once more, by another parser: what gives a percentage is a figure, a sentence or code."""
    seen = 0
    for path in built_site.rglob("*.html"):
        for text in BeautifulSoup(path.read_text("utf-8"), "html.parser").find_all(string=re.compile(r"\d\s*%")):
            nearest, *others = text.parents
            is_figure = nearest.name == "data" and nearest.has_attr("data-ref")
            is_said = any("mp-said" in (parent.get("class") or []) for parent in (nearest, *others))
            assert is_figure or is_said or any(parent.name in CODE for parent in (nearest, *others)), f"{path}: {text}"
            seen += is_figure
    site = read_site(built_site, SITE_ADDRESS, own_report)
    assert seen == sum(statement.value is not None for page in site.pages for statement in page.statements)


def test_percentages_in_any_text_of_the_data_are_no_findings(tmp_path: Path) -> None:
    """A title, a note or a reading may give a percentage: whoever writes one must not be stopped by the build."""
    project = copy_project(tmp_path / "project")
    shutil.rmtree(project / "data")
    shutil.rmtree(project / "content/programmes")
    said = "Reach 77 % of <it>, see T1 & T2"
    harmless: Mapping[str, str] = {
        name: text.replace(HOSTILE, said).replace("javascript:window.hit=1", "https://a.example/77%25")
        for name, text in HOSTILE_FILES.items()
    }
    write_files(project, harmless)
    page = "---\ntitle: 78 % in words\n---\n\nWe are 79 % there, `80 %` of it.\n\n## Past 79 %\n"
    write_files(project, {"content/words.md": page})
    (project / "mkdocs.yml").write_text(
        (project / "mkdocs.yml").read_text("utf-8").replace("nav:\n", "nav:\n  - words.md\n"), "utf-8"
    )
    done = milepost("build", folder=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "site/demo/T1.html").read_text("utf-8").count("77 %") > 10
    assert "78 % in words" in (project / "site/words.html").read_text("utf-8")


def test_a_figure_that_a_template_gets_wrong_ends_the_build(project_copy: Path) -> None:
    template = project_copy / "overrides/main.html"
    text = template.read_text("utf-8")
    wrong = text.replace("{% block content %}", "{% block content %}<p>We are at 99 %.</p>")
    assert wrong != text
    template.write_text(wrong, "utf-8")
    done = milepost("build", folder=project_copy)
    assert done.returncode == 1
    assert f"error[{RULE}] 99 % names no figure of the data" in done.stdout + done.stderr
    assert not (project_copy / "site").exists()
