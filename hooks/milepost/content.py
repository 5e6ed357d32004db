"""The pages that people write, in the folder `content`: which there are, and which entities their macros name.

A page whose front matter says `render_macros: true` may hold macros, `{{ progress("fixnado/M3") }}`, and nothing else
of the template language. They are read here without running them, so that a wrong one is named at its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from milepost.authored import AuthoredProse
from milepost.charts import CHARTS
from milepost.diagnostics import Diagnostic, Location, did_you_mean
from milepost.files import find_files, read_file, shown
from milepost.portal import Portal
from milepost.records.registers import REGISTERS
from milepost.source import Document, FieldMap, read

CONTENT_FOLDER = "content"
PAGE_ENDING = ".md"
LINE_END = re.compile("\r\n?")
# As MkDocs reads it: what it takes for front matter and this does not would reach the build unchecked.
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<fields>.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
NO_SENTENCES = re.compile(r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)|<!--.*?(?:-->|\Z)", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#[ \t]+(?P<words>.+?)[ \t#]*(?:\{[^}\n]*\})?[ \t]*$", re.MULTILINE)
NOT_LINE_END = re.compile(r"[^\n]")
TEMPLATE_FIELD = "render_macros"
MARK = re.compile(r"{{|{%")
TABLES = ("milestones", "tasks", *(register.name for register in REGISTERS))


class Argument(StrEnum):
    """What a macro's argument names."""

    ENTITY = "entity"
    PROGRAMME = "programme"
    TABLE = "table"
    CHART = "chart"


MACROS: Mapping[str, tuple[Argument, ...]] = {
    "chart": (Argument.PROGRAMME, Argument.CHART),
    "link": (Argument.ENTITY,),
    "overview": (),
    "progress": (Argument.ENTITY,),
    "status": (Argument.ENTITY,),
    "table": (Argument.PROGRAMME, Argument.TABLE),
}
"""The macros that authored pages can use, and what each of their arguments names."""


@dataclass(frozen=True, slots=True)
class MacroCall:
    """A macro as a page uses it, at its place."""

    name: str
    arguments: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class AuthoredPage:
    """A page that people wrote.

    path: relative to the project. route: where it is published. programme: the one that it tells of, if any, and where
    it says so. is_template: whether macros are run in it. calls: the macros that it uses. prose: its sentences.
    title: what it calls itself beside these, if so.
    """

    path: str
    route: str
    programme: str | None
    programme_location: Location
    is_template: bool
    calls: tuple[MacroCall, ...]
    prose: AuthoredProse
    title: str | None

    @property
    def said_title(self) -> str:
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
    diagnostics = list(files.diagnostics)
    for name in files.names:
        if not name.endswith(PAGE_ENDING):
            continue
        text = _text(project, name)
        if isinstance(text, Diagnostic):
            diagnostics.append(text)
            continue
        page, found = _read_page(shown(CONTENT_FOLDER, name), name, text)
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


def check_content(content: Content, portal: Portal) -> Iterator[Diagnostic]:
    """What authored pages name and the portal does not have."""
    for page in content.pages:
        slugs = [programme.slug for programme in portal.programmes]
        if page.programme is not None and page.programme not in slugs:
            yield _unknown(page.programme_location, "programme", page.programme, slugs)
        for call in page.calls:
            for kind, argument in zip(MACROS[call.name], call.arguments, strict=True):
                known = _known(kind, portal)
                if argument not in known:
                    yield _unknown(call.location, kind.value, argument, known)


def _known(kind: Argument, portal: Portal) -> list[str]:
    if kind is Argument.ENTITY:
        return [str(ref) for ref in portal.entities]
    if kind is Argument.PROGRAMME:
        return [programme.slug for programme in portal.programmes]
    return list(TABLES) if kind is Argument.TABLE else [chart.name for chart in CHARTS]


def _unknown(location: Location, kind: str, word: str, known: list[str]) -> Diagnostic:
    return Diagnostic.at(location, "unknown-reference", f"there is no {kind} {word}", did_you_mean(word, known))


