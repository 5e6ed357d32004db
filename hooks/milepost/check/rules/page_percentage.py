"""A percentage on a built page, in a bar or in a chart that the data does not give.

Why: a page is where figures are believed. A template, a theme or a plugin can show an old figure, a wrong one, or one
that nobody can trace to a line of data, and no check of the data sees that. So each percentage names its figure, and is
compared with it. Code is left alone, and what sentences say is for prose-percentage to judge.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 45

and in `site/index.html`:

    <!doctype html>
    <p>T1 stands at <data class="percent" value="60" data-ref="demo/T1:reported">60 %</data>.</p>
    <p>About 80 % is done.</p>

Output:

    site/index.html:2:1: error[page-percentage] the page shows 60 % as demo/T1:reported, which is 45 %
      2 | <p>T1 stands at <data class="percent" value="60" data-ref="demo/T1:reported">60 %</data>.</p>
        | ^
      Take the figure from the data, where the page is made.
    site/index.html:3:1: error[page-percentage] 80 % names no figure of the data
      3 | <p>About 80 % is done.</p>
        | ^
      Name its figure beside it, as the other percentages do: <data class="percent" value="80" data-ref="...">80 %</data>.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milepost.check.built_site import BuiltSite, Expected, Mark, SiteBar, SiteFile, Statement
from milepost.check.rules.addresses import site_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic
from milepost.model.progress import rounded, shown
from milepost.model.routes import is_chart
from milepost.text.plain import counted
from milepost.text.sentence import PERCENTAGE, SAID

NAME = "page-percentage"
FROM_DATA = "Take the figure from the data, where the page is made."


@dataclass(frozen=True, slots=True)
class _Display:
    """A figure as pages may show it: exact to two digits, and whole; both without a sign."""

    exact: str
    whole: str


class _Model:
    """What the data says, for many questions: pages repeat their figures, and the names of things."""

    def __init__(self, expected: Expected) -> None:
        self.expected = expected
        self.names = frozenset(expected.names)
        self.displays = {key: _Display(shown(figure), str(rounded(figure))) for key, figure in expected.figures.items()}

    def without_names(self, text: str) -> str:
        """`text` without the titles and other names in it."""
        # Most stand alone, and there may be as many as tasks.
        if text in self.names:
            return ""
        for name in self.expected.names:
            text = text.replace(name, "")
        return text

    def said_on(self, route: str) -> frozenset[str]:
        """The percentages that the page says in words which people wrote."""
        return self.expected.written.get(route, frozenset())


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each percentage, and each bar, that differs from the figure which it names, or that names none."""
    model = _Model(site.expected)
    for file in (*site.pages, *site.charts):
        for statement in file.statements:
            for message, hint in _of_statement(statement, file.route, model):
                yield _diagnostic(file, statement, message, hint)
    for page in site.pages:
        for bar in page.bars:
            message = _of_bar(bar, model)
            if message:
                yield _diagnostic(page, bar, message, FROM_DATA)


def _diagnostic(file: SiteFile, found: Statement | SiteBar, message: str, hint: str) -> Diagnostic:
    return site_diagnostic(NAME, file.route, file.line_of_mark(found.mark), message, hint)


def _of_statement(statement: Statement, route: str, model: _Model) -> Iterator[tuple[str, str]]:
    """What is wrong with a statement, and what to do about it."""
    text, keys = statement.text, statement.keys
    if not keys:
        yield from (_uncited(figure, statement.mark, route) for figure in _uncited_figures(statement, route, model))
        return
    given = [found["figure"] for found in PERCENTAGE.finditer(text)]
    if len(given) != len(keys):
        message = f"{counted(len(given), 'percentage')} cannot be the {counted(len(keys), 'figure')} {' '.join(keys)}"
        yield message, "Write each percentage with its sign, and name each of them once, in their order."
        return
    for figure, key in zip(given, keys, strict=True):
        is_said = key == SAID and statement.value is None
        message = "" if is_said else _of_figure(figure, key, statement.value, model.displays.get(key))
        if message:
            yield message, FROM_DATA


def _uncited_figures(statement: Statement, route: str, model: _Model) -> Iterator[str]:
    """The percentages of a statement that stand neither in a name nor in the sentences of a page that people wrote."""
    said = model.said_on(route) if statement.value is None else frozenset()
    given = (found["figure"] for found in PERCENTAGE.finditer(model.without_names(statement.text)))
    yield from (figure for figure in given if figure not in said)


def _of_figure(given: str, key: str, value: str | None, figure: _Display | None) -> str:
    """What is wrong with a percentage that names its figure; empty where nothing is."""
    if figure is None:
        return f"the page shows {given} % as {key}, which the data does not have"
    if given not in (figure.whole, figure.exact):
        return f"the page shows {given} % as {key}, which is {figure.exact} %"
    if value is not None and value != given:
        return f"the page shows {given} % as {key}, but tells programs that it is {value or 'nothing'}"
    return ""


def _uncited(figure: str, mark: Mark, route: str) -> tuple[str, str]:
    element = f'<data class="percent" value="{figure}" data-ref="...">{figure} %</data>'
    hint = f"Name its figure beside it, as the other percentages do: {element}."
    if is_chart(route):
        hint = "Name its figure in the id of its mark, as the other texts of the chart do."
    elif mark.attribute == "alt":
        hint = "Name its figure in the element's data-ref, as the charts do."
    elif mark.attribute in ("aria-label", "title"):
        hint = "Say it in the text of the page, where it can name its figure."
    return f"{figure} % names no figure of the data", hint


def _of_bar(bar: SiteBar, model: _Model) -> str:
    """What is wrong with a bar; empty where nothing is."""
    if not bar.ref:
        return "a bar names no entity of the data"
    reported, computed = (model.displays.get(f"{bar.ref}:{kind}") for kind in ("reported", "computed"))
    ends = sorted(int(figure.whole) for figure in (reported, computed) if figure is not None)
    if not ends:
        return f"a bar shows a figure of {bar.ref}, which the data does not have"
    filled, width = f"{ends[0]}%", ends[-1] - ends[0]
    between = (filled, f"{width}%") if width else None
    tick = f"{reported.whole}%" if reported else None
    if (bar.filled, bar.between, bar.tick) == (filled, between, tick):
        return ""
    return (
        f"the bar of {bar.ref} is drawn at {_drawn(bar.filled, bar.between, bar.tick)}, "
        f"its figures at {_drawn(filled, between, tick)}"
    )


def _drawn(filled: str | None, between: tuple[str | None, str | None] | None, tick: str | None) -> str:
    return ", ".join(place for place in (filled, *(between or ()), tick) if place)


RULE = SiteRule(NAME, check)
