"""The files of the theme: those of Material for MkDocs, of Milepost, and of the project's own folder `overrides`.

They are found without loading MkDocs, which takes longer than a check.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from milepost.data.resources import THEME_FOLDER

OVERRIDES = "overrides"
"""The folder of a project whose templates and files come before those of the theme."""
ICONS = ".icons"
"""The folder of the theme that holds its icons, thousands of SVG files."""
WHOLE_PAGE = "main.html"
"""The theme's template of a whole page."""
NOT_FOUND = "404.html"


def theme_folders(project: Path) -> tuple[Path, ...]:
    """The folders in which templates and files of the theme are looked up, in this order."""
    material = find_spec("material")
    places = material.submodule_search_locations if material is not None else None
    return (project / OVERRIDES, THEME_FOLDER, *(Path(place) / "templates" for place in places or ()))


def has_icon(project: Path, name: str) -> bool:
    """Whether the theme has the icon `name`, such as `material/flag`."""
    parts = name.split("/")
    if not all(part and part.isprintable() and set(part) != {"."} for part in parts):
        return False
    return any((folder / ICONS / f"{name}.svg").is_file() for folder in theme_folders(project))


def page_templates(project: Path) -> tuple[str, ...]:
    """The templates that a page may name: the theme's for a whole page, and those at the top of `overrides`."""
    own = {path.name for path in (project / OVERRIDES).glob("*.html")} - {NOT_FOUND}
    return tuple(sorted({WHOLE_PAGE} | own))


def published_files(project: Path) -> frozenset[str]:
    """The files that the theme publishes, by their paths on the site."""
    return frozenset(name for folder in theme_folders(project) for name in _published(folder))


# The folders do not change while a process runs, but those of a test's projects have names of their own.
@cache
def _published(folder: Path) -> tuple[str, ...]:
    return tuple(_below(folder))


def _below(folder: Path) -> Iterator[str]:
    """The paths of the files below `folder` that are no templates, relative to it."""
    for parent, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        for name in names:
            path = Path(parent, name).relative_to(folder)
            if path.suffix not in {".html", ".py", ".pyc", ".yml"}:
                yield path.as_posix()
