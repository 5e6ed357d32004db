"""Charts: what they show stands in their SVG as text and marks; they are left out where there is nothing to show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from matplotlib import rc_context

from conftest import PROJECT, SmallProject
from milepost.check.rules.milestone_overdue import late_milestones
from milepost.check.run import check_project
from milepost.history.timeline import Past, series
from milepost.model.events import events_from_data
from milepost.model.portal import Portal
from milepost.model.status import state_of
from milepost.site.charts import CHARTS, SCHEMES, Chart, Subject, subject_of_portfolio, subject_of_programme
from milepost.site.charts.style import FONT_SIZE, WIDTH, fitted, room_for

BY_NAME = {chart.name: chart for chart in CHARTS}

RICH = {
    "programme": """\
        id: demo
        title: Demo & <Sons>
        start: 2025-01-06
        closed: 2025-01-29
        recorded: 2026-01-01
        """,
    "milestones": """\
        - {id: M1, title: "Cost $x^{", window: {weeks: [0, 2]}, includes: [T1]}
        - {id: M2, window: {weeks: [2, 5]}, progress: 0}
        """,
    "tasks": """\
        - id: T1
          progress: 50
          coverage: {api: Endpoints., front-end: Screens.}
          updates:
            - {date: 2025-01-10, text: Began., progress: 20}
            - {date: 2025-01-20, text: Went on., progress: 50}
          sprints:
            - {id: S1, title: One, progress: 100, items: [{text: Do., progress: 100}]}
            - {id: S2, title: Two, progress: 0}
        - id: T2
          weight: 3
          coverage: {api: More endpoints.}
          updates:
            - {date: 2025-01-15, text: Began., progress: 40}
        """,
    "registers/risks": """\
        - {id: R-01, description: Mud., impact: high, likelihood: medium, mitigation: Piles., status: open}
        - {id: R-02, description: Storm 80 %., impact: high, likelihood: medium, mitigation: Wait., status: closed}
        - {id: R-03, description: Rust., impact: low, likelihood: high, mitigation: Paint., status: mitigating}
        - {id: R-04, description: Thieves., impact: low, status: open, mitigation: A fence.}
        """,
    "tracker": """\
        activity:
          - {date: 2024-12-02, text: One.}
          - {date: 2024-12-03, text: Two.}
          - {date: 2024-12-04, text: Three.}
          - {date: 2024-12-05, text: Four.}
          - {date: 2025-01-07, text: Five., id: A1}
          - {date: 2025-01-07, text: Six., id: A2}
          - {date: 2025-01-07, text: Seven., id: A3}
          - {date: 2025-01-08, text: Eight., id: A4}
          - {date: 2025-01-08, text: Nine., id: A5}
          - {date: 2025-01-09, text: Ten.}
        """,
}


@pytest.fixture
def rich(small_project: Callable[..., SmallProject]) -> Subject:
    project = small_project(None, **RICH)
    portal = project.check().portal
    assert portal is not None, project.text
    return subject_of(portal)


@pytest.fixture
def bare(small_project: Callable[..., SmallProject]) -> Subject:
    portal = small_project(tasks="- id: T1\n").check().portal
    assert portal is not None
    return subject_of(portal)


def subject_of(portal: Portal) -> Subject:
    return subject_of_programme(portal.programmes[0], events_from_data(portal), series(portal, Past()))


def chart_of(name: str, small_project: Callable[..., SmallProject], **files: str) -> Any:
    """The data of a chart of the demo programme with these files; None where it is left out."""
    project = small_project(None, **files)
    portal = project.check().portal
    assert portal is not None, project.text
    return BY_NAME[name].data(subject_of(portal))


def finding(name: str, found: Any) -> str:
    return BY_NAME[name].text(found).finding.text


def corners(svg: str, name: str) -> list[tuple[float, float]]:
    """The corners of the mark `name`, in points."""
    mark = BeautifulSoup(svg, "xml").find(id=name)
    assert mark is not None, name
    drawn = mark.find("path")
    assert drawn is not None, name
    return [(float(x), float(y)) for x, y in re.findall(r"[ML] (-?[\d.]+) (-?[\d.]+)", str(drawn["d"]))]


def box(svg: str, name: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the mark `name`."""
    xs, ys = zip(*corners(svg, name), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def boxes(svg: str, name: str) -> list[tuple[float, float]]:
    """The upper left corners of the boxes of a grid, row by row."""
    found = corners(svg, name)
    return sorted((min(found[at : at + 5]) for at in range(0, len(found), 5)), key=lambda place: (place[1], place[0]))


def text_places(svg: str) -> dict[str, tuple[float, float]]:
    """Where each text stands."""
    return {
        str(text.get_text()): (float(str(text["x"])), float(str(text["y"])))
        for text in BeautifulSoup(svg, "xml").find_all("text")
        if text.get("x")
    }


def size_of(svg: str) -> tuple[str, str]:
    """The width and height of a picture, with their units."""
    found = re.search(r'<svg [^>]*?width="([^"]+)"', svg)
    height = re.search(r'<svg [^>]*?height="([^"]+)"', svg)
    assert found is not None
    assert height is not None
    return found[1], height[1]


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def data(chart: Chart, subject: Subject) -> Any:
    found = chart.data(subject)
    assert found is not None
    return found


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_a_chart_is_left_out_where_there_is_nothing_to_show(chart: Chart, bare: Subject) -> None:
    assert chart.data(bare) is None


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_chart_drawn_twice_has_the_same_bytes(chart: Chart, scheme: str, rich: Subject) -> None:
    drawn = [chart.draw(data(chart, rich), scheme) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert drawn[0].startswith("<?xml")


def test_what_people_set_for_matplotlib_has_no_say(rich: Subject) -> None:
    chart = BY_NAME["timeline"]
    drawn = chart.draw(data(chart, rich), "light")
    with rc_context({"savefig.bbox": "tight", "font.size": 30, "text.color": "red"}):
        assert chart.draw(data(chart, rich), "light") == drawn


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_the_table_of_a_chart_is_whole_and_its_alternative_names_the_programme(chart: Chart, rich: Subject) -> None:
    text = chart.text(data(chart, rich))
    assert text.rows
    assert {len(row) for row in text.rows} == {len(text.header)}
    assert "Demo & <Sons>" in text.alternative.text


def test_progress_labels_each_bar_and_marks_it_by_the_name_of_its_figure(rich: Subject) -> None:
    svg = BY_NAME["progress"].draw(data(BY_NAME["progress"], rich), "light")
    assert [word for word in words(svg) if word.endswith("%")] == ["50 %", "50 %", "0 %"]
    assert 'id="demo/M1:computed"' in svg
    assert 'id="demo/T1:reported"' in svg
    names = re.findall(r'<g id="([^"]+)"', svg)
    assert len(names) == len(set(names))


def test_the_timeline_places_windows_and_the_as_of_day(rich: Subject) -> None:
    timeline = data(BY_NAME["timeline"], rich)
    assert [(span.label, span.start, span.end) for span in timeline.spans] == [("M1", 0, 3), ("M2", 2, 6)]
    # 29 January is 23 days after the start.
    assert timeline.as_of == pytest.approx(23 / 7)
    assert 'id="as-of"' in BY_NAME["timeline"].draw(timeline, "light")
    assert "As of 29 Jan 2025" in BY_NAME["timeline"].text(timeline).alternative.text


def test_weeks_without_a_start_have_no_as_of_line(small_project: Callable[..., SmallProject]) -> None:
    portal = small_project(milestones="- {id: M1, window: {weeks: [0, 2]}}\n").check().portal
    assert portal is not None
    timeline = data(BY_NAME["timeline"], subject_of(portal))
    assert timeline.as_of is None
    assert "as-of" not in BY_NAME["timeline"].draw(timeline, "light")


def test_the_burn_up_is_the_weighted_mean_of_what_was_known_on_each_day(rich: Subject) -> None:
    points = [(day.isoformat(), figure) for day, figure in data(BY_NAME["burn-up"], rich).points]
    # T2 weighs three times as much as T1: 20/4, (20 + 3 x 40)/4, (50 + 3 x 40)/4.
    assert points == [("2025-01-10", 5), ("2025-01-15", 35), ("2025-01-20", 42.5)]


def test_coverage_names_what_is_not_covered(rich: Subject) -> None:
    text = BY_NAME["coverage"].text(data(BY_NAME["coverage"], rich))
    assert text.finding.text == "Front end is covered least, by 1 of 2 tasks"
    assert "Not covered: Front end by T2." in text.alternative.text
    assert text.rows == (("API", "covered", "covered"), ("Front end", "covered", ""))


def test_sprints_say_how_many_are_complete(rich: Subject) -> None:
    text = BY_NAME["sprints"].text(data(BY_NAME["sprints"], rich))
    assert text.finding.text == "1 of 2 sprints is complete, 1 not started"


# Texts


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_texts_are_text_in_the_readers_own_font_as_large_as_a_phone_needs(
    chart: Chart, scheme: str, rich: Subject
) -> None:
    svg = chart.draw(data(chart, rich), scheme)
    picture = BeautifulSoup(svg, "xml")
    styles = {str(text["style"]) for text in picture.find_all("text")}
    assert styles
    for style in styles:
        assert "system-ui, -apple-system" in style
        assert style.count("DejaVu Sans") == 1
        assert f"{FONT_SIZE:.0f}px" in style
    assert size_of(svg)[0] == f"{WIDTH:.0f}pt"


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_no_text_begins_or_ends_outside_its_chart(chart: Chart, rich: Subject) -> None:
    svg = chart.draw(data(chart, rich), "light")
    picture = BeautifulSoup(svg, "xml")
    height = float(size_of(svg)[1].removesuffix("pt"))
    for text in picture.find_all("text"):
        if "rotate(-90" in str(text["transform"]):
            continue
        anchor = re.search(r"text-anchor: (\w+)", str(text["style"]))
        # Two thirds of the room that it may need is what most fonts take.
        width = room_for(text.get_text()) * 2 / 3
        left = float(str(text["x"])) - {"start": 0, "middle": width / 2, "end": width}[anchor[1] if anchor else "start"]
        assert left >= 0, text
        assert left + width <= WIDTH, text
        assert 0 < float(str(text["y"])) < height, text


HOSTILE = (
    "$x^{ and $",
    "]]> & &amp;",
    "مشروع الميناء القديم",
    "\U0001f680\U0001f6a2 Launch",
    "W" * 300,
    "中文标题" * 20,
)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_of_any_kind_is_drawn_as_it_is_written_as_far_as_there_is_room(
    title: str, small_project: Callable[..., SmallProject]
) -> None:
    milestones = f"- {{id: M1, title: '{title}', window: {{weeks: [0, 2]}}}}\n"
    found = chart_of("timeline", small_project, milestones=milestones)
    picture = BeautifulSoup(BY_NAME["timeline"].draw(found, "light"), "xml")
    (drawn,) = [text.get_text() for text in picture.find_all("text") if text.get_text()[:2] == title[:2]]
    assert drawn == title or (drawn.endswith("…") and title.startswith(drawn[:-1]))
    assert room_for(drawn) <= WIDTH
    assert picture.select("script, image, a") == []


def test_a_text_is_cut_where_the_room_ends_and_keeps_its_marks() -> None:
    assert fitted("short", 100) == "short"
    assert fitted("two\n  lines", 100) == "two lines"
    cut = fitted("e\u0301" * 50, 100)
    assert cut.endswith("e\u0301…")
    assert room_for(cut) <= 100 < room_for("e\u0301" * 50)


@pytest.mark.thorough
def test_the_bytes_do_not_depend_on_how_a_process_orders_sets() -> None:
    """The pictures of a whole site are compared under two hash seeds by test_reproducible.py, each time."""
    code = (
        "import hashlib, sys; sys.path.insert(0, 'site_tests/golden'); from produce import artifacts, PICTURE;"
        "pictures = ''.join(artifact.content for artifact in artifacts() if artifact.path.endswith(PICTURE));"
        "print(hashlib.sha256(pictures.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


# The timeline


def test_a_window_is_drawn_where_its_weeks_are_by_the_axis(rich: Subject) -> None:
    svg = BY_NAME["timeline"].draw(data(BY_NAME["timeline"], rich), "light")
    first, second = box(svg, "window-M1"), box(svg, "window-M2")
    a_week = (second[2] - first[0]) / 6
    assert (first[2] - first[0]) / a_week == pytest.approx(3)
    assert (second[0] - first[0]) / a_week == pytest.approx(2)
    assert (first[0], second[2]) == pytest.approx((7, WIDTH - 7))
    assert (corners(svg, "as-of")[0][0] - first[0]) / a_week == pytest.approx(23 / 7)
    # The ticks stand where the weeks begin.
    assert text_places(svg)["2"][0] == pytest.approx(second[0], abs=0.01)


DATED = """\
    - {id: M1, title: One, window: {start: 2026-01-01, end: 2026-01-10}, status: complete, progress: 100}
    - {id: M2, track: design, window: {start: 2026-01-11, end: 2026-01-20}, depends_on: [M1], status: at-risk}
    - {id: M3, title: Three, window: {start: 2026-01-11, end: 2026-01-31}, depends_on: [M1, M2], status: blocked}
    """


def test_dependencies_are_arrows_but_for_those_that_follow_from_others(
    small_project: Callable[..., SmallProject],
) -> None:
    found = chart_of("timeline", small_project, milestones=DATED)
    text = BY_NAME["timeline"].text(found)
    assert [row[-1] for row in text.rows] == ["", "M1, M2", "M1"]
    assert "M3 11 Jan 2026 to 31 Jan 2026, blocked, after M1, M2" in text.alternative.text
    svg = BY_NAME["timeline"].draw(found, "light")
    assert re.findall(r'id="(from-[^"]+)"', svg) == ["from-M2-to-M3", "from-M1-to-M2"]
    arrow, reached = corners(svg, "from-M1-to-M2"), box(svg, "window-M2")
    assert arrow[-1][1] == pytest.approx(reached[1])
    assert reached[0] <= arrow[-1][0] <= reached[2]


def test_a_state_has_its_own_colour_and_shape_and_its_track_a_heading(
    small_project: Callable[..., SmallProject],
) -> None:
    svg = BY_NAME["timeline"].draw(chart_of("timeline", small_project, milestones=DATED), "light")
    places, scheme = text_places(svg), SCHEMES["light"]
    assert places["Delivery"][1] < places["M1"][1] < places["M3"][1] < places["Design"][1] < places["M2"][1]
    for name, colour in (("M1", scheme.complete), ("M2", scheme.at_risk), ("M3", scheme.blocked)):
        assert f"fill: {colour}" in str(BeautifulSoup(svg, "xml").find(id=f"window-{name}"))


@pytest.mark.parametrize(
    ("today", "words", "told"),
    [
        (date(2026, 1, 5), None, "1 of 3 milestones with a window is complete; none is past its window"),
        (date(2026, 1, 31), None, "1 of 3 milestones with a window is complete; M2 is past its window"),
        (date(2026, 2, 1), None, "1 of 3 milestones with a window is complete; M3 and M2 are past their window"),
        (date(2027, 1, 1), "As of 1 Jan 2027 →", "1 of 3 milestones with a window is complete; M3 and M2 are past"),
        (date(2025, 1, 1), "← As of 1 Jan 2025", "1 of 3 milestones with a window is complete; none is past"),
    ],
)
def test_the_finding_of_the_timeline_is_judged_by_the_as_of_day_wherever_it_lies(
    today: date, words: str | None, told: str, small_project: Callable[..., SmallProject]
) -> None:
    portal = check_project(small_project(milestones=DATED).folder, today).portal
    assert portal is not None
    found = data(BY_NAME["timeline"], subject_of(portal))
    assert finding("timeline", found).startswith(told)
    svg = BY_NAME["timeline"].draw(found, "light")
    assert ('id="as-of"' in svg) == (words is None)
    assert (words or "As of") in svg


@pytest.mark.parametrize(
    ("milestones", "told"),
    [
        ("- {id: M1, window: {weeks: [1, 1]}}\n", "M1 is not complete; its window is week 1"),
        ("- {id: M1, window: {weeks: [1, 1]}, progress: 100}\n", "M1 is complete"),
        (
            "- {id: M1, window: {weeks: [1, 1]}, progress: 100}\n- {id: M2, window: {weeks: [2, 3]}, progress: 100}\n",
            "All 2 milestones with a window are complete",
        ),
        (
            "- {id: M1, window: {weeks: [1, 1]}}\n- {id: M2, window: {weeks: [2, 3]}, progress: 40}\n",
            "None of the 2 milestones with a window is complete; the last window, of M2, is weeks 2 to 3",
        ),
    ],
)
def test_the_finding_of_the_timeline_says_how_many_are_complete(
    milestones: str, told: str, small_project: Callable[..., SmallProject]
) -> None:
    assert finding("timeline", chart_of("timeline", small_project, milestones=milestones)) == told


def test_days_to_the_end_of_the_calendar_are_drawn(small_project: Callable[..., SmallProject]) -> None:
    far = "- {id: M1, window: {start: 2025-01-01, end: 9999-12-31}}\n"
    assert "M1" in BY_NAME["timeline"].draw(chart_of("timeline", small_project, milestones=far), "light")


def test_an_approved_milestone_is_past_no_window_as_no_page_calls_it_late(
    small_project: Callable[..., SmallProject],
) -> None:
    milestones = """\
        - {id: M1, window: {start: 2026-01-01, end: 2026-01-05}, progress: 60, approval: {date: 2026-01-05},
           accept: [{rule: approved-with-open-work, figures: {M1: 60}, reason: As reported.}]}
        - {id: M2, window: {start: 2026-01-01, end: 2026-01-05}, progress: 60}
        """
    project = small_project(None, milestones=milestones)
    portal = project.check().portal
    assert portal is not None, project.text
    assert [span.label for span in data(BY_NAME["timeline"], subject_of(portal)).late] == ["M2"]
    assert [late.ref.id for late, _ in late_milestones(portal.programmes[0])] == ["M2"]


# Progress, sprints, burn-up, coverage


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ((0, 0), "None of the 2 tasks has started"),
        ((100, 100), "All 2 tasks are complete"),
        ((0, 100, 100), "2 of 3 tasks are complete, 1 not started"),
        ((30, 100, 100), "2 of 3 tasks are complete"),
        ((0, 30), "None of the 2 tasks is complete, 1 has started"),
        ((0,), "The only task has not started"),
        ((30,), "The only task is in progress"),
        ((100,), "The only task is complete"),
    ],
)
def test_the_finding_of_progress(
    figures: tuple[int, ...], told: str, small_project: Callable[..., SmallProject]
) -> None:
    tasks = "".join(f"- {{id: T{number}, progress: {figure}}}\n" for number, figure in enumerate(figures, start=1))
    assert finding("progress", chart_of("progress", small_project, tasks=tasks)) == told


def test_charts_and_pages_count_as_complete_the_same_tasks(small_project: Callable[..., SmallProject]) -> None:
    """Whose subtasks are done is not complete before it is reported to be, on the programme's page and in its chart."""
    tasks = """\
        - {id: T1, progress: 30, subtasks: [{id: T1.1, progress: 100}],
           accept: [{rule: rollup-mismatch, figures: {reported: 30, computed: 100}, reason: As reported.}]}
        - {id: T2, progress: 100}
        - {id: T3, status: complete}
        - {id: T4}
        """
    portal = small_project(tasks=tasks).check().portal
    assert portal is not None
    chart = data(BY_NAME["progress"], subject_of(portal))
    assert finding("progress", chart) == "2 of 4 tasks are complete; 1 reports another figure than the parts give"
    assert [str(state_of(task).word) for task in portal.programmes[0].tasks].count("Complete") == 2
    light = BY_NAME["progress"].draw(chart, "light")
    assert light.count(SCHEMES["light"].complete) == 1


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ((0, 0), "None of the 2 sprints has started"),
        ((100, 100), "All 2 sprints are complete"),
        ((0, 100, 30), "1 of 3 sprints is complete, 1 not started"),
        ((40, 30), "None of the 2 sprints is complete, 2 have started"),
        ((30,), "The only sprint is in progress"),
    ],
)
def test_the_finding_of_sprints(
    figures: tuple[int, ...], told: str, small_project: Callable[..., SmallProject]
) -> None:
    sprints = ", ".join(f"{{id: S{number}, progress: {figure}}}" for number, figure in enumerate(figures, start=1))
    assert finding("sprints", chart_of("sprints", small_project, tasks=f"- {{id: T1, sprints: [{sprints}]}}\n")) == told


