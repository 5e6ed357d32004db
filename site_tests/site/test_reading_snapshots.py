"""How snapshots are read: on the site of today, in a frozen site, in its feeds; and how a build puts them back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from bs4 import BeautifulSoup
from test_snapshots import commit, git, kept, make_repository, milepost, snapshot

from commands import SHORT
from conftest import SITE_ADDRESS
from milepost.data.digests import files_below
from milepost.history.ledger_check import ledger_of

__all__ = ["kept"]


@pytest.fixture(scope="module")
def site(kept: Path) -> Path:
    """The site of today, with both snapshots in it."""
    done = milepost("build", "--whole-history", folder=kept)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "beside 2 snapshots, each as the ledger says" in " ".join(done.stdout.split())
    return kept / "site"


@pytest.fixture
def copy(kept: Path, tmp_path: Path) -> Path:
    """A copy of that repository without a site, to change; its bags stand beside it."""
    shutil.copytree(kept.parent, tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy/project/site", ignore_errors=True)
    return tmp_path / "copy/project"


def page(site: Path, route: str) -> BeautifulSoup:
    return BeautifulSoup((site / route).read_text("utf-8"), "html.parser")


def links(element: BeautifulSoup, selector: str) -> dict[str, str]:
    return {link.get_text().strip(): str(link["href"]) for link in element.select(f"{selector} a[href]")}


# The site of today


def test_every_snapshot_is_in_the_site_as_it_was_kept(kept: Path, site: Path) -> None:
    for name in ("one", "two"):
        bag = kept.parent / "bags" / name / "data/site"
        restored = [file for file in files_below(site / "s" / name) if file != "manifest-sha256.txt"]
        assert restored == list(files_below(bag))
        assert all((site / "s" / name / file).read_bytes() == (bag / file).read_bytes() for file in restored)
        proved = milepost("snapshot", "verify", str(site / "s" / name), folder=kept)
        assert proved.returncode == 0, proved.stdout


def test_the_handbook_of_a_snapshot_is_cited_from_its_bag(kept: Path, site: Path) -> None:
    """A page of today cannot know of it: what it says depends on the data alone, wherever the bags are."""
    route = "handbook/audit.html"
    assert (site / "s/two" / route).is_file()
    told = " ".join(str(page(site, route).select_one(".mp-cite")).split())
    assert "Each snapshot holds the handbook of its day." in told
    done = milepost("snapshot", "cite", route, "--site-address", SITE_ADDRESS, folder=kept)
    assert f"{SITE_ADDRESS}s/two/{route}" in done.stdout, done.stderr


def test_the_list_leads_to_each_its_page_and_what_happened_since(site: Path) -> None:
    told = page(site, "snapshots.html")
    rows = [[cell.get_text().strip() for cell in row.select("td")] for row in told.select("tbody tr")]
    assert [row[0] for row in rows] == ["two", "one"]
    assert "Corrects one." in rows[0][3]
    assert "Corrected by two." in rows[1][3]
    found = links(told, "table")
    assert found["one"] == "snapshots/one.html"
    assert found["Editor"] == "owners/editor.html"
    assert {"s/one/index.html", "snapshots/one/now.html", "s/two/index.html"} <= {
        str(link["href"]) for link in told.select("table a")
    }


def test_the_page_of_a_snapshot_tells_its_row_and_by_what_it_was_corrected_and_why(kept: Path, site: Path) -> None:
    rows = ledger_of(kept)
    assert rows is not None
    first, second = rows
    told = page(site, "snapshots/one.html")
    text = " ".join(told.get_text(" ").split())
    assert "Corrected by snapshot two , because: A mend." in text
    assert all(fact in text for fact in (first.commit, first.data, first.payload, first.digest, "The board’s meeting."))
    assert "None: this is the first row." in text
    assert links(told, "dd")[first.commit] == f"https://code.example/milepost/portal/commit/{first.commit}"
    later = page(site, "snapshots/two.html")
    assert second.previous == first.digest
    assert first.digest in later.get_text()
    assert links(later, "dl")["one"] == "one.html"
    assert later.select(".mp-correction") == []


def test_a_comparison_tells_what_happened_and_the_figures_of_both(site: Path) -> None:
    for route, after in (("snapshots/one/now.html", "demo/T1"), ("snapshots/two/before.html", "s/two/demo/T1")):
        told = page(site, route)
        assert "T1 moved from 10 % to 20 %." in " ".join(told.get_text().split())
        given = {(data["data-ref"], data["value"]) for data in told.select("table data")}
        assert {("s/one/demo/T1:reported", "10"), (f"{after}:reported", "20")} <= given
    assert "both say the same" in page(site, "snapshots/two/now.html").get_text()


WRONG_FIGURE = f"""\
{SHORT}
from milepost.history import figure_table

