"""Finding in Chromium: the search and its order, tables that sort and filter, and the page for what is not found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import TimeoutError as NotInTime

from browsing import DESKTOP, PHONE, Compressing, NothingToFind, Windows, served, visiting
from conftest import BASE_FILES, milepost, write_project

pytestmark = pytest.mark.browser

PATIENCE = 30_000
FOUND_FIRST = {
    "DM3": "fixnado/DM3.html",
    "fixnado/t4b": "fixnado/T4B.html",
    "T6.4": "edulure/T6.html#T6.4",
    "UT-004": "marketplace-launch/UT-004.html",
    "marketplace-launch/R-02": "marketplace-launch/risks.html#R-02",
    "Inventory & Rental Enablement": "fixnado/T3A.html",
    "theme & personal": "fixnado/DM3.html",
    "Platform hardening": "platform-hardening/index.html",
    "Compliance Lead": "owners/compliance-lead.html",
    "Changelog": "changelog.html",
    "rollup-mismatch": "handbook/rules/rollup-mismatch.html",
}
"""One of each sort of name: an id, one within its programme, a title, words of one, an owner, a page, a rule."""
FOUND_FIRST_TOO = {
    "T4A": "fixnado/T4A.html",
    "t1a": "fixnado/T1A.html",
    "Fixnado M2": "fixnado/M2.html",
    "edulure/T1": "edulure/T1.html",
    "platform-hardening/T1": "platform-hardening/T1.html",
    "service-restoration/T1.2": "service-restoration/T1.html#T1.2",
    "S5A": "edulure/T5.html#S5A",
    "R-05": "marketplace-launch/risks.html#R-05",
    "D-03": "marketplace-launch/decisions.html#D-03",
    "Component Foundations": "edulure/T5.html#S5A",
    "Mobile Parity": "edulure/T6.html",
    "Fixnado": "fixnado/index.html",
    "service-restoration": "service-restoration/index.html",
    "RACI and dependency matrices": "fixnado/M1.html",
    "escrow implementation starts late": "marketplace-launch/risks.html#R-02",
    "Legal acknowledgement audit": "marketplace-launch/tracker.html#checkpoint-legal-acknowledgement-audit",
    "where numbers disagree": "disagreements.html",
}
BEST = """() => {
    const links = [...document.querySelectorAll(".md-search-result__item:first-child [href]")];
    const score = (link) => Number(link.firstElementChild.dataset.mdScore);
    const best = links.sort((one, other) => score(other) - score(one))[0];
    return best ? new URL(best.href).pathname.slice(1) + new URL(best.href).hash : "";
}"""

PRESSES = 5
SEARCH_IS_READY = (
    "() => document.querySelector('.md-search-result__meta').textContent.trim() === 'Type to start searching'"
)
HAS_ANSWERED = """async () => {
    const names = new URL(document.getElementById("mp-not-found").dataset.names, window.location.href).href;
    if (!performance.getEntriesByName(names).length) return false;
    /* What the page does with its answer, it has done before a later one is read. */
    await (await fetch(names)).json();
    return true;
}"""
"""Whether the page for what is not found has read the names, and suggested what it will."""


# The search


@pytest.mark.parametrize(
    "found_first",
    [FOUND_FIRST, pytest.param(FOUND_FIRST_TOO, marks=pytest.mark.thorough)],
    ids=["one of each sort", "others"],
)
def test_what_is_named_is_found_first(found_first: Mapping[str, str], contexts: Windows, searched_address: str) -> None:
    """First is what Enter opens: the best of the first group."""
    wrong = {}
    with visiting(contexts[DESKTOP, "light"], searched_address, "index.html") as visit:
        page = visit.page
        for query, expected in found_first.items():
            page.locator(".md-search__input").fill("")
            page.locator(".md-search__input").press_sequentially(query)
            try:
                page.wait_for_function(f"expected => ({BEST})() === expected", arg=expected, timeout=PATIENCE)
            except NotInTime:
                wrong[query] = page.evaluate(BEST)
        assert wrong == {}
        assert visit.troubles == []


def test_an_id_that_begins_another_comes_before_it(contexts: Windows, searched_address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], searched_address, "index.html") as visit:
        search(visit.page, "T1", "edulure/T1.html")
        titles = visit.page.locator(".md-search-result__item > a:first-child h1").all_inner_texts()
        exact = [title.split(" ")[0] == "T1" for title in titles]
        assert exact[:3] == [True] * 3
        assert True not in exact[3:]


def test_enter_opens_the_part_that_was_asked_for(contexts: Windows, searched_address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], searched_address, "index.html") as visit:
        search(visit.page, "R-05", "marketplace-launch/risks.html#R-05")
        press_enter(visit.page, "**/marketplace-launch/risks.html*#R-05")
        assert visit.page.locator("#R-05").is_visible()


def test_a_result_says_what_it_is_and_begins_its_text(contexts: Windows, searched_address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], searched_address, "index.html") as visit:
        search(visit.page, "edulure/T3", "edulure/T3.html")
        result = visit.page.locator(".md-search-result__item").first.locator("a").first
        assert result.locator("h1").inner_text() == "T3 · Communities, Social Graph & Engagement Systems"
        assert result.locator(".md-tag").all_inner_texts() == ["Task", "Edulure"]
        assert result.locator("p").count() <= 2


def test_a_key_opens_the_search_and_escape_closes_it(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "fixnado/T4A.html") as visit:
        page, field = visit.page, visit.page.locator(".md-search__input")
        # The theme listens to its own keys once its search is ready, which it says below its field.
        page.wait_for_function(SEARCH_IS_READY, timeout=PATIENCE)
        assert field.get_attribute("placeholder") == "Search (Ctrl+K)"
        assert field.get_attribute("aria-keyshortcuts") == "Control+K Meta+K"
        assert field.get_attribute("aria-label") == "Search"
        for keys in ("Control+k", "Meta+k", "/"):
            open_by(page, keys)
            assert field.evaluate("field => field === document.activeElement"), keys
            page.keyboard.press("Escape")
            page.wait_for_function("() => !document.getElementById('__search').checked", timeout=PATIENCE)
            assert not field.evaluate("field => field === document.activeElement"), keys


def open_by(page: Page, keys: str) -> None:
    """Press keys until they open the search: the theme misses a focus that follows a blur at once."""
    for _ in range(PRESSES):
        page.keyboard.press(keys)
        with suppress(NotInTime):
            page.wait_for_function("() => document.getElementById('__search').checked", timeout=PATIENCE / PRESSES)
            return
        page.evaluate("() => document.activeElement.blur()")
    raise AssertionError(f"{keys} opens no search")


def press_enter(page: Page, expected: str) -> None:
    """Press Enter until it opens what is expected: it opens nothing while results of a later letter replace others."""
    for _ in range(PRESSES):
        page.keyboard.press("Enter")
        with suppress(NotInTime):
            page.wait_for_url(expected, timeout=PATIENCE / PRESSES)
            return
    page.wait_for_url(expected, timeout=PATIENCE)


def search(page: Page, query: str, expected: str) -> None:
    """Type `query`, and wait until what is expected stands first: results come while people still type."""
    page.keyboard.press("Control+k")
    page.locator(".md-search__input").press_sequentially(query)
    page.wait_for_function(f"expected => ({BEST})() === expected", arg=expected, timeout=PATIENCE)


# Tables


def shown(page: Page, table: str, column: str) -> list[str]:
    """The texts of a column's cells, of the rows that are shown, in their order."""
    cells = page.locator(f"table[data-table='{table}'] tbody tr:not([hidden]) td[data-label='{column}']")
    return [" ".join(text.split()) for text in cells.all_inner_texts()]


