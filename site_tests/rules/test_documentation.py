"""Each rule's documentation is executed: its example, written to a data folder, gives exactly its output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import TODAY, SmallProject, write_files
from milepost.check.links.check import check_external
from milepost.check.rules import RULES, ExternalRule, PublishedRule, Rule, SiteRule, explain, judge_published
from milepost.check.rules.documentation import documentation
from milepost.check.run import check_project
from milepost.check.site import check_site
from milepost.data.records.snapshot import Snapshot
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import as_text
from milepost.history.timeline import Past, Published
from milepost.model.addresses import pages_of
from milepost.model.portal import Portal
from milepost.report import make_report


def asked_offline(addresses: Sequence[str]) -> dict[str, str]:
    """What the addresses of the examples answer: what is gone says so, the rest is there."""
    return {address: "answers with status 404" for address in addresses if address.endswith("gone")}


def published_before(project: Path) -> tuple[Portal, frozenset[str], Published]:
    """The portal of `project` with its pages, and the snapshot of the examples: the same project, with a task T1."""
    now = check_project(project, TODAY).portal
    write_files(project, {"then/data/programmes/demo/tasks.yml": "- {id: T1, owner: editor}\n"})
    for name in ("portfolio.yml", "people.yml", "programmes/demo/programme.yml"):
        write_files(project, {f"then/data/{name}": (project / "data" / name).read_bytes()})
    then = check_project(project / "then", TODAY).portal
    assert now is not None
    assert then is not None
    row = Snapshot.model_construct(
        id="2026-01-31", date=TODAY, as_of=TODAY, commit="", data="", payload="", reason="", approved_by=""
    )
    return now, pages_of(now, ()), Published(row, then, pages_of(then, ()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_example_of_a_rule_gives_its_output(rule: Rule, small_project: Callable[..., SmallProject]) -> None:
    told = explain(rule.name)
    # The one example that is not UTF-8 spells its byte as an escape.
    files = {path: text.replace("\\xe9", "\udce9").encode("utf-8", "surrogateescape") for path, text in told.examples}
    project = small_project(files)
    if isinstance(rule, SiteRule):
        found = check_site(project.folder / "site", "https://demo.example/", make_report(project.check(), Past()))
        text = as_text(found, line_reader(("site/", project.folder / "site")))
    elif isinstance(rule, ExternalRule):
        assert project.diagnostics == (), "it must never run unasked"
        text = as_text(check_external(project.folder, asked_offline), line_reader(("", project.folder)))
    elif isinstance(rule, PublishedRule):
        text = as_text(judge_published(*published_before(project.folder)), line_reader(("", project.folder)))
    else:
        text = project.text
    assert text == told.output
    assert f"[{rule.name}]" in told.output


def test_a_rule_without_an_example_is_refused() -> None:
    with pytest.raises(ValueError, match="Example"):
        documentation("A rule.\n\nWhy: because.\n\nOutput:\n\n    nothing\n")
