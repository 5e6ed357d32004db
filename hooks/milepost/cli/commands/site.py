"""The commands of the site: build, and serve for a preview."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from milepost.cli.commands.checked import FOUND_ERRORS, checked_data, conclusion
from milepost.cli.console import OUTPUT, page_counter, print_diagnostics, tell
from milepost.cli.options import SITE, as_of_day, as_of_option, project_option
from milepost.cli.swap import BusyError, recover, replace_folder
from milepost.data.records.snapshot import Snapshot
from milepost.data.yaml_reader import line_reader
from milepost.history.git import RevisionError
from milepost.history.ledger_check import ledger_of, without_history
from milepost.model import routes
from milepost.snapshots.bag import BagError
from milepost.snapshots.create import SnapshotError
from milepost.snapshots.store import BranchStore
from milepost.snapshots.verify import kept_rows, restore
from milepost.text.plain import counted

SOURCES = ("data", "content", "hooks", "overrides", "mkdocs.yml")


@click.command()
@project_option
@as_of_option
@click.option(
    "--site", "site", type=click.Path(path_type=Path, file_okay=False), default=None, help="Where to build; else site/."
)
@click.option("--whole-history", is_flag=True, help="Refuse where git lacks some of the data's history, or a snapshot.")
def build(project: Path, as_of: date | None, site: Path | None, whole_history: bool) -> None:
    """Check the data and build the site, with the snapshots that are kept; the old one stands until it is whole."""
    # MkDocs takes longer to load than a check takes.
    from milepost.engines.mkdocs import run  # noqa: PLC0415
    from milepost.engines.mkdocs.state import Request  # noqa: PLC0415

    folder = (site or project / SITE).resolve()
    _refuse_sources(project.resolve(), folder)
    with _telling_of_failure(folder):
        recover(folder)
        checked = checked_data(project, as_of)
        if not checked.is_sound:
            print_diagnostics(checked.diagnostics, line_reader(("", project)))
            tell(f"{conclusion(checked)} Nothing was built; {folder.name}/ is as it was.")
            sys.exit(FOUND_ERRORS)
        rows = ledger_of(project) or ()
        restored, missing, why = _snapshots_at_hand(project, rows)
        if whole_history and (apart := without_history(project, rows)):
            raise SnapshotError(apart)
        if missing and whole_history:
            raise SnapshotError(_missing(missing, why))

        request = Request(as_of_day(as_of), whole_history=whole_history, checked=checked)

        def make(fresh: Path) -> None:
            with page_counter() as counter:
                run.build_site(project, fresh, request, counter)
            restore(restored, BranchStore(project), fresh / routes.SNAPSHOTS)

        replace_folder(folder, make)
    if missing:
        tell(_missing(missing, why))
    pages = sum(routes.SNAPSHOTS not in page.relative_to(folder).parts[:1] for page in folder.rglob("*.html"))
    beside = f", beside {counted(len(restored), 'snapshot')}, each as the ledger says" if restored else ""
    look = f"Open {folder / 'index.html'} in a browser; milepost serve has the search too."
    OUTPUT.print(f"Built {pages} pages in {folder}{beside}. {look}", markup=False)


def _snapshots_at_hand(
    project: Path, rows: Sequence[Snapshot]
) -> tuple[tuple[Snapshot, ...], tuple[Snapshot, ...], str]:
    """The rows of the ledger whose bags can be put into the site, those whose bags cannot be had, and why not.

    Where nothing is said of why, they may only have to be fetched.
    """
    try:
        found, why = kept_rows(rows, BranchStore(project)), ""
    except (BagError, RevisionError) as error:
        # Where git cannot be asked, or the branch is another one.
        found, why = (), str(error)
    return found, tuple(row for row in rows if row not in found), why


def _missing(rows: Sequence[Snapshot], why: str) -> str:
    names = ", ".join(row.id for row in rows)
    advice = why or "Get them: git fetch origin snapshots:snapshots"
    return f"The bags of these snapshots are not at hand: {names}. {advice[:1].upper()}{advice[1:]}."


@contextmanager
def _telling_of_failure(folder: Path) -> Iterator[None]:
    """Say in words what stopped a build of the site in `folder`, and what stands there now."""
    from milepost.engines.mkdocs import run  # noqa: PLC0415  # MkDocs takes longer to load than a check takes

    try:
        yield
    except (run.BuildError, SnapshotError, BagError, RevisionError, BusyError, OSError) as failed:
        why = _failure(failed) if isinstance(failed, OSError) else str(failed)
        tell(f"{why}\nNothing was published; {folder.name}/ is as it was.")
        sys.exit(FOUND_ERRORS)
    except KeyboardInterrupt:
        # It may have come while the old site, already out of its place, was being removed.
        tell(f"Stopped; {folder.name}/ is whole, and has nothing half built in it.")
        sys.exit(FOUND_ERRORS)


FULL = {
    errno.ENOSPC: "The disk is full: make room, and build again.",
    errno.EDQUOT: "Your share of the disk is used up: make room, and build again.",
    errno.EFBIG: "A file became larger than this system lets it be: raise the limit (ulimit -f), and build again.",
    errno.EROFS: "The disk can only be read: build into a folder elsewhere (--site).",
}
"""What to say where a disk takes no more, by the system's number for it."""


def _failure(failed: OSError) -> str:
    words = FULL.get(failed.errno or 0, f"The system says: {failed.strerror or failed}.")
    # Of a copy, the second is the one that was being written.
    place = failed.filename2 or failed.filename
    return f"{words} ({place})" if place else words


@click.command()
@project_option
@click.option("--address", default=None, help="Host and port; else 127.0.0.1:8000.")
def serve(project: Path, address: str | None) -> None:
    """Preview the site; an edited line of data shows up by itself."""
    from milepost.engines.mkdocs import run  # noqa: PLC0415  # MkDocs takes longer to load than a check takes

    try:
        run.serve_site(project, address)
    except run.BuildError as failed:
        tell(str(failed))
        sys.exit(FOUND_ERRORS)


def _refuse_sources(project: Path, folder: Path) -> None:
    """Refuse to build where that would take the place of what the site is built from."""
    sources = [project / name for name in SOURCES]
    for source in sources:
        if folder == source or folder in source.parents or source in folder.parents:
            raise click.UsageError(f"{folder} holds the sources, or lies in them; choose another folder for the site")
