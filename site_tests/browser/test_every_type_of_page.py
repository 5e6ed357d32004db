"""Every type of page, for everyone: what it asks for, axe-core, the keyboard, zoom, small screens, no script, a folder.

All that is judged of a page is looked at when it is opened: opening costs more than looking. A quick run opens a page
of each kind once, on a desktop, and makes its window as narrow as any must do; a thorough one opens it on a phone too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browsing import DESKTOP, HEIGHTS, KEEP_VIOLATIONS, PHONE, SCHEMES, Scheme
from page_types import NOT_FOUND, BuiltPage

pytestmark = pytest.mark.browser

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.0 to 2.2, A and AA, and what axe-core holds to be good practice: landmarks, headings in order."""
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules that judge colours, which are all that the other scheme changes."""
NARROWEST, ZOOMED = 320, 720
"""The narrowest window that must do (WCAG 1.4.10), and one of 1,440 px zoomed to 200 % (WCAG 1.4.4)."""
ALSO_AT = {PHONE: (NARROWEST,), DESKTOP: (ZOOMED, NARROWEST)}
OPENED_IN: Mapping[int, Scheme] = {PHONE: "dark", DESKTOP: "light"}
MOST_SHIFT = 0.05

KEEP_SHIFTS = """
    window.shift = 0;
    const addShifts = entries => {
        for (const entry of entries) window.shift += entry.hadRecentInput ? 0 : entry.value;
    };
    const shifts = new PerformanceObserver(list => addShifts(list.getEntries()));
    shifts.observe({type: "layout-shift", buffered: true});
    /* A frame tells of its shifts once it is drawn: the next but one comes after what the page did as it opened. */
    window.allShifts = async () => {
        for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
        await new Promise(done => setTimeout(done));
        addShifts(shifts.takeRecords());
        return window.shift;
    };
"""
NOT_DRAWN = """async () => {
    const told = [];
    for (const picture of document.images) {
        if (!picture.checkVisibility()) continue;
        picture.scrollIntoView();
        await picture.decode().catch(() => told.push(picture.outerHTML));
    }
    return told;
}"""
HAS_ITS_SCRIPT = "() => typeof __md_get === 'function'"
"""Whether the theme's inline script in the head has run."""
OPEN_ALL = "document.querySelectorAll('details').forEach(details => details.open = true)"
AXE = """async only => {
    const {violations} = await axe.run(document, {resultTypes: ["violations"], runOnly: only});
    return violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) =>
        `${id}: ${html.slice(0, 160)}: ${failureSummary}`));
}"""
STICKING_OUT = """() => {
    const components = "[data-md-component=sidebar], [data-md-component=search]";
    const scrolled = `.mp-scroll, .md-typeset__scrollwrap, pre, ${components}`;
    const told = [...document.querySelectorAll("body *")]
        .filter(element => !element.closest(scrolled) && !element.matches(".md-overlay"))
        .filter(element => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
        .filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && box.height > 1 && box.right > window.innerWidth + 1;
        })
        .map(element => element.outerHTML.slice(0, 120));
    if (document.documentElement.scrollWidth > window.innerWidth) told.push("the page scrolls sideways");
    return told;
}"""
"""What is wider than the window also where the theme hides what sticks out: then it is cut off."""
NEXT_FRAMES = "async () => { for (const _ of [1, 2]) await new Promise(requestAnimationFrame) }"
"""Until the page has seen that its window is of another size."""
OUT_OF_REACH = """() => [...document.querySelectorAll("main *")]
    .filter(element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX))
    .filter(element => element.scrollWidth > element.clientWidth && element.checkVisibility())
    .filter(element => !element.closest("[data-md-component=sidebar], pre"))
    .filter(element => element.tabIndex < 0 || element.getAttribute("role") !== "region" || !element.ariaLabel)
    .map(element => element.outerHTML.slice(0, 120))"""