def heading(page: Page, table: str, column: str) -> Locator:
    return page.locator(f"table[data-table='{table}'] thead").first.get_by_role("button", name=column, exact=True)


@pytest.mark.parametrize(
    ("route", "table", "column", "ascending"),
    [
        ("marketplace-launch/tracker.html", "snapshot", "Last update", ["9 May 2024", "16 May 2024", "20 May 2024"]),
        ("registers/risks.html", "risks", "Impact", ["Medium", "Medium", "Medium", "High", "High"]),
        ("registers/risks.html", "risks", "Owner", ["Commerce Squad Lead", "Data Engineering Lead", "DevOps Lead"]),
        ("index.html", "programmes", "Open risks", ["0", "0", "0", "0", "3"]),
    ],
)
def test_a_heading_sorts_by_value_turns_round_and_gives_back_the_first_order(
    route: str, table: str, column: str, ascending: list[str], contexts: Windows, address: str
) -> None:
    with visiting(contexts[DESKTOP, "light"], address, route) as visit:
        page, button = visit.page, heading(visit.page, table, column)
        cell = page.locator(f"table[data-table='{table}'] th", has=page.get_by_role("button", name=column, exact=True))
        before = shown(page, table, column)
        button.click()
        assert shown(page, table, column)[: len(ascending)] == ascending
        assert cell.first.get_attribute("aria-sort") == "ascending"
        button.click()
        assert cell.first.get_attribute("aria-sort") == "descending"
        assert shown(page, table, column)[-1] == ascending[0]
        button.click()
        assert cell.first.get_attribute("aria-sort") is None
        assert shown(page, table, column) == before
        assert "sort" not in page.url


