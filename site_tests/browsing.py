"""Chromium for the tests: what they open pages with, and where the site is served from.

Where no Chromium is found, what asks for one is skipped and says so; with MILEPOST_REQUIRE_BROWSER=1 it fails instead.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from milepost.report import Report
from page_types import BuiltPage, page_types, pages_of_kinds

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESKTOP = 360, 1280
HEIGHTS = {PHONE: 740, DESKTOP: 800}
Scheme = Literal["light", "dark"]
SCHEMES: dict[Scheme, str] = {"light": "default", "dark": "slate"}
Windows = Mapping[tuple[int, Scheme], BrowserContext]

each_look = pytest.mark.parametrize(
    ("width", "scheme"),
    [
        pytest.param(PHONE, "dark", id="phone-dark"),
        pytest.param(DESKTOP, "light", id="desktop-light"),
        pytest.param(PHONE, "light", id="phone-light", marks=pytest.mark.thorough),
        pytest.param(DESKTOP, "dark", id="desktop-dark", marks=pytest.mark.thorough),
    ],
)
"""Each width and each scheme: together in the pairs that people have most, all four where there is time."""


SEARCH_INDEX = "search/search_index.json"
NOTHING_TO_FIND = {"config": {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}, "docs": []}
WITHOUT_SEARCH = "X-Without-Search"
"""The header of a browser's window that wants an index of the search with nothing in it."""
CHECKERS = Path(__file__).parent / "browser/node_modules"


@dataclass
class Visit:
    """A page that has been opened, and what went wrong while it was."""

    page: Page
    troubles: list[str] = field(default_factory=list)


@lru_cache(maxsize=2_000)
def compressed(path: Path, _changed: int) -> bytes:
    """A file's content, packed; the same file is asked for by many pages."""
    return gzip.compress(path.read_bytes(), mtime=0)


class Compressing(SimpleHTTPRequestHandler):
    """Serves files as a common server does: text is compressed, and what all pages share is kept by the browser."""

    COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
    KEPT = (".css", ".js")

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file() or path.suffix not in self.COMPRESSED:
            super().do_GET()
            return
        content = compressed(path, path.stat().st_mtime_ns)
        if self.path.endswith(SEARCH_INDEX) and self.headers[WITHOUT_SEARCH]:
            content = gzip.compress(json.dumps(NOTHING_TO_FIND).encode(), mtime=0)
        self.send_response(HTTPStatus.OK)
        if path.suffix in self.KEPT:
            self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        # A browser that leaves a page hangs up on what it was still being sent.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by the standard library
        pass


def go_without(reason: str) -> NoReturn:
    """Skip the test for lack of a tool, and say why; fail instead where the gate demands that all tools are there."""
    if os.environ.get("MILEPOST_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def checker(path: str) -> Path:
    """The file at `path` of the packages that pages are checked with."""
    file = CHECKERS / path
    if not file.is_file():
        go_without(f"{path} is not installed: make checkers, which needs npm")
    return file


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return checker("axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def nu_checker() -> Sequence[str]:
    """The command of the Nu HTML checker."""
    if shutil.which("java") is None:
        go_without("no Java is found: install one (apt-get install default-jre-headless)")
    return ("java", "-Xss2m", "-jar", str(checker("vnu-jar/build/dist/vnu.jar")), "--skip-non-html", "--format", "json")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    asked = os.environ.get("CHROMIUM")
    found = next((path for name in ([asked] if asked else NAMES) if (path := shutil.which(name))), None)
    if found is None:
        missing = f"{asked}, which CHROMIUM names, is no program" if asked else "no Chromium is found"
        go_without(f"{missing}: install one (apt-get install chromium), or set CHROMIUM to the path of one")
    return found


@pytest.fixture(scope="session")
def playwright(chromium: str) -> Iterator[Playwright]:  # noqa: ARG001  # without a Chromium there is nothing to drive
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Windows]:
    """A browser's window of each width and scheme, for tests that search for nothing."""
    with windows(browser) as opened:
        for context in opened.values():
            find_nothing(context)
        yield opened


@pytest.fixture(scope="session")
def searching(browser: Browser) -> Iterator[Windows]:
    """The same for tests that search."""
    with windows(browser) as opened:
        yield opened


@contextmanager
def windows(browser: Browser) -> Iterator[Windows]:
    opened = {
        (width, scheme): browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,
            has_touch=width == PHONE,
            is_mobile=width == PHONE,
        )
        for width in (PHONE, DESKTOP)
        for scheme in SCHEMES
    }
    yield opened
    for context in opened.values():
        context.close()


def find_nothing(context: BrowserContext) -> None:
    """Give the search nothing to find: to read its index is half the cost of opening a page.

    It is asked of the server, as a window in which requests are caught keeps nothing of what it was sent.
    """
    context.set_extra_http_headers({WITHOUT_SEARCH: "yes"})


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the site in `folder` is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressing, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def addresses(built_site: Path, golden_site: Path) -> Iterator[Mapping[str, str]]:
    """Where the sites of the project and of the golden project are served."""
    with served(built_site) as own, served(golden_site) as golden:
        yield {"own": own, "golden": golden}


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(pages_of_kinds, id="each kind"),
        pytest.param(page_types, id="each element", marks=pytest.mark.thorough),
    ],
)
def types(
    request: pytest.FixtureRequest, built_site: Path, golden_site: Path, own_report: Report, golden_report: Report
) -> tuple[BuiltPage, ...]:
    """A page of each type of the two sites: of each kind of page, or as many as hold each sort of element."""
    sites, reports = {"own": built_site, "golden": golden_site}, {"own": own_report, "golden": golden_report}
    found: tuple[BuiltPage, ...] = request.param(sites, reports)
    return found


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(built_site) as root:
        yield root


@contextmanager
def visiting(context: BrowserContext, root: str, route: str) -> Iterator[Visit]:
    """The page at `route` below `root`, opened; what goes wrong on the way is kept."""
    page = context.new_page()
    visit = Visit(page)
    told = visit.troubles.append
    page.on("console", lambda message: told(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: told(f"script: {error}"))
    page.on("requestfailed", lambda request: told(f"failed: {request.url}"))
    page.on("response", lambda response: told(f"{response.status}: {response.url}") if response.status >= 400 else None)
    page.on(
        "request",
        lambda request: None if request.url.startswith((root, "data:", "blob:")) else told(f"foreign: {request.url}"),
    )
    try:
        page.goto(root + route)
        yield visit
    finally:
        page.close()
