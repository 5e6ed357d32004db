"""Proves a snapshot: each file against its manifest, the manifest and the data against the row of the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from milepost.data.digests import data_digest, files_below
from milepost.data.records.snapshot import Snapshot
from milepost.snapshots.bag import (
    DECLARATION,
    INFO,
    MANIFEST,
    SITE,
    Difference,
    compare,
    differences,
    is_plain,
    payload_digest,
    read_info,
)
from milepost.snapshots.create import EDITED_AT, PUBLISHED_AT, SOURCE, Maker, SnapshotError, pack
from milepost.snapshots.store import Store


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved of a snapshot. row: its row, None where the ledger has none. faults: what does not hold."""

    name: str
    row: Snapshot | None
    faults: tuple[str, ...]


def verify_folder(folder: Path, rows: Sequence[Snapshot]) -> Proof:
    """Prove the bag, or the unpacked site with its manifest, in `folder`; raises SnapshotError where it is neither."""
    if (folder / DECLARATION).exists():
        name = read_info(folder).get("External-Identifier", "")
        row = next((row for row in rows if row.id == name), None)
        return Proof(name or folder.name, row, tuple(_faults_of_bag(folder, row)))
    if not is_plain(folder / MANIFEST):
        raise SnapshotError(f"{folder} is neither a bag nor the site of a snapshot: it has no {MANIFEST}")
    digest = payload_digest(folder)
    row = next((row for row in rows if row.payload == digest), None)
    if row is None:
        return Proof(folder.name, None, (f"no row of the ledger has the digest of {MANIFEST}, {digest}",))
    return Proof(row.id, row, tuple(map(str, _differences_of_site(folder))))


def verify_bag(bag: Path, row: Snapshot) -> Proof:
    """Prove that `bag` is the one of `row`."""
    return Proof(row.id, row, tuple(_faults_of_bag(bag, row)))


def _differences_of_site(folder: Path) -> Iterator[Difference]:
    present = [name for name in files_below(folder) if name != MANIFEST]
    yield from compare(folder, MANIFEST, present, prefix=f"{SITE}/")


def _faults_of_bag(bag: Path, row: Snapshot | None) -> Iterator[str]:
    found = differences(bag)
    yield from map(str, found)
    if row is None:
        return
    if not any(difference.name == MANIFEST and difference.what == "missing" for difference in found):
        digest = payload_digest(bag)
        if digest != row.payload:
            yield f"differs: {MANIFEST} has the digest {digest}, the ledger's row {row.id} says {row.payload}"
    # Of a bag that has been tampered with, only what its manifests vouch for is opened.
    digest = data_digest(bag / SOURCE) if not found else row.data
    if digest != row.data:
        yield f"differs: the data in {SOURCE} has the digest {digest}, the ledger's row {row.id} says {row.data}"
    name = read_info(bag).get("External-Identifier")
    if name != row.id:
        yield f"differs: {INFO} says that this is {name}, not {row.id}"


def verify_rebuilt(project: Path, bag: Path, row: Snapshot, maker: Maker) -> Proof:
    """Build the commit of `row` once more, for the addresses that `bag` was built for, and compare file by file."""
    facts = read_info(bag)
    published = facts.get(PUBLISHED_AT, "").removesuffix(f"s/{row.id}/")
    again = Maker(maker.build, published, facts.get(EDITED_AT, ""), maker.program)
    with TemporaryDirectory(prefix="milepost-") as folder:
        rebuilt = Path(folder) / "bag"
        pack(project, row, rebuilt, again)
        present = [name for name in files_below(rebuilt) if name.startswith("data/")]
        shutil.copyfile(bag / MANIFEST, rebuilt / MANIFEST)
        return Proof(row.id, row, tuple(str(found) for found in compare(rebuilt, MANIFEST, present)))


def kept_rows(rows: Sequence[Snapshot], store: Store) -> tuple[Snapshot, ...]:
    """The rows whose bags `store` has; raises BagError where it cannot say."""
    kept = frozenset(store.ids()) if rows else frozenset()
    return tuple(row for row in rows if row.id in kept)


def restore(rows: Sequence[Snapshot], store: Store, folder: Path) -> None:
    """Write the site of every row, with its manifest, into `folder`, each into a folder of its id.

    Each is proved first. Raises SnapshotError where one is missing or differs; `folder` is then of no use.
    """
    for row in rows:
        with TemporaryDirectory(prefix="milepost-") as temporary:
            bag = Path(temporary) / "bag"
            store.write(row.id, bag)
            proof = verify_bag(bag, row)
            if proof.faults:
                raise SnapshotError("\n".join((f"the snapshot {row.id} is not what it was:", *proof.faults)))
            shutil.copytree(bag / SITE, folder / row.id)
            shutil.copyfile(bag / MANIFEST, folder / row.id / MANIFEST)
