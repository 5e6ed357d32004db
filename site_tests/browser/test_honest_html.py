"""HTML that says what it is: valid on every page, asks for nothing elsewhere, and runs nothing that it did not name."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext

from browsing import DESKTOP, HEIGHTS, KEEP_VIOLATIONS, served, visiting
from milepost.check.policy import own_scripts, with_policy

pytestmark = pytest.mark.browser

POLICY = 'meta[http-equiv="Content-Security-Policy"]'
SEEN_WITHOUT_AN_ORIGIN = "Resource violates Content Security Policy (meta tag)"
"""The checker reads files, which have no site of their own that the policy could allow. Tests below ask the browser."""
PATIENCE = 30_000
INTRUDER = "<script>window.intruded = true</script>"
SMUGGLED = {
    "a script": INTRUDER,
    "a script of a module": '<script type="module">window.intruded = true</script>',
    "a handler": '<img src="data:," alt="" onerror="window.intruded = true">',
    "an address that runs": '<a id="run" href="javascript:void(window.intruded = true)">Text</a>',
    "a frame": '<iframe src="https://elsewhere.example/"></iframe>',
    "a frame of its own": """<iframe srcdoc="<script>parent.intruded = true</script>"></iframe>""",
    "an object": '<object data="data:text/html,<script>parent.intruded = true</script>"></object>',
    "a form": '<form id="send" action="https://elsewhere.example/"><button>Send</button></form>',
    "a base": '<base href="https://elsewhere.example/">',
}


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[BrowserContext]:
    """A window in which pages keep what their policy refused."""
    context = browser.new_context(viewport={"width": DESKTOP, "height": HEIGHTS[DESKTOP]})
    context.add_init_script(KEEP_VIOLATIONS)
    yield context
    context.close()


def test_the_nu_checker_has_nothing_to_say_of_any_page(
    nu_checker: Sequence[str], built_site: Path, golden_site: Path, hostile_site: Path
) -> None:
    sites = [str(site) for site in (built_site, golden_site, hostile_site)]
    done = subprocess.run([*nu_checker, *sites], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    told = Counter(
        f"{message['type']}: {message['message']}: {message.get('extract', '')}"
        for message in messages
        if not message["message"].startswith(SEEN_WITHOUT_AN_ORIGIN)
    )
    assert told == Counter()
    # It has read each of them: what it says of the policy, it says of each page.
    told_of = {message["url"] for message in messages}
    assert all(any(f"{site}/index.html" in url for url in told_of) for site in sites)


def test_the_nu_checker_is_asked_for_what_it_finds(nu_checker: Sequence[str], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>A</title><p id=a><p id=a>", "utf-8")
    done = subprocess.run([*nu_checker, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "Duplicate ID" in done.stderr


@pytest.mark.thorough
def test_no_page_asks_for_anything_elsewhere_or_in_vain_or_tells_an_error(
    browser: Browser, built_site: Path, address: str
) -> None:
    """Every page: test_every_type_of_page.py opens one of each type; what the search loads, a test of it sees."""
    context = browser.new_context(viewport={"width": DESKTOP, "height": HEIGHTS[DESKTOP]})
    context.add_init_script(KEEP_VIOLATIONS)
    page, troubles, opened = context.new_page(), [], 0
    page.on("console", lambda message: troubles.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    # What is still under way when the next page is opened is given up by the browser, which is no failure.
    page.on(
        "requestfailed",
        lambda request: None if request.failure == "net::ERR_ABORTED" else troubles.append(f"failed: {request.url}"),
    )
    page.on("response", lambda response: troubles.append(response.url) if response.status >= 400 else None)
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:")) else troubles.append(request.url),
    )
    found = {}
    for path in sorted(built_site.rglob("*.html")):
        route = path.relative_to(built_site).as_posix()
        page.goto(address + route)
        troubles += page.evaluate("window.violations")
        if troubles:
            found[route] = list(troubles)
            troubles.clear()
        opened += 1
    context.close()
    assert found == {}
    assert opened > 150


def test_every_page_names_what_it_may_load_and_run_before_it_does(built_site: Path, golden_site: Path) -> None:
    for path in (*built_site.rglob("*.html"), *golden_site.rglob("*.html")):
        head = path.read_text("utf-8").partition("</head>")[0]
        policies = BeautifulSoup(head, "html.parser").select(POLICY)
        assert len(policies) == 1, path
        assert head.index("http-equiv") < min(head.index("<link"), head.index("<script")), path
        assert len(head.partition("http-equiv")[0].encode()) < 1024, path
        assert "unsafe" not in str(policies[0]["content"]), path
        assert str(policies[0]["content"]).startswith("default-src 'none'; script-src 'self' 'sha256-"), path


@pytest.mark.parametrize("opened_from", ["a server", "a folder"])
def test_under_the_policy_the_filters_work(
    opened_from: str, watched: BrowserContext, address: str, built_site: Path
) -> None:
    root = address if opened_from == "a server" else built_site.as_uri() + "/"
    with visiting(watched, root, "activity/2025-10.html") as visit:
        page = visit.page
        page.get_by_label("Kind").select_option("Completed")
        assert re.fullmatch(r"\d+ of \d+ rows shown", page.locator(".mp-filters output").inner_text())
        # A browser lets no page of a folder change its address.
        assert page.url.endswith("?events.kind=Completed" if opened_from == "a server" else "/activity/2025-10.html")
        assert page.evaluate("window.violations") == []


def test_under_the_policy_the_switch_of_schemes_works_and_is_kept(watched: BrowserContext, address: str) -> None:
    with visiting(watched, address, "index.html") as visit:
        page = visit.page
        page.locator("label[for=__palette_1]").click()
        page.locator("label[for=__palette_2]").click()
        page.wait_for_function("() => document.body.dataset.mdColorScheme === 'slate'")
        page.reload()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert page.evaluate("window.violations") == []
        page.evaluate("localStorage.clear()")


def test_under_the_policy_the_search_works(watched: BrowserContext, searched_address: str) -> None:
    with visiting(watched, searched_address, "fixnado/index.html") as visit:
        page = visit.page
        page.locator(".md-search__input").click()
        page.keyboard.type("Inventory")
        page.locator(".md-search-result__link").first.wait_for(state="visible", timeout=10_000)
        assert page.evaluate("window.violations") == []


def test_a_script_that_was_slipped_into_a_page_does_not_run(
    watched: BrowserContext, built_site: Path, tmp_path: Path
) -> None:
    written = (built_site / "404.html").read_text("utf-8")
    places = {"head.html": "</head>", "article.html": "</article>", "body.html": "</body>"}
    for name, place in places.items():
        (tmp_path / name).write_text(written.replace(place, INTRUDER + place, 1), "utf-8")
    (tmp_path / "free.html").write_text(re.sub(r"<meta http-equiv[^>]*>", "", written + INTRUDER), "utf-8")
    with served(tmp_path) as root:
        for name in places:
            with visiting(watched, root, name) as visit:
                assert visit.page.evaluate("window.intruded") is None, name
                assert any(told.startswith("script-src") for told in visit.page.evaluate("window.violations")), name
        with visiting(watched, root, "free.html") as visit:
            assert visit.page.evaluate("window.intruded") is True


@pytest.fixture(scope="module")
def with_smuggled(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages that each hold what the build would refuse; the policy is made as it is made in a build."""
    folder = tmp_path_factory.mktemp("smuggled")
    written = re.sub(r"<meta http-equiv[^>]*>", "", (built_site / "404.html").read_text("utf-8"))
    templates = (Path(str(files("material"))) / "templates").glob("**/*.html")
    own = own_scripts(file.read_text("utf-8") for file in templates)
    for what, smuggled in SMUGGLED.items():
        page_text = with_policy(written.replace("</article>", f"</article></div></div>{smuggled}", 1), own)
        (folder / f"{what}.html").write_text(page_text, "utf-8")
    return folder


