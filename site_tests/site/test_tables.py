"""What tables say of themselves, for the script that sorts and filters them; without it they read as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

FILTERED = ("Programme", "State", "Status", "Owner")


@dataclass(frozen=True)
class Table:
    """A table of data: the page that it stands on, its columns, and its element."""

    route: str
    columns: tuple[str, ...]
    element: Tag

    @property
    def filters(self) -> list[str]:
        return str(self.element.get("data-filters", "")).split(",")


@pytest.fixture(scope="module")
def tables(built_site: Path) -> list[Table]:
    return list(_tables(built_site))


def _tables(site: Path) -> Iterator[Table]:
    for path in sorted(site.rglob("*.html")):
        soup = BeautifulSoup(path.read_text("utf-8"), "lxml")
        for element in soup.select("main table.mp-table"):
            # What explains a figure or a chart is read in its order.
            if not element.find_parent("details"):
                columns = tuple(cell.get_text(strip=True) for cell in element.select("thead th"))
                yield Table(path.relative_to(site).as_posix(), columns, element)


def test_a_table_with_programme_state_or_owner_is_filtered_by_them(tables: list[Table]) -> None:
    # In its first column stands what a table is about, not what its rows have in common.
    unfiltered = [
        (table.route, column)
        for table in tables
        for column in table.columns[1:]
        if column in FILTERED and (column not in table.filters or not table.element.get("data-table"))
        if not (table.route.endswith("sprints.html") or "subtask" in table.columns[0].lower())
    ]
    assert unfiltered == []
    assert {column for table in tables for column in table.filters if column} >= {*FILTERED, "Rule", "Kind"}


def test_a_filter_names_a_column(tables: list[Table]) -> None:
    assert [
        (table.route, column) for table in tables for column in table.filters if column and column not in table.columns
    ] == []


def test_tables_of_one_name_on_a_page_have_the_same_columns(tables: list[Table]) -> None:
    columns = {(table.route, str(table.element.get("data-table"))): table.columns for table in tables}
    assert [
        table.route
        for table in tables
        if table.element.get("data-table") and columns[table.route, str(table.element["data-table"])] != table.columns
    ] == []


def test_a_row_has_a_cell_a_column_and_says_its_place_where_words_have_an_order(tables: list[Table]) -> None:
    named = [table for table in tables if table.element.get("data-table")]
    for table in named:
        for row in table.element.select("tbody tr"):
            cells = row.find_all("td", recursive=False)
            assert len(cells) == len(table.columns), table.route
            for column, cell in zip(table.columns, cells, strict=True):
                if column in {"State", "Impact", "Likelihood", "Severity"} and cell.get_text(strip=True) != "–":
                    assert cell.has_attr("data-order") or table.element["data-table"] == "rules", (table.route, column)


def test_what_needs_a_look_stands_first_and_what_is_high_last(tables: list[Table]) -> None:
    orders = {
        cell.get_text(" ", strip=True): int(str(cell["data-order"]))
        for table in tables
        for cell in table.element.select("td[data-order]")
    }
    assert orders["In progress"] < orders["Not started"] < orders["Not reported"] < orders["Complete"]
    assert orders["Medium"] < orders["High"]


def test_without_script_there_is_no_control(tables: list[Table]) -> None:
    assert [table.route for table in tables if table.element.select("button, select, [hidden]")] == []
