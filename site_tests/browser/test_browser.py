"""The built site in Chromium: on a phone and a desktop, in the light and the dark scheme, from a server and a folder.

`browsing.py` finds the Chromium, opens the pages and serves the site.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import DESKTOP, HEIGHTS, PHONE, SCHEMES, Compressing, Scheme, Windows, each_look, served, visiting
from conftest import BASE_FILES, FIVE, milepost, write_project
from page_types import as_few_as_hold_all, pages_of

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "index.html",
    "programme": "edulure/index.html",
    "milestone": "fixnado/M1.html",
    "task": "edulure/T5.html",
    "register": "marketplace-launch/risks.html",
    "tracker": "marketplace-launch/tracker.html",
    "changelog": "changelog.html",
    "feeds": "feeds.html",
    "handbook": "handbook/index.html",
    "not found": "404.html",
}

each_width = pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
each_page = pytest.mark.parametrize("kind", PAGES)


@each_page
def test_a_page_opens_on_a_phone_without_an_error_a_request_that_fails_or_leaves_the_site_or_scrolling_sideways(
    kind: str, contexts: Windows, address: str
) -> None:
    """On a desktop, test_every_type_of_page.py opens these and all others."""
    with visiting(contexts[PHONE, "dark"], address, PAGES[kind]) as visit:
        # Until the last picture has been drawn.
        drawn = "pictures => Promise.all(pictures.map(picture => (picture.scrollIntoView(), picture.decode())))"
        visit.page.locator("img:visible").evaluate_all(drawn)
        assert visit.troubles == []
        assert visit.page.locator("body").get_attribute("data-md-color-scheme") == SCHEMES["dark"]
        assert visit.page.locator("main h1").first.is_visible()
        # Wider than the window also where the theme hides what sticks out: then it is cut off.
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE
        sticking_out = visit.page.evaluate(
            """() => [...document.querySelectorAll("main article *")]
                .filter(element => !element.closest(".mp-scroll, pre, code") && element.checkVisibility())
                .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
                .map(element => element.outerHTML.slice(0, 120))"""
        )
        assert sticking_out == []


@each_width
def test_the_four_answers_begin_on_the_first_screen_of_the_overview(
    width: int, contexts: Windows, address: str
) -> None:
    with visiting(contexts[width, "light"], address, PAGES["overview"]) as visit:
        headings = visit.page.locator(".mp-answers h2")
        assert headings.all_inner_texts() == ["Where we are", "What moved", "At risk", "Next"]
        for heading in headings.all():
            box = heading.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < HEIGHTS[width], heading.inner_text()


def test_on_paper_tables_are_tables_and_what_is_folded_is_open(contexts: Windows, address: str) -> None:
    with visiting(contexts[PHONE, "light"], address, PAGES["programme"]) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.locator("table.mp-cards thead th").first.is_visible()
        why = visit.page.locator("details.mp-why").first
        assert why.locator("table").first.is_visible()
        # A long sum may go on on the next page, and the answers follow it there.
        assert why.evaluate("details => getComputedStyle(details).breakInside") == "auto"
        visit.page.emulate_media(media="screen")


@each_look
def test_the_chart_of_the_scheme_is_drawn_and_the_other_is_not_shown(
    width: int, scheme: Scheme, contexts: Windows, address: str
) -> None:
    with visiting(contexts[width, scheme], address, PAGES["programme"]) as visit:
        pictures = visit.page.locator("main img[src*='charts/']")
        assert pictures.count() == 2
        shown = [picture for picture in pictures.all() if picture.is_visible()]
        assert [str(picture.get_attribute("src")).rpartition("#")[2] for picture in shown] == [f"only-{scheme}"]
        shown[0].scroll_into_view_if_needed()
        assert shown[0].evaluate("async picture => { await picture.decode(); return picture.naturalWidth }") > 0
        box = shown[0].bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert visit.troubles == []


@pytest.mark.parametrize(
    ("kind", "width"),
    [
        ("programme", PHONE),
        ("milestone", DESKTOP),
        ("task", DESKTOP),
        pytest.param("programme", DESKTOP, marks=pytest.mark.thorough),
        pytest.param("milestone", PHONE, marks=pytest.mark.thorough),
        pytest.param("task", PHONE, marks=pytest.mark.thorough),
    ],
)
def test_why_opens_the_parts_of_a_figure(kind: str, width: int, contexts: Windows, address: str) -> None:
    with visiting(contexts[width, "light"], address, PAGES[kind]) as visit:
        why = visit.page.locator("details.mp-why").first
        parts = why.locator("tbody tr")
        assert parts.count() >= 2
        assert not parts.first.is_visible()
        why.locator("summary").click()
        assert parts.count() == why.locator("tbody tr:visible").count()
        for part in parts.all():
            assert part.locator("data.percent").count() + part.get_by_text("none:").count() == 1
            assert re.search(r"\.yml, line \d+", part.inner_text())
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.troubles == []


@each_look
@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_a_feed_that_is_opened_in_a_browser_can_be_read(
    name: str, width: int, scheme: Scheme, contexts: Windows, address: str
) -> None:
    """It says what it is, and shows headlines, days and sentences, not tags or markup."""
    with visiting(contexts[width, scheme], address, f"feeds/{name}") as visit:
        page = visit.page
        said = page.evaluate("getComputedStyle(document.documentElement, '::before').content")
        assert "copy the address of this page into a feed reader" in said
        shown = page.evaluate(
            """() => [...document.documentElement.querySelectorAll('*')]
                .filter(element => !element.children.length && element.getClientRects().length && element.textContent)
                .map(element => [element.localName, element.textContent])"""
        )
        names = {element for element, _ in shown}
        assert {"title", "pubDate" if name == "rss.xml" else "published"} <= names
        assert names <= {"title", "subtitle", "description", "summary", "published", "pubDate", "link"}
        assert any("Web & Flutter Experience Delivery progressed" in text for _, text in shown)
        assert [text for _, text in shown if "<p>" in text or "tag:" in text] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        style = "getComputedStyle(document.documentElement)"
        ground, ink = (
            sum(map(int, re.findall(r"\d+", page.evaluate(f"{style}.{name}")))) for name in ("backgroundColor", "color")
        )
        assert (ground < ink) == (scheme == "dark")


@pytest.mark.parametrize(("name", "element"), [("atom.xml", "feed"), ("rss.xml", "channel")])
def test_a_feed_without_items_says_so_and_what_would_fill_it(
    name: str, element: str, contexts: Windows, address: str
) -> None:
    content = f"getComputedStyle(document.querySelector('{element}'), '::after').content"
    with visiting(contexts[PHONE, "light"], address, f"feeds/edulure/{name}") as visit:
        assert visit.page.evaluate("document.querySelectorAll('item, entry').length") == 0
        said = visit.page.evaluate(content)
        assert "Nothing has happened here yet" in said
        assert "data with that day" in said
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with visiting(contexts[PHONE, "light"], address, f"feeds/fixnado/{name}") as visit:
        assert visit.page.evaluate(content) == "none"


def test_the_feed_link_is_not_taken_for_a_translation(contexts: Windows, address: str) -> None:
    """Material's script makes a choice of languages of each `rel=alternate` link."""
    with visiting(contexts[DESKTOP, "light"], address, PAGES["overview"]) as visit:
        assert visit.page.locator("link[type='application/rss+xml']").count() == 1
        assert visit.page.locator(".md-select").count() == 0


