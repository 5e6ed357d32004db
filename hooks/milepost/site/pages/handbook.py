"""The handbook that comes with Milepost; a portal that has its own page of the same name shows that instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from milepost.data.resources import HANDBOOK_FOLDER
from milepost.model import routes
from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind

TITLE = re.compile(r"^title: (?P<title>.+)$", re.MULTILINE)


def make(_: Report) -> Iterator[Page]:
    """Each page as it was written."""
    for path in sorted(HANDBOOK_FOLDER.glob("*.md")):
        text = path.read_text("utf-8")
        title = TITLE.search(text)
        if title is None:
            raise ValueError(f"the page {path.name} of the handbook has no title")
        yield Page(routes.handbook(path.stem), title["title"], None, text)


KIND = PageKind("handbook", "How to read, correct, follow, cite and run the portal.", make)
