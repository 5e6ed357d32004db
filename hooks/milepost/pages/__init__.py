"""The pages, a module a kind. To add one, write its module and its template, and list it here."""

from __future__ import annotations

from milepost.pages import changelog, milestone, overview, programme, register, task, tracker
from milepost.pages.descriptor import Page, PageKind

PAGES: tuple[PageKind, ...] = (
    changelog.KIND,
    milestone.KIND,
    overview.KIND,
    programme.KIND,
    register.KIND,
    task.KIND,
    tracker.KIND,
)
"""Every kind of page, by name."""

__all__ = ["PAGES", "Page", "PageKind"]
