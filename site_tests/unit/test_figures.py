"""The names of figures: which there are, what each stands for, and that whatever cites one means it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest

from conftest import SmallProject
from milepost.check.rules import RULES, explain
from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.history.figure_table import figures, names
from milepost.history.timeline import Past, series
from milepost.model.events import events_from_data as told_by
from milepost.model.portal import Portal
from milepost.model.progress import rounded, shown
from milepost.report import Report, make_report
from milepost.site.charts import CHARTS, Chart, subject_of_programme
from milepost.site.pages.writer import PageWriter
from milepost.text.sentence import PERCENTAGE, SAID, Cited

NO_PAST = Past()
FILES = {
    "milestones": """\
        - id: M1
          includes: [T1]
          updates:
            - {date: 2025-01-10, text: Half., progress: 50}
            - {date: 2025-01-10, id: u2, text: More., progress: 60}
        - {id: M2, basis: criteria, exit_criteria: [{text: One., met: true}, {text: Two., met: false}]}
        """,
    "tasks": """\
        - id: T1
          title: Reach 80 % of all
          weight: 3
          subtasks: [{id: T1.1, progress: 100}, {id: T1.2, progress: 50}, {id: T1.3, progress: 50}, {id: T1.4}]
          sprints: [{id: S1, items: [{text: Do., progress: 30}, {text: Do more.}]}]
          updates: [{date: 2025-01-10, text: Began., progress: 20}]
        - id: T2
        """,
    "tracker": """\
        title: At 90 % of it
        rows: [{task: T2, date: 2025-01-20, progress: 40}]
        """,
}  # fmt: skip


def portal_of(project: SmallProject) -> Portal:
    portal = project.check().portal
    assert portal is not None, project.text
    return portal


@pytest.fixture
def portal(small_project: Callable[..., SmallProject]) -> Portal:
    return portal_of(small_project(None, **FILES))


@pytest.mark.parametrize(
    ("key", "figure"),
    [
        ("demo:computed", (Fraction(200, 3) + 50 + 40) / 3),
        ("demo/M1:computed", Fraction(200, 3)),
        ("demo/M1/2025-01-10:reported", 50),
        ("demo/M1/2025-01-10-u2:reported", 60),
        ("demo/M1/2025-01-10:dated", 60),
        ("demo/M2:computed", 50),
        ("demo/M2/exit-1:computed", 100),
        ("demo/M2/exit-2:computed", 0),
        ("demo/T1:computed", Fraction(200, 3)),
        ("demo/T1:by-sprints", 30),
        ("demo/T1.1:reported", 100),
        ("demo/S1:computed", 30),
        ("demo/S1/1:reported", 30),
        ("demo/T1/2025-01-10:reported", 20),
        ("demo/T1/2025-01-10:dated", 20),
        ("demo/T2:reported", 40),
        ("demo/T2:row", 40),
        ("demo/T2/2025-01-20:dated", 40),
        ("demo/M1/2025-01-10-u2/M1:before", 50),
        ("demo/M1/2025-01-10-u2/M1:after", 60),
        ("demo/2025-01-10:computed", 15),
        ("demo/2025-01-20:computed", 25),
    ],
)
def test_each_figure_has_its_name(portal: Portal, key: str, figure: Fraction | int) -> None:
    known = known_figures(portal)
    assert known.get(key) == figure, sorted(known)


def test_what_is_not_stated_has_no_name(portal: Portal) -> None:
    known = known_figures(portal)
    assert not {"demo:reported", "demo/T1:reported", "demo/T1.4:reported", "demo/S1/2:reported"} & set(known)
    assert all(0 <= figure <= 100 for figure in known.values())


def test_the_names_with_a_percentage_are_those_of_the_data(portal: Portal) -> None:
    assert names(portal) == ("Reach 80 % of all", "At 90 % of it")


def known_figures(portal: Portal) -> Mapping[str, Fraction]:
    return figures(portal, series(portal, NO_PAST), told_by(portal))


def agrees(portal: Portal, words: Cited) -> bool:
    """Whether each percentage of the words is a display of the figure that is named for it."""
    known, given = known_figures(portal), [found["figure"] for found in PERCENTAGE.finditer(words.text)]
    return len(given) == len(words.keys) and all(
        key == SAID or figure in (str(rounded(known[key])), shown(known[key]))
        for figure, key in zip(given, words.keys, strict=True)
    )


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_the_words_of_a_chart_name_their_figures(chart: Chart, portal: Portal, own_report: Report) -> None:
    told = 0
    for whole in (portal, own_report.portal):
        for programme in whole.programmes:
            data = chart.data(subject_of_programme(programme, told_by(whole), series(whole, NO_PAST)))
            if data is not None:
                text = chart.text(data)
                words = [text.finding, text.alternative, *(cell for row in text.rows for cell in row)]
                told += sum(len(entry.keys) for entry in words if isinstance(entry, Cited))
                assert all(agrees(whole, entry) for entry in words if isinstance(entry, Cited))
    assert (told > 0) == (chart.name in {"burn-up", "progress", "sprints"})


def test_a_percentage_in_the_title_of_a_programme_is_no_figure_of_a_chart(
    small_project: Callable[..., SmallProject],
) -> None:
    head = "id: demo\ntitle: 45 % and on\nowner: editor\nrecorded: 2026-01-01\n"
    portal = portal_of(small_project(None, **FILES, programme=head))
    burn_up = next(chart for chart in CHARTS if chart.name == "burn-up")
    data = burn_up.data(subject_of_programme(portal.programmes[0], (), series(portal, NO_PAST)))
    alternative = burn_up.text(data).alternative
    assert alternative.keys == (SAID, "demo/2025-01-10:computed", "demo/2025-01-20:computed")


def findings(rule: PortalRule, portal: Portal) -> list[Finding]:
    return list(rule.check(portal))


MORE_EXAMPLES = {
    "approved-with-open-work": {
        "milestones": "- {id: M1, progress: 90, approval: {date: 2025-01-10}, includes: [T1, T2, T3]}\n",
        "tasks": """\
            - {id: T1, progress: 7}
            - {id: T2, progress: 100}
            - {id: T3, subtasks: [{id: T3.1, progress: 8}]}
            """,
    },
    "complete-with-unmet-criteria": {
        "milestones": "- {id: M1, progress: 100, exit_criteria: [{text: One., met: false}]}\n",
    },
    "milestone-overdue": {
        "milestones": "- {id: M1, window: {start: 2025-01-01, end: 2025-01-02}, includes: [T1]}\n",
        "tasks": "- {id: T1, progress: 7}\n",
    },
    "progress-regression": {
        "tasks": "- {id: T1, updates: [{date: 2025-01-10, text: A., progress: 60}]}\n",
        "tracker": "rows: [{task: T1, date: 2025-01-12, progress: 40}]\n",
    },
    "prose-percentage": {
        "tasks": """\
            - id: T1
              progress: 60
              notes: [T1 stands at 80 %., T2 stands at 70 %., T4 stands at 70 %.]
              updates:
                - {date: 2025-01-10, text: T1 is at 30 %., progress: 60}
                - {date: 2025-01-12, text: T1 is at 31 %.}
            - {id: T2, subtasks: [{id: T2.1, progress: 33}, {id: T2.2, progress: 34}]}
            - {id: T4, progress: 50, sprints: [{id: S1, progress: 50}]}
            """,
    },
    "rollup-mismatch": {
        "tasks": """\
            - id: T1
              progress: 50
              subtasks: [{id: T1.1, progress: 0}, {id: T1.2, progress: 0}, {id: T1.3, progress: 50}]
              sprints: [{id: S1, progress: 90, items: [{text: Do., progress: 20}]}]
            """,
    },
    "started-before-dependency": {
        "tasks": "- {id: T1, progress: 8, depends_on: [T2]}\n- {id: T2, subtasks: [{id: T2.1, progress: 1}]}\n",
    },
    "status-mismatch": {
        "tasks": "- {id: T1, status: complete, subtasks: [{id: T1.1, progress: 50}]}\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("rule", [rule for rule in RULES if isinstance(rule, PortalRule)], ids=lambda rule: rule.name)
def test_the_messages_of_a_rule_name_their_figures(
    rule: PortalRule, small_project: Callable[..., SmallProject]
) -> None:
    """Its own example and one with more of its cases: the pages show these messages where they are accepted."""
    portal = portal_of(small_project(dict(explain(rule.name).examples)))
    assert all(agrees(portal, finding.cited) for finding in findings(rule, portal))
    if rule.name in MORE_EXAMPLES:
        portal = portal_of(small_project(None, **MORE_EXAMPLES[rule.name]))
        found = findings(rule, portal)
        assert any(finding.cites for finding in found)
        assert [finding.message for finding in found if not agrees(portal, finding.cited)] == []


class TestWritten:
    @pytest.fixture
    def writer(self, small_project: Callable[..., SmallProject]) -> PageWriter:
        return PageWriter(make_report(small_project(None, **FILES).check(), NO_PAST), "demo/index.html")

    def test_each_percentage_stands_with_its_name(self, writer: PageWriter) -> None:
        words = Cited("M1 <has> 66.67 %, said 70 %", ("demo/M1:computed", SAID))
        assert writer.cited(words) == (
            'M1 &lt;has&gt; <data class="percent" value="66.67" data-ref="demo/M1:computed">66.67 %</data>, '
            'said <span class="mp-said">70 %</span>'
        )

    def test_one_without_a_name_stays_bare_so_that_the_check_of_the_site_finds_it(self, writer: PageWriter) -> None:
        assert writer.cited("A & B at 5 %") == "A &amp; B at 5 %"

    def test_more_names_than_percentages_are_refused(self, writer: PageWriter) -> None:
        with pytest.raises(ValueError, match="fewer percentages"):
            writer.cited(Cited("A at 5 %", ("demo/T1:computed", "demo/T2:reported")))

    def test_a_sentence_with_a_percentage_is_marked_as_said(self, writer: PageWriter) -> None:
        assert writer.prose("[[demo/T1]] is < 5%.") == (
            '<span class="mp-said"><a class="mp-ref" href="T1.html">demo/T1</a> is &lt; 5%.</span>'
        )
        assert "mp-said" not in writer.prose("T1 has 5 parts.")
