"""The pages that people write, in the folder `content`: which there are, what is in them, and what is wrong there.

Each is read once, before the build: its front matter, its macros and its sentences. MkDocs is handed what was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from milepost.data.files import find_files, read_file, shown
from milepost.data.front_matter import check_fields, read_front_matter
from milepost.data.macro_calls import MacroCall, Part, read_macros
from milepost.data.page_files import check_files
from milepost.data.sentences_of_pages import AuthoredProse
from milepost.diagnostics import Diagnostic, Location

CONTENT_FOLDER = "content"
PAGE_ENDING = ".md"
LINE_END = re.compile("\r\n?")
NO_SENTENCES = re.compile(r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)|<!--.*?(?:-->|\Z)", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#[ \t]+(?P<words>.+?)[ \t#]*(?:\{[^}\n]*\})?[ \t]*$", re.MULTILINE)
NOT_LINE_END = re.compile(r"[^\n]")
TEMPLATE_FIELD = "render_macros"


@dataclass(frozen=True, slots=True)
class AuthoredPage:
    """A page that people wrote."""

    path: str
    """Relative to the project, with forward slashes."""
    source: str
    """Relative to the folder of pages: how MkDocs names it."""
    route: str
    """Where it is published."""
    fields: Mapping[str, Any]
    """Its front matter, as MkDocs reads it."""
    body: str
    """Its text, as MkDocs reads it: what is behind the front matter."""
    parts: tuple[Part, ...]
    """The same in parts: plain text, and the macros that it uses."""
    programme: str | None
    """The programme that it is the narrative of, if any."""
    programme_location: Location
    """Where it says so."""
    prose: AuthoredProse
    """Its sentences."""
    title: str | None
    """What its front matter calls it, if it does."""

    @property
    def calls(self) -> tuple[MacroCall, ...]:
        """The macros that it uses."""
        return tuple(part for part in self.parts if isinstance(part, MacroCall))

    @property
    def shown_title(self) -> str:
        """What readers see it called: as it says beside its sentences, else by its first heading, else by its name."""
        if self.title:
            return self.title
        found = HEADING.search(self.prose.text)
        return found["words"] if found else self.route.rpartition("/")[2].removesuffix(".html")


@dataclass(frozen=True, slots=True)
class Content:
    """All authored pages, what is wrong with them as texts, and the names of all files beside and among them."""

    pages: tuple[AuthoredPage, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...] = ()

    def narrative_of(self, slug: str) -> AuthoredPage | None:
        """The page that tells of a programme."""
        return next((page for page in self.pages if page.programme == slug), None)


NO_CONTENT = Content((), ())


def read_content(project: Path) -> Content:
    """Read every authored page of `project`."""
    files = find_files(project, CONTENT_FOLDER)
    pages: list[AuthoredPage] = []
    diagnostics = [*files.diagnostics, *check_files(project, CONTENT_FOLDER, files.names)]
    for name in files.names:
        if not name.endswith(PAGE_ENDING):
            continue
        text = _text(project, name)
        if isinstance(text, Diagnostic):
            diagnostics.append(text)
            continue
        page, found = _read_page(project, name, text)
        pages.append(page)
        diagnostics += found
    return Content(tuple(pages), tuple(diagnostics), files.names)


def _text(project: Path, name: str) -> str | Diagnostic:
    """The text of a page, its lines ended as MkDocs ends them, or why there is none."""
    content = read_file(project, CONTENT_FOLDER, name)
    if isinstance(content, Diagnostic):
        return content
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        location, hint = Location(shown(CONTENT_FOLDER, name), 1, 1), "Save the file as UTF-8."
        return Diagnostic.at(location, "not-utf8", "the page is not UTF-8 text", hint)
    return LINE_END.sub("\n", text)


def _read_page(project: Path, name: str, text: str) -> tuple[AuthoredPage, tuple[Diagnostic, ...]]:
    path = shown(CONTENT_FOLDER, name)
    front = read_front_matter(path, text)
    head, body = text.removesuffix(front.body), front.body
    parts: tuple[Part, ...] = (body,)
    faults = (*front.diagnostics, *check_fields(project, front))
    if front.values.get(TEMPLATE_FIELD) is True:
        parts, wrong = read_macros(path, body, head.count("\n") + 1)
        faults = (*faults, *wrong)
    programme = front.text("programme")
    page = AuthoredPage(
        path=path,
        source=name,
        route=name.removesuffix(PAGE_ENDING) + ".html",
        fields=front.values,
        body=body,
        parts=parts,
        programme=programme,
        programme_location=front.written.value_locations.get("programme", Location(path, 1, 1)),
        prose=AuthoredProse(path, programme, NO_SENTENCES.sub(lambda found: _blanked(found[0]), _blanked(head) + body)),
        title=front.text("title"),
    )
    return page, faults


def _blanked(text: str) -> str:
    return NOT_LINE_END.sub(" ", text)
