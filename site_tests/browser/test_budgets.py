"""What a first look at the overview costs, and that it does not wait for anything or jump about.

These are counts of bytes and of shifts, not times: they are the same on a slow machine.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import DESKTOP, HEIGHTS, PHONE, find_nothing
from page_types import BuiltPage

pytestmark = pytest.mark.browser

MOST_BYTES = 300_000
MOST_SHIFT = 0.05
KEEP_SHIFTS = """
    window.shift = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.shift += entry.hadRecentInput ? 0 : entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_overview_is_less_than_300_kb_without_the_index_of_the_search(
    width: int, browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": HEIGHTS[width]})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    addresses: dict[str, str] = {}
    bytes_of: dict[str, int] = {}
    network.on(
        "Network.responseReceived", lambda told: addresses.__setitem__(told["requestId"], told["response"]["url"])
    )
    network.on(
        "Network.loadingFinished",
        lambda told: bytes_of.__setitem__(addresses[told["requestId"]], int(told["encodedDataLength"])),
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    index = [name for name in bytes_of if name.endswith("search_index.json")]
    assert len(index) == 1
    spent = {name.removeprefix(address): count for name, count in bytes_of.items() if name not in index}
    assert {"", "assets/milepost.css", "assets/milepost.js"} <= set(spent)
    assert sum(spent.values()) < MOST_BYTES, spent
    context.close()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_type_of_page_shifts_while_it_opens(
    width: int, browser: Browser, addresses: dict[str, str], types: tuple[BuiltPage, ...]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": HEIGHTS[width]})
    context.add_init_script(KEEP_SHIFTS)
    find_nothing(context)
    page = context.new_page()
    shifts = {}
    for each in types:
        page.goto(addresses[each.site] + each.route)
        shifts[str(each)] = page.evaluate("new Promise(done => setTimeout(() => done(window.shift), 50))")
    context.close()
    assert {page: shift for page, shift in shifts.items() if shift > MOST_SHIFT} == {}


def test_every_type_of_page_is_there_without_script(
    browser: Browser, addresses: dict[str, str], types: tuple[BuiltPage, ...]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    tables = 0
    for each in types:
        page.goto(addresses[each.site] + each.route)
        assert page.locator("main h1").first.is_visible(), each
        # What is folded is one press away without script too.
        for table in page.locator("main article table:not(details table)").all():
            assert table.is_visible(), each
            tables += 1
    context.close()
    assert tables > 10


def test_the_server_of_the_tests_compresses(built_site: Path, browser: Browser, address: str) -> None:
    page = browser.new_page()
    response = page.goto(address)
    assert response is not None
    assert response.header_value("content-encoding") == "gzip"
    assert int(response.header_value("content-length") or 0) < (built_site / "index.html").stat().st_size / 3
    page.close()
