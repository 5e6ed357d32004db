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
    own, *installed = theme_folders(project)
    return frozenset((*_published(own), *(name for folder in installed for name in _published_once(folder))))


def visible_files(folder: Path) -> Iterator[Path]:
    """The files below `folder`, but for those in hidden folders, such as the theme's icons."""
    for parent, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        yield from (Path(parent, name) for name in names)


def _published(folder: Path) -> tuple[str, ...]:
    """The paths of the files below `folder` that are no templates, relative to it."""
    found = (path for path in visible_files(folder) if path.suffix not in {".html", ".py", ".pyc", ".yml"})
    return tuple(path.relative_to(folder).as_posix() for path in found)


# What is installed does not change while a process runs; a project's own folder may, under a preview.
_published_once = cache(_published)