"""What scrolls sideways and cannot be reached by the keyboard, or says not what it is."""
UNSEEN_FOCUS = """() => {
    const told = [];
    for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")) {
        if (element.tabIndex < 0 || element.disabled || element.matches("[type=radio]:not(:checked)")) continue;
        element.focus();
        if (document.activeElement !== element) continue;
        /* The field of the search comes into sight a moment after it has the focus; a test of its own waits for it. */
        if (element.matches(".md-search__input") && element.getBoundingClientRect().left < 0) continue;
        /* The theme shows the label of the switch of schemes in its place. */
        const shown = element.matches(".md-option") ? element.nextElementSibling : element;
        const {outlineStyle, outlineWidth} = getComputedStyle(shown);
        const {left, right, width, height} = shown.getBoundingClientRect();
        const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
        const isShown = shown.checkVisibility({visibilityProperty: true, opacityProperty: true});
        const isInSight = isShown && right > 0 && left < window.innerWidth && width > 0 && height > 0;
        if (!isOutlined || !isInSight) told.push(`${outlineStyle} ${left}: ${element.outerHTML.slice(0, 120)}`);
    }
    document.activeElement.blur();
    return told;
}"""
"""What has the focus and does not show it, or is out of sight. A key must have been pressed before."""


@dataclass(frozen=True)
class Survey:
    """What was found on a page at a width: what axe-core told by scheme, what depends on width by width."""

    troubles: list[str]
    refused: list[str]
    wrong_when_opened: list[str]
    shift: list[float]
    violations: Mapping[Scheme, list[str]]
    sticking_out: Mapping[int, list[str]]
    out_of_reach: Mapping[int, list[str]]
    unseen_focus: Mapping[int, list[str]]


Surveys = Mapping[tuple[BuiltPage, int], Survey]


