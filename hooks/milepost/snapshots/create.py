"""Makes a snapshot of a commit: its files, built as of a day, packed as a bag, kept, and a row added to the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from milepost.check.with_history import check_with_history
from milepost.data.digests import data_digest
from milepost.data.json_schema import SCHEMA_FOLDER
from milepost.data.loader import DATA_FOLDER
from milepost.data.records.scalars import UNPRINTABLE
from milepost.data.records.snapshot import Snapshot
from milepost.data.validation import shape_list
from milepost.data.yaml_reader import line_reader, read
from milepost.diagnostics import as_text
from milepost.exports import export_json
from milepost.exports.export_schema import EXPORT_SCHEMA
from milepost.history.git import ask_git, is_shallow, revision, write_tree
from milepost.history.ledger_check import FILE, ledger_in, without_history
from milepost.model import routes
from milepost.model.portal import Portal
from milepost.model.snapshot_info import SnapshotInfo
from milepost.snapshots.bag import PAYLOAD, SITE, differences, payload_digest, read_info, seal
from milepost.snapshots.store import Store
from milepost.text.plain import enumerate_some, escape_unprintable, json_in_yaml

SOURCE = f"{PAYLOAD}/source"
DESCRIPTION = "External-Description"
MADE_ON = "Bagging-Date"
PUBLISHED_AT = "Internal-Sender-Identifier"
"""The label of bag-info.txt that holds the address for which the site was built, and without which it differs."""
EDITED_AT = "Source-Repository"
"""The label that holds the address of the repository, to which its pages lead; RFC 8493 has none for it."""
FIRST_LINE = f"# yaml-language-server: $schema={SCHEMA_FOLDER}/snapshots.json\n"
FEW = 5
"""How many files are named of those that are wrong."""
UNKNOWN_DIGEST = "0" * 64

BuildSite = Callable[[Path, Path, SnapshotInfo], None]
"""Builds the site of a project's folder into another folder, frozen."""


