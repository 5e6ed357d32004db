"""Bags as BagIt 1.0 has them (RFC 8493): a payload below `data/`, and tag files that list it with its digests.

The writer is our own as the usual library writes version 0.97, and the day of its clock. The same payload and the same
facts give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from milepost.data.digests import digest_of, files_below, list_digests
from milepost.data.records.scalars import UNSEEN
from milepost.text.plain import collapse

PAYLOAD = "data"
SITE = f"{PAYLOAD}/site"
"""Where the payload holds the site."""
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ATTRIBUTES = ".gitattributes"
UNCHANGED = "* -text -ident -filter -export-ignore -export-subst !working-tree-encoding\n"
"""What keeps git from changing the files of a bag, however whoever gets them from a branch has set it up."""
NOT_ALIKE = re.compile(rf"[\\%\ud800-\udfff{UNSEEN}]")
"""What tools write or read in different ways in a manifest: RFC 8493 escapes some of it, sha256sum other parts, and
some end a line where others see none."""
LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")


class BagError(Exception):
    """A bag cannot be written or read; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A file of a bag that is not as its manifests say. `what` is differs, missing, extra or unreadable."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.what}: {self.name}"


def seal(bag: Path, facts: Mapping[str, str]) -> str:
    """Write the tag files of the folder `bag`, whose payload stands in it, and return the digest of the payload.

    facts: what bag-info.txt says, by the labels of RFC 8493; the size of the payload is added. Raises BagError where a
    name of the payload would not be read alike by all tools, or would keep another file from being given as it is.
    """
    names = files_below(bag, PAYLOAD)
    for name in names:
        if NOT_ALIKE.search(name):
            raise BagError(f"{name!r} holds a backslash, a percent sign or what cannot be seen; rename the file")
        if ATTRIBUTES in name.lower().split("/"):
            raise BagError(f"git would change or leave out other files by what {name} says; remove the file")
        if not is_plain(bag / name):
            raise BagError(f"{name} is no plain file")
    size = sum((bag / name).stat().st_size for name in names)
    told = {**facts, "Payload-Oxum": f"{size}.{len(names)}"}
    _write(bag / DECLARATION, DECLARED)
    _write(bag / INFO, "".join(f"{label}: {collapse(text)}\n" for label, text in told.items()))
    _write(bag / MANIFEST, list_digests(bag, names))
    _write(bag / ATTRIBUTES, UNCHANGED)
    _write(bag / TAG_MANIFEST, list_digests(bag, (DECLARATION, INFO, MANIFEST, ATTRIBUTES)))
    return payload_digest(bag)


def payload_digest(bag: Path) -> str:
    """The digest of the payload: of the manifest that lists it."""
    return digest_of(bag / MANIFEST)


def read_info(bag: Path) -> dict[str, str]:
    """What bag-info.txt says, by label; empty where it cannot be read."""
    if not is_plain(bag / INFO):
        return {}
    try:
        lines = (bag / INFO).read_bytes().decode().split("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    return {label: text for label, mark, text in (line.partition(": ") for line in lines) if mark}


def differences(bag: Path) -> tuple[Difference, ...]:
    """Every file of `bag` that differs from what its manifests say, is missing or is extra, sorted by name."""
    return tuple(sorted(_differences(bag), key=lambda found: (found.name, found.what)))


def _differences(bag: Path) -> Iterator[Difference]:
    present = files_below(bag)
    tags = [name for name in present if not name.startswith(f"{PAYLOAD}/") and name != TAG_MANIFEST]
    payload = [name for name in present if name.startswith(f"{PAYLOAD}/")]
    yield from compare(bag, TAG_MANIFEST, tags)
    of_payload = tuple(compare(bag, MANIFEST, payload))
    yield from of_payload
    if is_plain(bag / DECLARATION) and (bag / DECLARATION).read_bytes() != DECLARED.encode():
        yield Difference(DECLARATION, "differs")
    # A file that is not as it was has another size too, which is not the fault of what tells the size.
    size = sum((bag / name).lstat().st_size for name in payload)
    if not of_payload and is_plain(bag / INFO) and read_info(bag).get("Payload-Oxum") != f"{size}.{len(payload)}":
        yield Difference(INFO, "differs from the size of the payload")


def compare(folder: Path, manifest: str, present: Sequence[str], prefix: str = "") -> Iterator[Difference]:
    """What differs between the files that are `present` in `folder` and those that its `manifest` lists.

    prefix: what the names of the manifest begin with that those of `present` do not; other names of it are passed over.
    """
    if not is_plain(folder / manifest):
        yield Difference(manifest, "missing")
        return
    listed: dict[str, str] = {}
    # Other breaks of lines than this one may stand in a name.
    for line in (folder / manifest).read_bytes().decode("utf-8", "surrogateescape").removesuffix("\n").split("\n"):
        found = LINE.fullmatch(line)
        if found is None:
            yield Difference(manifest, "unreadable")
            return
        if found[2].startswith(prefix):
            listed[found[2].removeprefix(prefix)] = found[1]
    there = frozenset(present)
    for name in sorted({*there, *listed}):
        if name not in there:
            yield Difference(name, "missing")
        elif name not in listed:
            yield Difference(name, "extra")
        elif not is_plain(folder / name):
            yield Difference(name, "no plain file")
        elif digest_of(folder / name) != listed[name]:
            yield Difference(name, "differs")


def is_plain(path: Path) -> bool:
    """Whether `path` is a file itself, and no link to one."""
    return path.is_file() and not path.is_symlink()


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