def test_percentages_sort_as_numbers_and_those_without_come_last_either_way(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "index.html") as visit:
        figures = []
        for _ in range(2):
            heading(visit.page, "programmes", "Progress").click()
            texts = shown(visit.page, "programmes", "Progress")
            figures.append([int(text.partition(" %")[0]) for text in texts])
        assert figures[0] == sorted(figures[0])
        assert figures[1] == sorted(figures[0], reverse=True)
        assert max(figures[0]) == 100
        for _ in range(2):
            heading(visit.page, "programmes", "Last report").click()
            assert shown(visit.page, "programmes", "Last report")[-1].startswith("Undated")


def test_equal_rows_keep_their_order(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "registers/risks.html") as visit:
        heading(visit.page, "risks", "Impact").click()
        ids = [text.split(" ")[0] for text in shown(visit.page, "risks", "Id")]
        assert ids == ["R-01", "R-03", "R-04", "R-02", "R-05"]
        heading(visit.page, "risks", "Impact").click()
        ids = [text.split(" ")[0] for text in shown(visit.page, "risks", "Id")]
        assert ids == ["R-02", "R-05", "R-01", "R-03", "R-04"]


def test_filters_and_order_stand_in_the_address_and_come_back_with_it(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "registers/risks.html") as visit:
        page = visit.page
        page.get_by_label("Status").select_option("Open")
        heading(page, "risks", "Impact").click()
        heading(page, "risks", "Impact").click()
        kept = [text.split(" ")[0] for text in shown(page, "risks", "Id")]
        assert kept == ["R-05", "R-03", "R-04"]
        assert page.url.endswith("?risks.status=Open&risks.sort=-impact")
        assert page.locator("output.mp-count").inner_text() == "3 of 5 rows shown"
        page.reload()
        assert [text.split(" ")[0] for text in shown(page, "risks", "Id")] == kept
        assert page.get_by_label("Status").input_value() == "Open"
        page.get_by_label("Status").select_option("Resolved")
        assert len(shown(page, "risks", "Id")) == 2
        page.go_back()
        assert [text.split(" ")[0] for text in shown(page, "risks", "Id")] == kept
        page.go_forward()
        assert len(shown(page, "risks", "Id")) == 2
        page.get_by_role("button", name="Show all").first.click()
        assert len(shown(page, "risks", "Id")) == 5
        assert "status" not in page.url
        assert visit.troubles == []