@pytest.mark.parametrize("opened_from", ["a server", "a folder"])
def test_what_a_page_smuggles_out_of_its_article_does_nothing(
    opened_from: str, watched: BrowserContext, with_smuggled: Path
) -> None:
    with served(with_smuggled) as server:
        root = server if opened_from == "a server" else f"{with_smuggled.as_uri()}/"
        for what in SMUGGLED:
            with visiting(watched, root, f"{quote(what)}.html") as visit:
                page = visit.page
                opened = page.url
                if what == "an address that runs":
                    page.evaluate("document.getElementById('run').click()")
                if what == "a form":
                    page.evaluate("document.querySelector('#send button').click()")
                # A page is open when its frames are; a frame of its own keeps what it refused.
                if what != "a frame of its own":
                    page.wait_for_function("() => window.violations.length > 0", timeout=PATIENCE)
                assert page.evaluate("window.intruded") is None, what
                assert page.url == opened, what
                assert not page.evaluate("document.baseURI").startswith("https://elsewhere.example/"), what


def test_nothing_is_sent_or_loaded_elsewhere_even_where_a_script_asks_for_it(
    watched: BrowserContext, address: str
) -> None:
    with visiting(watched, address, "index.html") as visit:
        page = visit.page
        refused = page.evaluate("fetch('https://elsewhere.example/').then(() => 'sent', () => 'refused')")
        assert refused == "refused"
        page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/a.png'}))")
        page.wait_for_function("() => window.violations.length === 2")
        assert [told.partition(":")[0] for told in page.evaluate("window.violations")] == ["connect-src", "img-src"]