real = figure_table._of_portal
figure_table._of_portal = lambda portal: real(portal) | ({{key: 11 for key, it in real(portal).items() if it == 10}})
main(["build"])
"""


def test_a_figure_of_then_that_its_snapshot_does_not_have_ends_the_build(copy: Path) -> None:
    command = [sys.executable, "-c", WRONG_FIGURE]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the page shows 10 % as s/one/demo/T1:reported, which is 11 %" in " ".join(done.stderr.split())


def test_the_selector_leads_to_the_same_page_where_a_version_has_it(site: Path) -> None:
    assert links(page(site, "demo/T1.html"), ".mp-versions") == {
        "Current": "T1.html",
        "two": "../s/two/demo/T1.html",
        "one": "../s/one/demo/T1.html",
    }
    # The first snapshot knew of no other.
    found = links(page(site, "snapshots/one.html"), ".mp-versions")
    assert found == {"Current": "one.html", "two": "../s/two/snapshots/one.html", "one": "../s/one/index.html"}
    assert links(page(site, "404.html"), ".mp-versions")["one"] == "/s/one/index.html"
    for path in site.rglob("*.html"):
        if "s" not in path.relative_to(site).parts[:1]:
            for address in links(page(site, path.relative_to(site).as_posix()), ".mp-versions").values():
                target = urljoin(f"/{path.relative_to(site).as_posix()}", address)
                assert (site / target.lstrip("/")).is_file(), (path, address)


def test_the_list_of_versions_names_the_pages_of_each(site: Path) -> None:
    told = {entry["name"]: entry for entry in json.loads((site / "versions.json").read_text("utf-8"))["versions"]}
    assert [(entry["name"], entry["folder"]) for entry in told.values()] == [
        ("Current", ""),
        ("two", "s/two/"),
        ("one", "s/one/"),
    ]
    for entry in told.values():
        pages = set(entry["pages"])
        folder = site / entry["folder"]
        made = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
        assert pages <= made
        assert {"index.html", "demo/T1.html", "handbook/index.html"} <= pages
    assert not (site / "s/one/versions.json").exists()


def test_the_changelog_and_the_portfolios_feeds_tell_of_each_snapshot(site: Path) -> None:
    told = page(site, "changelog.html")
    heads = [head["id"] for head in told.select("h2")]
    assert heads[-2:] == ["snapshot-two", "snapshot-one"]
    for name in ("rss.xml", "atom.xml"):
        items = feedparser.parse((site / "feeds" / name).read_bytes()).entries
        (first,) = [item for item in items if item.link == f"{SITE_ADDRESS}snapshots/one.html"]
        assert first.id == "tag:demo.example,2026:snapshots/one"
        assert first.summary == "Snapshot one was published: The board’s meeting."
        assert first.published.startswith(("2026-10-24", "Sat, 24 Oct 2026"))
    items = json.loads((site / "feeds/feed.json").read_text("utf-8"))["items"]
    second = next(item for item in items if item["id"] == "tag:demo.example,2026:snapshots/two")
    assert second["summary"] == "Snapshot two was published: A mend."
    assert f'<a href="{SITE_ADDRESS}snapshots/one.html">one</a>' in second["content_html"]
    for name in ("demo", "owners/editor", "milestones"):
        assert "snapshots/" not in (site / "feeds" / name / "feed.json").read_text("utf-8")


# A frozen site


def test_a_frozen_page_leads_to_what_happened_since_and_to_no_other_snapshot_by_a_way_of_its_own(site: Path) -> None:
    frozen = site / "s/two"
    for path in sorted(frozen.rglob("*.html")):
        route = path.relative_to(frozen).as_posix()
        told = page(frozen, route)
        if told.select("meta[http-equiv=refresh]"):
            continue
        assert links(told, ".mp-frozen")["what happened since"] == f"{SITE_ADDRESS}snapshots/two/now.html"
        own = route if route != "404.html" else "index.html"
        assert links(told, ".mp-versions")["Current"] == SITE_ADDRESS + own
        assert list(links(told, ".mp-versions")) == ["Current", "two"]
        for link in told.select("a[href]"):
            target = urljoin(f"https://x.example/s/two/{route}", str(link["href"]))
            assert not target.startswith("https://x.example/") or target.startswith("https://x.example/s/two/")
    assert f"{SITE_ADDRESS}s/one/index.html" in links(page(frozen, "snapshots.html"), "table").values()


def test_a_frozen_page_announces_the_feeds_of_the_site_of_today(site: Path) -> None:
    for route, name in (("index.html", ""), ("demo/T1.html", "demo/"), ("404.html", "")):
        announced = [link["href"] for link in page(site / "s/one", route).select("link[rel~=feed]")]
        assert announced == [f"{SITE_ADDRESS}feeds/{name}{file}" for file in ("atom.xml", "feed.json", "rss.xml")]
    note = page(site / "s/one", "feeds.html").select_one(".mp-note")
    assert note is not None
    assert "get no new items" in note.get_text()
    assert f"{SITE_ADDRESS}feeds/atom.xml" in links(page(site / "s/one", "feeds.html"), "ol")


def test_where_no_address_is_known_a_frozen_page_leads_nowhere_else(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "project")
    settings = folder / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text("\n".join(line for line in text.splitlines() if not line.startswith("site_url:")), "utf-8")
    commit(folder)
    for request in (("one",), ("two", "--corrects", "one")):
        done = snapshot(folder, "create", *request, "--reason", "So.", "--approved-by", "editor")
        assert done.returncode == 0, done.stderr
        commit(folder)
    done = milepost("build", "--whole-history", folder=folder)
    assert done.returncode == 0, done.stderr
    told = page(folder / "site/s/two", "snapshots.html")
    assert told.select("link[rel~=feed], .mp-frozen a") == []
    assert links(told, ".mp-versions") == {"two": "snapshots.html"}
    row = next(row for row in told.select("tbody tr"))
    assert "The site as it was" in row.get_text()
    assert [link["href"] for link in row.select("td:last-child a")] == ["snapshots/one/now.html"]


# What a build puts back


def built(folder: Path, *arguments: str) -> tuple[int, str]:
    done = milepost("build", *arguments, folder=folder)
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_a_snapshot_that_is_not_at_hand_is_named_and_changes_no_other_page(copy: Path, site: Path) -> None:
    git(copy, "branch", "-D", "snapshots")
    code, words = built(copy)
    assert code == 0
    assert "not at hand: one, two. Get them: git fetch origin snapshots:snapshots" in words
    assert not (copy / "site/s").exists()
    others = [name for name in files_below(site) if not name.startswith("s/")]
    assert others == list(files_below(copy / "site"))
    assert [name for name in others if (copy / "site" / name).read_bytes() != (site / name).read_bytes()] == []
    code, words = built(copy, "--whole-history")
    assert code == 1
    assert "not at hand: one, two" in words
    assert "site/ is as it was" in words


def test_why_bags_are_not_at_hand_is_said_where_fetching_would_not_help(copy: Path) -> None:
    git(copy, "switch", "--quiet", "snapshots")
    (copy / "README").write_text("What this is.\n", "utf-8")
    commit(copy)
    git(copy, "switch", "--quiet", "main")
    why = "not at hand: one, two. The branch snapshots holds README, which is no snapshot; remove that there"
    for code, arguments in ((0, ()), (1, ("--whole-history",))):
        found, words = built(copy, *arguments)
        assert (found, why in words, "git fetch" in words) == (code, True, False)


def test_a_site_that_could_not_be_built_of_every_copy_is_not_published(copy: Path) -> None:
    """The history is begun anew, as where a branch was squashed: the commits of the rows are no part of it."""
    git(copy, "checkout", "--quiet", "--orphan", "squashed")
    commit(copy)
    code, words = built(copy, "--whole-history")
    assert code == 1
    assert "is no part of the history of this one" in words
    assert "git merge --strategy=ours" in words
    other = copy.parent / "other"
    git(copy.parent, "clone", "--quiet", "--branch=squashed", "--single-branch", f"file://{copy}", str(other))
    git(other, "fetch", "--quiet", "origin", "snapshots:snapshots")
    code, words = built(other, "--whole-history")
    assert code == 1
    assert "data/snapshots.yml names commits that are no part of the history of this one: one (commit " in words
    done = snapshot(other, "create", "three", "--reason", "So.", "--approved-by", "editor")
    assert done.returncode == 1
    assert "names commits that are no part of the history of this one: one (commit " in " ".join(done.stderr.split())
    code, words = built(other)
    assert code == 0, words


def test_a_snapshot_that_differs_ends_the_build_and_the_old_site_stands(copy: Path) -> None:
    tip = git(copy, "rev-parse", "snapshots").strip()
    (copy.parent / "bags/one/data/site/index.html").write_text("<p>Another.</p>", "utf-8")
    git(copy, "checkout", "--quiet", "snapshots")
    shutil.copy(copy.parent / "bags/one/data/site/index.html", copy / "one/data/site/index.html")
    commit(copy)
    git(copy, "checkout", "--quiet", "main")
    assert git(copy, "rev-parse", "snapshots").strip() != tip
    (copy / "site").mkdir()
    (copy / "site/index.html").write_text("The old one.", "utf-8")
    code, words = built(copy)
    assert code == 1
    assert "the snapshot one is not what it was:" in words
    assert "differs: data/site/index.html" in words
    assert (copy / "site/index.html").read_text("utf-8") == "The old one."


def test_a_fetched_branch_is_enough(copy: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(copy), str(tmp_path / "clone"))
    code, words = built(tmp_path / "clone", "--whole-history")
    assert code == 0, words
    assert (tmp_path / "clone/site/s/two/index.html").is_file()


def test_a_shallow_clone_says_that_it_has_nothing_to_compare_with(copy: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{copy}", str(tmp_path / "clone"))
    code, words = built(tmp_path / "clone")
    assert code == 0, words
    told = page(tmp_path / "clone/site", "snapshots/one/now.html")
    assert "the commit of one could not be read" in " ".join(told.get_text().split())
    assert links(told, ".mp-versions")["one"] == "../../s/one/index.html"


def test_without_a_snapshot_the_list_says_how_the_first_is_made(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "project")
    code, words = built(folder)
    assert code == 0, words
    told = page(folder / "site", "snapshots.html")
    assert "milepost snapshot create" in told.get_text()
    assert told.select(".mp-versions") == []
