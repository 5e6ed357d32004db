"""Chromium for the tests: what they open pages with, and where the site is served from.

Where no Chromium is found, what asks for one is skipped and says so; with MILEPOST_REQUIRE_BROWSER=1 it fails instead.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from milepost.report import Report
from page_types import BuiltPage, page_kinds, page_types

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
"""Each width and each scheme once; a thorough run has each pair."""


SEARCH_INDEX = "search/search_index.json"
NOTHING_TO_FIND = {"config": {"lang": ["en"], "separator": " ", "pipeline": [], "fields": {}}, "docs": []}
KEEP_VIOLATIONS = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", event =>
        window.violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
"""
"""What a page starts with that keeps what its policy refuses."""
NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{8}\.min\.(css|js)$")
CHECKERS = Path(__file__).parent / "browser/node_modules"


@dataclass
class Visit:
    """A page that has been opened, and what went wrong while it was."""

    page: Page
    troubles: list[str] = field(default_factory=list)


class Compressing(SimpleHTTPRequestHandler):
    """Serves files as a common server does: text is compressed, and kept by who reads it where its name is its hash."""

    COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file() or path.suffix not in self.COMPRESSED:
            super().do_GET()
            return
        content = self.compressed(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        if NAMED_BY_CONTENT.search(path.name):
            self.send_header("Cache-Control", "max-age=3600, immutable")
        self.end_headers()
        # A browser that leaves a page hangs up on what it was still being sent.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(content)

    def compressed(self, path: Path) -> bytes:
        return compressed_file(path, path.stat().st_mtime_ns)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by the standard library
        pass


class NothingToFind(Compressing):
    """Serves a site whose search finds nothing: to read the index is a third of the cost of opening a page."""

    def compressed(self, path: Path) -> bytes:
        return EMPTY_INDEX if path.as_posix().endswith(SEARCH_INDEX) else super().compressed(path)


@cache
def compressed_file(path: Path, _modified: int) -> bytes:
    """The compressed content of a file, as it was at that moment: every page asks for the same scripts and styles."""
    return gzip.compress(path.read_bytes(), mtime=0)


EMPTY_INDEX = gzip.compress(json.dumps(NOTHING_TO_FIND).encode(), mtime=0)


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
    # It runs once and shortly: what a long run would win by is only spent here.
    return (
        "java",
        "-Xss2m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-jar",
        str(checker("vnu-jar/build/dist/vnu.jar")),
        "--skip-non-html",
        "--format",
        "json",
    )


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
    """A browser's window of each width and scheme."""
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


@contextmanager
def served(folder: Path, handler: type[Compressing] = NothingToFind) -> Iterator[str]:
    """The address at which the site in `folder` is served; `Compressing` gives it its search."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        # What waits for the next turn of the server to end is each test that serves a folder of its own.
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
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


@pytest.fixture(scope="session")
def kinds(built_site: Path, golden_site: Path, own_report: Report, golden_report: Report) -> tuple[BuiltPage, ...]:
    """A page of each kind of the two sites."""
    return page_kinds({"own": built_site, "golden": golden_site}, {"own": own_report, "golden": golden_report})


@pytest.fixture(scope="session")
def types(built_site: Path, golden_site: Path, own_report: Report, golden_report: Report) -> tuple[BuiltPage, ...]:
    """The same, and pages that show what these do not."""
    return page_types({"own": built_site, "golden": golden_site}, {"own": own_report, "golden": golden_report})


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the built site is served, with a search that finds nothing."""
    with served(built_site) as root:
        yield root


@pytest.fixture(scope="session")
def searched_address(built_site: Path) -> Iterator[str]:
    """Where the built site is served with its search."""
    with served(built_site, Compressing) as root:
        yield root


@contextmanager
def visiting(context: BrowserContext, root: str, route: str) -> Iterator[Visit]:
    """The page at `route` below `root`, opened in the one tab of its window; what goes wrong on the way is kept.

    A tab of its own for each visit would cost twice what the visit does. It is left empty, on a screen, and with
    nothing pointed at; where a test has failed it is closed.
    """
    page = context.pages[0] if context.pages else context.new_page()
    visit = Visit(page)
    told = visit.troubles.append
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: told(f"console: {message.text}") if message.type == "error" else None,
        "pageerror": lambda error: told(f"script: {error}"),
        "requestfailed": lambda request: told(f"failed: {request.url}"),
        "response": lambda response: told(f"{response.status}: {response.url}") if response.status >= 400 else None,
        "request": lambda request: (
            None if request.url.startswith((root, "data:", "blob:")) else told(f"foreign: {request.url}")
        ),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    try:
        page.goto(root + route)
        yield visit
        page.mouse.move(0, 0)
        page.emulate_media(media="screen")
        page.goto("about:blank")
    except BaseException:
        page.close()
        raise
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