def test_a_month_of_activity_is_filtered_and_the_address_says_how(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "activity/2025-10.html") as visit:
        rows = visit.page.locator("table[data-filters] tbody tr")
        assert visit.page.locator(".mp-filters label").all_inner_texts() != []
        visit.page.get_by_label("Kind").select_option("Completed")
        shown = [row for row in rows.all() if row.is_visible()]
        assert 0 < len(shown) < rows.count()
        assert all("Completed" in row.inner_text() for row in shown)
        assert visit.page.locator(".mp-filters output").inner_text() == f"{len(shown)} of {rows.count()} rows shown"
        filtered = visit.page.url
        assert filtered.endswith("?events.kind=Completed")
    route = filtered.removeprefix(address).lstrip("/")
    with visiting(contexts[PHONE, "dark"], address, route) as visit:
        assert visit.page.get_by_label("Kind").input_value() == "Completed"
        again = [row for row in visit.page.locator("table[data-filters] tbody tr").all() if row.is_visible()]
        assert len(again) == len(shown)
        visit.page.get_by_label("Kind").select_option("")
        assert all(row.is_visible() for row in visit.page.locator("table[data-filters] tbody tr").all())
        assert not visit.page.url.endswith("?events.kind=Completed")


def test_without_script_the_whole_month_stands_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/activity/2025-10.html?events.kind=Completed")
    rows = page.locator("table[data-filters] tbody tr")
    assert rows.count() == 11
    assert all(row.is_visible() for row in rows.all())
    assert page.locator(".mp-filters").count() == 0
    context.close()


