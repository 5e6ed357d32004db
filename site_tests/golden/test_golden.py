"""The golden project, which holds one of everything, and what Milepost makes of it, file by file.

A difference is either a mistake or meant. Where it is meant, `.venv/bin/python site_tests/golden/renew.py` writes the
expected files anew; read what `git diff site_tests/golden/expected` then shows, before it is committed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from bs4 import BeautifulSoup, Tag
from produce import BROKEN, EXPECTED, PICTURE, PROJECT, TODAY, artifacts, produced

from milepost.check.run import check_project
from milepost.history.timeline import Past
from milepost.model import routes
from milepost.model.addresses import LISTS, lists_of, pages_of, titles_of
from milepost.report import Report, make_report
from milepost.site.pages.descriptor import ACROSS
from milepost.text.dates import with_days_in_words
from milepost.text.html import plain

RENEW = "where this is meant, run .venv/bin/python site_tests/golden/renew.py, and read the diff"
LIGHT, DARK = "-light.svg", "-dark.svg"
POINT = re.compile(r"[ML] (-?[\d.]+) (-?[\d.]+)")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return produced()


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report(check_project(PROJECT, TODAY), Past())


@pytest.fixture(scope="module")
def pictures() -> dict[str, BeautifulSoup]:
    """Each chart by its path."""
    return {
        artifact.path: BeautifulSoup(artifact.content, "xml")
        for artifact in artifacts()
        if artifact.path.endswith(PICTURE)
    }


def expected_names() -> list[str]:
    return sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file())


def test_the_addresses_of_a_portal_are_those_of_its_pages(report: Report) -> None:
    made = {artifact.page.route for artifact in artifacts() if artifact.page is not None}
    own = {route for route in made if not route.startswith("handbook/")} - report.redirects.pages.keys()
    assert pages_of(report.portal, report.events) == own
    assert report.redirects.pages.keys() < made


def test_each_list_page_has_the_title_and_the_link_that_its_line_says(report: Report) -> None:
    made = {artifact.page.route: artifact.page for artifact in artifacts() if artifact.page is not None}
    linked = {routes.OVERVIEW: [page.route for page in LISTS.values() if page.exists is None]}
    for programme in report.portal.programmes:
        start = routes.programme(programme.slug)
        linked[start] = [route for route, *_ in lists_of(programme, report.events)]
    titles = titles_of(report.portal)
    assert {page.route for page in made.values() if page.section == ACROSS} == {page.route for page in LISTS.values()}
    for start, lists in linked.items():
        for route in lists:
            assert f'href="{routes.relative(route, start)}"' in made[start].markdown
            assert titles[route] == made[route].title
    assert titles[LISTS["removed"].route] == made[LISTS["removed"].route].title


# File by file


def test_the_files_that_are_made_are_those_that_are_expected(files: Mapping[str, str]) -> None:
    assert sorted(files) == expected_names(), RENEW


@pytest.mark.parametrize("name", expected_names())
def test_a_file_is_as_expected(name: str, files: Mapping[str, str]) -> None:
    # Bytes, as the lines of a calendar end otherwise than those of the rest.
    assert files.get(name) == (EXPECTED / name).read_bytes().decode("utf-8"), RENEW


@pytest.mark.parametrize("name", BROKEN)
def test_every_change_that_breaks_the_project_is_found_in_one_run(name: str, files: Mapping[str, str]) -> None:
    """Each gate tells all that it finds: no file of the changes, and no two of one file, wait for a second run."""
    for path, _, _ in BROKEN[name]:
        changes = sum(changed == path for changed, _, _ in BROKEN[name])
        assert files[name].count(f"\n{path}:") + files[name].startswith(f"{path}:") >= changes, path


def test_the_golden_project_is_sound(files: Mapping[str, str]) -> None:
    assert files["check.txt"].startswith("The data is sound: no findings")


# What must hold of the files, whatever they look like


def test_every_accepted_disagreement_stands_on_the_page_of_its_entity(report: Report, files: Mapping[str, str]) -> None:
    accepted = report.verdict.accepted
    assert {entry.rule for entry in accepted} == {
        "approved-with-open-work",
        "complete-with-unmet-criteria",
        "decision-without-rationale",
        "orphan-task",
        "resolved-but-active",
        "rollup-mismatch",
        "status-mismatch",
        "tracker-mismatch",
    }
    for entry in accepted:
        route = report.portal.entities[entry.finding.ref].route.partition("#")[0]
        page = BeautifulSoup(files[route.replace(".html", ".md")], "html.parser")
        told = [" ".join(element.get_text().split()) for element in page.select(".mp-disagreement")]
        message = with_days_in_words(entry.finding.message)
        reason = with_days_in_words(plain(entry.acceptance.reason))
        assert any(message in text and reason in text for text in told), f"{route}: {message}"


def test_a_pages_description_is_plain_words(files: Mapping[str, str]) -> None:
    """It stands in search results and previews, where marks of code and references mean nothing."""
    for name, content in files.items():
        if name.endswith(".md"):
            description = content.split("description: ", 1)[1].split("\n", 1)[0]
            assert not re.search(r"`|\[\[", description), f"{name}: {description}"


def test_every_percentage_of_a_report_is_a_figure_with_its_basis(files: Mapping[str, str]) -> None:
    """Also the one that an update gives for its day, so that a check of the page can compare it with the data."""
    page = BeautifulSoup(files["harbour/M2.md"], "html.parser")
    update = page.find(id="2026-03-01-U1")
    assert isinstance(update, Tag)
    assert "66 %" in update.get_text()
    assert [str(data["value"]) for data in update.select("data.percent")] == ["66"]


def test_the_tracker_shows_the_figure_that_its_row_reports(files: Mapping[str, str]) -> None:
    """The row says 45, the task says 40, and that is accepted; the row's own must not vanish."""
    page = BeautifulSoup(files["harbour/tracker.md"], "html.parser")
    row = next(row for row in page.select("tr") if row.select("a[href='T2.html']"))
    assert "45 %" in row.get_text()