def test_many_bars_are_those_of_the_milestones_where_each_has_one(small_project: Callable[..., SmallProject]) -> None:
    tasks = "".join(f"- {{id: T{number}, progress: 10, milestones: [M1]}}\n" for number in range(1, 41))
    found = chart_of("progress", small_project, milestones="- {id: M1}\n", tasks=tasks)
    assert [bar.label for bar in found.bars] == ["M1"]
    found = chart_of("progress", small_project, milestones="- {id: M1}\n- {id: M2}\n", tasks=tasks)
    assert len(found.bars) == 41


def test_the_burn_up_is_drawn_from_its_foot_at_zero(rich: Subject) -> None:
    found = data(BY_NAME["burn-up"], rich)
    assert finding("burn-up", found) == "Mean of 2 tasks: from 5 % on 10 Jan 2025 to 42 % on 20 Jan 2025"
    steps = corners(BY_NAME["burn-up"].draw(found, "light"), "burn-up")
    a_percent = (steps[0][1] - steps[-1][1]) / 37.5
    assert [(steps[0][1] - y) / a_percent + 5 for _, y in steps] == pytest.approx([5, 5, 35, 35, 42.5])
    assert steps[0][1] + 5 * a_percent == pytest.approx(136)
    across = [x for x, _ in steps]
    assert (across[1] - across[0]) / (across[-1] - across[0]) == pytest.approx(0.5)


