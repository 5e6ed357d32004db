"""Charts: what they show stands in their SVG as text and marks; they are left out where there is nothing to show."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from conftest import SmallProject
from milepost.charts import CHARTS, SCHEMES, Chart, Subject, subject_of_programme
from milepost.events import told
from milepost.history import Past, series
from milepost.portal import Portal

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
    return subject_of_programme(portal.programmes[0], told(portal), series(portal, Past()))


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
    assert "As of 2025-01-29" in BY_NAME["timeline"].text(timeline).alternative.text


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
    assert text.finding.text == "3 of 4 pairs of domain and task are covered"
    assert "front-end by T2" in text.alternative.text
    assert text.rows == (("API", "covered", "covered"), ("Front end", "covered", ""))


def test_sprints_say_how_many_are_complete(rich: Subject) -> None:
    text = BY_NAME["sprints"].text(data(BY_NAME["sprints"], rich))
    assert text.finding.text == "1 of 2 sprints is complete, 1 not started"
