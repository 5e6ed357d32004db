"""The coverage of a programme: which task works in which domain."""

from __future__ import annotations

from dataclasses import dataclass

from milepost.charts.descriptor import Chart, ChartText, Subject
from milepost.charts.style import SCHEMES, as_svg, drawing
from milepost.percentages import Cited

ROW_HEIGHT = 22.0
TOP = 26.0
BOTTOM = 4.0
LABEL_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class CoverageData:
    """The domains of a programme, its tasks that cover any, and the pairs (domain, task) that are covered."""

    programme: str
    domains: tuple[str, ...]
    tasks: tuple[str, ...]
    covered: frozenset[tuple[str, str]]


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
    missing = ", ".join(f"{domain} by {task}" for domain, task in pairs if (domain, task) not in chart.covered)
    finding = f"All {len(chart.tasks)} tasks cover all {len(chart.domains)} domains"
    if missing:
        finding = f"{len(chart.covered)} of {len(pairs)} pairs of domain and task are covered"
    return ChartText(
        finding=Cited(finding),
        alternative=Cited(
            f"Coverage of {chart.programme}: {finding}." + (f" Not covered: {missing}." if missing else "")
        ),
        header=("Domain", *chart.tasks),
        rows=tuple(
            (domain_name(domain), *("covered" if (domain, task) in chart.covered else "" for task in chart.tasks))
            for domain in chart.domains
        ),
    )


def draw(chart: CoverageData, scheme_name: str) -> str:
    """The coverage as SVG: a filled square where a task covers a domain, an empty one where it does not."""
    scheme = SCHEMES[scheme_name]
    height = TOP + len(chart.domains) * ROW_HEIGHT + BOTTOM
    with drawing(height) as figure:
        axes = figure.add_axes((LABEL_SHARE, BOTTOM / height, 0.98 - LABEL_SHARE, 1 - (TOP + BOTTOM) / height))
        axes.set_xlim(-0.5, len(chart.tasks) - 0.5)
        axes.set_ylim(len(chart.domains) - 0.5, -0.5)
        axes.set_axis_off()
        for column, task in enumerate(chart.tasks):
            axes.text(column, -0.7, task, ha="center", va="bottom", color=scheme.text)
        for row, domain in enumerate(chart.domains):
            axes.text(-0.7, row, domain_name(domain), ha="right", va="center", color=scheme.text)
            for column, task in enumerate(chart.tasks):
                filled = (domain, task) in chart.covered
                colour = scheme.progress if filled else "none"
                axes.barh(row, 0.8, left=column - 0.4, height=0.7, color=colour, edgecolor=scheme.faint, lw=0.6)
        return as_svg(figure)


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