@each_look
def test_a_citation_is_unfolded_and_copied_by_the_keyboard_alone(
    width: int, scheme: Scheme, browser: Browser, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme=scheme,
        permissions=["clipboard-read", "clipboard-write"],
    )
    with visiting(context, address, PAGES["task"]) as visit:
        page = visit.page
        forms = page.locator(".mp-cite figure")
        assert not forms.first.is_visible()
        page.locator(".mp-cite summary").focus()
        page.keyboard.press("Enter")
        assert [form.locator("figcaption").inner_text().split("\n")[0] for form in forms.all()] == [
            "Plain text", "BibTeX", "CSL-JSON", "Markdown",
        ]  # fmt: skip
        copied = page.get_by_role("button", name="Copy as BibTeX")
        # From the summary by tabulator, past what else can be reached.
        for _ in range(12):
            page.keyboard.press("Tab")
            if copied.evaluate("button => button === document.activeElement"):
                break
        page.keyboard.press("Enter")
        status = forms.nth(1).get_by_role("status")
        status.get_by_text("Copied").wait_for(timeout=10_000)
        said = page.evaluate("navigator.clipboard.readText()")
        assert said == forms.nth(1).locator("code").text_content()
        assert said.startswith("@misc{milepost.example:edulure:T5:")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert all(form.evaluate("form => form.scrollWidth <= form.clientWidth + 1") for form in forms.all())
        assert visit.troubles == []
    context.close()


def test_where_the_clipboard_is_refused_the_citation_is_selected(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, PAGES["handbook"]) as visit:
        page = visit.page
        page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('refused')))")
        page.locator(".mp-cite summary").click()
        page.get_by_role("button", name="Copy as Markdown").click()
        page.get_by_text("Selected: copy it by hand").wait_for(timeout=10_000)
        wanted = page.locator(".mp-cite code").nth(3).text_content()
        assert page.evaluate("window.getSelection().toString()") == wanted
        assert visit.troubles == []


def test_without_script_a_citation_unfolds_and_has_no_buttons(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PAGES['register']}")
    assert not page.locator(".mp-cite pre").first.is_visible()
    page.locator(".mp-cite summary").click()
    assert all(form.is_visible() for form in page.locator(".mp-cite pre").all())
    assert page.locator(".mp-cite button").count() == 0
    context.close()


def test_on_paper_a_page_has_its_citation_as_plain_text(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, PAGES["task"]) as visit:
        visit.page.emulate_media(media="print")
        shown = [
            form.locator("figcaption").inner_text() for form in visit.page.locator(".mp-cite figure:visible").all()
        ]
        assert shown == ["Plain text"]
        visit.page.emulate_media(media="screen")


