"""The files of a folder that people keep: which there are, and what stands there that cannot be read as one.

A folder may come out of a stranger's pull request. Only its own plain files are read: never a pipe or a device, which
could keep a reader waiting without end, and never what a link brings in from elsewhere.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from milepost.diagnostics import Diagnostic, Location

SIZE_LIMIT = 5_000_000
"""How many bytes a file of data or a page that people write may have."""
LOOK = "Look at its permissions."
ATTRIBUTES = ".gitattributes"
KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a folder: the names of its plain files, and those of others with what is wrong with them.

    Names are relative to the folder, sorted, and with forward slashes.
    """

    names: tuple[str, ...]
    refused: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def find_files(project: Path, folder: str) -> Found:
    """Every plain file below `folder` of `project`; a folder that is not there has none."""
    root = project / folder
    faults = {path.relative_to(root).as_posix(): _fault(path) for path in _below(root)}
    diagnostics = [
        Diagnostic.at(Location(shown(folder, name), 1, 1), "misplaced-file", *fault)
        for name, fault in sorted(faults.items())
        if fault is not None
    ]
    names = tuple(sorted(name for name, fault in faults.items() if fault is None))
    return Found(names, tuple(sorted(faults.keys() - set(names))), tuple(diagnostics))


def read_file(project: Path, folder: str, name: str) -> bytes | Diagnostic:
    """The bytes of the file `name` of a folder, or why they cannot be read; never more than the limit of a file."""
    place, path = Location(shown(folder, name), 1, 1), project / folder / name
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(SIZE_LIMIT + 1) if size <= SIZE_LIMIT else b""
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return Diagnostic.at(place, "misplaced-file", message, LOOK)
    size = max(size, len(content))
    if size > SIZE_LIMIT:
        message = f"the file has {size:,} bytes, over the limit of {SIZE_LIMIT:,}"
        return Diagnostic.at(place, "yaml-limits", message, "Split the file into several smaller ones.")
    return content


def shown(folder: str, name: str) -> str:
    """The path of a file as it is named to people, also where the name's bytes are no text."""
    return f"{folder}/{name}".encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _below(root: Path) -> Iterator[Path]:
    """Everything below `root` but folders; a link to a folder is yielded, not followed, as it may lead in a circle."""
    if root.is_symlink():
        yield root
        return
    unread: list[Path] = []
    for parent, folders, files in os.walk(root, onerror=lambda error: unread.append(Path(error.filename))):
        yield from (Path(parent, name) for name in files)
        yield from (path for name in folders if (path := Path(parent, name)).is_symlink())
    yield from (path for path in unread if path.exists())


def _fault(path: Path) -> tuple[str, str] | None:
    """What is wrong with `path` where it is no plain file of the folder itself, and what to do about it."""
    if not path.name.isprintable():
        return "the file's name holds what cannot be printed", "Rename it."
    if path.name.lower() == ATTRIBUTES:
        return "git gives other files changed, or not at all, by what this file says", "Remove it."
    return _fault_of_kind(path)


def _fault_of_kind(path: Path) -> tuple[str, str] | None:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"this cannot be looked at: {error.strerror}", LOOK
    if stat.S_ISDIR(mode):
        return "the folder cannot be read", LOOK
    if stat.S_ISLNK(mode):
        return "links to other files and folders are not followed", "Put the file itself in its place, or remove it."
    if not stat.S_ISREG(mode):
        return f"{KINDS.get(stat.S_IFMT(mode), 'this')} stands in the place of a file", "Remove it."
    return None
