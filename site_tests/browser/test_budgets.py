"""What a first look at the overview costs, in bytes: they are the same on a slow machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import DESKTOP, HEIGHTS, PHONE

pytestmark = pytest.mark.browser

MOST_BYTES = 300_000


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


def test_the_server_of_the_tests_compresses(built_site: Path, browser: Browser, address: str) -> None:
    page = browser.new_page()
    response = page.goto(address)
    assert response is not None
    assert response.header_value("content-encoding") == "gzip"
    assert int(response.header_value("content-length") or 0) < (built_site / "index.html").stat().st_size / 3
    page.close()
