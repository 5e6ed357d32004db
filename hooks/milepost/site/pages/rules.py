"""The rules: a page each, from its own documentation, and a list of them all. Diagnostics link to these pages."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules import RULES, explain
from milepost.model import routes
from milepost.report import Report
from milepost.site.pages.descriptor import SEARCHED_LAST, Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """The list of rules, and a page for each."""
    told = [(rule, explain(rule.name)) for rule in RULES]
    yield PageWriter(report, routes.RULES).page(
        "rules",
        title="Rules",
        description="Everything that the check looks for: what each rule finds and why it matters.",
        search=SEARCHED_LAST,
        told=told,
    )
    for rule, about in told:
        yield PageWriter(report, routes.rule(rule.name)).page(
            "rule",
            title=rule.name,
            description=about.summary,
            rule=rule,
            about=about,
        )


KIND = PageKind("rules", "Everything that the check looks for, a page a rule.", make)
