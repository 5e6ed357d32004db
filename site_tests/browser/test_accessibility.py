"""What is done by the keyboard alone, and who wants no motion; test_every_type_of_page.py looks at all the rest."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from browsing import DESKTOP, PHONE, Windows, visiting

pytestmark = pytest.mark.browser

PATIENCE = 30_000
SHOWS_RESULTS_FOR = """word => [...document.querySelectorAll(".md-search-result__link")]
    .some(link => new URL(link.href).searchParams.get("h") === word)"""
"""Whether the results are those for the whole word: the address of one names what is marked there."""
FOCUSED = "() => document.activeElement.outerHTML.slice(0, 200)"
TO_BE_REACHED = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter(element => element.tabIndex >= 0 && element.checkVisibility({visibilityProperty: true}))
    .filter(element => !element.matches("[type=radio]:not(:checked), :disabled"))
    .map(element => [...document.querySelectorAll("*")].indexOf(element))"""
IN_PLACE = """() => document.activeElement === document.body
    ? -1 : [...document.querySelectorAll("*")].indexOf(document.activeElement)"""


TABULATED = [
    (PHONE, "index.html"),
    (DESKTOP, "edulure/T5.html"),
    (PHONE, "activity/2025-10.html"),
    (DESKTOP, "404.html"),
]
AS_WELL = [(PHONE + DESKTOP - width, route) for width, route in TABULATED]


@pytest.mark.parametrize(
    ("width", "route"), [*TABULATED, *(pytest.param(*each, marks=pytest.mark.thorough) for each in AS_WELL)]
)
def test_the_tabulator_reaches_all_in_the_order_of_the_page(
    width: int, route: str, contexts: Windows, address: str
) -> None:
    with visiting(contexts[width, "light"], address, route) as visit:
        page = visit.page
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


def test_the_search_answers_to_the_keyboard(contexts: Windows, searched_address: str) -> None:
    with visiting(contexts[PHONE, "light"], searched_address, "index.html") as visit:
        page = visit.page
        page.get_by_role("button", name="Search", exact=True).press("Enter")
        page.locator(".md-search__input").wait_for(state="visible")
        page.locator(".md-search__input").focus()
        page.keyboard.type("Inventory")
        # Results come while people still type, and the last replace those before: the focus would go with them.
        page.wait_for_function(SHOWS_RESULTS_FOR, arg="inventory", timeout=PATIENCE)
        page.keyboard.press("ArrowDown")
        page.wait_for_function("() => document.activeElement.matches('.md-search-result__link')", timeout=PATIENCE)


def test_the_scheme_answers_to_the_keyboard(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, "index.html") as visit:
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
