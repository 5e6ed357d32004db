"""What is to be cited: the latest snapshot that has a page, by any name that it had, and what is claimed of none."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import SmallProject
from milepost.data.records.snapshot import Snapshot
from milepost.history.timeline import Past, Published
from milepost.model.addresses import pages_of, titles_of
from milepost.model.events import events_from_data
from milepost.model.snapshot_info import SnapshotInfo
from milepost.report import Report, make_report
from milepost.site.citing import citable, cited_page, find

DATA = "d" * 64
RISKS = "- {id: R-01, description: Silt, status: open, owner: editor}\n"


def row(name: str, day: int) -> Snapshot:
    facts: dict[str, Any] = {
        "id": name, "date": date(2026, 3, day), "as_of": date(2026, 3, day - 1), "commit": name[0] * 40,
        "data": name[0] * 64, "payload": "f" * 64, "reason": "So.", "approved_by": "editor",
    }  # fmt: skip
    return Snapshot.model_construct(**facts)


@pytest.fixture
def report(small_project: Callable[..., SmallProject], tmp_path: Path) -> Report:
    """Two snapshots: `a` has T1 and T2, `b` T1 alone. Today T1 is called T9, and T3 is new."""

    def published(name: str, day: int, tasks: str) -> Published:
        checked = small_project(tasks=tasks, **{"registers/risks": RISKS}).check()
        assert checked.portal is not None
        return Published(
            row(name, day),
            checked.portal,
            pages_of(checked.portal, events_from_data(checked.portal)),
            titles_of(checked.portal),
        )

    first = published("a", 2, "- {id: T1, title: Dredge, owner: editor}\n- {id: T2, owner: editor}\n")
    second = published("b", 5, "- {id: T1, title: Dredge, owner: editor, subtasks: [{id: T1.1, title: Sound}]}\n")
    others = "".join(f"- {{id: {name}, owner: editor}}\n" for name in ("T2", "T3"))
    now = f"- {{id: T9, formerly: [T1], title: Deeper, owner: editor}}\n{others}"
    checked = small_project(tasks=now).check()
    assert checked.is_sound, tmp_path
    past = Past(published=(first, second))
    return make_report(checked, past, site_address="https://status.example/p/", data=DATA)


def csl(report: Report, route: str, title: str = "Any") -> dict[str, str]:
    forms = dict(cited_page(report, route, title).forms)
    item: dict[str, str] = json.loads(forms["CSL-JSON"])[0]
    return item


def test_the_latest_snapshot_that_has_a_page_is_cited(report: Report) -> None:
    both = csl(report, "demo/index.html")
    assert (both["version"], both["URL"]) == ("b", "https://status.example/p/s/b/demo/index.html")
    first_alone = csl(report, "demo/T2.html")
    assert (first_alone["version"], first_alone["title"]) == ("a", "T2 (Demo)")
    assert cited_page(report, "demo/T2.html", "Any").href == "../s/a/demo/T2.html"


def test_a_renamed_page_is_cited_by_the_name_that_it_had(report: Report) -> None:
    item = csl(report, "demo/T9.html", "T9 · Deeper (Demo)")
    assert (item["title"], item["URL"]) == ("T1 · Dredge (Demo)", "https://status.example/p/s/b/demo/T1.html")


def test_of_a_page_that_no_snapshot_has_nothing_is_claimed(report: Report) -> None:
    page = cited_page(report, "demo/T3.html", "T3 (Demo)")
    assert (page.href, page.note.startswith("This page changes")) == ("", True)
    item = csl(report, "demo/T3.html", "T3 (Demo)")
    assert "version" not in item
    assert (item["title"], item["URL"]) == ("T3 (Demo)", "https://status.example/p/demo/T3.html")
    assert item["note"].endswith(f"data (SHA-256) {DATA}")
    assert cited_page(replace(report, published=()), "demo/index.html", "Demo").href == ""


def test_a_frozen_page_cites_itself_though_older_snapshots_have_it(report: Report) -> None:
    frozen = SnapshotInfo(
        "c", date(2026, 3, 9), date(2026, 3, 8), "c" * 40, DATA, "https://status.example/p/s/c/", "", ""
    )
    item = csl(replace(report, frozen=frozen), "demo/T9.html", "T9 · Deeper (Demo)")
    assert (item["version"], item["title"]) == ("c", "T9 · Deeper (Demo)")
    assert item["URL"] == "https://status.example/p/s/c/demo/T9.html"
    assert "as of 8 Mar 2026, commit cccc" in item["note"]


def test_without_an_address_of_the_site_none_is_made_up(report: Report) -> None:
    nowhere = replace(report, site_address="")
    assert "URL" not in csl(nowhere, "demo/index.html")
    assert "URL" not in csl(nowhere, "demo/T3.html")
    frozen = SnapshotInfo("c", date(2026, 3, 9), date(2026, 3, 8), "c" * 40, DATA, "", "", "")
    assert "URL" not in csl(replace(nowhere, frozen=frozen), "demo/T3.html")
    # The link is relative, and holds wherever the site is.
    assert cited_page(nowhere, "demo/index.html", "Demo").href == "../s/b/demo/index.html"


def test_a_name_with_marks_in_it_makes_an_address_that_holds(report: Report) -> None:
    assert csl(report, "notes/a b%é.html")["URL"] == "https://status.example/p/notes/a%20b%25%C3%A9.html"


@pytest.mark.parametrize(
    ("target", "route"),
    [
        ("demo", "demo/index.html"),
        ("demo/T1", "demo/T1.html"),
        ("demo/T1.html", "demo/T1.html"),
        ("demo/T1.1", "demo/T1.html#T1.1"),
        ("demo/T1.html#T1.1", "demo/T1.html#T1.1"),
        ("demo/R-01", "demo/risks.html#R-01"),
        ("demo/risks.html", "demo/risks.html"),
        ("index.html", "index.html"),
        ("demo/T2", None),
        ("demo/T2.html", None),
        ("demo/T1.html#T9.9", None),
        ("demo/sprints.html", None),
        ("", None),
        ("../index.html", None),
        ("demo/", "demo/index.html"),
    ],
)
def test_a_thing_is_found_by_its_name_and_by_its_route(report: Report, target: str, route: str | None) -> None:
    found = find(report.published[1], target)
    assert (found.route if found else None) == route
    assert found is None or found.title != found.route


def test_all_that_is_said_to_be_citable_is(report: Report) -> None:
    for published in report.published:
        names = list(citable(published))
        assert len(names) > 15
        assert all(find(published, name) for name in names)