def test_a_burn_up_that_stays_says_so(small_project: Callable[..., SmallProject]) -> None:
    tasks = """\
        - id: T1
          updates:
            - {date: 2025-01-10, text: Began., progress: 20}
            - {date: 2025-01-20, text: Nothing new., progress: 20}
        """
    found = chart_of("burn-up", small_project, tasks=tasks)
    assert finding("burn-up", found) == "Mean of 1 task: 20 % on 20 Jan 2025, as on 10 Jan 2025"


def test_coverage_fills_the_squares_of_what_is_covered(rich: Subject) -> None:
    svg = BY_NAME["coverage"].draw(data(BY_NAME["coverage"], rich), "light")
    covered, (missing,) = boxes(svg, "covered"), boxes(svg, "not-covered")
    assert len(covered) == 3
    # The second task, the second domain.
    assert missing[0] == covered[1][0] > covered[0][0]
    assert missing[1] == covered[2][1] > covered[0][1]


def test_tasks_that_have_no_room_side_by_side_stand_below_each_other(
    small_project: Callable[..., SmallProject],
) -> None:
    tasks = "".join(f"- {{id: T{number}, coverage: {{api: All., logic: All.}}}}\n" for number in range(1, 61))
    found = chart_of("coverage", small_project, tasks=tasks)
    assert finding("coverage", found) == "All 60 tasks cover all 2 domains"
    places = text_places(BY_NAME["coverage"].draw(found, "light"))
    assert places["T1"][1] < places["T2"][1] < places["T60"][1]
    assert places["T1"][0] == places["T60"][0]