@contextmanager
def watching(page: Page, roots: tuple[str, ...]) -> Iterator[list[str]]:
    """What goes wrong in a tab while it opens page after page."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    # What is still under way when the next page is opened is given up by the browser, which is no failure.
    page.on(
        "requestfailed",
        lambda request: None if request.failure == "net::ERR_ABORTED" else told.append(f"failed: {request.url}"),
    )
    page.on("response", lambda response: told.append(response.url) if response.status >= 400 else None)
    page.on("request", lambda request: None if request.url.startswith((*roots, "data:")) else told.append(request.url))
    yield told
    page.close()


EACH_KIND = "a page of each kind"


@dataclass(frozen=True)
class Looked:
    """Which pages are opened, and at which widths."""

    pages: str
    widths: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.pages}, {' and '.join(map(str, self.widths))} px"


LOOKED = (
    Looked(EACH_KIND, (DESKTOP,)),
    pytest.param(Looked(EACH_KIND, (PHONE,)), marks=pytest.mark.thorough),
    pytest.param(Looked("what these do not show", (PHONE, DESKTOP)), marks=pytest.mark.thorough),
)


@pytest.fixture(scope="module", params=LOOKED, ids=str)
def looked(request: pytest.FixtureRequest) -> Looked:
    asked: Looked = request.param
    return asked


@pytest.fixture(scope="module")
def pages(looked: Looked, request: pytest.FixtureRequest, kinds: tuple[BuiltPage, ...]) -> tuple[BuiltPage, ...]:
    if looked.pages == EACH_KIND:
        return kinds
    every: tuple[BuiltPage, ...] = request.getfixturevalue("types")
    return tuple(page for page in every if page not in kinds)


@pytest.fixture(scope="module")
def surveys(
    browser: Browser, addresses: Mapping[str, str], looked: Looked, pages: tuple[BuiltPage, ...], axe: str
) -> Surveys:
    """Every type of page, with all that is folded opened."""
    found = {}
    for width in looked.widths:
        scheme = OPENED_IN[width]
        context = browser.new_context(viewport={"width": width, "height": HEIGHTS[width]})
        context.add_init_script(KEEP_VIOLATIONS)
        context.add_init_script(KEEP_SHIFTS)
        opened = context.new_page()
        with watching(opened, tuple(addresses.values())) as troubles:
            for page in pages:
                opened.emulate_media(color_scheme=scheme, reduced_motion="no-preference")
                opened.goto(addresses[page.site] + page.route)
                found[page, width] = survey(opened, width, axe, troubles)
                troubles.clear()
        context.close()
    return found


def survey(page: Page, width: int, axe: str, troubles: list[str]) -> Survey:
    shift = least_shift(page)
    wrong_when_opened = when_opened(page, OPENED_IN[width])
    page.emulate_media(reduced_motion="reduce")
    wrong_when_opened += page.evaluate(NOT_DRAWN)
    page.evaluate(OPEN_ALL)
    page.keyboard.press("Tab")
    unseen_focus = {width: page.evaluate(UNSEEN_FOCUS)}
    out_of_reach = {width: page.evaluate(OUT_OF_REACH)}
    sticking_out = {width: page.evaluate(STICKING_OUT)}
    refused = page.evaluate("window.violations")
    # The header stays in sight, and covers a part of what has been scrolled below it.
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(axe)
    # The colours are the same at each width.
    schemes: tuple[Scheme, ...] = ("light", "dark") if width == DESKTOP else ("light",)
    violations = {scheme: violations_in(page, scheme) for scheme in schemes}
    for also in ALSO_AT[width]:
        page.set_viewport_size({"width": also, "height": 450})
        sticking_out[also] = page.evaluate(STICKING_OUT)
    page.evaluate(NEXT_FRAMES)
    out_of_reach[also] = page.evaluate(OUT_OF_REACH)
    page.evaluate("window.scrollTo(0, 0)")
    page.keyboard.press("Tab")
    unseen_focus[also] = page.evaluate(UNSEEN_FOCUS)
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    return Survey(
        list(troubles),
        refused,
        wrong_when_opened,
        [shift] if shift > MOST_SHIFT else [],
        violations,
        sticking_out,
        out_of_reach,
        unseen_focus,
    )


def least_shift(page: Page) -> float:
    """How far a page shifts whenever it opens: a busy machine may draw it once before its scripts have come."""
    shift: float = page.evaluate("window.allShifts()")
    for _ in range(3):
        if shift > MOST_SHIFT:
            page.reload()
            shift = min(shift, page.evaluate("window.allShifts()"))
    return shift


def when_opened(page: Page, scheme: Scheme) -> list[str]:
    """What a page lacks that each has when it is opened."""
    expected = {
        "the theme's script": page.evaluate(HAS_ITS_SCRIPT),
        f"the {scheme} scheme": page.evaluate("document.body.dataset.mdColorScheme") == SCHEMES[scheme],
        "a heading in sight": page.locator("main h1").first.is_visible(),
    }
    return [f"no {name}" for name, is_there in expected.items() if not is_there]


def violations_in(page: Page, scheme: Scheme) -> list[str]:
    """What axe-core finds in a scheme; the light one is judged by every rule."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function("name => document.body.dataset.mdColorScheme === name", arg=SCHEMES[scheme])
    told: list[str] = page.evaluate(AXE, STANDARDS if scheme == "light" else OF_COLOUR)
    return told


def told(surveys: Surveys, name: str) -> dict[str, Any]:
    """What was found under that name, by page and width; empty where all is well."""
    found = ((page, width, getattr(survey, name)) for (page, width), survey in surveys.items())
    return {
        f"{page}, {width} px": faults
        for page, width, faults in found
        if (any(faults.values()) if isinstance(faults, dict) else faults)
    }


def test_every_kind_of_page_is_looked_at(pages: tuple[BuiltPage, ...], surveys: Surveys) -> None:
    assert len(pages) > 10
    assert {page for page, _ in surveys} == set(pages)


def test_no_page_asks_for_anything_elsewhere_or_in_vain_or_tells_an_error(surveys: Surveys) -> None:
    """What the search loads, a test of the search sees; every page, not one of each type, a thorough test."""
    assert told(surveys, "troubles") == {}


def test_the_policy_refuses_nothing_of_the_pages_own(surveys: Surveys) -> None:
    assert told(surveys, "refused") == {}


def test_a_page_opens_in_the_readers_scheme_with_a_heading_and_every_picture(surveys: Surveys) -> None:
    assert told(surveys, "wrong_when_opened") == {}


def test_no_page_shifts_while_it_opens(surveys: Surveys) -> None:
    assert told(surveys, "shift") == {}


def test_axe_finds_nothing_in_either_scheme(surveys: Surveys) -> None:
    assert told(surveys, "violations") == {}


