"""The files of `content/` that are no pages: which of them a browser would run, or show in the place of the theme's.

They are published as they are, beside the pages and under the same address, where the pages' policy does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from milepost.data.files import read_file, shown
from milepost.data.theme_files import published_files
from milepost.diagnostics import Diagnostic, Location

RULE = "unsafe-file"
DOCUMENTS = frozenset(
    {".htm", ".html", ".xht", ".xhtml", ".shtml", ".mht", ".mhtml", ".xml", ".xsl", ".xslt", ".rdf", ".rss", ".atom"}
    | {".svgz", ".hta", ".mathml", ".mml"}
)
"""The endings of files that browsers open as documents, and run what they hold."""
OTHER_PAGES = frozenset({".markdown", ".mdown", ".mkdn", ".mkd"})
"""The endings that MkDocs takes for pages too."""
PICTURE = ".svg"
NAMESPACE_MARK = " "
RUNNING = frozenset({"script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio", "video"})
"""The elements of SVG that run something, or hold a document of another kind."""
ANIMATING = frozenset({"set", "animate", "animatetransform", "animatemotion"})
ADDRESSES = frozenset({"href", "src"})
OWN_ADDRESS = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp|avif)[;,])", re.IGNORECASE)
FOREIGN_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!\s*[\"']?#)|\\|expression\(", re.IGNORECASE)


def check_files(project: Path, folder: str, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What is wrong with the files `names` of `folder`, relative to it."""
    of_theme = {name.casefold(): name for name in published_files(project)}
    for name in names:
        place = Location(shown(folder, name), 1, 1)
        ending = PurePosixPath(name).suffix.lower()
        if name.casefold() in of_theme:
            message = f"this takes the place of a file of the theme: {of_theme[name.casefold()]}"
            yield Diagnostic.at(place, RULE, message, "Give the file another name.")
        elif ending in DOCUMENTS:
            message = f"a browser opens {ending} files as pages, and runs what they hold"
            hint = "Write it as a page in Markdown, or publish it elsewhere and link to it."
            yield Diagnostic.at(place, RULE, message, hint)
        elif ending in OTHER_PAGES:
            message = f"pages end in .md, and MkDocs makes a page of {ending} files too"
            yield Diagnostic.at(place, RULE, message, f"Rename it to {PurePosixPath(name).stem}.md.")
        elif ending == PICTURE:
            yield from _check_picture(project, folder, name)


def _check_picture(project: Path, folder: str, name: str) -> Iterator[Diagnostic]:
    content = read_file(project, folder, name)
    if isinstance(content, Diagnostic):
        yield content
        return
    for line, column, message in picture_faults(content):
        hint = "Take it out, or save the picture as PNG."
        yield Diagnostic.at(Location(shown(folder, name), line, column), RULE, message, hint)


def picture_faults(content: bytes) -> tuple[tuple[int, int, str], ...]:
    """What a picture in SVG would run or load from elsewhere: line, column (both 1-based) and what is wrong.

    What cannot be read as XML is one fault, at the place where reading ends.
    """
    reader = _PictureReader()
    try:
        reader.parser.ParseFile(BytesIO(content))
    except expat.ExpatError as error:
        reader.add(f"this cannot be read as SVG: {expat.ErrorString(error.code)}", error.lineno, error.offset + 1)
    except (LookupError, ValueError) as error:
        reader.add(f"this cannot be read as SVG: {error}", 1, 1)
    return tuple(reader.faults)


class _PictureReader:
    """Reads SVG and keeps what is wrong with it. Entities of its own are refused, so none is ever expanded."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, int, str]] = []
        self.in_style = False
        self.parser = expat.ParserCreate(namespace_separator=NAMESPACE_MARK)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.element
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def add(self, message: str, line: int = 0, column: int = 0) -> None:
        """Keep a fault, at the place that is being read unless another is given."""
        self.faults.append(
            (line or self.parser.CurrentLineNumber, column or self.parser.CurrentColumnNumber + 1, message)
        )

    def doctype(self, _name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
        """A document type is harmless, unless it declares something."""
        if has_declarations:
            self.add("the picture declares entities")

    def instruction(self, target: str, _data: str) -> None:
        """Outside of its elements, a picture can name a style sheet to load."""
        self.add(f"the picture holds a processing instruction: {target}")

    def element(self, name: str, attributes: dict[str, str]) -> None:
        """An element, by its name without its namespace."""
        tag = _local(name)
        if tag in RUNNING:
            self.add(f"the picture holds a {tag} element, which can run something")
        self.in_style = tag == "style"
        for written, value in attributes.items():
            attribute = _local(written)
            if attribute.startswith("on"):
                self.add(f"the picture runs something: {attribute}")
            elif attribute in ADDRESSES and not OWN_ADDRESS.match(value):
                self.add(f"the picture leads elsewhere, or loads from there: {attribute}")
            elif tag in ANIMATING and attribute == "attributename" and _changes_what_runs(value):
                self.add(f"the picture changes an attribute that can run something: {value.strip()}")
            elif FOREIGN_STYLE.search(value) and ("url" in value.lower() or attribute == "style"):
                self.add(f"the picture loads from elsewhere: {attribute}")

    def end(self, _name: str) -> None:
        """The end of an element."""
        self.in_style = False

    def text(self, text: str) -> None:
        """Text of an element; that of a style can load something."""
        if self.in_style and FOREIGN_STYLE.search(text):
            self.add("the picture's style loads from elsewhere")


def _local(name: str) -> str:
    return name.rpartition(NAMESPACE_MARK)[2].lower()


def _changes_what_runs(value: str) -> bool:
    name = value.strip().lower().rpartition(":")[2]
    return name.startswith("on") or name in ADDRESSES