def test_an_empty_result_says_so_and_offers_all(contexts: Windows, address: str) -> None:
    route = "registers/risks.html?risks.status=Resolved&risks.owner=DevOps+Lead"
    with visiting(contexts[DESKTOP, "dark"], address, route) as visit:
        page = visit.page
        assert shown(page, "risks", "Id") == []
        empty = page.locator(".mp-empty")
        assert "No row matches these filters" in empty.inner_text()
        assert page.locator("output.mp-count").inner_text() == "0 of 5 rows shown"
        empty.get_by_role("button", name="Show all").click()
        assert len(shown(page, "risks", "Id")) == 5
        assert not empty.is_visible()


def test_an_address_that_asks_for_what_no_row_says_is_answered_with_no_row(contexts: Windows, address: str) -> None:
    route = "registers/risks.html?risks.status=%3Cb%3E&risks.sort=nonsense&risks.colour=red"
    with visiting(contexts[DESKTOP, "light"], address, route) as visit:
        page = visit.page
        assert shown(page, "risks", "Id") == []
        assert page.get_by_label("Status").input_value() == "<b>"
        assert page.locator("output.mp-count").inner_text() == "0 of 5 rows shown"
        page.locator(".mp-filters").get_by_role("button", name="Show all").click()
        assert len(shown(page, "risks", "Id")) == 5
        assert "status" not in page.url
        assert visit.troubles == []


def test_a_column_in_which_all_rows_agree_can_be_asked_for_what_they_do_not_say(
    contexts: Windows, address: str
) -> None:
    route = "marketplace-launch/index.html?tasks.state=Blocked"
    with visiting(contexts[DESKTOP, "light"], address, route) as visit:
        page, form = visit.page, visit.page.get_by_role("form", name="Filter and sort: tasks")
        rows = page.locator("table[data-table='tasks'] tbody tr").count()
        assert form.get_by_label("State").input_value() == "Blocked"
        assert form.locator("output").inner_text() == f"0 of {rows} rows shown"
        assert form.get_by_role("button", name="Show all").is_visible()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_an_address_that_rules_a_table_opens_at_the_table(width: int, contexts: Windows, address: str) -> None:
    with visiting(contexts[width, "light"], address, "fixnado/index.html?tasks.state=Complete") as visit:
        page = visit.page
        place = page.get_by_role("form", name="Filter and sort: tasks")
        height = page.evaluate("window.innerHeight")
        page.wait_for_function("() => window.scrollY > 0")
        box = place.bounding_box()
        assert box is not None
        assert 0 < box["y"] < height / 2
        assert page.evaluate("document.activeElement === document.body")
        page.evaluate("window.scrollTo(0, 0)")
        page.reload()
        assert page.evaluate("window.scrollY") == 0, "who comes back is where they were"


def test_an_address_that_names_a_place_or_rules_what_is_seen_anyway_moves_nobody(
    contexts: Windows, address: str
) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "registers/risks.html?risks.status=Open") as visit:
        assert visit.page.evaluate("window.scrollY") == 0
    route = "fixnado/index.html?tasks.state=Complete#where-we-are"
    with visiting(contexts[PHONE, "light"], address, route) as visit:
        box = visit.page.locator("#where-we-are").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 200


def test_tables_of_a_page_do_not_collide_and_those_of_one_name_go_together(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "fixnado/index.html") as visit:
        page = visit.page
        milestones = shown(page, "milestones", "Milestone")
        assert page.locator("table[data-table='tasks']").count() == 1
        tasks = page.get_by_role("form", name="Filter and sort: tasks")
        assert tasks.count() == 1
        tasks.get_by_label("State").select_option("Complete")
        assert "tasks.state=Complete" in page.url
        assert set(shown(page, "tasks", "State")) == {"Complete"}
        assert shown(page, "milestones", "Milestone") == milestones


def test_the_keyboard_alone_sorts_and_filters(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "registers/risks.html") as visit:
        page = visit.page
        page.get_by_label("Status").focus()
        page.keyboard.type("Open")
        assert len(shown(page, "risks", "Id")) == 3
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "Impact":
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        assert shown(page, "risks", "Impact") == ["Medium", "Medium", "High"]
        page.keyboard.press("Space")
        assert shown(page, "risks", "Impact") == ["High", "Medium", "Medium"]
        assert page.evaluate("document.activeElement.textContent") == "Impact"