# The risk matrix


def test_the_risk_matrix_sets_ids_into_their_cells_open_ones_strong(rich: Subject) -> None:
    svg = BY_NAME["risk-matrix"].draw(data(BY_NAME["risk-matrix"], rich), "light")
    places = text_places(svg)

    def cell_of(label: str) -> str:
        x, y = places[label]
        names = re.findall(r'id="(cell-[^"]+)"', svg)
        assert len(names) == 9
        (name,) = [name for name in names if _holds(box(svg, name), x, y)]
        return str(name)

    assert cell_of("R-01") == "cell-high-medium"
    assert cell_of("✓ R-02") == "cell-high-medium"
    assert cell_of("R-03") == "cell-low-high"
    assert "R-04" not in places
    styles = {text.get_text(): str(text["style"]) for text in BeautifulSoup(svg, "xml").find_all("text")}
    assert "700" in styles["R-01"] or "bold" in styles["R-01"]
    assert SCHEMES["light"].faint in styles["✓ R-02"]
    # What is worse is higher, what is likelier further to the right.
    assert box(svg, "cell-high-low")[1] < box(svg, "cell-medium-low")[1] < box(svg, "cell-low-low")[1]
    assert box(svg, "cell-low-low")[0] < box(svg, "cell-low-medium")[0] < box(svg, "cell-low-high")[0]


