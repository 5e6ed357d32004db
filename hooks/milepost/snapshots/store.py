"""Where bags are kept: a folder, or the branch `snapshots` of the repository. What is kept is never replaced."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from milepost.data.digests import files_below
from milepost.data.records.snapshot import Snapshot
from milepost.history.git import RevisionError, ask_git, write_tree
from milepost.snapshots.bag import DECLARATION, SITE, BagError

BRANCH = "snapshots"
LOCAL = f"refs/heads/{BRANCH}"
FETCHED = f"refs/remotes/origin/{BRANCH}"
NOTHING = "0" * 40
KEEPER = {
    f"GIT_{who}_{what}": text
    for who in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", "Milepost"), ("EMAIL", "snapshots@milepost.invalid"))
}
"""Who commits to the branch: the same on every machine. Who approved a snapshot stands in its row."""


def _pages(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if name.endswith(".html"))


class Store(Protocol):
    """A place in which bags are kept by id."""

    @property
    def place(self) -> str:
        """What people know it as."""

    def ids(self) -> tuple[str, ...]:
        """The ids of the bags in it, sorted."""

    def pages(self, name: str) -> frozenset[str]:
        """The routes of the pages of the site that the bag `name` holds; none where there is no such bag."""

    def add(self, bag: Path, row: Snapshot) -> None:
        """Keep a copy of `bag` under the id of `row`; raises BagError where there is one already."""

    def write(self, name: str, target: Path) -> None:
        """Write the bag `name` into the new folder `target`; raises BagError where there is none."""


class FolderStore:
    """Bags in a folder, each in a folder of its id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def place(self) -> str:
        """What people know it as."""
        return str(self.folder)

    def ids(self) -> tuple[str, ...]:
        """The ids of the bags in it, sorted."""
        return tuple(sorted(path.parent.name for path in self.folder.glob(f"[!.]*/{DECLARATION}")))

    def pages(self, name: str) -> frozenset[str]:
        """The routes of the pages of the site that the bag `name` holds; none where there is no such bag."""
        return _pages(path.removeprefix(f"{SITE}/") for path in files_below(self.folder / name, SITE))

    def add(self, bag: Path, row: Snapshot) -> None:
        """Keep a copy of `bag`; it is copied beside its place first, so that half of one never stands there."""
        target, fresh = self.folder / row.id, self.folder / f".{row.id}.new"
        if target.exists():
            raise BagError(f"{target} exists, and what is kept is never replaced")
        self.folder.mkdir(parents=True, exist_ok=True)
        # What a killed run left.
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            shutil.copytree(bag, fresh)
            fresh.rename(target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def write(self, name: str, target: Path) -> None:
        """Write the bag `name` into the new folder `target`."""
        if not (self.folder / name).is_dir():
            raise BagError(f"{self.folder} holds no snapshot {name}")
        shutil.copytree(self.folder / name, target, symlinks=True)


class BranchStore:
    """Bags on a branch of the repository, each in a folder of its id, and each added by a commit of its own."""

    def __init__(self, project: Path) -> None:
        self.project = project

    @property
    def place(self) -> str:
        """What people know it as."""
        return f"the branch {BRANCH}"

    def ids(self) -> tuple[str, ...]:
        """The ids of the bags in it, sorted; raises BagError where the branch holds anything else."""
        tip, _ = self._tip()
        if not tip:
            return ()
        entries = ask_git(self.project, "ls-tree", "-z", "--full-tree", tip).split("\0")[:-1]
        names = []
        for entry in entries:
            facts, _, name = entry.partition("\t")
            if facts.split()[1] != "tree":
                raise BagError(
                    f"the branch {BRANCH} holds {name}, which is no snapshot; remove that there, or give this branch "
                    "another name"
                )
            names.append(name)
        return tuple(sorted(names))

    def pages(self, name: str) -> frozenset[str]:
        """The routes of the pages of the site that the bag `name` holds; none where there is no such bag."""
        tip, _ = self._tip()
        if name not in self.ids():
            return frozenset()
        listing = ask_git(self.project, "ls-tree", "-r", "-z", "--name-only", "--full-tree", f"{tip}:{name}/{SITE}")
        return _pages(listing.split("\0"))

    def add(self, bag: Path, row: Snapshot) -> None:
        """Keep a copy of `bag` in a new commit, dated by the row. The work tree and its index are never touched."""
        if row.id in self.ids():
            raise BagError(f"{self.place} has a snapshot {row.id}, and what is kept is never replaced")
        checked_out = ask_git(self.project, "worktree", "list", "--porcelain").splitlines()
        if f"branch {LOCAL}" in checked_out:
            raise BagError(f"the branch {BRANCH} is checked out; switch to another one there first")
        tip, old = self._tip()
        names = files_below(bag)
        paths = "".join(f"{bag.resolve() / name}\n" for name in names).encode()
        blobs = ask_git(self.project, "hash-object", "-w", "--no-filters", "--stdin-paths", question=paths).split()
        entries = "".join(f"100644 {blob}\t{row.id}/{name}\0" for name, blob in zip(names, blobs, strict=True)).encode()
        with TemporaryDirectory(prefix="milepost-") as folder:
            own_index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            if tip:
                ask_git(self.project, "read-tree", tip, environment=own_index)
            ask_git(self.project, "update-index", "-z", "--index-info", question=entries, environment=own_index)
            tree = ask_git(self.project, "write-tree", environment=own_index).strip()
        noon = f"{row.date.isoformat()}T12:00:00+0000"
        dated = {**KEEPER, "GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon}
        message = f"Snapshot {row.id}\n\n{row.reason}\n\nOf commit {row.commit}, payload {row.payload}\n".encode()
        parent = ("-p", tip) if tip else ()
        commit = ask_git(
            self.project, "commit-tree", "--no-gpg-sign", tree, *parent, question=message, environment=dated
        )
        # The old value makes git refuse where the branch has moved meanwhile.
        ask_git(self.project, "update-ref", LOCAL, commit.strip(), old)

    def write(self, name: str, target: Path) -> None:
        """Write the bag `name` into the new folder `target`."""
        tip, _ = self._tip()
        if name not in self.ids():
            raise BagError(f"{self.place} holds no snapshot {name}")
        target.mkdir(parents=True)
        write_tree(self.project, f"{tip}:{name}", target)

    def _tip(self) -> tuple[str, str]:
        """The commit of the branch, empty where there is none; and what stands here now.

        It is the newer one of the branch here and of that last fetched; raises BagError where each has what the other
        has not.
        """
        try:
            listing = ask_git(self.project, "for-each-ref", "--format=%(refname) %(objectname)", LOCAL, FETCHED)
            tips = dict(line.split() for line in listing.splitlines())
            local, fetched = tips.get(LOCAL, ""), tips.get(FETCHED, "")
            if not (local and fetched):
                return local or fetched, local or NOTHING
            counts = ask_git(self.project, "rev-list", "--left-right", "--count", f"{local}...{fetched}").split()
        except RevisionError as error:
            raise BagError(str(error)) from error
        ahead, behind = map(int, counts)
        if ahead and behind:
            raise BagError(
                f"the branch {BRANCH} here and the one of origin have each what the other has not; join them: "
                f"git switch {BRANCH} && git merge --allow-unrelated-histories origin/{BRANCH}"
            )
        return fetched if behind else local, local
