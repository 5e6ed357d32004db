"""Pictures of a page of each type, as people see it: on a phone, a desktop, a projector and paper, in both schemes.

`python site_tests/screenshots.py FOLDER` builds the site of the five programmes and that of the golden project, and
writes the pictures to FOLDER. They are made to be looked at: no test compares them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from browsing import ARGUMENTS, NAMES, served
from conftest import FIVE, GOLDEN_DAY, GOLDEN_PROJECT, TODAY, copy_project
from milepost.check.run import check_project
from milepost.history.timeline import Past
from milepost.report import make_report
from page_types import BuiltPage, page_types

TALLEST = 8_000
"""How many pixels of a page a picture shows at most."""


@dataclass(frozen=True)
class View:
    """How a page is looked at: the width in pixels, the scheme, and whether on a screen or on paper."""

    name: str
    width: int
    scheme: Literal["light", "dark"]
    media: Literal["screen", "print"] = "screen"


VIEWS = (
    View("phone-light", 360, "light"),
    View("phone-dark", 360, "dark"),
    View("desktop-light", 1280, "light"),
    View("desktop-dark", 1280, "dark"),
    View("projector", 1920, "light"),
    View("paper", 794, "light", "print"),
)


def main(target: Path) -> None:
    """Write the pictures to the folder `target`, in place of those that stand there."""
    shutil.rmtree(target, ignore_errors=True)
    with TemporaryDirectory() as folder:
        sites = {
            "own": build(own(Path(folder)), TODAY.isoformat()),
            "golden": build(golden(Path(folder)), f"{GOLDEN_DAY}"),
        }
        reports = {
            "own": make_report(check_project(FIVE, TODAY), Past()),
            "golden": make_report(check_project(GOLDEN_PROJECT, GOLDEN_DAY), Past()),
        }
        pages = page_types(sites, reports)
        with ExitStack() as stack:
            roots = {name: stack.enter_context(served(site)) for name, site in sites.items()}
            driver = stack.enter_context(sync_playwright())
            browser = driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            count = sum(1 for view in VIEWS for _ in pictures(browser, view, pages, roots, target))
            browser.close()
    sys.stdout.write(f"{count} pictures of {len(pages)} pages in {target}\n")


def own(folder: Path) -> Path:
    """A copy of the project."""
    return copy_project(folder / "own")


def golden(folder: Path) -> Path:
    """A copy of the project with the data of the golden one."""
    project = copy_project(folder / "golden")
    shutil.rmtree(project / "data")
    shutil.rmtree(project / "content/programmes")
    shutil.copytree(GOLDEN_PROJECT / "data", project / "data")
    return project


def build(project: Path, day: str) -> Path:
    """The site of `project` as of `day`."""
    subprocess.run([sys.executable, "-m", "milepost", "build", "--as-of", day], cwd=project, check=True)
    return project / "site"


def chromium() -> str:
    """The path of a Chromium; ends the run where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        sys.exit("no Chromium is found: install one (apt-get install chromium)")
    return found


def pictures(
    browser: Browser, view: View, pages: tuple[BuiltPage, ...], roots: Mapping[str, str], target: Path
) -> Iterator[Path]:
    """Take a picture of each page, and give its path."""
    context = browser.new_context(viewport={"width": view.width, "height": 900}, color_scheme=view.scheme)
    tab = context.new_page()
    for page in pages:
        tab.goto(roots[page.site] + page.route)
        tab.emulate_media(media=view.media, color_scheme=view.scheme)
        # Pictures below the window are only asked for when it reaches them.
        height = min(int(tab.evaluate("document.documentElement.scrollHeight")), TALLEST)
        tab.set_viewport_size({"width": view.width, "height": height})
        tab.wait_for_load_state("networkidle")
        path = target / view.name / f"{page.site}-{page.route.replace('/', '_').removesuffix('.html')}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=path)
        tab.set_viewport_size({"width": view.width, "height": 900})
        yield path
    context.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where the pictures go: screenshots.py FOLDER")
    main(Path(sys.argv[1]))
