"""What is on a desk: how much of each kind, where each entry stands, and no column that says the owner again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from conftest import SmallProject
from milepost.history.timeline import Past
from milepost.report import make_report
from milepost.site.pages import owners

REGISTERS = "data/programmes/demo/registers"


@pytest.fixture
def page(small_project: Callable[..., SmallProject]) -> BeautifulSoup:
    project = small_project(
        {
            f"{REGISTERS}/risks.yml": "- {id: R-01, description: Mud, status: open, mitigation: Dig, owner: editor}\n",
            f"{REGISTERS}/decisions.yml": """\
                - {id: D-01, date: 2025-01-02, decision: Go., rationale: Why not., owner: editor}
                - {id: D-02, date: 2025-01-03, decision: Stay., rationale: Mud., owner: editor, supersedes: [D-01]}
                """,
        },
        milestones="- {id: M1, includes: [T1]}\n",
        tasks="- {id: T1, owner: editor}\n",
    )
    pages = {made.route: made for made in owners.make(make_report(project.check(), Past()))}
    return BeautifulSoup(pages["owners/editor.html"].markdown, "html.parser")


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in page.select(selector)]


def test_it_begins_with_what_is_on_the_desk_and_the_search_with_that(page: BeautifulSoup) -> None:
    assert texts(page, ".mp-lead") == ["On this desk: 1 programme, 1 task, 2 decisions, 1 risk."]
    assert page.select_one("[data-search-exclude] .mp-follow") is not None


def test_a_decision_stands_in_words_and_its_day_beside_it(page: BeautifulSoup) -> None:
    stands = dict(zip(texts(page, "td[data-label=Entry]"), texts(page, "td[data-label=Status]"), strict=True))
    assert stands == {"D-01": "Superseded", "D-02": "Decided", "R-01": "Open"}
    days = dict(zip(texts(page, "td[data-label=Entry]"), texts(page, "td[data-label=Dated]"), strict=True))
    assert days == {"D-01": "2 Jan 2025", "D-02": "3 Jan 2025", "R-01": "–"}


def test_no_column_says_the_owner_of_the_page_again(page: BeautifulSoup) -> None:
    assert "Owner" not in texts(page, "th")
    assert not any("Owner" in str(table["data-filters"]) for table in page.select("table[data-filters]"))
