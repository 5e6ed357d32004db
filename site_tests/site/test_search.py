"""What the search's index holds: an entry for each entity, in words of its own, and nothing that is in the way."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import SmallProject
from milepost.model.portal import Portal
from milepost.report import Report
from milepost.site.search_entries import SearchEntry, search_entries
from milepost.site.search_index import name_list, with_entries

Doc = dict[str, Any]


@pytest.fixture(scope="module")
def docs(built_site: Path) -> list[Doc]:
    found: list[Doc] = json.loads((built_site / "search/search_index.json").read_text("utf-8"))["docs"]
    return found


def portal_of(project: SmallProject) -> Portal:
    portal = project.check().portal
    assert portal is not None, project.text
    return portal


def entries_of(project: SmallProject) -> dict[str, SearchEntry]:
    """The entries of a small project by their names."""
    return {entry.names[0]: entry for entry in search_entries(portal_of(project)) if entry.names}


def test_every_entity_has_an_entry_at_its_address_that_begins_with_its_name(
    docs: list[Doc], own_report: Report
) -> None:
    by_location = {doc["location"]: doc for doc in docs}
    missing = [
        str(ref)
        for ref, entity in own_report.portal.entities.items()
        if entity.route not in by_location
        or not by_location[entity.route]["title"].startswith(ref.id or entity.title)
        or str(ref) not in by_location[entity.route]["names"]
    ]
    assert missing == []
    assert len(own_report.portal.entities) > 150


def test_an_entry_says_what_it_is_and_of_which_programme(docs: list[Doc]) -> None:
    tags = {name: doc["tags"] for doc in docs for name in doc.get("names", ())}
    assert tags["fixnado"] == ["Programme"]
    assert tags["fixnado/T4A"] == ["Task", "Fixnado"]
    assert tags["edulure/T1.2"] == ["Subtask", "Edulure"]
    assert tags["marketplace-launch/R-05"] == ["Risk", "Marketplace launch"]


def test_no_two_entries_stand_at_one_address_and_a_page_stands_before_its_parts(docs: list[Doc]) -> None:
    """The theme takes the first entry of a page for the page, and the rest for its parts."""
    locations = [doc["location"] for doc in docs]
    assert [location for location, count in Counter(locations).items() if count > 1] == []
    first_of_page: dict[str, str] = {}
    for location in locations:
        first_of_page.setdefault(location.partition("#")[0], location)
    named = {doc["location"].partition("#")[0] for doc in docs if "names" in doc}
    assert [first for page, first in first_of_page.items() if page in named and first != page] == []


def test_neither_explanations_nor_links_to_edit_are_found(docs: list[Doc]) -> None:
    texts = {doc["location"]: doc["text"] for doc in docs if not doc["location"].startswith("handbook/")}
    noise = re.compile(r"why\?|, line \d+|Edit this|The same figures|data-search")
    assert {location: found[0] for location, text in texts.items() if (found := noise.search(text))} == {}


def test_words_of_neighbouring_cells_stay_apart(docs: list[Doc]) -> None:
    checkpoints = next(doc["text"] for doc in docs if doc["location"] == "checkpoints.html")
    assert "When Programme What About Concerns" in checkpoints


def test_pages_that_repeat_come_last(docs: list[Doc]) -> None:
    boosts = {doc["location"]: doc.get("boost", 1) for doc in docs}
    repeating = [boosts[f"{name}.html"] for name in ("changelog", "disagreements", "activity/2025-10", "feeds")]
    assert max(repeating) < boosts["marketplace-launch/risks.html#R-05"] < boosts["fixnado/T4A.html"]
    assert boosts["fixnado/T4A.html"] < boosts["fixnado/index.html"]


def test_an_entry_holds_the_owner_the_prose_and_the_names_of_before(
    small_project: Callable[..., SmallProject],
) -> None:
    project = small_project(
        tasks="""\
        - id: T2
          title: Survey
          formerly: [T1]
          owner: editor
          status: in-progress
          summary: Sound the basin.
          subtasks: [{id: T2.1, summary: Mark the wrecks.}]
          updates: [{date: 2026-01-02, text: The north is sounded.}]
        """
    )
    found = entries_of(project)
    task = found["demo/T2"]
    assert (task.route, task.title, task.names) == ("demo/T2.html", "T2 · Survey", ("demo/T2", "demo/T1"))
    assert task.text == (
        "<p>In progress. Owner: Editor.</p><p>Sound the basin.</p><p>The north is sounded.</p><p>Formerly T1.</p>"
    )
    assert found["demo/T2.1"].title == "T2.1 · Mark the wrecks."
    assert found["demo/T2.1"].route == "demo/T2.html#T2.1"


def test_text_of_the_data_is_text_in_the_index(small_project: Callable[..., SmallProject]) -> None:
    """The theme writes titles and texts into the page as HTML."""
    found = entries_of(small_project(tasks='- {id: T1, title: "a < b & c", summary: "x > y"}\n'))
    assert found["demo/T1"].title == "T1 · a &lt; b &amp; c"
    assert "<p>x &gt; y</p>" in found["demo/T1"].text


def test_days_are_said_as_people_write_them(small_project: Callable[..., SmallProject]) -> None:
    found = entries_of(small_project(tasks="- {id: T1, summary: It was approved on 2025-10-15.}\n"))
    assert "<p>It was approved on 15 Oct 2025.</p>" in found["demo/T1"].text


def test_what_a_tracker_holds_is_found_at_its_own_row(small_project: Callable[..., SmallProject]) -> None:
    tracker = """\
        updated: 2026-01-05
        checkpoints:
          - {title: Legal audit, week: 2, weekday: friday, text: The log of who agreed.}
          - {title: Legal audit!, date: 2026-02-03}
        cadence:
          - {title: Tide talk, frequency: weekly, purpose: Look ahead., attendees: [editor]}
        metrics:
          - {title: "Depth < 9 m", readings: [{date: 2026-01-05, value: 9 m}]}
        """
    entries = list(search_entries(portal_of(small_project(tracker=tracker))))
    placed = [entry for entry in entries if entry.route.startswith("demo/tracker.html")]
    assert [(entry.route.removeprefix("demo/tracker.html"), entry.title, entry.tags) for entry in placed] == [
        ("", "Tracker of Demo", ()),
        ("#checkpoint-legal-audit", "Legal audit", ("Checkpoint", "Demo")),
        ("#checkpoint-legal-audit-2", "Legal audit!", ("Checkpoint", "Demo")),
        ("#meeting-tide-talk", "Tide talk", ("Meeting", "Demo")),
        ("#metric-depth-9-m", "Depth &lt; 9 m", ("Metric", "Demo")),
    ]
    assert [entry.text for entry in placed] == [
        "<p>As its owners reported on 5 Jan 2026.</p>",
        "<p>Week 2.</p><p>The log of who agreed.</p>",
        "<p>3 Feb 2026.</p>",
        "<p>Weekly.</p><p>Look ahead.</p>",
        "<p>9 m</p>",
    ]


def test_each_row_of_a_tracker_that_the_search_leads_to_is_there(docs: list[Doc], built_site: Path) -> None:
    kinds = {"Checkpoint", "Meeting", "Metric"}
    routes = [doc["location"] for doc in docs if kinds & set(doc.get("tags", ()))]
    assert len(routes) > 10
    for route in routes:
        page, _, anchor = route.partition("#")
        assert f'<tr id="{anchor}">' in (built_site / page).read_text("utf-8"), route


def test_an_owner_is_told_by_what_is_on_the_desk(docs: list[Doc]) -> None:
    owners = [doc for doc in docs if doc["location"].startswith("owners/") and "#" not in doc["location"]]
    assert [doc["location"] for doc in owners if "Follow this" in doc["text"]] == []
    assert any("On this desk:" in doc["text"] for doc in owners)


def test_a_long_sentence_is_cut_at_a_word_where_it_stands_for_a_title(
    small_project: Callable[..., SmallProject],
) -> None:
    words = " ".join(["word"] * 40)
    found = entries_of(
        small_project(
            {
                "data/programmes/demo/registers/risks.yml": f"""\
        - {{id: R-01, description: "{words}", status: open, mitigation: None yet., owner: editor}}
        """
            }
        )
    )
    assert found["demo/R-01"].title == f"R-01 · {' '.join(['word'] * 18)} …"


def test_the_entries_of_entities_stand_first_and_take_the_place_of_what_stands_there() -> None:
    index = {"config": {"lang": ["en"]}, "docs": [{"location": "a.html", "title": "A"}, {"location": "b.html"}]}
    own = SearchEntry("b.html", "B", "<p>b</p>", ("Task",), ("p/B1",), 2.0)
    merged = json.loads(with_entries(json.dumps(index), [own]))
    assert merged["config"] == index["config"]
    assert [doc["location"] for doc in merged["docs"]] == ["b.html", "a.html"]
    assert merged["docs"][0]["names"] == ["p/B1"]


def test_the_list_of_names_has_each_entity_and_each_other_page_once_as_bare_text() -> None:
    own = SearchEntry("p/T1.html", "T1 · a &lt; b", "", ("Task", "P &amp; Q"), ("p/T1",), 2.0)
    listed = json.loads(name_list([own], [("p/T1.html", "T1"), ("feeds.html", "Feeds")]))
    assert listed == [
        {"location": "p/T1.html", "title": "T1 · a < b", "of": ["Task", "P & Q"], "names": ["p/T1"]},
        {"location": "feeds.html", "title": "Feeds", "of": [], "names": []},
    ]
