"""The macros of an authored page: which there are, and where a page uses them. They are read, and never evaluated.

A page that says `render_macros: true` may hold macros, `{{ progress("fixnado/M3") }}`, and nothing else of the template
language. Reading gives the page's text in parts, each plain text or one macro with its arguments; what a macro shows
is put in its place part by part. So no expression of a page is ever run, and no name but those of the macros exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jinja2 import Environment, TemplateSyntaxError, nodes

from milepost.diagnostics import Diagnostic, Location, did_you_mean

RULE = "wrong-macro"
USAGE = 'Write macros such as {{ progress("fixnado/M3") }}; the handbook lists them.'
MARKS = frozenset({"variable_begin", "block_begin"})
"""What the template language calls the beginning of an expression or a statement."""
# The usual "{#" would begin a comment at each heading's {#anchor}.
LANGUAGE = Environment(comment_start_string="<#", comment_end_string="#>", keep_trailing_newline=True, autoescape=True)
"""The template language, of which only the reader is used."""


class Argument(StrEnum):
    """What a macro's argument names."""

    ENTITY = "entity"
    PROGRAMME = "programme"
    TABLE = "table"
    CHART = "chart"


class ChartName(StrEnum):
    """The charts that there are, here so that a check need not load what draws them."""

    ACTIVITY_CALENDAR = "activity-calendar"
    BURN_UP = "burn-up"
    COVERAGE = "coverage"
    PROGRESS = "progress"
    RISK_MATRIX = "risk-matrix"
    SPRINTS = "sprints"
    TIMELINE = "timeline"


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


Part = str | MacroCall
"""A piece of a page: text that is shown as it is, or a macro."""


def expanded(parts: Sequence[Part], show: Callable[[MacroCall], str]) -> str:
    """The text of a page with what `show` gives in the place of each macro."""
    return "".join(part if isinstance(part, str) else show(part) for part in parts)


def read_macros(path: str, body: str, first_line: int) -> tuple[tuple[Part, ...], tuple[Diagnostic, ...]]:
    """The parts of the page `path`, whose text begins at `first_line`, and what is wrong with its macros.

    What is wrong is no part of the page, and a page whose macros cannot be told apart is text as a whole.
    """
    read = tuple(_read(path, body, first_line))
    faults = tuple(part for part in read if isinstance(part, Diagnostic))
    return tuple(part for part in read if not isinstance(part, Diagnostic)), faults


def _read(path: str, body: str, first_line: int) -> Iterator[Part | Diagnostic]:
    try:
        tree = LANGUAGE.parse(body)
    except TemplateSyntaxError as error:
        location = Location(path, first_line + error.lineno - 1, 1)
        yield body
        yield Diagnostic.at(location, RULE, f"this cannot be read as a macro: {error.message}", USAGE)
        return
    except (RecursionError, ValueError, OverflowError):
        # The template language's own reader gives up on brackets a thousand deep, and on numbers of as many digits.
        message = "the macros of this page are too long, or too deep in one another"
        yield body
        yield Diagnostic.at(Location(path, first_line, 1), RULE, message, USAGE)
        return
    columns = _Columns(body)
    for output in tree.body:
        for node in output.nodes if isinstance(output, nodes.Output) else [output]:
            if isinstance(node, nodes.TemplateData):
                yield node.data
            else:
                line = _line_of(node)
                yield _call(node, Location(path, first_line + line - 1, columns.next_of(line)))


def _line_of(node: nodes.Node) -> int:
    """The line of a node, counted from 1; the template language leaves some to the nodes inside."""
    return next((each.lineno for each in (node, *node.find_all(nodes.Node)) if each.lineno), 1)


class _Columns:
    """Where on its line each macro begins: the nodes of the template language know lines only, in their order."""

    def __init__(self, body: str) -> None:
        self.columns: dict[int, list[int]] = {}
        end = 0
        for line, kind, written in LANGUAGE.lex(body):
            start = body.index(written, end)
            end = start + len(written)
            if kind in MARKS:
                self.columns.setdefault(line, []).append(start - body.rfind("\n", 0, start))

    def next_of(self, line: int) -> int:
        """The column of the next macro on `line`; both are counted from 1."""
        columns = self.columns.get(line, [])
        return columns.pop(0) if columns else 1


def _call(node: nodes.Node, location: Location) -> MacroCall | Diagnostic:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return Diagnostic.at(location, RULE, "only macros can stand here", USAGE)
    name = node.node.name
    if name not in MACROS:
        return Diagnostic.at(location, RULE, f"there is no macro {name}", did_you_mean(name, MACROS))
    constants = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
    arguments = tuple(argument for argument in constants if isinstance(argument, str))
    dynamic = node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None
    if len(arguments) != len(MACROS[name]) or len(node.args) != len(arguments) or dynamic:
        wanted = ", ".join(f'"{kind}"' for kind in MACROS[name])
        usage = f"{{{{ {name}({wanted}) }}}}"
        return Diagnostic.at(location, RULE, f"the macro {name} is used in another way", f"Write {usage}.")
    return MacroCall(name, arguments, location)