def _read_page(path: str, name: str, text: str) -> tuple[AuthoredPage, list[Diagnostic]]:
    head = FRONT_MATTER.match(text)
    # The line of the opening mark is kept, so that the fields keep their lines.
    fields = read(path, ("\n" + head["fields"]).encode()) if head else Document(path, None, ())
    front = fields.value if isinstance(fields.value, FieldMap) else FieldMap(Location(path, 1, 1))
    calls: list[MacroCall] = []
    diagnostics = list(fields.diagnostics)
    is_template = front.get(TEMPLATE_FIELD) == "true"
    if front.get(TEMPLATE_FIELD) not in (None, "true", "false"):
        place = front.value_locations[TEMPLATE_FIELD]
        message = f"{TEMPLATE_FIELD} is neither true nor false"
        diagnostics.append(Diagnostic.at(place, "wrong-macro", message, "Write true or false."))
    if is_template:
        body = "\n" * text[: head.end()].count("\n") + text[head.end() :] if head else text
        for found in _calls(path, body):
            if isinstance(found, MacroCall):
                calls.append(found)
            else:
                diagnostics.append(found)
    programme = None if front.get("programme") is None else str(front.get("programme"))
    body = _blanked(head[0]) + text[head.end() :] if head else text
    prose = NO_SENTENCES.sub(lambda found: _blanked(found[0]), body)
    page = AuthoredPage(
        path=path,
        route=name.removesuffix(".md") + ".html",
        programme=programme,
        programme_location=front.value_locations.get("programme", Location(path, 1, 1)),
        is_template=is_template,
        calls=tuple(calls),
        prose=AuthoredProse(path, programme, prose),
        title=None if front.get("title") is None else str(front.get("title")),
    )
    return page, diagnostics


def _blanked(text: str) -> str:
    return NOT_LINE_END.sub(" ", text)


def _calls(path: str, body: str) -> Iterator[MacroCall | Diagnostic]:
    """Each macro of a page, or what is wrong with it."""
    lines = body.split("\n")
    marks_of: dict[int, list[int]] = {}
    try:
        tree = template_environment().parse(body)
    except TemplateSyntaxError as error:
        location = Location(path, error.lineno, 1)
        yield Diagnostic.at(location, "wrong-macro", f"this cannot be read as a macro: {error.message}", USAGE)
        return
    except (RecursionError, ValueError, OverflowError):
        # The template language's own reader gives up on brackets a thousand deep, and on numbers of as many digits.
        location, message = Location(path, 1, 1), "the macros of this page are too long, or too deep in one another"
        yield Diagnostic.at(location, "wrong-macro", message, USAGE)
        return
    seen: Counter[int] = Counter()
    for output in tree.body:
        children = output.nodes if isinstance(output, nodes.Output) else [output]
        for node in children:
            if not isinstance(node, nodes.TemplateData):
                # The template language knows lines only; the marks on a line come in the order of its macros.
                if node.lineno not in marks_of:
                    marks_of[node.lineno] = [found.start() + 1 for found in MARK.finditer(lines[node.lineno - 1])] or [
                        1
                    ]
                marks = marks_of[node.lineno]
                yield _call(node, Location(path, node.lineno, marks[min(seen[node.lineno], len(marks) - 1)]))
                seen[node.lineno] += 1


def _call(node: nodes.Node, location: Location) -> MacroCall | Diagnostic:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return Diagnostic.at(location, "wrong-macro", "only macros can stand here", USAGE)
    name = node.node.name
    if name not in MACROS:
        return Diagnostic.at(location, "wrong-macro", f"there is no macro {name}", did_you_mean(name, MACROS))
    constants = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
    arguments = tuple(argument for argument in constants if isinstance(argument, str))
    if len(arguments) != len(MACROS[name]) or len(node.args) != len(arguments) or node.kwargs:
        wanted = ", ".join(f'"{kind}"' for kind in MACROS[name])
        usage = f"{{{{ {name}({wanted}) }}}}"
        return Diagnostic.at(location, "wrong-macro", f"the macro {name} is used in another way", f"Write {usage}.")
    return MacroCall(name, arguments, location)


USAGE = 'Write macros such as {{ progress("fixnado/M3") }}; the handbook lists them.'


def template_environment() -> Environment:
    """The template language of authored pages: as the macros plugin is set up in mkdocs.yml."""
    return Environment(comment_start_string="<#", comment_end_string="#>", autoescape=True)
