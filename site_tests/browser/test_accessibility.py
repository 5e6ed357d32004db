"""Every type of page for everyone: what axe-core finds, the keyboard, zoom, small screens, and who wants no motion.

Each page is opened once at each width, and all that is judged of it is looked at then: opening costs more than looking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browsing import DESKTOP, HEIGHTS, PHONE, SCHEMES, Scheme, Windows, find_nothing, visiting
from page_types import BuiltPage

pytestmark = pytest.mark.browser

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.0 to 2.2, A and AA, and what axe-core holds to be good practice: landmarks, headings in order."""
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules that judge colours, which are all that the other scheme changes."""
NARROWEST, ZOOMED = 320, 720
"""The narrowest window that must do (WCAG 1.4.10), and one of 1,440 px zoomed to 200 % (WCAG 1.4.4)."""
ALSO_AT = {PHONE: NARROWEST, DESKTOP: ZOOMED}

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
    """What was found on a page at a width: violations that axe-core told by scheme, the others as their names say."""

    violations: Mapping[Scheme, list[str]]
    sticking_out: Mapping[int, list[str]]
    out_of_reach: list[str]
    unseen_focus: list[str]


Surveys = Mapping[tuple[BuiltPage, int], Survey]


@pytest.fixture(scope="module")
def surveys(browser: Browser, addresses: Mapping[str, str], types: tuple[BuiltPage, ...], axe: str) -> Surveys:
    """Every type of page, looked at on a phone and a desktop, with all that is folded opened."""
    found = {}
    for width in (PHONE, DESKTOP):
        context = browser.new_context(viewport={"width": width, "height": HEIGHTS[width]}, reduced_motion="reduce")
        find_nothing(context)
        opened = context.new_page()
        for page in types:
            opened.goto(addresses[page.site] + page.route)
            found[page, width] = survey(opened, width, axe)
        context.close()
    return found


def survey(page: Page, width: int, axe: str) -> Survey:
    page.evaluate(OPEN_ALL)
    page.keyboard.press("Tab")
    unseen_focus = page.evaluate(UNSEEN_FOCUS)
    out_of_reach = page.evaluate(OUT_OF_REACH)
    sticking_out = {width: page.evaluate(STICKING_OUT)}
    # The header stays in sight, and covers a part of what has been scrolled below it.
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(axe)
    # The colours are the same at each width.
    schemes: tuple[Scheme, ...] = ("light", "dark") if width == DESKTOP else ("light",)
    violations = {scheme: violations_in(page, scheme) for scheme in schemes}
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": ALSO_AT[width], "height": 450})
    sticking_out[ALSO_AT[width]] = page.evaluate(STICKING_OUT)
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    return Survey(violations, sticking_out, out_of_reach, unseen_focus)


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


def test_every_kind_of_page_is_looked_at(types: tuple[BuiltPage, ...], surveys: Surveys) -> None:
    assert len(types) >= 25
    assert {page for page, _ in surveys} == set(types)


def test_axe_finds_nothing_in_either_scheme(surveys: Surveys) -> None:
    assert told(surveys, "violations") == {}


def test_no_page_scrolls_sideways_on_a_small_screen_or_at_200_percent(surveys: Surveys) -> None:
    assert told(surveys, "sticking_out") == {}


def test_what_scrolls_within_a_page_is_reached_by_the_keyboard_and_says_what_it_is(surveys: Surveys) -> None:
    assert told(surveys, "out_of_reach") == {}


def test_whatever_has_the_focus_is_in_sight_and_outlined(surveys: Surveys) -> None:
    assert told(surveys, "unseen_focus") == {}


def test_axe_is_asked_for_what_it_finds(browser: Browser, axe: str) -> None:
    """A page with known faults: an empty report above means something."""
    page = browser.new_page()
    page.set_content(
        "<html lang=en><title>A</title><main><h1>A</h1><h3>B</h3><img src='data:,'><p style='color:#aaa'>Faint words"
    )
    page.evaluate(axe)
    rules = {fault.partition(":")[0] for fault in page.evaluate(AXE, STANDARDS)}
    assert {"image-alt", "color-contrast", "heading-order"} <= rules
    assert {fault.partition(":")[0] for fault in page.evaluate(AXE, OF_COLOUR)} == {"color-contrast"}
    page.close()


# By the keyboard alone


FOCUSED = "() => document.activeElement.outerHTML.slice(0, 200)"
TO_BE_REACHED = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter(element => element.tabIndex >= 0 && element.checkVisibility({visibilityProperty: true}))
    .filter(element => !element.matches("[type=radio]:not(:checked), :disabled"))
    .map(element => [...document.querySelectorAll("*")].indexOf(element))"""
