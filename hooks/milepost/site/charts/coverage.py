"""The coverage of a programme: which task works in which domain.

A filled square: the task says what it does there. The title names the domains that the fewest tasks cover. Left out
where no task says what it covers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from milepost.site.charts.descriptor import Chart, ChartText, Subject
from milepost.site.charts.drawing import Place, drawing
from milepost.site.charts.style import WIDTH, fitted, room_for
from milepost.text.plain import choose
from milepost.text.sentence import Cited, said_in

ROW_HEIGHT = 20.0
MOST_LABEL = 120.0
WIDEST_CELL = 60.0
GAP = 7.0
INSET = 1.5
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class CoverageData:
    """The domains of a programme, its tasks that cover any, and the pairs (domain, task) that are covered."""

    programme: str
    domains: tuple[str, ...]
    tasks: tuple[str, ...]
    covered: frozenset[tuple[str, str]]

    def covers(self, domain: str, task: str) -> bool:
        """Whether a task works in a domain."""
        return (domain, task) in self.covered


def data(subject: Subject) -> CoverageData | None:
    """The coverage of the programme; None where no task says what it covers."""
    programme = subject.programme
    covering = [task for task in programme.tasks if task.record.coverage]
    if not covering:
        return None
    domains = tuple(dict.fromkeys(domain for task in covering for domain in task.record.coverage))
    covered = frozenset((domain, task.ref.id) for task in covering for domain in task.record.coverage)
    return CoverageData(programme.record.title, domains, tuple(task.ref.id for task in covering), covered)


def text(chart: CoverageData) -> ChartText:
    """The coverage in words."""
    pairs = [(domain, task) for domain in chart.domains for task in chart.tasks]
    missing = ", ".join(f"{domain_name(domain)} by {task}" for domain, task in pairs if not chart.covers(domain, task))
    finding = _finding(chart)
    return ChartText(
        finding=Cited(finding),
        alternative=Cited(
            f"Coverage of {chart.programme}: {finding}." + (f" Not covered: {missing}." if missing else ""),
            said_in(chart.programme),
        ),
        header=("Domain", *chart.tasks),
        rows=tuple(
            (domain_name(domain), *("covered" if chart.covers(domain, task) else "" for task in chart.tasks))
            for domain in chart.domains
        ),
    )


def _finding(chart: CoverageData) -> str:
    tasks, domains = len(chart.tasks), len(chart.domains)
    all_tasks = f"All {tasks} tasks cover" if tasks > 1 else f"{chart.tasks[0]} covers"
    all_domains = f"all {domains} domains" if domains > 1 else domain_name(chart.domains[0])
    if len(chart.covered) == tasks * domains:
        return f"{all_tasks} {all_domains}"
    by_domain = {domain: sum(chart.covers(domain, task) for task in chart.tasks) for domain in chart.domains}
    fewest = min(by_domain.values())
    least = [domain_name(domain) for domain, count in by_domain.items() if count == fewest]
    names = " and ".join(least) if len(least) <= MOST_NAMED else f"{len(least)} of {domains} domains"
    return f"{names} {choose(len(least), 'is', 'are')} covered least, by {fewest} of {tasks} tasks"


def draw(chart: CoverageData, scheme_name: str) -> str:
    """The coverage as SVG: a filled square where a task covers a domain, an empty one where it does not.

    The tasks stand side by side where there is room for their names, else one below the other.
    """
    names = {domain: domain_name(domain) for domain in chart.domains}
    left = _labels(names.values())
    if left + len(chart.tasks) * (max(map(room_for, chart.tasks)) + GAP) <= WIDTH:
        cells = [[chart.covers(domain, task) for task in chart.tasks] for domain in chart.domains]
        return _draw(tuple(names.values()), chart.tasks, cells, scheme_name)
    cells = [[chart.covers(domain, task) for domain in chart.domains] for task in chart.tasks]
    return _draw(chart.tasks, tuple(names.values()), cells, scheme_name)


def _draw(rows: tuple[str, ...], columns: tuple[str, ...], cells: list[list[bool]], scheme_name: str) -> str:
    left = _labels(rows)
    width = min(WIDEST_CELL, (WIDTH - left) / len(columns))
    is_upright = max(map(room_for, columns)) + GAP > width
    top = _labels(columns) if is_upright else ROW_HEIGHT
    with drawing(top + len(rows) * ROW_HEIGHT, scheme_name) as drawn:
        for column, label in enumerate(columns):
            x = left + (column + 0.5) * width
            if is_upright:
                drawn.text(fitted(label, MOST_LABEL), (x, top - GAP / 2), upright=True)
            else:
                drawn.text(label, (x, top / 2), align="center")
        for row, label in enumerate(rows):
            y = top + row * ROW_HEIGHT
            drawn.text(fitted(label, left - GAP), (left - GAP, y + ROW_HEIGHT / 2), align="right")
        size = (max(width - 2 * INSET, INSET), ROW_HEIGHT - 2 * INSET)
        corners: dict[bool, list[Place]] = {True: [], False: []}
        for row, filled in enumerate(cells):
            for column, is_filled in enumerate(filled):
                corners[is_filled].append((left + column * width + INSET, top + row * ROW_HEIGHT + INSET))
        drawn.grid(corners[True], size, drawn.scheme.in_progress, name="covered")
        drawn.grid(corners[False], size, "none", outline=drawn.scheme.faint, name="not-covered")
        return drawn.svg()


def _labels(labels: Iterable[str]) -> float:
    return min(MOST_LABEL, max(map(room_for, labels))) + GAP


def domain_name(domain: str) -> str:
    """A domain as people write it."""
    return domain.upper() if domain == "api" else domain.replace("-", " ").capitalize()


CHART = Chart(
    name="coverage",
    summary="Which task works in which domain.",
    page="coverage",
    data=data,
    text=text,
    draw=draw,
)
