"""The commands of snapshots: create, list, verify, restore, cite."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import click

from milepost.check.rules.ledger_broken import check as chain_faults
from milepost.cli.console import OUTPUT, page_counter, tell
from milepost.cli.options import SITE, as_of_day, as_of_option, project_option, site_address_option
from milepost.cli.swap import BusyError, replace_folder
from milepost.data.configuration import repository_address
from milepost.data.configuration import site_address as published_at
from milepost.data.records.snapshot import Snapshot
from milepost.diagnostics import did_you_mean
from milepost.history.git import SHORT, RevisionError
from milepost.history.ledger_check import FILE, check_ledger, ledger_of
from milepost.history.revisions import portal_of, read_published
from milepost.history.timeline import Published
from milepost.model import routes
from milepost.model.snapshot_info import SnapshotInfo
from milepost.site.citation import FORMS
from milepost.site.citing import Found, citable, find, former_names, of_snapshot
from milepost.snapshots.bag import BagError
from milepost.snapshots.create import Maker, Request, SnapshotError, create
from milepost.snapshots.store import BranchStore, FolderStore, Store
from milepost.snapshots.verify import Proof, restore, verify_bag, verify_folder, verify_rebuilt
from milepost.text.plain import counted

FAILED = 1
PREVIEWED = frozenset({"127.0.0.1", "localhost"})
"""The hosts that previews have."""

from_option = click.option(
    "--from", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
    help="The folder in which bags are kept; else the branch snapshots.",
)  # fmt: skip


@click.group()
def snapshot() -> None:
    """Freeze the site so that it can be cited, and prove that it is as it was."""


@snapshot.command("create")
@project_option
@as_of_option
@site_address_option
@click.argument("name", metavar="ID")
@click.option("--reason", required=True, help="Why it is made, for the ledger.")
@click.option("--approved-by", required=True, help="Who approved it: an id of data/people.yml.")
@click.option("--corrects", default=None, help="The id of the snapshot that this one corrects.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=None,
    help="A folder to keep the bag in; else the branch snapshots.",
)  # fmt: skip
def create_snapshot(
    project: Path,
    as_of: date | None,
    site_address: str,
    name: str,
    reason: str,
    approved_by: str,
    corrects: str | None,
    folder: Path | None,
) -> None:
    """Freeze the last commit as the snapshot ID, keep it, and add its row to the ledger."""
    request = Request(name, as_of_day(None), as_of_day(as_of), reason, approved_by, corrects)
    store = _store(project, folder)
    with _telling_of_failure("Nothing was kept, and the ledger is as it was."):
        row = create(project, request, store, _maker(project, site_address))
    OUTPUT.print(
        f"Made snapshot {row.id} of commit {row.commit[:SHORT]}, judged as of {row.as_of}, in {store.place}.\n"
        f"  data     {row.data}\n  payload  {row.payload}\n"
        f"Its row stands at the end of {FILE}. Commit that next:\n"
        f"  git add {FILE} && git commit -m 'Record snapshot {row.id}'",
        markup=False,
        soft_wrap=True,
    )
    if folder is None:
        OUTPUT.print("and publish both: git push origin HEAD snapshots", markup=False, soft_wrap=True)


@snapshot.command("list")
@project_option
@from_option
def list_snapshots(project: Path, folder: Path | None) -> None:
    """List the rows of the ledger, and whether the bag of each is at hand."""
    rows = _rows(project)
    with _telling_of_failure(""):
        kept = _store(project, folder).ids()
    for row in rows:
        state = "" if row.id in kept else "  (its bag is not at hand)"
        corrects = f"  corrects {row.corrects}" if row.corrects else ""
        click.echo(f"{row.id}  {row.date}  as of {row.as_of}  {row.commit[:SHORT]}  {row.reason}{corrects}{state}")
    for name in kept:
        if name not in {row.id for row in rows}:
            click.echo(f"{name}  kept, and not in the ledger: the create that made it, run once more, writes its row")


@snapshot.command("verify")
@project_option
@from_option
@click.option("--rebuild", is_flag=True, help="Also build its commit once more, and compare every file.")
@click.argument("target", metavar="ID|FOLDER")
def verify_snapshot(project: Path, folder: Path | None, target: str, *, rebuild: bool) -> None:
    """Prove a snapshot against the ledger: one that is kept, by its ID, or a bag or an unpacked site in a FOLDER."""
    rows = _rows(project)
    broken = [found.message for found in (*chain_faults(rows), *check_ledger(project))]
    with _telling_of_failure(""), TemporaryDirectory(prefix="milepost-") as temporary:
        row = next((row for row in rows if row.id == target), None)
        if row is not None:
            bag = Path(temporary) / "bag"
            _store(project, folder).write(target, bag)
            proofs = [verify_bag(bag, row)]
            if rebuild:
                proofs.append(verify_rebuilt(project, bag, row, _maker(project, "")))
        elif Path(target).is_dir() and not rebuild:
            proofs = [verify_folder(Path(target), rows)]
        elif broken:
            # Its row may be the one that was removed.
            proofs = []
        elif rebuild:
            raise click.UsageError(f"--rebuild needs the id of a row of the ledger, and {target} is none")
        else:
            raise click.UsageError(f"{target} is neither a folder nor the id of a row of the ledger")
    _tell_of(proofs, broken)


def _tell_of(proofs: Sequence[Proof], broken: Sequence[str]) -> None:
    faults = [fault for proof in proofs for fault in proof.faults]
    for fault in (*faults, *broken):
        click.echo(fault)
    if faults:
        tell(f"Snapshot {proofs[0].name} is not what it was: {counted(len(faults), 'difference')}.")
    if broken:
        tell("The ledger is broken, and proves nothing.")
    if faults or broken:
        sys.exit(FAILED)
    proof = proofs[0]
    if proof.row is None:
        tell(
            f"The ledger has no row {proof.name}: nothing proves this bag. Its files are as its own manifests say, "
            "which whoever made it could write."
        )
        sys.exit(FAILED)
    again = " Building its commit again gave the same bytes." if len(proofs) > 1 else ""
    click.echo(f"Snapshot {proof.name} is what the ledger says: payload {proof.row.payload}.{again}")


@snapshot.command("restore")
@project_option
@from_option
@click.option(
    "--site", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The built site, in which the snapshots get their places.",
)  # fmt: skip
def restore_snapshots(project: Path, folder: Path | None, site: Path) -> None:
    """Write every snapshot of the ledger to its place in a built site, or, where one does not hold, none.

    They take the place of whatever stands in the site's folder s/.
    """
    rows = _rows(project)
    if not rows:
        click.echo(f"{FILE} has no rows: there is nothing to restore.")
        return
    store = _store(project, folder)
    place = site / routes.SNAPSHOTS
    with _telling_of_failure(f"Nothing was restored; {place} is as it was."):
        broken = [found.message for found in (*chain_faults(rows), *check_ledger(project))]
        if broken:
            raise SnapshotError("\n".join(broken))
        replace_folder(place, lambda fresh: restore(rows, store, fresh))
    click.echo(f"Restored {len(rows)} of {len(rows)} snapshots to {place}, each as the ledger says.")
    for name in sorted({*store.ids()} - {row.id for row in rows}):
        tell(f"{store.place} also holds {name}, which the ledger has not; it is not published.")


@snapshot.command("cite")
@project_option
@site_address_option
@click.argument("target", metavar="REF")
@click.option(
    "--snapshot", "name", metavar="ID", default=None, help="The snapshot to cite; else the latest that has it."
)
@click.option(
    "--format", "form", type=click.Choice([form.name for form in FORMS]), default=FORMS[0].name, show_default=True,
    help="The form of the citation.",
)  # fmt: skip
def cite(project: Path, site_address: str, target: str, name: str | None, form: str) -> None:
    """Cite an entity or a page as a snapshot has it.

    REF is an entity, such as fixnado/T1.2, a programme, such as fixnado, a page, such as registers/risks.html, or the
    address of a page, as a browser shows it. The address of a page of a snapshot says which snapshot to cite.
    """
    rows = _rows(project)
    if not rows:
        raise click.UsageError(
            f"{FILE} has no rows: there is no snapshot to cite yet. milepost snapshot create makes one"
        )
    address = site_address or published_at(project, os.environ)
    if not address:
        raise click.UsageError(
            "nothing says where the site is published: name it with --site-address, or in mkdocs.yml"
        )
    named, target = routes.in_snapshot(_route_of(target, project, address))
    if None not in (named, name) and named != name:
        raise click.UsageError(f"the address is of the snapshot {named}, and --snapshot says {name}. Leave one out")
    name = name or named
    if name is not None and name not in {row.id for row in rows}:
        raise click.UsageError(f"the ledger has no snapshot {name}. {did_you_mean(name, [row.id for row in rows])}")
    found = _found(project, rows, target, name)
    click.echo(next(each for each in FORMS if each.name == form).write(of_snapshot(found, address)))


def _route_of(target: str, project: Path, address: str) -> str:
    """The route of an address as a browser shows it: published, previewed or opened from the folder; else `target`."""
    shown = urlsplit(target)
    if shown.hostname in PREVIEWED:
        return routes.below(target, f"{shown.scheme}://{shown.netloc}{urlsplit(address).path}")
    if shown.scheme == "file":
        return routes.below(target, (project / SITE).resolve().as_uri())
    return routes.below(target, address)


def _found(project: Path, rows: Sequence[Snapshot], target: str, name: str | None) -> Found:
    """What `target` names in the snapshot `name`, else in the latest that has it; wrong usage where none has."""
    newest_first = rows[::-1]
    store = BranchStore(project)
    targets = [target, *_former_names(project, target)]
    others: list[str] = []
    known: set[str] = set()
    whose = "no snapshot"
    for row in sorted(newest_first, key=lambda row: row.id != name):
        published = _with_pages(read_published(project, row), store)
        if published is None and row.id == name:
            raise click.UsageError(
                f"commit {row.commit[:SHORT]} of snapshot {name} cannot be read; is it fetched, and merged?"
            )
        if published is None:
            tell(f"Snapshot {row.id} is passed over: its commit {row.commit[:SHORT]} cannot be read.")
            whose = "no snapshot that can be read here"
            continue
        known.update(citable(published))
        found = next((found for each in targets if (found := find(published, each))), None)
        if found is not None and name in (None, row.id):
            return found
        others.extend([row.id] if found is not None else [])
    if others:
        raise click.UsageError(f"snapshot {name} does not have {target}. These do: {', '.join(others)}.")
    in_programmes = sorted(each for each in known if each.endswith(f"/{target}"))
    hint = f"Write {' or '.join(in_programmes)}." if in_programmes else did_you_mean(target, known)
    raise click.UsageError(f"{whose} has {target}. {hint}".strip())


def _with_pages(published: Published | None, store: Store) -> Published | None:
    """What was published, with all pages that its bag holds, where that is at hand."""
    try:
        return published and replace(published, kept=store.pages(published.row.id))
    except BagError:
        return published


def _former_names(project: Path, target: str) -> Sequence[str]:
    """What `target` was called before, as far as the data of today can be read."""
    try:
        return former_names(portal_of(project, "today", as_of_day(None)), target)
    except RevisionError:
        return ()


def _store(project: Path, folder: Path | None) -> Store:
    return BranchStore(project) if folder is None else FolderStore(folder)


def _rows(project: Path) -> tuple[Snapshot, ...]:
    rows = ledger_of(project)
    if rows is None:
        tell(f"{FILE} cannot be read; milepost check says why.")
        sys.exit(FAILED)
    return rows


def _maker(project: Path, address: str) -> Maker:
    from importlib.metadata import version  # noqa: PLC0415  # it takes as long to load as a check takes

    found = address or published_at(project, os.environ)
    published = f"{found.rstrip('/')}/" if found else ""
    return Maker(_build, published, repository_address(project, os.environ), f"Milepost {version('milepost')}")


def _build(project: Path, site: Path, frozen: SnapshotInfo) -> None:
    # MkDocs takes longer to load than a check takes.
    from milepost.engines.mkdocs import run  # noqa: PLC0415
    from milepost.engines.mkdocs.state import Request  # noqa: PLC0415

    try:
        with page_counter() as counter:
            run.build_site(project, site, Request(frozen.as_of, whole_history=True, frozen=frozen), counter)
    except run.BuildError as error:
        raise SnapshotError(str(error)) from error


@contextmanager
def _telling_of_failure(what_stands: str) -> Iterator[None]:
    """Say in words what stopped a command, and what stands now."""
    try:
        yield
    except (SnapshotError, BagError, RevisionError, BusyError, OSError) as failed:
        tell(f"{failed}\n{what_stands}".strip())
        sys.exit(FAILED)
