"""Digests that anyone can compute again with `sha256sum` and `sort`."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path

from milepost.data.json_schema import SCHEMA_FOLDER
from milepost.data.loader import DATA_FOLDER, LEDGER

NOT_DATA = (f"{DATA_FOLDER}/{LEDGER}", f"{DATA_FOLDER}/{SCHEMA_FOLDER}/")
"""What is no part of the data's digest: the ledger, which the digest stands in, and the schemas, which are derived."""


def digest_of(path: Path) -> str:
    """The SHA-256 digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def list_digests(folder: Path, names: Iterable[str]) -> str:
    """A line for each of the files `names` of `folder`, `digest  name` as `sha256sum` has it, sorted by their bytes."""
    return "".join(f"{digest_of(folder / name)}  {name}\n" for name in sorted(names, key=str.encode))


def data_digest(project: Path) -> str:
    """The digest of the data of `project`: of the list of its files, without the ledger and the schemas."""
    names = [name for name in files_below(project, DATA_FOLDER) if not name.startswith(NOT_DATA)]
    return sha256(list_digests(project, names).encode()).hexdigest()


def files_below(folder: Path, part: str = "") -> list[str]:
    """The names of all files below `part` of `folder`, relative to `folder`, with forward slashes, sorted."""
    root = folder / part if part else folder
    return sorted(path.relative_to(folder).as_posix() for path in root.rglob("*") if not is_folder(path))


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder itself; a link to one is not."""
    return path.is_dir() and not path.is_symlink()
