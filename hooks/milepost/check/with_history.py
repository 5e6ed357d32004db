"""The project beside its own past, where git can say: the ledger of the commits before, and what was published last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from milepost.check.rules import judge_published
from milepost.check.run import Checked, check_project, gc_disabled
from milepost.diagnostics import Diagnostic, limited, ordered
from milepost.history.ledger_check import check_ledger
from milepost.history.revisions import read_published
from milepost.model.addresses import pages_of
from milepost.model.events import events_from_data


def check_with_history(project: Path, today: date) -> Checked:
    """Check `project` as `check_project` does, and what it was before: see `check_ledger` and `check_published`."""
    checked = check_project(project, today)
    with gc_disabled():
        found = (*check_ledger(project), *check_published(project, checked))
    return replace(checked, diagnostics=ordered((*checked.diagnostics, *limited(ordered(found)))))


def check_published(project: Path, checked: Checked) -> tuple[Diagnostic, ...]:
    """What the rules find that the last snapshot published; nothing where there is none, or git cannot say."""
    portal = checked.portal
    if portal is None or not portal.snapshots:
        return ()
    published = read_published(project, portal.snapshots[-1])
    if published is None:
        return ()
    pages = pages_of(portal, events_from_data(portal)) | {page.route for page in checked.content.pages}
    return judge_published(portal, pages, published)
