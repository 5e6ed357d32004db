"""Builds with a handbook of a few lines, for tests that are not about it: it is most of the pages of a small project.

The build is the same in all else. What other pages link to is there: the handbook, how to audit a snapshot, and the
rule of each accepted disagreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from milepost.model import routes
from milepost.report import Report
from milepost.site import build
from milepost.site.pages import PAGES
from milepost.site.pages.descriptor import Page, PageKind

OF_THE_HANDBOOK = frozenset({"commands-reference", "data-reference", "handbook", "rules", "site-reference"})


def make(report: Report) -> Iterator[Page]:
    """A page for each address of the handbook to which another page leads."""
    rules = sorted({entry.rule for entry in report.verdict.accepted})
    links = "".join(f" [{rule}](rules/{rule}.md)" for rule in rules)
    yield _page(routes.HANDBOOK, "Handbook", f"How to [audit](audit.md) it.{links}")
    yield _page(routes.handbook("audit"), "Audit", "How to prove a snapshot.")
    for rule in rules:
        yield _page(routes.rule(rule), rule, "What it finds.")


def _page(route: str, title: str, text: str) -> Page:
    return Page(route, title, None, f"---\ntitle: {title}\ndescription: {text[:20]}\n---\n\n# {title}\n\n{text}\n")


@contextmanager
def short_handbook() -> Iterator[None]:
    """Build so for a while."""
    with pytest.MonkeyPatch.context() as patch:
        shorten_handbook(patch)
        yield


def shorten_handbook(patch: pytest.MonkeyPatch) -> None:
    """Build so from now on."""
    others = tuple(kind for kind in PAGES if kind.name not in OF_THE_HANDBOOK)
    assert len(PAGES) - len(others) == len(OF_THE_HANDBOOK)
    patch.setattr(build, "PAGES", (*others, PageKind("handbook", "A few lines.", make)))


def shorten_navigation(settings: Path) -> None:
    """Let mkdocs.yml name the first page of the handbook alone; the short one has no other in the navigation."""
    text, nav, _ = settings.read_text("utf-8").partition("\nnav:\n")
    assert nav
    settings.write_text(f"{text}{nav}  - Handbook: [handbook/index.md]\n", "utf-8")


def shorten_new_navigation(settings: Path) -> None:
    """The same in a new portal, whose navigation names pages of its own in the handbook too."""
    handbook = settings.parent / "content"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    names = [line.strip().removeprefix("- ") for line in lines]
    is_missing = [name.startswith("handbook/") and not (handbook / name).exists() for name in names]
    assert any(is_missing)
    kept = [
        line
        for line, name, missing in zip(lines, names, is_missing, strict=True)
        if not missing or name == "handbook/index.md"
    ]
    settings.write_text("".join(kept), "utf-8")
