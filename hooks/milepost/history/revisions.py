"""The portals that a project had before: of the revisions of its data in git, as far as they can be had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from milepost.data.pages import CONTENT_FOLDER, Content, read_content
from milepost.data.records.snapshot import Snapshot
from milepost.diagnostics import Severity
from milepost.history.git import (
    SHORT,
    Revision,
    RevisionError,
    daily_revisions,
    is_in_history,
    is_shallow,
    write_data,
    write_folder,
)
from milepost.history.timeline import Past, Published
from milepost.model.addresses import pages_of, titles_of
from milepost.model.events import events_from_data
from milepost.model.portal import Portal
from milepost.model.reader import read_portal

SHALLOW = "This copy of the repository was fetched without its whole history."


def read_past(project: Path, today: date, snapshots: Sequence[Snapshot] = ()) -> Past:
    """What the data of `project` was on each day on which it changed, as of `today`, and what `snapshots` published.

    Where git cannot be asked, or holds less than the whole history, the past says so and is what can be had.
    """
    try:
        gap = SHALLOW if is_shallow(project) else ""
        revisions = daily_revisions(project)
    except RevisionError as error:
        return Past((), f"The data's history could not be read: {error}.")
    days = []
    unreadable = 0
    for entry in revisions:
        try:
            days.append((entry.day, portal_at(project, entry, today)))
        except RevisionError:
            unreadable += 1
    published = tuple(found for row in snapshots if (found := read_published(project, row)) is not None)
    return Past(tuple(days), gap, unreadable, published)


def read_published(project: Path, row: Snapshot) -> Published | None:
    """What was published as the snapshot of `row`; None where its commit cannot be had, or is not sound any more.

    What is no part of the history is not had, also where it is here: other copies of the repository do not have it.
    """
    try:
        if not is_in_history(project, row.commit):
            return None
        portal = portal_at(project, Revision(row.commit, row.date), row.as_of)
        authored = content_at(project, row.commit)
    except RevisionError:
        return None
    # A page that people wrote stands in the place of the one that would be made.
    titles = {page.route: page.shown_title for page in authored.pages}
    return Published(
        row, portal, pages_of(portal, events_from_data(portal)) | titles.keys(), {**titles_of(portal), **titles}
    )


def content_at(project: Path, commit: str) -> Content:
    """The pages that people wrote, as they were at `commit`; raises RevisionError where git cannot be asked."""
    with TemporaryDirectory(prefix="milepost-") as folder:
        write_folder(project, commit, CONTENT_FOLDER, Path(folder))
        return read_content(Path(folder))


def portal_at(project: Path, revision: Revision, today: date) -> Portal:
    """The portal of `project` as it was at `revision`; raises RevisionError where the data was not sound."""
    with TemporaryDirectory(prefix="milepost-") as folder:
        write_data(project, revision.commit, Path(folder))
        return portal_of(Path(folder), f"commit {revision.commit[:SHORT]}", today)


def portal_of(project: Path, name: str, today: date) -> Portal:
    """The portal of the data in the folder `project`, which people know as `name`; raises RevisionError otherwise."""
    portal, diagnostics = read_portal(project, today)
    if portal is None:
        first = next((found for found in diagnostics if found.severity is Severity.ERROR), None)
        place = f", first {first.location}: {first.message}" if first else ""
        raise RevisionError(f"the data of {name} is not sound{place}")
    return portal
