"""Two snapshots with a change between them, in Chromium: beside the site of today, and each one alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page

from browsing import DESKTOP, PHONE, Compressing, Scheme, Visit, Windows, each_look, served, visiting
from conftest import FIVE, PROJECT, SITE_ADDRESS, milepost, write_project

pytestmark = pytest.mark.browser

each_width = pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])

FIRST, SECOND = "2026-10-24", "2026-11-18"
TASK = "fixnado/T4A.html"
PAGES = ("index.html", "fixnado/index.html", TASK, "activity/2025-10.html", "snapshots.html", "feeds.html")


def git(folder: Path, *arguments: str) -> None:
    names = {f"GIT_{who}_{what}": "crew" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {f"GIT_{who}_DATE": "2026-10-01T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    subprocess.run(["git", "-C", str(folder), *arguments], env=os.environ | names | days, check=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a repository of one programme with two snapshots, between and after which figures moved."""
    folder = write_project(tmp_path_factory.mktemp("read") / "project", {})
    shutil.copytree(FIVE, folder, dirs_exist_ok=True)
    # One programme has all that is looked at, and is built three times.
    portfolio = folder / "data/portfolio.yml"
    text, count = re.subn(r"(?m)^programmes: .*$", "programmes: [fixnado]", portfolio.read_text("utf-8"))
    assert count == 1
    portfolio.write_text(text, "utf-8")
    for place in ("data", "content"):
        for other in (folder / place / "programmes").iterdir():
            if other.stem != "fixnado":
                shutil.rmtree(other) if other.is_dir() else other.unlink()
    shutil.copy(PROJECT / ".gitignore", folder)
    tasks = folder / "data/programmes/fixnado/tasks.yml"
    git(folder, "init", "--quiet", "--initial-branch=main")

    def commit(before: str, after: str) -> None:
        text = tasks.read_text("utf-8")
        assert text.count(before) == 1
        tasks.write_text(text.replace(before, after), "utf-8")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "A change")

    def create(name: str, seconds: int, *more: str) -> None:
        arguments = ("snapshot", "create", name, "--reason", "The board met.", "--approved-by", "portfolio-editor")
        epoch = {"SOURCE_DATE_EPOCH": str(seconds)}
        done = milepost(*arguments, *more, folder=folder, environment=os.environ | epoch, handbook=False)
        assert done.returncode == 0, done.stdout + done.stderr

    commit("progress: 48", "progress: 49")
    create(FIRST, 1_792_800_000)
    commit("progress: 49", "progress: 52")
    create(SECOND, 1_795_000_000, "--corrects", FIRST)
    commit("progress: 52", "progress: 57")
    done = milepost("build", "--whole-history", folder=folder, handbook=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def alone(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second snapshot, without the rest of the site."""
    return Path(shutil.copytree(site / "s" / SECOND, tmp_path_factory.mktemp("alone") / "moved elsewhere"))


@pytest.fixture(scope="module")
def published(site: Path) -> Path:
    """A folder that holds the site: a project's pages are published below a path."""
    root = site.parent / "published"
    root.mkdir()
    (root / "portal").symlink_to(site, target_is_directory=True)
    return root


@pytest.fixture(scope="module")
def address(published: Path) -> Iterator[str]:
    with served(published) as found:
        yield f"{found}portal/"


def entry(page: Page, name: str) -> Locator:
    return page.locator(".mp-versions a", has_text=name)


def open_selector(page: Page) -> None:
    page.locator(".mp-versions button").focus()
    entry(page, FIRST).wait_for(state="visible", timeout=5_000)


# Beside the site of today


@each_look
def test_the_selector_leads_from_today_to_the_same_page_of_a_snapshot_and_on(
    width: int, scheme: Scheme, contexts: Windows, address: str
) -> None:
    with visiting(contexts[width, scheme], address, TASK) as visit:
        page = visit.page
        assert "57 % reported" in page.locator("main").inner_text()
        open_selector(page)
        box = page.locator(".mp-versions ul").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        entry(page, FIRST).click()
        page.wait_for_url(f"{address}s/{FIRST}/{TASK}")
        assert "49 % reported" in page.locator("main").inner_text()
        assert f"Snapshot {FIRST}, frozen on 24 Oct 2026" in page.locator(".mp-frozen").inner_text()
        open_selector(page)
        # The second one came later: the frozen page learns of it from the site of today.
        entry(page, SECOND).wait_for(state="visible", timeout=5_000)
        entry(page, SECOND).click()
        page.wait_for_url(f"{address}s/{SECOND}/{TASK}")
        assert "52 % reported" in page.locator("main").inner_text()
        open_selector(page)
        entry(page, "Current").click()
        page.wait_for_url(f"{address}{TASK}")
        assert visit.troubles == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_where_a_version_lacks_the_page_the_selector_leads_to_its_overview(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, f"s/{SECOND}/snapshots/{FIRST}.html") as visit:
        open_selector(visit.page)
        assert entry(visit.page, FIRST).get_attribute("href") == f"{address}s/{FIRST}/index.html"
        assert entry(visit.page, "Current").get_attribute("href") == f"{address}snapshots/{FIRST}.html"


def test_the_selector_is_worked_by_keyboard_and_shows_where_the_focus_is(contexts: Windows, address: str) -> None:
    with visiting(contexts[DESKTOP, "light"], address, f"s/{FIRST}/{TASK}") as visit:
        page = visit.page
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.mp-versions button')"):
                break
        focused = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(focused) == "solid"
        entry(page, SECOND).wait_for(state="visible", timeout=5_000)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == SECOND
        assert page.evaluate(focused) == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}s/{SECOND}/{TASK}")


def test_without_script_today_lists_every_version_and_a_frozen_page_leads_to_today(site: Path) -> None:
    today = (site / TASK).read_text("utf-8")
    assert f'href="../s/{FIRST}/{TASK}"' in today
    assert f'href="{SITE_ADDRESS}{TASK}"' in (site / "s" / FIRST / TASK).read_text("utf-8")


@each_width
@pytest.mark.parametrize(
    "route", [f"snapshots/{FIRST}.html", f"snapshots/{FIRST}/now.html", f"snapshots/{SECOND}/before.html"]
)
def test_the_pages_of_snapshots_are_read_on_any_screen(route: str, width: int, contexts: Windows, address: str) -> None:
    with visiting(contexts[width, "dark"], address, route) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        if route.endswith("now.html"):
            assert "T4A moved from 49 % to 57 %." in visit.page.locator("main").inner_text()
        assert visit.troubles == []


def test_each_snapshot_is_searched_by_itself(contexts: Windows, published: Path) -> None:
    with served(published, Compressing) as root:
        for folder in (f"s/{FIRST}/", f"s/{SECOND}/"):
            with visiting(contexts[DESKTOP, "light"], f"{root}portal/", f"{folder}index.html") as visit:
                search_for_a_task(visit.page)
                found = visit.page.locator(".md-search-result__link").first.get_attribute("href")
                assert str(found).startswith(f"{root}portal/{folder}")
                assert visit.troubles == []


def search_for_a_task(page: Page) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type("Inventory")
    page.locator(".md-search-result__link[href*='fixnado/T3A.html']").first.wait_for(state="visible", timeout=10_000)


# Alone


WIDTHS_AS_DRAWN = """pictures => Promise.all(pictures.map(async picture => {
    picture.scrollIntoView();
    await picture.decode();
    return picture.naturalWidth;
}))"""


def but_for_the_search(visit: Visit) -> list[str]:
    """What went wrong in a folder: there the theme finds no index for its search, which needs a server."""
    of_search = ("search/search_index.js", "__index is not defined", "net::ERR_FILE_NOT_FOUND")
    return [trouble for trouble in visit.troubles if not any(name in trouble for name in of_search)]


@each_width
def test_alone_in_a_folder_its_pages_links_charts_and_tables_work(width: int, contexts: Windows, alone: Path) -> None:
    root = f"{alone.as_uri()}/"
    for route in PAGES:
        with visiting(contexts[width, "light"], root, route) as visit:
            page = visit.page
            assert page.locator("main h1").first.is_visible()
            page.locator(".mp-versions button").focus()
            assert page.locator(".mp-versions a").all_inner_texts() == ["Current", SECOND]
            assert page.locator("main img:visible").evaluate_all(WIDTHS_AS_DRAWN).count(0) == 0
            for address in page.locator("a[href]").evaluate_all("links => links.map(link => link.href)"):
                target = urlsplit(address)
                assert target.scheme in ("file", "https"), target
                assert target.scheme != "file" or Path(unquote(target.path)).is_file(), target
            assert but_for_the_search(visit) == []
    with visiting(contexts[width, "light"], root, "activity/2025-10.html") as visit:
        rows = visit.page.locator("table[data-filters] tbody tr")
        visit.page.get_by_label("Kind").select_option("Completed")
        assert 0 < len([row for row in rows.all() if row.is_visible()]) < rows.count()
        assert but_for_the_search(visit) == []


def test_alone_it_leads_from_page_to_page(contexts: Windows, alone: Path) -> None:
    root = f"{alone.as_uri()}/"
    with visiting(contexts[DESKTOP, "light"], root, "index.html") as visit:
        visit.page.locator("main a", has_text="Fixnado").first.click()
        visit.page.wait_for_url("**/fixnado/index.html")
        visit.page.locator(f"main a[href='{TASK.rpartition('/')[2]}']").first.click()
        visit.page.wait_for_url(f"**/{TASK}")
        assert "52 % reported" in visit.page.locator("main").inner_text()
        assert but_for_the_search(visit) == []


def test_alone_on_a_server_it_is_whole_with_its_search(contexts: Windows, alone: Path) -> None:
    with served(alone) as root:
        for route in PAGES:
            with visiting(contexts[PHONE, "dark"], root, route) as visit:
                assert visit.page.locator("main h1").first.is_visible()
                assert visit.troubles == []
    with served(alone, Compressing) as root, visiting(contexts[DESKTOP, "light"], root, "index.html") as visit:
        search_for_a_task(visit.page)
        assert visit.troubles == []
        # It asks once whether it stands beside other versions, and goes on with what it knows.
        visit.page.keyboard.press("Escape")
        with visit.page.expect_response("**/versions.json"):
            visit.page.locator(".mp-versions button").focus()
        assert visit.page.locator(".mp-versions a").all_inner_texts() == ["Current", SECOND]
        assert [trouble for trouble in visit.troubles if trouble.startswith("script")] == []