# Charts


CHARTED = {
    "harbour": [
        ("M1", "93 % ≠ 60 %"),
        ("T1", "100 %"),
        ("T2", "72 % ≠ 40 %"),
        ("M2", "67 %"),
        ("T3", "33 %"),
        ("T4", "5 %"),
    ],
    "lighthouse": [("M2", "0 %"), ("T1", "1 %")],
}
"""The texts of each programme's progress chart: a label and a figure a row."""


@pytest.mark.parametrize("slug", CHARTED)
@pytest.mark.parametrize("ending", [LIGHT, DARK])
def test_a_chart_shows_each_label_and_figure_as_text(
    slug: str, ending: str, pictures: Mapping[str, BeautifulSoup]
) -> None:
    texts = [text.get_text().strip() for text in pictures[f"{slug}/charts/progress{ending}"].select("text")]
    assert list(zip(texts[::2], texts[1::2], strict=True)) == CHARTED[slug]


def marks(picture: BeautifulSoup) -> list[tuple[str, list[tuple[float, float]]]]:
    """Everything that a chart draws but text: the name of each mark, and the corners of its shape."""
    return [
        (str(group.get("id")), [(float(x), float(y)) for x, y in POINT.findall(str(path["d"]))])
        for group in picture.select("g[id]")
        for path in group.find_all("path", recursive=False)
    ]


def test_both_schemes_draw_the_same_marks_in_other_colours(pictures: Mapping[str, BeautifulSoup]) -> None:
    light = [name for name in pictures if name.endswith(LIGHT)]
    assert len(light) == len(pictures) / 2 > len(CHARTED)
    for name in light:
        other = name.replace(LIGHT, DARK)
        assert marks(pictures[name]) == marks(pictures[other]), name
        assert pictures[name].get_text() == pictures[other].get_text(), name
        colours = [set(re.findall(r"#[0-9a-f]{6}", str(pictures[scheme]))) for scheme in (name, other)]
        assert colours[0] != colours[1], name


def test_the_length_of_each_bar_is_its_figure(pictures: Mapping[str, BeautifulSoup]) -> None:
    drawn = dict(marks(pictures[f"harbour/charts/progress{LIGHT}"]))
    across = [x for x, _ in drawn["harbour/T1:computed"]]
    start, whole = min(across), max(across) - min(across)
    lengths = {name: max(x for x, _ in corners) - start for name, corners in drawn.items() if ":computed" in name}
    assert {name: round(100 * length / whole, 1) for name, length in lengths.items()} == {
        "harbour/M1:computed": 92.9,
        "harbour/T1:computed": 100.0,
        "harbour/T2:computed": 71.7,
        "harbour/M2:computed": 66.7,
        "harbour/T3:computed": 33.0,
    }
    ticks = {
        name: {round(100 * (x - start) / whole, 1) for x, _ in drawn[name]} for name in drawn if ":reported" in name
    }
    assert ticks["harbour/M1:reported"] == {60.0}
    assert ticks["harbour/T2:reported"] == {40.0}


def test_no_two_marks_of_a_chart_share_a_name(pictures: Mapping[str, BeautifulSoup]) -> None:
    for name, picture in pictures.items():
        ids = [str(element["id"]) for element in picture.select("[id]")]
        assert sorted(ids) == sorted(set(ids)), name


def test_a_chart_loads_nothing_and_runs_nothing(pictures: Mapping[str, BeautifulSoup]) -> None:
    for name, picture in pictures.items():
        assert picture.select("script, image, foreignObject") == [], name
        links = [str(element.get("href") or element.get("xlink:href")) for element in picture.select("use, a")]
        assert [link for link in links if not link.startswith("#")] == [], name