def test_no_page_scrolls_sideways_on_a_small_screen_or_at_200_percent(surveys: Surveys) -> None:
    assert told(surveys, "sticking_out") == {}


def test_what_scrolls_within_a_page_is_reached_by_the_keyboard_and_says_what_it_is(surveys: Surveys) -> None:
    assert told(surveys, "out_of_reach") == {}


def test_whatever_has_the_focus_is_in_sight_and_outlined(surveys: Surveys) -> None:
    assert told(surveys, "unseen_focus") == {}


def test_the_survey_finds_what_it_looks_for(browser: Browser, axe: str) -> None:
    """A page with known faults: an empty report above means something."""
    page = browser.new_page()
    page.set_content(
        "<html lang=en><title>A</title><main><h1>A</h1><h3>B</h3><img src='data:,'><p style='color:#aaa'>Faint words"
    )
    page.evaluate(axe)
    rules = {fault.partition(":")[0] for fault in page.evaluate(AXE, STANDARDS)}
    assert {"image-alt", "color-contrast", "heading-order"} <= rules
    assert {fault.partition(":")[0] for fault in page.evaluate(AXE, OF_COLOUR)} == {"color-contrast"}
    assert page.evaluate(NOT_DRAWN) == ['<img src="data:,">']
    page.close()


def test_shifts_are_seen(browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(KEEP_SHIFTS)
    page.goto("data:text/html,<p style='font-size:80px'>Words that stand somewhere")
    assert page.evaluate("window.allShifts()") == 0
    page.evaluate("document.body.prepend(Object.assign(document.createElement('div'), {style: 'height: 200px'}))")
    assert page.evaluate("window.allShifts()") > MOST_SHIFT
    page.close()


# Otherwise than from a server with script


ONE_OF_EACH_DEPTH = "a page of each depth"


@pytest.fixture(scope="module", params=[ONE_OF_EACH_DEPTH, pytest.param("every type", marks=pytest.mark.thorough)])
def opened(request: pytest.FixtureRequest, kinds: tuple[BuiltPage, ...]) -> tuple[BuiltPage, ...]:
    """What a page asks for differs by how deep it stands; the page for what is not found is like no other."""
    if request.param != ONE_OF_EACH_DEPTH:
        every: tuple[BuiltPage, ...] = request.getfixturevalue("types")
        return every
    by_depth = {(page.site, page.route.count("/"), page.route == NOT_FOUND): page for page in kinds}
    assert len(by_depth) > 5
    return tuple(by_depth.values())


def test_every_type_of_page_opens_from_a_folder(
    browser: Browser, opened: tuple[BuiltPage, ...], built_site: Path, golden_site: Path
) -> None:
    """All but the search, which the theme does not find there."""
    folders = {"own": built_site.as_uri() + "/", "golden": golden_site.as_uri() + "/"}
    context = browser.new_context(viewport={"width": DESKTOP, "height": HEIGHTS[DESKTOP]})
    context.add_init_script(KEEP_VIOLATIONS)
    page, foreign = context.new_page(), []
    page.on("request", lambda request: foreign.append(request.url) if request.url.startswith("http") else None)
    for each in opened:
        page.goto(folders[each.site] + each.route)
        assert page.evaluate("window.violations") == [], each
        heading = page.locator("main h1").first
        assert heading.is_visible(), each
        assert heading.inner_text().strip(), each
        assert page.locator("main article").first.is_visible(), each
        # The page for what is not found asks for all from the root of a host.
        if each.route != NOT_FOUND:
            assert page.evaluate(HAS_ITS_SCRIPT), each
            assert page.evaluate(NOT_DRAWN) == [], each
    assert foreign == []
    context.close()


def test_every_type_of_page_is_there_without_script(
    browser: Browser, addresses: dict[str, str], opened: tuple[BuiltPage, ...]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    tables = 0
    for each in opened:
        page.goto(addresses[each.site] + each.route)
        assert page.locator("main h1").first.is_visible(), each
        # What is folded is one press away without script too.
        whole = page.locator("main article table:not(details table)")
        tables += whole.count()
        assert page.locator("main article table:not(details table):visible").count() == whole.count(), each
    context.close()
    assert tables > 0
