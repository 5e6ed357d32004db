"""Snapshots beside what came after: which pairs there are, what their figures are called, and what pages tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from conftest import SmallProject
from milepost.data.records.snapshot import Snapshot
from milepost.history.comparisons import Compared, compared
from milepost.history.figure_table import figures
from milepost.history.timeline import Past, Published
from milepost.model.portal import Portal, Ref
from milepost.model.topics import Topic
from milepost.report import make_report
from milepost.site.pages.snapshot_comparisons import chapters, counts, make, outlines
from milepost.site.pages.snapshot_comparisons import figures as differing

Project = Callable[..., SmallProject]
BEFORE = """\
- {id: T1, title: Dredge, progress: 10, updates: [{date: 2026-01-05, text: Begun., progress: 10}]}
- {id: T2, title: Pave, progress: 30}
- {id: T3, title: Paint, progress: 50}
"""
AFTER = """\
- id: T1
  title: Dredge
  progress: 60
  updates:
    - {date: 2026-01-05, text: Begun., progress: 10}
    - {date: 2026-02-05, text: Half of it., progress: 40}
    - {date: 2026-02-10, text: More of it., progress: 60}
- {id: T20, formerly: [T2], title: Pave, progress: 20}
- {id: T4, title: Plant}
"""


def row(name: str, day: date) -> Snapshot:
    return Snapshot.model_construct(
        id=name, date=day, as_of=day, commit="", data="", payload="", reason="", approved_by="editor"
    )


ROWS = (row("one", date(2026, 1, 31)), row("two", date(2026, 2, 28)), row("three", date(2026, 3, 31)))


@pytest.fixture
def portals(small_project: Project) -> tuple[Portal, Portal]:
    def portal(tasks: str) -> Portal:
        found = small_project(tasks=tasks).check()
        assert found.portal is not None, found.diagnostics
        return replace(found.portal, snapshots=ROWS)

    return portal(BEFORE), portal(AFTER)


def published(place: int, portal: Portal) -> Published:
    return Published(ROWS[place], portal, frozenset())


@pytest.fixture
def pair(portals: tuple[Portal, Portal]) -> Compared:
    before, after = portals
    (found,) = compared(after, [published(0, before)], date(2026, 4, 1))
    return found


def test_each_is_compared_with_now_and_with_the_one_before_it_where_both_can_be_read(
    portals: tuple[Portal, Portal],
) -> None:
    before, after = portals
    every = [published(place, portal) for place, portal in enumerate((before, after, after))]
    assert [found.route for found in compared(after, every, date(2026, 4, 1))] == [
        "snapshots/one/now.html",
        "snapshots/two/now.html",
        "snapshots/three/now.html",
        "snapshots/two/before.html",
        "snapshots/three/before.html",
    ]
    without_the_second = compared(after, [every[0], every[2]], date(2026, 4, 1))
    assert [found.route for found in without_the_second] == ["snapshots/one/now.html", "snapshots/three/now.html"]


def test_a_figure_of_a_comparison_has_a_name_of_its_own_where_it_spans_several_reports(
    pair: Compared, portals: tuple[Portal, Portal]
) -> None:
    before, after = portals
    known = figures(after, {}, (), [published(0, before)], [pair])
    (last,) = [event for event in pair.comparison.told if event.day == date(2026, 2, 10)]
    (move,) = last.moves
    assert (move.before, move.after) == (10, 60)
    assert known[pair.figure_key(last, move, "before")] == 10
    assert pair.figure_key(last, move, "before") == "snapshots/one/now/demo/T1/2026-02-10/T1:before"
    names = ("s/one/demo/T1:reported", "demo/T1:reported", "s/one/demo/T2:reported", "demo/T20:reported")
    assert [known[name] for name in names] == [10, 60, 30, 20]
    assert "demo/T2:reported" not in known


def test_what_stands_on_both_sides_is_told_with_its_figures_and_the_rest_as_what_happened(pair: Compared) -> None:
    found = differing(pair)
    assert [(entry.ref, entry.before.name, entry.after.name) for entry in found] == [
        (Ref("demo", "T1"), "s/one/demo/T1", "demo/T1"),
        (Ref("demo", "T20"), "s/one/demo/T2", "demo/T20"),
    ]
    (chapter,) = chapters(pair)
    told = {topic: [event.text for event in events] for topic, events in chapter.topics}
    assert list(told) == [topic for topic in Topic if topic in told]
    assert told[Topic.SLIPPED] == ["T20 fell from 30 % to 20 %."]
    assert sorted(told[Topic.SCOPE]) == ["T3 was removed: Paint.", "T4 was added: Plant."]
    assert dict(counts(pair.comparison.events)) == {topic: len(texts) for topic, texts in told.items()}


def test_a_programme_is_outlined_on_both_sides(pair: Compared) -> None:
    (outline,) = outlines(pair)
    assert outline.before is not None
    assert outline.before.name == "s/one/demo"
    assert outline.after.name == "demo"
    assert (outline.tasks.before, outline.tasks.after) == ((0, 3), (0, 3))


def test_two_that_say_the_same_have_nothing_to_tell(portals: tuple[Portal, Portal]) -> None:
    _, after = portals
    (same,) = compared(after, [published(1, after)], date(2026, 4, 1))
    assert same.comparison.events == ()
    assert chapters(same) == ()


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ("", "and now, judged as of"),
        (
            "closed: 2026-01-20\n",
            'closed and judged as of its own last day, <time datetime="2026-01-20">20 Jan 2026</time> or before.',
        ),
    ],
)
def test_now_is_not_said_to_be_judged_before_then(small_project: Project, closed: str, said: str) -> None:
    programme = f"id: demo\ntitle: Demo\nowner: editor\nrecorded: 2026-01-01\n{closed}"
    checked = small_project(programme=programme, tasks="- {id: T1, title: Dredge, progress: 10}\n").check()
    assert checked.portal is not None, checked.diagnostics
    portal = replace(checked.portal, snapshots=ROWS[:1])
    report = make_report(replace(checked, portal=portal), Past(published=(published(0, portal),)))
    (now,) = make(report)
    assert said in now.markdown