class SnapshotError(Exception):
    """A snapshot cannot be made, given back or proved; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for. day: on which it is made, and as_of: as of which it is judged; both ISO days."""

    name: str
    day: date
    as_of: date
    reason: str
    approved_by: str
    corrects: str | None


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes a site: how it is built, where it and its sources are (empty where nothing says so), the program."""

    build: BuildSite
    address: str
    repository: str
    program: str


@dataclass(frozen=True, slots=True)
class Packed:
    """The digests of a bag that was made: of the data, and of the payload."""

    data: str
    payload: str


def create(project: Path, request: Request, store: Store, maker: Maker) -> Snapshot:
    """Make the snapshot that is asked for, keep it in `store`, and add its row to the ledger of `project`.

    A run that was killed may have kept the bag and written no row: the same request, made again, writes it. Raises
    SnapshotError, BagError or RevisionError; then neither the store nor the ledger has changed.
    """
    fresh = project / f"{FILE}.new"
    # What a killed run left is no file that anyone wrote.
    fresh.unlink(missing_ok=True)
    _judge(request)
    commit = _whole_commit(project)
    portal = _sound(project, request.as_of)
    if apart := without_history(project, portal.snapshots):
        raise SnapshotError(apart)
    row = _row(request, commit, portal.snapshots)
    _read_again(project, row)
    if row.approved_by not in portal.people:
        known = ", ".join(sorted(portal.people))
        raise SnapshotError(f"there is no {row.approved_by} in {DATA_FOLDER}/people.yml; it has {known}")
    known_ids = [before.id for before in portal.snapshots]
    if row.corrects is not None and row.corrects not in known_ids:
        raise SnapshotError(f"there is no snapshot {row.corrects} to correct")
    if row.id in known_ids:
        raise SnapshotError(f"the ledger has a snapshot {row.id}, and none is ever made again; choose another id")
    with TemporaryDirectory(prefix="milepost-") as folder:
        bag = Path(folder) / "bag"
        begun = _begun(store, row, Path(folder) / "begun")
        if begun is not None:
            row = row.model_copy(update={"date": _day_of(begun) or row.date})
        packed = pack(project, row, bag, maker)
        if unlike := differences(bag):
            told = ", ".join(map(str, unlike[:FEW]))
            raise SnapshotError(f"the bag that was made does not read as it was written, and is not kept: {told}")
        row = row.model_copy(update={"data": packed.data, "payload": packed.payload})
        ledger = _read_again(project, row)
        if begun is not None and (differences(begun) or payload_digest(begun) != row.payload):
            raise SnapshotError(_another(begun, row, store))
        try:
            fresh.write_bytes(ledger)
            if begun is None:
                store.add(bag, row)
            fresh.replace(project / FILE)
        finally:
            fresh.unlink(missing_ok=True)
    return row


def _judge(request: Request) -> None:
    """Raise SnapshotError where what was asked for could not stand in a row."""
    texts = {
        "the id": request.name,
        "--reason": request.reason,
        "--approved-by": request.approved_by,
        "--corrects": request.corrects or "",
    }
    for what, text in texts.items():
        if UNPRINTABLE.search(text):
            raise SnapshotError(f"{what} holds what no page or feed can carry: {text!a}. Write it in UTF-8 text")
    if request.as_of > request.day:
        raise SnapshotError(
            f"--as-of {request.as_of} is later than {request.day}, the day on which the snapshot is made, and nothing "
            "can be judged as of a day to come; leave --as-of out, or name a day that has been"
        )


def _begun(store: Store, row: Snapshot, folder: Path) -> Path | None:
    """The bag that an earlier run has kept without a row, written into the new `folder`; None where there is none."""
    if row.id not in store.ids():
        return None
    store.write(row.id, folder)
    return folder


def _day_of(bag: Path) -> date | None:
    try:
        return date.fromisoformat(read_info(bag).get(MADE_ON, ""))
    except ValueError:
        return None


def _another(begun: Path, row: Snapshot, store: Store) -> str:
    """Why the kept bag is not taken for the one of `row`, and how to go on."""
    facts = read_info(begun)
    address = facts.get(PUBLISHED_AT)
    of_itself = f"{facts.get(DESCRIPTION, 'nothing')}{f', published at {address}' if address else ''}"
    return (
        f"{store.place} has a bag {row.id}, which the ledger has not, and it is not what this command would make. "
        f"It says of itself: {of_itself}. Where a run that was stopped left it, run the same command once more, at "
        "that commit and with --as-of that day, and it writes the row; else leave the bag alone, and choose another id"
    )


def pack(project: Path, row: Snapshot, bag: Path, maker: Maker) -> Packed:
    """Build the commit of `row` from its own files, and pack it into the new folder `bag`.

    The digests of `row` are not looked at. Raises SnapshotError where the data is not sound or the build fails.
    """
    with TemporaryDirectory(prefix="milepost-") as folder:
        sources = write_commit(project, row.commit, Path(folder) / "commit")
        data = data_digest(sources)
        portal = _sound(sources, row.as_of)
        address = routes.absolute(routes.snapshot(row.id), maker.address) if maker.address else ""
        frozen = SnapshotInfo(row.id, row.date, row.as_of, row.commit, data, address, maker.address, maker.repository)
        (bag / PAYLOAD).mkdir(parents=True)
        maker.build(sources, bag / SITE, frozen)
        shutil.copytree(sources / DATA_FOLDER, bag / SOURCE / DATA_FOLDER)
        _write(bag / PAYLOAD / routes.EXPORT, export_json(portal))
        _write(bag / PAYLOAD / SCHEMA_FOLDER / EXPORT_SCHEMA.file_name, EXPORT_SCHEMA.text)
    facts = {
        "Source-Organization": portal.portfolio.publisher,
        "External-Identifier": row.id,
        DESCRIPTION: f"{portal.portfolio.title}: commit {row.commit}, judged as of {row.as_of}",
        MADE_ON: row.date.isoformat(),
        "Bag-Software-Agent": maker.program,
    }
    addresses = {PUBLISHED_AT: frozen.address, EDITED_AT: frozen.repository}
    return Packed(data, seal(bag, facts | {label: address for label, address in addresses.items() if address}))


def write_commit(project: Path, commit: str, folder: Path) -> Path:
    """Write all files of a commit to the new `folder`, with a history that ends there; gives the project's folder.

    The objects are those of the repository itself, which is only read.
    """
    # Up to the top by dots alone: git's own answer would be a path in bytes that this process may read otherwise.
    top = (project / ask_git(project, "rev-parse", "--show-cdup").rstrip("\n")).resolve()
    ask_git(project, "clone", "--quiet", "--shared", "--no-checkout", "--template=", str(top), str(folder))
    ask_git(folder, "update-ref", "--no-deref", "HEAD", commit)
    write_tree(folder, commit, folder)
    return folder / project.resolve().relative_to(top)


def _whole_commit(project: Path) -> str:
    """The commit that the files of `project` are; raises SnapshotError where they are none, or its history is cut."""
    commit = revision(project, "HEAD").commit
    status = ask_git(project, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
    changed = status.split("\0")[:-1]
    if changed:
        named = enumerate_some([escape_unprintable(line[3:]) for line in changed], FEW)
        raise SnapshotError(f"these files are not committed: {named}. Commit them, or set them aside, first")
    if is_shallow(project):
        raise SnapshotError("this copy of the repository lacks part of its history; git fetch --unshallow gets it")
    return commit


def _sound(project: Path, as_of: date) -> Portal:
    checked = check_with_history(project, as_of)
    if checked.portal is None or not checked.is_sound:
        text = as_text(checked.diagnostics, line_reader(("", project)))
        raise SnapshotError(f"{text}\nthe data is not sound")
    return checked.portal


def _row(request: Request, commit: str, before: Sequence[Snapshot]) -> Snapshot:
    """The row that is asked for, whose digests are not known yet."""
    return Snapshot.model_construct(
        id=request.name,
        date=request.day,
        as_of=request.as_of,
        commit=commit,
        data=UNKNOWN_DIGEST,
        payload=UNKNOWN_DIGEST,
        reason=request.reason.strip(),
        approved_by=request.approved_by,
        corrects=request.corrects,
        previous=before[-1].digest if before else None,
    )


def _read_again(project: Path, row: Snapshot) -> bytes:
    """The ledger with `row` at its end, which must read as it was meant; raises SnapshotError where it does not."""
    text = row_text(row)
    shaped = shape_list(read(FILE, text.encode()), Snapshot)
    if shaped.diagnostics:
        raise SnapshotError("\n".join(f"{found.message}. {found.hint}" for found in shaped.diagnostics))
    path = project / FILE
    old = path.read_bytes() if path.exists() else FIRST_LINE.encode()
    before = ledger_in(old)
    ledger = old + (b"" if old.endswith(b"\n") else b"\n") + text.encode()
    rows = ledger_in(ledger)
    if before is None or row.id in {known.id for known in before}:
        return ledger
    if rows is None or [known.digest for known in rows] != [known.digest for known in (*before, row)]:
        raise SnapshotError(f"a row cannot be added at the end of {FILE}; write its rows as a list, a hyphen each")
    return ledger


def row_text(row: Snapshot) -> str:
    """The row as it is written in the ledger: days plain, every other value in quotes."""
    facts = row.model_dump(mode="json", exclude_none=True)
    plain = {"date", "as_of"}
    lines = [f"{name}: {text if name in plain else json_in_yaml(text)}\n" for name, text in facts.items()]
    return "- " + "  ".join(lines)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
