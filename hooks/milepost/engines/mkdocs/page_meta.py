"""What a page says of itself beside its text, as the theme's templates are given it: they print it as it is.

So it must be HTML. That of a page that Milepost made is; that of a page that people wrote is text, all of it: not only
a title, but whatever a template may print.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any

from markupsafe import Markup, escape

AS_THEY_ARE = (bool, int, float, date, type(None))
PRINTED = ("title", "description")
"""The fields of a page that Milepost made which templates print."""


def made(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a page that Milepost made, marked as the HTML that they are: nothing escapes them again."""
    return {name: Markup(value) if name in PRINTED else value for name, value in fields.items()}  # noqa: S704  # its writer escaped it


def written(value: Any) -> Any:
    """What people wrote of a page, as HTML that shows it: texts escaped, in lists and fields too."""
    if isinstance(value, AS_THEY_ARE):
        return value
    if isinstance(value, Mapping):
        return {escape(str(name)): written(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [written(each) for each in value]
    return escape(str(value))


def heading(title: str) -> Markup:
    """A title that was taken from a heading, where the reader of Markdown left some of it escaped, as HTML."""
    return escape(unescape(title))