def _holds(found: tuple[float, float, float, float], x: float, y: float) -> bool:
    left, top, right, bottom = found
    return left <= x <= right and top <= y <= bottom


def test_the_words_of_the_risk_matrix_hold_what_it_shows_and_count_what_has_no_place(rich: Subject) -> None:
    text = BY_NAME["risk-matrix"].text(data(BY_NAME["risk-matrix"], rich))
    assert text.finding.text == "R-01 is the gravest of 2 open risks: high impact and medium likelihood"
    assert [tuple(map(str, row)) for row in text.rows] == [
        ("R-01", "Mud.", "High", "Medium", "Open"),
        ("R-02", "Storm 80 %.", "High", "Medium", "Closed"),
        ("R-03", "Rust.", "Low", "High", "Mitigating"),
    ]
    assert text.alternative.text == (
        "Risks of Demo & <Sons>: R-01 high impact and medium likelihood, open; R-02 high impact and medium likelihood, "
        "closed; R-03 low impact and high likelihood, mitigating. 1 has no place, for want of impact or likelihood."
    )


TWO_PROGRAMMES = "title: All\npublisher: P\nprogrammes: [demo, other]\nfeed_authority: demo.example,2026\n"
RISK = "- {{id: R-{:02}, description: It may., impact: {}, likelihood: {}, status: {}, mitigation: Wait.}}\n"