def test_on_a_phone_a_list_sorts_the_cards(contexts: Windows, address: str) -> None:
    with visiting(contexts[PHONE, "light"], address, "registers/risks.html") as visit:
        page = visit.page
        # Cards have no headings to press: they are clipped, and keep their words for who hears the table.
        assert heading(page, "risks", "Impact").is_disabled()
        page.get_by_label("Sort by").select_option("Impact, reversed")
        assert shown(page, "risks", "Impact") == ["High", "High", "Medium", "Medium", "Medium"]
        assert page.url.endswith("?risks.sort=-impact")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_on_paper_the_choice_is_said_and_the_controls_are_not_shown(contexts: Windows, address: str) -> None:
    route = "registers/risks.html?risks.status=Open&risks.sort=-impact"
    with visiting(contexts[DESKTOP, "light"], address, route) as visit:
        said = visit.page.locator(".mp-as-shown")
        assert not said.is_visible()
        visit.page.emulate_media(media="print")
        assert said.inner_text() == "3 of 5 rows shown; Status: Open; sorted by Impact, reversed."
        assert not visit.page.get_by_label("Status").is_visible()


def test_without_script_tables_stand_whole_and_without_controls(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(urljoin(address, "registers/risks.html?risks.status=Open&risks.sort=-impact"))
    assert [text.split(" ")[0] for text in shown(page, "risks", "Id")] == ["R-01", "R-02", "R-03", "R-04", "R-05"]
    assert page.locator("main article").locator("button, select").count() == 0
    context.close()


# What is not found


class _Published(Compressing):
    """Serves a site as a host does that shows 404.html for what is not there."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        self.answer(code, "text/html; charset=utf-8", (Path(self.directory) / "404.html").read_bytes())

    def answer(self, code: int, media_type: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _PublishedToFindNothing(_Published, NothingToFind):
    """The same without what the search finds."""


class _PublishedWithASnapshot(_PublishedToFindNothing):
    """The same with a list of versions that names a snapshot."""

    PAGES = ("fixnado/T4A.html", "fixnado/T9A.html", "index.html")

    def do_GET(self) -> None:  # noqa: N802  # named so by the standard library
        if self.path != "/versions.json":
            super().do_GET()
            return
        listed = {"versions": [{"name": "one", "folder": "s/one/", "pages": self.PAGES}]}
        self.answer(HTTPStatus.OK, "application/json", json.dumps(listed).encode())


@pytest.fixture(scope="module")
def published(built_site: Path) -> Iterator[str]:
    with served(built_site, _PublishedToFindNothing) as root:
        yield root


def suggested(page: Page) -> list[str]:
    return [str(link.get_attribute("href")) for link in page.locator(".mp-suggestions a").all()]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("fixnado/T4a.html", ["fixnado/T4A.html"]),
        ("T4A", ["fixnado/T4A.html"]),
        ("some/where/deep/fixnado/t4a/", ["fixnado/T4A.html"]),
        ("fixnadoo/M44.html", ["fixnado/M4.html"]),
        ("T1.html", ["edulure/T1.html", "platform-hardening/T1.html", "service-restoration/T1.html"]),
        ("marketplace-launch/R-05", ["marketplace-launch/risks.html#R-05"]),
        ("changelogs", ["changelog.html"]),
        ("fixnadoo", ["fixnado/index.html"]),
        ("risks", ["handbook/data/risks.html", "marketplace-launch/risks.html", "registers/risks.html"]),
        ("feeds/fixnado.xml", ["feeds.html", "fixnado/index.html", "programmes/fixnado.html"]),
        ("s/2026-11-29/index.html", ["index.html", "snapshots.html"]),
        ("s/2026-11-29/", ["index.html", "snapshots.html"]),
        ("s/2026-11-29/fixnado/T4A.html", ["fixnado/T4A.html", "snapshots.html"]),
    ],
)
def test_what_is_not_found_suggests_what_comes_nearest(
    asked: str, expected: list[str], contexts: Windows, published: str
) -> None:
    with visiting(contexts[DESKTOP, "light"], published, asked) as visit:
        visit.page.locator(".mp-suggestions a").first.wait_for(timeout=PATIENCE)
        assert visit.page.locator("#mp-not-found code").inner_text() == f"/{asked}"
        assert sorted(suggested(visit.page)) == [urljoin(published, route) for route in expected]
        visit.page.locator(".mp-suggestions a").first.click()
        assert visit.page.locator("main h1").first.inner_text() != "This page is not here"


def test_what_is_not_found_in_a_snapshot_suggests_what_the_snapshot_has(contexts: Windows, built_site: Path) -> None:
    context = contexts[DESKTOP, "light"]
    with served(built_site, _PublishedWithASnapshot) as root:
        with visiting(context, root, "s/one/fixnado/T9C.html") as visit:
            first = visit.page.locator(".mp-suggestions li").first
            first.wait_for(timeout=PATIENCE)
            assert suggested(visit.page)[0] == urljoin(root, "s/one/fixnado/T9A.html")
            assert first.inner_text() == "fixnado/T9A.html, in snapshot one"
            assert suggested(visit.page)[-1] == urljoin(root, "snapshots.html")
        with visiting(context, root, "s/one/fixnado/T4a.html") as visit:
            first = visit.page.locator(".mp-suggestions li").first
            first.wait_for(timeout=PATIENCE)
            assert first.inner_text() == "T4A · Web & Flutter Experience Delivery, task of Fixnado, in snapshot one"
            assert suggested(visit.page) == [
                urljoin(root, route) for route in ("s/one/fixnado/T4A.html", "fixnado/T4A.html", "snapshots.html")
            ]


def test_a_name_of_before_leads_to_what_it_is_called_now(contexts: Windows, tmp_path: Path) -> None:
    tasks = "- {id: T4A, formerly: [T9Z], title: Dredge the basin, owner: editor}\n- {id: T9, title: Pave}\n"
    project = write_project(tmp_path / "project", {**BASE_FILES, "data/programmes/demo/tasks.yml": tasks})
    done = milepost("build", folder=project, handbook=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with served(project / "site", _Published) as root:
        with visiting(contexts[DESKTOP, "light"], root, "T9z") as visit:
            item = visit.page.locator(".mp-suggestions li")
            item.wait_for(timeout=PATIENCE)
            told = "T4A · Dredge the basin, task of Demo, which was called T9Z before"
            assert item.all_inner_texts() == [told]
        with visiting(contexts[DESKTOP, "light"], root, "index.html") as visit:
            search(visit.page, "t9z", "demo/T4A.html")


def test_an_address_like_none_suggests_nothing_and_stays_text(contexts: Windows, published: str) -> None:
    asked = "%3Cimg%20src=x%20onerror=window.hit=1%3E/%E0%A4"
    with visiting(contexts[PHONE, "dark"], published, asked) as visit:
        visit.page.wait_for_function(HAS_ANSWERED, timeout=PATIENCE)
        assert suggested(visit.page) == []
        assert visit.page.locator("#mp-not-found img").count() == 0
        assert visit.page.evaluate("window.hit") is None
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE
        assert [trouble for trouble in visit.troubles if "404" not in trouble] == []


def test_the_search_for_what_is_not_found_is_one_step_away(contexts: Windows, built_site: Path) -> None:
    with (
        served(built_site, _Published) as root,
        visiting(contexts[DESKTOP, "light"], root, "old/rental.html") as visit,
    ):
        visit.page.get_by_role("button", name="Search for “rental”").click()
        visit.page.locator(".md-search-result__link[href*='fixnado/T3A.html']").first.wait_for(timeout=PATIENCE)


def test_without_script_what_is_not_found_still_leads_on(browser: Browser, published: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in ("The overview", "The changelog", "The snapshots", "The feeds", "The handbook"):
        page.goto(urljoin(published, "deep/er/missing.html"))
        page.get_by_role("link", name=name).click()
        assert page.locator("main h1").first.inner_text() != "This page is not here"
    assert page.get_by_role("button", name="Search for").count() == 0
    context.close()