@each_width
def test_search_finds_a_task_by_its_title(width: int, contexts: Windows, searched_address: str) -> None:
    with visiting(contexts[width, "light"], searched_address, PAGES["overview"]) as visit:
        page = visit.page
        if width == PHONE:
            page.locator("label.md-header__button[for='__search']").click()
        page.locator(".md-search__input").click()
        page.keyboard.type("Inventory")
        found = page.locator(".md-search-result__link[href*='fixnado/T3A.html']").first
        found.wait_for(state="visible", timeout=10_000)
        assert visit.troubles == []


def test_script_in_the_data_is_never_run_by_the_search(contexts: Windows, hostile_site: Path) -> None:
    with (
        served(hostile_site, Compressing) as root,
        visiting(contexts[DESKTOP, "light"], root, "index.html") as visit,
    ):
        visit.page.locator(".md-search__input").click()
        visit.page.keyboard.type("raw")
        visit.page.locator(".md-search-result__link").first.wait_for(state="visible", timeout=10_000)
        assert visit.page.evaluate("window.hit") is None
        assert visit.troubles == []


LANDMARKS = ("header.md-header", "main", "footer", "main article.md-content__inner")
COUNT = "landmarks => landmarks.map(landmark => document.querySelectorAll(landmark).length)"


@pytest.mark.parametrize(
    ("texts", "is_every_page"),
    [
        ("hostile_lines_site", False),
        pytest.param("hostile_lines_site", True, marks=pytest.mark.thorough),
        pytest.param("hostile_site", True, marks=pytest.mark.thorough),
    ],
    ids=["lines, as few pages as show every sort of element", "lines, every page", "every page"],
)
def test_no_page_of_hostile_texts_runs_asks_for_or_breaks_anything(
    texts: str,
    is_every_page: bool,  # noqa: FBT001  # a part of the case
    contexts: Windows,
    request: pytest.FixtureRequest,
) -> None:
    """What the search makes of such texts, a test of its own sees. The texts of many lines hold all of the others."""
    site: Path = request.getfixturevalue(texts)
    composed = {page: sorts for page, sorts in pages_of({"": site}).items() if not page.route.startswith("handbook/")}
    assert len(composed) > 15
    with served(site) as root:
        for page_of in sorted(composed if is_every_page else as_few_as_hold_all(composed)):
            route = page_of.route
            with visiting(contexts[DESKTOP, "light"], root, route) as visit:
                page = visit.page
                page.mouse.move(300, 300)
                assert page.evaluate("window.hit") is None, route
                assert visit.troubles == [], route
                assert page.evaluate(COUNT, LANDMARKS) == [1] * len(LANDMARKS), route


def test_in_a_folder_the_way_from_the_overview_to_a_task_and_its_chart_holds(
    contexts: Windows, built_site: Path
) -> None:
    root = built_site.as_uri() + "/"
    with visiting(contexts[DESKTOP, "light"], root, PAGES["overview"]) as visit:
        page = visit.page
        page.locator("main article a[href='edulure/index.html']").first.click()
        page.wait_for_url(root + "edulure/index.html")
        picture = page.locator("main img[src*='charts/']:visible").first
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("async picture => { await picture.decode(); return picture.naturalWidth }") > 0
        page.locator("main article a[href='T1.html']:visible").first.click()
        page.wait_for_url(root + "edulure/T1.html")
        assert "T1" in page.locator("main h1").first.inner_text()


def test_a_digest_reads_on_a_phone_in_the_readers_own_colours(contexts: Windows, tmp_path: Path) -> None:
    """As a mail program shows it: in one column, dark on light or light on dark, and nothing is fetched."""
    days = ("--since", "2025-10-14", "--as-of", "2025-10-21")
    told = milepost("digest", *days, "--format", "html", "--site-address", "https://status.example/", folder=FIVE)
    (tmp_path / "digest.html").write_text(told.stdout.replace("M1", "M" + "1" * 200), "utf-8")
    for scheme in SCHEMES:
        with visiting(contexts[PHONE, scheme], f"{tmp_path.as_uri()}/", "digest.html") as visit:
            assert visit.troubles == []
            assert visit.page.evaluate("document.documentElement.scrollWidth") == PHONE
            brightness = "(colour) => Number(colour.match(/\\d+/)[0])"
            text = visit.page.evaluate(f"({brightness})(getComputedStyle(document.body).color)")
            assert (text < 128) is (scheme == "light")