@pytest.mark.parametrize(
    ("risks", "told"),
    [
        ([("high", "high", "closed")], "The one risk, R-01, is closed"),
        ([("high", "high", "closed")] * 2, "None of 2 risks is open any more"),
        ([("low", "high", "open")], "One risk is open, R-01: low impact and high likelihood"),
        ([("low", "low", "open")] * 3, "All 3 open risks are alike: low impact and low likelihood"),
        (
            [("low", "high", "open"), ("high", "low", "mitigating"), ("low", "low", "open")],
            "R-02 is the gravest of 3 open risks: high impact and low likelihood",
        ),
        (
            [("high", "high", "open")] * 4 + [("low", "low", "open")],
            "4 of 5 open risks have high impact and high likelihood",
        ),
    ],
)
def test_the_finding_of_the_risk_matrix_names_the_gravest(
    risks: list[tuple[str, str, str]], told: str, small_project: Callable[..., SmallProject]
) -> None:
    register = "".join(RISK.format(number, *risk) for number, risk in enumerate(risks, start=1))
    found = chart_of("risk-matrix", small_project, **{"registers/risks": register})
    assert finding("risk-matrix", found) == told


def test_a_matrix_without_any_risk_of_both_levels_is_left_out(small_project: Callable[..., SmallProject]) -> None:
    risks = "- {id: R-01, description: Mud., impact: high, mitigation: Piles., status: open}\n"
    assert chart_of("risk-matrix", small_project, **{"registers/risks": risks}) is None


