"""A new portal: the skeleton that the package carries, filled in, checked, and written all or not at all."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from milepost.check.run import check_project
from milepost.data.json_schema import SCHEMA_FOLDER
from milepost.data.loader import DATA_FOLDER
from milepost.data.records.scalars import MAX_ID_LENGTH
from milepost.data.resources import SKELETON_FOLDER
from milepost.exports import SCHEMAS
from milepost.text.plain import enumerate_some, json_in_yaml

STAGE = ".milepost-init"
"""Where the files are written before they are checked, in the new portal's own folder: moving them is then one step."""
GIT = ".git"
NAMED = 5
"""How many of the files that stand in the way are named."""
PROGRAMME = f"{DATA_FOLDER}/programmes/programme/"
"""The folder of the skeleton's programme, whose name is that of the new one's."""
SEPARATORS = re.compile(r"[^a-z0-9]+")


class NewPortalError(Exception):
    """The portal cannot be made; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class NewPortal:
    """What is asked of a new portal: its title, its programme's, its day, and the version that it is begun with.

    source: where that version was installed from, as `direct_url.json` beside an installed package says (PEP 610); None
    where nothing says so.
    """

    title: str
    programme: str
    day: date
    version: str
    source: str | None = None


def make_portal(folder: Path, asked: NewPortal) -> None:
    """Write the portal into `folder`, which is made where it is not there; raises NewPortalError and OSError.

    Whatever fails, the folder is afterwards as it was.
    """
    _refuse_what_stands_in(folder)
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    stage = folder / STAGE
    moved: list[Path] = []
    try:
        _write(stage, portal_files(asked))
        _refuse_unsound(stage, asked.day)
        for entry in sorted(stage.iterdir()):
            moved.append(folder / entry.name)
            entry.rename(moved[-1])
        stage.rmdir()
    except BaseException:
        for path in (*moved, stage):
            _remove(path)
        if is_new:
            folder.rmdir()
        raise


def portal_files(asked: NewPortal) -> Mapping[str, str]:
    """Every file of the portal by its path, with the schemas that its data files name."""
    slug = slug_of(asked.programme)
    words = {
        "title": json_in_yaml(asked.title),
        "programme": slug,
        "programme_title": json_in_yaml(asked.programme),
        "day": asked.day.isoformat(),
        "year": f"{asked.day:%Y}",
        "version": asked.version,
        "requirement": requirement(asked.version, asked.source),
    }
    files = {}
    for path in sorted(SKELETON_FOLDER.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(SKELETON_FOLDER).as_posix()
            place = name.replace(PROGRAMME, f"{DATA_FOLDER}/programmes/{slug}/", 1)
            files[place] = Template(path.read_text("utf-8")).substitute(words)
    schemas = {f"{DATA_FOLDER}/{SCHEMA_FOLDER}/{schema.file_name}": schema.text for schema in SCHEMAS}
    return {**files, **schemas}


def requirement(version: str, source: str | None) -> str:
    """The line by which others install a version of Milepost, as pip reads it, given where it was installed from.

    That is the commit of its repository, where it came from one that has an address; else the wheel that the portal's
    own repository is to hold. Never its name alone: whoever took that name in a registry could put anything there.
    """
    found = json.loads(source) if source else {}
    url, commit = found.get("url", ""), found.get("vcs_info", {}).get("commit_id")
    if commit and not url.startswith("file:"):
        return f"milepost @ {found['vcs_info']['vcs']}+{url}@{commit}"
    return f"./wheels/milepost-{version}-py3-none-any.whl"


def slug_of(title: str) -> str:
    """An id made of a programme's title; raises NewPortalError where it holds no letter to begin with."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = SEPARATORS.sub("-", letters).lstrip("-0123456789")[:MAX_ID_LENGTH].strip("-")
    if not slug:
        raise NewPortalError(f"no address can be made of {title!r}: write a title with a letter from a to z in it")
    return slug


def _refuse_what_stands_in(folder: Path) -> None:
    entries = folder.iterdir() if folder.exists() else ()
    names = sorted(f"{path.name}/" if path.is_dir() else path.name for path in entries if path.name != GIT)
    if names:
        held = enumerate_some(names, NAMED)
        raise NewPortalError(f"{folder} is not empty: it holds {held}. Choose an empty folder, or a new one")


def _refuse_unsound(stage: Path, day: date) -> None:
    """Refuse words that no portal can have; all else of the skeleton is sound."""
    found = check_project(stage, day).diagnostics
    if found:
        raise NewPortalError("\n".join(f"{entry.message}. {entry.hint}" for entry in found))


def _write(stage: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