RENAMED = {
    **BASE_FILES,
    "data/programmes/demo/programme.yml": BASE_FILES["data/programmes/demo/programme.yml"] + "formerly: [old]\n",
    "data/programmes/demo/tasks.yml": """\
        - id: T7
          formerly: [T1]
          title: Dredge
          owner: editor
          subtasks: [{id: T1.1, title: North}, {id: T7.2, formerly: [T1.2], title: South}]
          updates: [{date: 2026-01-02, text: Begun}]
        """,
    "data/programmes/demo/registers/risks.yml": """\
        - {id: R-01, description: Storms, status: open, owner: editor, mitigation: Wait}
        """,
    "data/removed.yml": """\
        - {what: demo/T8, title: Buoy, date: 2026-01-31, reason: It sank., instead: demo/T7}
        """,
}
"""A project in which a programme, a task and a part of it have had other names, and a task is gone."""


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of things that have had other names."""
    project = write_project(tmp_path_factory.mktemp("renamed") / "project", RENAMED)
    done = milepost("build", "--as-of", "2026-02-01", folder=project, handbook=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


ARRIVALS = (
    ("demo/T1.html", "demo/T7.html", None),
    ("demo/T1.html#T1.1", "demo/T7.html#T1.1", "T1.1"),
    ("demo/T1.html#T1.2", "demo/T7.html#T7.2", "T7.2"),
    # What no entity is, but stands there as it stood.
    ("demo/T1.html#2026-01-02", "demo/T7.html#2026-01-02", "2026-01-02"),
    ("demo/T7.html#T1.2", "demo/T7.html#T1.2", "T1.2"),
    ("old/risks.html#R-01", "demo/risks.html#R-01", "R-01"),
    ("old/T1.html#subtasks", "demo/T7.html#subtasks", "subtasks"),
)
"""What is asked for, where it arrives, and the place on the page there."""


FROM_A_FOLDER = (ARRIVALS[2], ARRIVALS[5])
"""A place that has another name, and one below an address that has."""


@pytest.mark.parametrize(
    ("way", "arrivals"),
    [("server", ARRIVALS), ("folder", FROM_A_FOLDER), pytest.param("folder", ARRIVALS, marks=pytest.mark.thorough)],
    ids=["server", "folder", "folder, all"],
)
def test_an_address_of_before_arrives_with_its_place(
    way: str, arrivals: tuple[tuple[str, str, str | None], ...], contexts: Windows, renamed: Path
) -> None:
    # In a tab of its own, whose history is of nothing else.
    page = contexts[PHONE, "light"].new_page()
    with served(renamed) as root:
        start = root if way == "server" else f"{renamed.as_uri()}/"
        for asked, arrived, place in arrivals:
            # From elsewhere: from a page to a place on it nothing would be opened.
            page.goto("about:blank")
            before = page.evaluate("window.history.length")
            page.goto(start + asked)
            page.wait_for_url(start + arrived)
            assert page.evaluate("window.location.href") == start + arrived
            if place is not None:
                in_sight = "name => document.getElementById(name).getBoundingClientRect().top < 740"
                page.wait_for_function(in_sight, arg=place)
                assert page.evaluate("document.querySelector(':target').id") == place
            # The way back does not lead into the address that leads on.
            assert page.evaluate("window.history.length") == before + 1, asked
    page.close()


@each_look
def test_what_was_removed_says_so_where_it_stood(width: int, scheme: Scheme, contexts: Windows, renamed: Path) -> None:
    with served(renamed) as root, visiting(contexts[width, scheme], root, "demo/T8.html") as visit:
        assert visit.page.locator("main h1").inner_text() == "demo/T8 Buoy"
        assert "It sank." in visit.page.locator("main").inner_text()
        visit.page.locator(".mp-kicker a").click()
        visit.page.wait_for_url(f"{root}removed.html")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.troubles == []