def test_a_cell_that_is_full_says_how_many_there_are_more(small_project: Callable[..., SmallProject]) -> None:
    register = "".join(RISK.format(number, "high", "high", "open") for number in range(1, 41))
    found = chart_of("risk-matrix", small_project, **{"registers/risks": register})
    svg = BY_NAME["risk-matrix"].draw(found, "light")
    shown = [word for word in words(svg) if word.startswith("R-")]
    assert f"+ {40 - len(shown)} more" in words(svg)
    assert len(BY_NAME["risk-matrix"].text(found).rows) == 40


def test_the_portfolios_matrix_counts_risks_whose_ids_are_alike(small_project: Callable[..., SmallProject]) -> None:
    portal = small_project(
        {
            "data/portfolio.yml": TWO_PROGRAMMES,
            "data/programmes/other/programme.yml": "id: other\ntitle: Other\nowner: editor\nrecorded: 2026-01-01\n",
            "data/programmes/other/registers/risks.yml": RISK.format(1, "high", "low", "open"),
            "data/programmes/demo/registers/risks.yml": RISK.format(1, "high", "low", "open")
            + RISK.format(2, "high", "low", "closed"),
        }
    )
    checked = portal.check().portal
    assert checked is not None
    chart = BY_NAME["risk-matrix"]
    assert chart.across == "risks"
    found = data(chart, subject_of_portfolio(checked, events_from_data(checked), {}))
    assert finding("risk-matrix", found) == "All 2 open risks are alike: high impact and low likelihood"
    assert [word for word in words(chart.draw(found, "light")) if word[-1:] in ("n", "d")][:2] == [
        "2 open",
        "✓ 1 closed",
    ]
    text = chart.text(found)
    assert [tuple(map(str, row[:2])) for row in text.rows] == [
        ("Demo", "R-01"),
        ("Demo", "R-02"),
        ("Other", "R-01"),
    ]
    assert "Other R-01 high impact and low likelihood, open" in text.alternative.text


# The activity calendar


