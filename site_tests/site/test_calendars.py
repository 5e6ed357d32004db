"""The calendars, read by icalendar as a calendar program would: which days they hold, and which UIDs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from bs4 import BeautifulSoup

from conftest import SmallProject
from feed_project import HOSTILE_TO_FEEDS, TITLE
from milepost.data.records import scalars
from milepost.history.timeline import Past
from milepost.report import make_report
from milepost.site.build import build

ADDRESS = "https://calendars.example/"
PROGRAMME = "{id: demo, title: Demo, owner: editor, start: 2026-01-05, recorded: 2026-01-01}"
MILESTONES = """\
    - {id: M1, title: First, window: {weeks: [0, 2]}, status: complete}
    - {id: M2, window: {start: 2026-03-01, end: 2026-03-31}, objective: See M1.}
    - {id: M3, title: Some time}
    """
TRACKER = """\
    checkpoints:
      - {title: Review, text: Look at M1., date: 2026-02-10}
      - {title: Rehearsal, week: 4, weekday: friday}
      - {title: Audit, week: 5}
    """


def written(project: SmallProject) -> dict[str, str]:
    """The calendars of a small project as text, by route."""
    checked = project.check()
    assert checked.is_sound, project.text
    report = make_report(checked, Past(), site_address=ADDRESS)
    return {artifact.path: artifact.content for artifact in build(report) if artifact.path.endswith(".ics")}


def read(text: str) -> Any:
    calendar = icalendar.Calendar.from_ical(text)
    assert isinstance(calendar, icalendar.Calendar)
    assert calendar.errors == []
    assert [event.errors for event in calendar.events] == [[]] * len(calendar.events)
    return calendar


def uids(text: str) -> dict[str, str]:
    return {str(event["summary"]): str(event["uid"]) for event in read(text).events}


@pytest.fixture
def planned(small_project: Callable[..., SmallProject]) -> Callable[..., dict[str, str]]:
    """The calendars of a programme with a plan, the files given put in the place of its own."""

    def make(**files: str) -> dict[str, str]:
        usual = {"programme": PROGRAMME, "milestones": MILESTONES, "tracker": TRACKER}
        return written(small_project(**(usual | files)))

    return make


def test_what_has_a_day_stands_in_the_calendar_of_its_programme_and_of_the_portfolio(
    planned: Callable[..., dict[str, str]],
) -> None:
    found = planned()
    assert sorted(found) == ["feeds/calendar.ics", "feeds/demo/calendar.ics"]
    for text in found.values():
        days = {str(event["summary"]): (event["dtstart"].dt, event["dtend"].dt) for event in read(text).events}
        assert days == {
            "Demo: M1 First ends (complete)": (date(2026, 1, 25), date(2026, 1, 26)),
            "Demo: Rehearsal": (date(2026, 2, 6), date(2026, 2, 7)),
            "Demo: Review": (date(2026, 2, 10), date(2026, 2, 11)),
            # One that names no day of its week takes the whole of it, from Monday to Sunday.
            "Demo: Audit": (date(2026, 2, 9), date(2026, 2, 16)),
            "Demo: M2 ends": (date(2026, 3, 31), date(2026, 4, 1)),
        }


def test_each_entry_is_a_whole_day_that_keeps_nobody_busy_and_says_what_and_where(
    planned: Callable[..., dict[str, str]],
) -> None:
    text = planned()["feeds/demo/calendar.ics"]
    assert text.count("DTSTART;VALUE=DATE:") == text.count("DTEND;VALUE=DATE:") == text.count("BEGIN:VEVENT") == 5
    events = {str(event["summary"]): event for event in read(text).events}
    review, end = events["Demo: Review"], events["Demo: M2 ends"]
    assert str(review["description"]) == f"Look at M1.\n\n{ADDRESS}demo/tracker.html#checkpoints"
    assert str(review["url"]) == f"{ADDRESS}demo/tracker.html#checkpoints"
    assert [str(category) for category in review.categories] == ["Demo", "Checkpoint"]
    assert str(end["url"]) == f"{ADDRESS}demo/M2.html"
    assert [str(category) for category in end.categories] == ["Demo", "Milestone end"]
    for event in events.values():
        assert (str(event["status"]), str(event["transp"])) == ("CONFIRMED", "TRANSPARENT")


def test_a_calendar_has_a_name_and_says_who_wrote_it(planned: Callable[..., dict[str, str]]) -> None:
    found = planned()
    for route, name in (
        ("feeds/calendar.ics", "Plan of Demo portfolio"),
        ("feeds/demo/calendar.ics", "Plan of Demo, "),
    ):
        calendar = read(found[route])
        assert str(calendar["name"]).startswith(name)
        assert calendar["x-wr-calname"] == calendar["name"]
        assert (str(calendar["version"]), str(calendar["prodid"])) == ("2.0", "-//Milepost//Milepost//EN")
        assert calendar["refresh-interval"].dt == timedelta(days=1)
        assert "METHOD" not in calendar, "a calendar that is subscribed to is no invitation"


def test_one_entry_has_one_uid_in_both_calendars_and_no_two_share_one(
    planned: Callable[..., dict[str, str]],
) -> None:
    found = planned()
    portfolio, programme = (uids(found[route]) for route in ("feeds/calendar.ics", "feeds/demo/calendar.ics"))
    assert portfolio == programme
    assert len({*portfolio.values()}) == len(portfolio) == 5


@pytest.mark.parametrize(
    ("change", "file", "old", "new"),
    [
        ("a moved checkpoint", "tracker", "date: 2026-02-10", "date: 2026-02-17"),
        ("a day instead of a week", "tracker", "week: 4, weekday: friday", "date: 2026-02-20"),
        ("other words", "tracker", "Look at M1.", "Look at M1 and M2."),
        ("other capitals", "tracker", "title: Review", "title: '  REVIEW'"),
        ("a moved end", "milestones", "end: 2026-03-31", "end: 2026-04-30"),
        ("another title", "milestones", "title: First", "title: The first"),
        ("a renamed milestone", "milestones", "id: M2", "id: M9, formerly: [M2]"),
        ("an end that was reached", "milestones", "id: M2,", "id: M2, status: complete,"),
        ("another start", "programme", "start: 2026-01-05", "start: 2026-02-02"),
    ],
)
def test_a_change_of_the_plan_moves_an_entry_and_makes_none_anew(
    change: str, file: str, old: str, new: str, planned: Callable[..., dict[str, str]]
) -> None:
    usual = {"programme": PROGRAMME, "milestones": MILESTONES, "tracker": TRACKER}
    assert usual[file].count(old) == 1, change
    before = planned()["feeds/demo/calendar.ics"]
    after = planned(**{file: usual[file].replace(old, new)})["feeds/demo/calendar.ics"]
    assert before != after
    assert {*uids(before).values()} == {*uids(after).values()}


def test_the_id_of_a_checkpoint_pins_its_uid_when_its_title_changes(planned: Callable[..., dict[str, str]]) -> None:
    tracker = "checkpoints: [{id: C1, title: Review, date: 2026-02-10}]"
    before, after = (
        uids(planned(tracker=text)["feeds/demo/calendar.ics"]) for text in (tracker, tracker.replace("Review", "Audit"))
    )
    assert before["Demo: Review"] == after["Demo: Audit"]


def test_nothing_in_a_calendar_is_read_from_the_clock(planned: Callable[..., dict[str, str]]) -> None:
    found = planned(tasks="- {id: T1, updates: [{date: 2026-02-03, text: Begun.}]}")
    for text in found.values():
        assert set(re.findall(r"\d{8}T\d{6}Z", text)) == {"20260203T000000Z"}


def test_a_last_day_that_has_no_day_after_it_needs_no_end(planned: Callable[..., dict[str, str]]) -> None:
    text = planned(tracker="checkpoints: [{title: The end, date: 9999-12-31}]")["feeds/demo/calendar.ics"]
    last = next(event for event in read(text).events if event["summary"] == "Demo: The end")
    assert (last["dtstart"].dt, "dtend" in last) == (date(9999, 12, 31), False)


def test_a_plan_in_weeks_without_a_first_day_makes_no_calendar_and_the_page_of_feeds_says_why(
    small_project: Callable[..., SmallProject],
) -> None:
    project = small_project(tracker="checkpoints: [{title: Review, week: 3, weekday: friday}]")
    report = make_report(project.check(), Past(), site_address=ADDRESS)
    files = {artifact.path: artifact.content for artifact in build(report)}
    assert [path for path in files if path.endswith(".ics")] == []
    page = BeautifulSoup(files["feeds.md"], "html.parser").get_text()
    assert "There is no calendar yet" in page
    assert "Demo plans in weeks, and the day on which week 0 begins is not known" in page


def test_a_programme_without_a_plan_makes_no_calendar_and_blames_no_weeks(
    small_project: Callable[..., SmallProject],
) -> None:
    report = make_report(small_project().check(), Past(), site_address=ADDRESS)
    page = next(artifact.content for artifact in build(report) if artifact.path == "feeds.md")
    assert "There is no calendar yet" in page
    assert "week 0" not in page


def test_hostile_texts_are_folded_and_escaped_and_come_back_as_they_were(
    small_project: Callable[..., SmallProject], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scalars, "unsafe_part", lambda _: None)
    found = written(small_project(HOSTILE_TO_FEEDS))
    assert sorted(found) == ["feeds/calendar.ics", "feeds/demo/calendar.ics"]
    for text in found.values():
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert "\n" not in text.replace("\r\n", "")
        calendar = read(text)
        assert str(calendar["x-wr-calname"]).startswith(f"Plan of {TITLE}")
        assert calendar.to_ical().decode() == text
        events = calendar.events
        assert len({str(event["uid"]) for event in events}) == len(events) == 5
        assert [str(event["summary"]) for event in events].count(f"{TITLE}: {TITLE}") == 2
        assert f"{TITLE}: M1 {TITLE} ends (complete)" in [str(event["summary"]) for event in events]
        assert str(next(iter(events[0].categories))) == TITLE


class TestTwoCheckpointsOfOneName:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("{title: Review, week: 1}", "{title: ' review ', week: 2}"),
            ("{id: C1, title: Review, week: 1}", "{id: c1, title: Audit, week: 2}"),
        ],
    )
    def test_are_found_at_both(self, first: str, second: str, small_project: Callable[..., SmallProject]) -> None:
        project = small_project(tracker=f"checkpoints:\n  - {first}\n  - {second}\n")
        assert [(line, rule) for _, line, _, rule in project.found] == [(2, "duplicate-id"), (3, "duplicate-id")]
        assert "stands also at data/programmes/demo/tracker.yml:3" in project.diagnostics[0].message
        assert "id: C2" in project.text

    def test_are_two_where_one_has_an_id(self, small_project: Callable[..., SmallProject]) -> None:
        project = small_project(
            tracker="checkpoints:\n  - {title: Review, week: 1}\n  - {id: C2, title: Review, week: 2}\n"
        )
        assert project.check().is_sound


def test_the_pages_of_checkpoints_lead_to_the_calendars_that_there_are(
    small_project: Callable[..., SmallProject],
) -> None:
    def linked(**files: str) -> dict[str, list[str]]:
        report = make_report(small_project(**files).check(), Past(), site_address=ADDRESS)
        pages = {made.path: made.content for made in build(report)}
        return {
            name: re.findall(r'href="([^"]*calendar\.ics)"', pages[name])
            for name in ("checkpoints.md", "demo/tracker.md")
        }

    assert linked(programme=PROGRAMME, milestones=MILESTONES, tracker=TRACKER) == {
        "checkpoints.md": ["feeds/calendar.ics", "feeds/demo/calendar.ics"],
        "demo/tracker.md": ["../feeds/demo/calendar.ics"],
    }
    undated = "{id: demo, title: Demo, owner: editor, recorded: 2026-01-01}"
    without = linked(programme=undated, milestones="[]\n", tracker="checkpoints: [{title: Audit, week: 5}]\n")
    assert without == {"checkpoints.md": [], "demo/tracker.md": []}