IN_PLACE = """() => document.activeElement === document.body
    ? -1 : [...document.querySelectorAll("*")].indexOf(document.activeElement)"""


@pytest.mark.parametrize(
    ("width", "route"),
    [
        *((PHONE, "index.html"), (DESKTOP, "edulure/T5.html"), (DESKTOP, "404.html")),
        *(pytest.param(PHONE, route, marks=pytest.mark.thorough) for route in ("edulure/T5.html", "404.html")),
        pytest.param(DESKTOP, "index.html", marks=pytest.mark.thorough),
        *((PHONE, "activity/2025-10.html"), (DESKTOP, "activity/2025-10.html")),
    ],
)
def test_the_tabulator_reaches_all_in_the_order_of_the_page(
    route: str, width: int, contexts: Windows, address: str
) -> None:
    with visiting(contexts[width, "light"], address, route) as visit:
        page = visit.page
        page.wait_for_load_state("networkidle")
        to_be_reached = page.evaluate(TO_BE_REACHED)
        reached = []
        for _ in range(len(to_be_reached) + 10):
            page.keyboard.press("Tab")
            place = page.evaluate(IN_PLACE)
            if place in reached or place < 0:
                break
            reached.append(place)
        assert len(reached) > 5
        assert set(to_be_reached) - set(reached) == set()
        assert reached == sorted(reached)


def test_the_drawer_of_the_navigation_opens_and_closes_by_the_keyboard(contexts: Windows, address: str) -> None:
    with visiting(contexts[PHONE, "light"], address, "fixnado/M1.html") as visit:
        page = visit.page
        button = page.get_by_role("button", name="Navigation", exact=True)
        link = page.locator(".md-nav--primary").get_by_role("link", name="M2 · Core Services Alpha", exact=True)
        assert not link.is_visible()
        button.press("Enter")
        link.wait_for(state="visible")
        assert button.get_attribute("aria-expanded") == "true"
        assert page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')")
        # Back from the programme's part of the navigation to the whole.
        page.locator(".md-nav__title").get_by_role("button", name="Fixnado").press(" ")
        page.locator(".md-nav--primary").get_by_role("link", name="Overview").wait_for(state="visible")
        page.keyboard.press("Escape")
        link.wait_for(state="hidden")
        assert button.get_attribute("aria-expanded") == "false"
        assert "Navigation" in page.evaluate(FOCUSED)
        assert visit.troubles == []


def test_the_search_and_the_scheme_answer_to_the_keyboard(searching: Windows, address: str) -> None:
    with visiting(searching[PHONE, "light"], address, "index.html") as visit:
        page = visit.page
        page.get_by_role("button", name="Search", exact=True).press("Enter")
        page.locator(".md-search__input").wait_for(state="visible")
        page.locator(".md-search__input").focus()
        page.keyboard.type("Inventory")
        page.locator(".md-search-result__link").first.wait_for(state="visible", timeout=10_000)
        page.keyboard.press("ArrowDown")
        assert "md-search-result__link" in page.evaluate(FOCUSED)
    with visiting(searching[DESKTOP, "light"], address, "index.html") as visit:
        page = visit.page
        page.locator("#__palette_0").focus()
        for scheme in ("default", "slate"):
            page.keyboard.press("ArrowRight")
            page.wait_for_function("name => document.body.dataset.mdColorScheme === name", arg=scheme)
        page.evaluate("localStorage.clear()")


def test_who_wants_no_motion_sees_none(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}edulure/T5.html")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(element => ["", "::before", "::after"].some(part => {
            const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element, part || null);
            return animationName !== "none" || scrollBehavior !== "auto" || parseFloat(transitionDuration) > 0;
        })).map(element => element.outerHTML.slice(0, 100))"""
    )
    assert moving == []
    context.close()