def test_the_calendar_has_a_square_for_each_day_with_an_event(rich: Subject) -> None:
    found = data(BY_NAME["activity-calendar"], rich)
    counts = {day.isoformat(): count for day, count in found.days}
    assert counts == {
        "2024-12-02": 1, "2024-12-03": 1, "2024-12-04": 1, "2024-12-05": 1, "2025-01-07": 3, "2025-01-08": 2,
        "2025-01-09": 1, "2025-01-10": 1, "2025-01-15": 1, "2025-01-20": 1,
    }  # fmt: skip
    svg = BY_NAME["activity-calendar"].draw(found, "light")
    assert len(boxes(svg, "2024-2-step-1")) == 4
    few, (some,), (many,) = (boxes(svg, f"2025-1-step-{step}") for step in (1, 2, 3))
    assert len(few) == 4
    # Tuesday the 7th is above Wednesday the 8th of its week; Monday the 20th is the highest, two weeks to the right.
    assert many[1] < some[1] < few[2][1]
    assert some[0] == pytest.approx(many[0], abs=2)
    assert few[0][1] < many[1]
    assert few[0][0] - many[0] == pytest.approx(2 * (few[0][0] - few[1][0]), abs=2)
    assert "3 on 7 Jan 2025" in words(svg)
    assert [word for word in words(svg) if word.isdigit()] == ["2024", "2025"]
    assert words(svg).count("Jan") == 1


def test_the_words_of_the_calendar_hold_what_it_shows(rich: Subject) -> None:
    text = BY_NAME["activity-calendar"].text(data(BY_NAME["activity-calendar"], rich))
    assert text.finding.text == (
        "13 events on 10 days, most in January 2025 (9); the last on 20 Jan 2025, 9 days before the as-of day"
    )
    assert text.rows == (
        ("December 2024", "4", "4", "5 Dec 2024 (1)"),
        ("January 2025", "9", "6", "7 Jan 2025 (3)"),
    )
    assert text.alternative.text == (
        "Activity of Demo & <Sons>: December 2024 4 events on 4 days; January 2025 9 events on 6 days. "
        "Busiest: 7 Jan 2025, with 3."
    )


def activity(days: list[date]) -> str:
    return "activity:\n" + "".join(f"  - {{date: {day}, text: It happened.}}\n" for day in days)


def test_a_calendar_of_few_days_is_left_to_the_list(small_project: Callable[..., SmallProject]) -> None:
    days = [date(2025, 3, 1) + timedelta(days=number) for number in range(10)]
    assert chart_of("activity-calendar", small_project, tracker=activity(days[:9])) is None
    assert chart_of("activity-calendar", small_project, tracker=activity(days)) is not None


def test_the_calendar_shows_the_last_six_half_years_in_which_anything_happened(
    small_project: Callable[..., SmallProject],
) -> None:
    days = [date(year, month, day) for year in range(2019, 2025) for month in (3, 9) for day in (1, 2)]
    found = chart_of("activity-calendar", small_project, tracker=activity(days))
    assert len(found.days) == 12
    assert finding("activity-calendar", found).startswith("Since March 2022, 12 events on 12 days, most in March 2022")
    years = [word for word in words(BY_NAME["activity-calendar"].draw(found, "light")) if word.isdigit()]
    assert years == ["2022", "2022", "2023", "2023", "2024", "2024"]


def test_the_calendar_of_the_portfolio_holds_the_events_of_all(small_project: Callable[..., SmallProject]) -> None:
    days = [date(2025, 3, 1) + timedelta(days=number) for number in range(12)]
    files = {
        "data/portfolio.yml": TWO_PROGRAMMES,
        "data/programmes/other/programme.yml": "id: other\ntitle: Other\nowner: editor\nrecorded: 2026-01-01\n",
        "data/programmes/other/tracker.yml": activity(days[6:]),
        "data/programmes/demo/tracker.yml": activity(days[:7]),
    }
    portal = small_project(files).check().portal
    assert portal is not None
    chart = BY_NAME["activity-calendar"]
    assert chart.data(subject_of(portal)) is None
    found = data(chart, subject_of_portfolio(portal, events_from_data(portal), {}))
    assert [count for _, count in found.days] == [1] * 6 + [2] + [1] * 5
    assert chart.text(found).alternative.text.startswith("Activity of All: March 2025 13 events on 12 days.")
