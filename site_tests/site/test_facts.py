"""Every fact of the data is on some page: the JSON export is walked, and each value is looked for in the built HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from conftest import PROJECT, milepost
from milepost.text.dates import with_days_in_words
from milepost.text.ids import tokens

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TOLD_IN_ANOTHER_WAY = {
    "as_of": "the export's own day",
    "basis": "said by the words beside a figure",
    "frequency": "tested below",
    "kind": "an update's kind is its word, a person's its heading",
    "track": "tested by the headings",
    "week": "tested below",
    "weekday": "tested below",
    "weeks": "tested below",
    "weight": "stands under Why",
}
# Parts of addresses, not words of pages: a programme's own id, and that of an update among others of its day.
ADDRESSES = {("id",), ("milestones", "updates", "id"), ("tasks", "updates", "id"), ("tracker", "activity", "id")}
WORDS = {"undated": "on a day that nothing states", "active": "active"}


def facts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from facts(item, (*path, name))
    elif isinstance(value, list):
        for item in value:
            yield from facts(item, path)
    elif value is not None:
        yield path, value


def without_spaces(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def exported() -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(milepost("export", "--format", "json", folder=PROJECT).stdout)
    return whole


@pytest.fixture(scope="module")
def texts(built_site: Path) -> dict[str, str]:
    """The text of the pages by the folder that they stand in, without spaces; all of it under an empty name."""
    pages: dict[str, list[str]] = {"": []}
    for path in sorted(built_site.rglob("*.html")):
        article = BeautifulSoup(path.read_text("utf-8"), "html.parser").find("article")
        text = without_spaces(article.get_text()) if article else ""
        pages.setdefault(path.relative_to(built_site).parts[0], []).append(text)
        pages[""].append(text)
    return {name: "|".join(found) for name, found in pages.items()}


def shown(path: tuple[str, ...], value: Any, owners: dict[str, str]) -> str:
    """The value as a page words it."""
    name = path[-1]
    if name in ("reported", "computed"):
        return f"{round(float(value))} %"
    if not isinstance(value, str):
        return str(value)
    if ISO_DAY.fullmatch(value):
        day = date.fromisoformat(value)
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    if name in ("owner", "by", "attendees"):
        return owners[value]
    if name in ("status", "impact", "likelihood", "severity", "role"):
        return value.replace("-", " ").capitalize()
    return WORDS.get(value, with_days_in_words("".join(token.text for token in tokens(value))))


def test_every_fact_of_the_export_is_on_a_page(exported: dict[str, Any], texts: dict[str, str]) -> None:
    owners = {person["id"]: person["title"] for person in exported["people"]}
    missing, counted = [], 0
    for programme in exported["programmes"]:
        for path, value in facts(programme):
            if path[-1] in TOLD_IN_ANOTHER_WAY or path in ADDRESSES:
                continue
            counted += 1
            # A fact stands on its programme's own pages; what is shared across programmes may stand beside them.
            if without_spaces(shown(path, value, owners)) not in texts[programme["id"]]:
                missing.append((programme["id"], ".".join(path), value))
    assert missing == []
    assert counted > 1400


def test_windows_checkpoints_and_meetings_are_told_in_words(exported: dict[str, Any], texts: dict[str, str]) -> None:
    for programme in exported["programmes"]:
        pages = texts[programme["id"]]
        for milestone in programme["milestones"]:
            if milestone["window"]:
                first, last = milestone["window"]["weeks"]
                assert (f"Week{first}" if first == last else f"Weeks{first}–{last}") in pages
        for checkpoint in programme["tracker"]["checkpoints"]:
            assert f"Week{checkpoint['week']}{checkpoint['weekday'].capitalize()}" in pages
        for meeting in programme["tracker"]["cadence"]:
            assert meeting["frequency"].capitalize() in pages


def test_every_owner_has_a_page_that_lists_what_they_own(exported: dict[str, Any], built_site: Path) -> None:
    for programme in exported["programmes"]:
        owned = [*programme["milestones"], *programme["tasks"], *programme["registers"]["risks"]]
        for entry in (entry for entry in owned if entry["owner"]):
            page = (built_site / "owners" / f"{entry['owner']}.html").read_text("utf-8")
            assert f">{entry['id']}</a>" in page
