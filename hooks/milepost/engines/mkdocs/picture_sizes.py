"""The size of each picture of the site, said where a page shows it, so that a page keeps its place for it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

BOX = re.compile(r'viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"')
SHOWN = re.compile(r'<img src="(?P<path>[^"#:]+\.svg)(?P<rest>(?:#[^"]*)?")(?![^>]* width=)')


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a picture, in whole pixels of CSS; browsers take the ratio of the two."""

    width: int
    height: int


def size_of(picture: str) -> Size | None:
    """The size that a drawing in SVG has; None where it says none."""
    box = BOX.search(picture)
    return Size(round(float(box["width"])), round(float(box["height"]))) if box else None


def with_sizes(html: str, route: str, sizes: Mapping[str, Size]) -> str:
    """The page at `route`, with the size of each drawing that it shows, by `sizes` of drawings by their routes."""

    def sized(shown: re.Match[str]) -> str:
        size = sizes.get(posixpath.normpath(posixpath.join(posixpath.dirname(route), shown["path"])))
        return f'{shown[0]} width="{size.width}" height="{size.height}"' if size else shown[0]

    return SHOWN.sub(sized, html)
