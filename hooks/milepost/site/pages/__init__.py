"""The pages, a module a kind. To add one, write its module and its template, and list it here."""

from __future__ import annotations

from milepost.site.pages import (
    activity,
    cadence,
    changelog,
    checkpoints,
    commands_reference,
    coverage,
    data_reference,
    disagreements,
    emptied,
    feeds_directory,
    handbook,
    metrics,
    milestone,
    moved,
    overview,
    owners,
    portfolio_register,
    programme,
    register,
    removed,
    rules,
    site_reference,
    snapshot_comparisons,
    snapshots,
    sprints,
    task,
    tracker,
)
from milepost.site.pages.descriptor import Page, PageKind

PAGES: tuple[PageKind, ...] = (
    activity.KIND,
    cadence.KIND,
    changelog.KIND,
    checkpoints.KIND,
    commands_reference.KIND,
    coverage.KIND,
    data_reference.KIND,
    disagreements.KIND,
    emptied.KIND,
    feeds_directory.KIND,
    handbook.KIND,
    metrics.KIND,
    milestone.KIND,
    moved.KIND,
    overview.KIND,
    owners.KIND,
    portfolio_register.KIND,
    programme.KIND,
    register.KIND,
    removed.KIND,
    rules.KIND,
    site_reference.KIND,
    snapshot_comparisons.KIND,
    snapshots.KIND,
    sprints.KIND,
    task.KIND,
    tracker.KIND,
)
"""Every kind of page, by name."""

__all__ = ["PAGES", "Page", "PageKind"]
