"""Builds as a whole: a failed one leaves the old site as it was, and two of the same sources give the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import BASE_FILES, HOSTILE, SmallProject, milepost, milepost_process, write_files, write_project
from milepost.cli.swap import recover, replace_folder
from milepost.history.timeline import Past
from milepost.report import make_report
from milepost.site.build import build

OLD_SITE = {"index.html": "the old overview\n", "demo/M9.html": "an old page\n", "assets/old.css": "a { color: red }\n"}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def differing(first: Path, second: Path) -> list[str]:
    """The files that the two folders do not have alike."""
    one, other = tree(first), tree(second)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def with_old_site(folder: Path) -> Path:
    """A site/ in `folder` that an earlier build left."""
    write_files(folder / "site", OLD_SITE)
    return folder / "site"


def is_as_it_was(site: Path) -> bool:
    """Whether the old site stands, with nothing of a new one in it or beside it."""
    beside = sorted(path.name for path in site.parent.glob(".site*"))
    return tree(site) == {name: text.encode() for name, text in OLD_SITE.items()} and beside == []


def mkdocs(folder: Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run MkDocs alone, as a user would who has no `milepost` at hand."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


PAGE = "---\ntitle: Handbook\n---\n\n# Handbook\n\nHow to [audit](audit.md) it.\n"


@pytest.fixture
def small_copy(tmp_path: Path) -> Path:
    """A project with hardly any data and one page, so that building it is quick, and with an old site."""
    tasks = "- id: T1\n  progress: 45\n"
    files = {**BASE_FILES, "data/programmes/demo/tasks.yml": tasks, "content/handbook/index.md": PAGE}
    folder = write_project(tmp_path / "project", files)
    with_old_site(folder)
    return folder


# The data is wrong


def break_a_figure(project: Path) -> str:
    """Put one figure of the project out of range, and say where it stands."""
    name = "data/programmes/fixnado/tasks.yml"
    lines = (project / name).read_text("utf-8").split("\n")
    number = next(number for number, line in enumerate(lines) if line.startswith("  progress: "))
    lines[number] = "  progress: 450"
    (project / name).write_text("\n".join(lines), "utf-8")
    return f"{name}:{number + 1}:13: error[percentage-range] 450 is not between 0 and 100"


def test_an_error_in_the_data_is_named_at_its_place_and_leaves_the_old_site(project_copy: Path) -> None:
    site, finding = with_old_site(project_copy), break_a_figure(project_copy)
    done = milepost("build", folder=project_copy)
    assert done.returncode == 1
    assert finding in done.stdout
    assert "Nothing was built" in done.stderr
    assert is_as_it_was(site)


def test_mkdocs_alone_names_an_error_in_the_data_and_leaves_the_old_site(project_copy: Path) -> None:
    site, finding = with_old_site(project_copy), break_a_figure(project_copy)
    done = mkdocs(project_copy)
    assert done.returncode == 1
    assert finding in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert is_as_it_was(site)


def test_without_a_site_an_error_in_the_data_leaves_none(project_copy: Path) -> None:
    break_a_figure(project_copy)
    assert milepost("build", folder=project_copy).returncode == 1
    assert not (project_copy / "site").exists()


# MkDocs' part fails


def test_a_broken_link_on_an_authored_page_is_named_and_leaves_the_old_site(small_copy: Path) -> None:
    with (small_copy / "content/handbook/index.md").open("a", encoding="utf-8") as page:
        page.write("\n[Gone](gone.md)\n")
    done = milepost("build", folder=small_copy, handbook=False)
    assert done.returncode == 1
    assert "handbook/index.md" in done.stderr
    assert "gone.md" in done.stderr
    assert "Nothing was published; site/ is as it was." in done.stderr
    assert is_as_it_was(small_copy / "site")


def test_a_broken_link_in_raw_html_is_named_and_leaves_the_old_site(small_copy: Path) -> None:
    """MkDocs does not look at such links; Milepost's check of the built site does."""
    with (small_copy / "content/handbook/index.md").open("a", encoding="utf-8") as page:
        page.write('\n<p><a href="gone.html">Gone</a></p>\n')
    done = milepost("build", folder=small_copy, handbook=False)
    assert done.returncode == 1
    assert "site/handbook/index.html:" in done.stderr
    assert "error[broken-link]" in done.stderr
    assert is_as_it_was(small_copy / "site")


def test_a_broken_template_leaves_the_old_site(small_copy: Path) -> None:
    with (small_copy / "overrides/main.html").open("a", encoding="utf-8") as template:
        template.write("{% endfor %}\n")
    done = milepost_process("build", folder=small_copy, handbook=False)
    assert done.returncode == 1
    assert "endfor" in done.stderr
    assert is_as_it_was(small_copy / "site")


def test_a_broken_mkdocs_yml_is_told_in_words_and_leaves_the_old_site(small_copy: Path) -> None:
    with (small_copy / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\ntheme: [\n")
    done = milepost("build", folder=small_copy, handbook=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert is_as_it_was(small_copy / "site")


# It succeeds


def test_a_build_takes_the_place_of_the_old_site_whole(small_copy: Path) -> None:
    done = milepost("build", folder=small_copy, handbook=False)
    assert done.returncode == 0, done.stderr
    built = tree(small_copy / "site")
    assert {"index.html", "demo/index.html", "demo/T1.html", "feeds/demo/rss.xml", "portal.json"} <= built.keys()
    assert built.keys().isdisjoint({"demo/M9.html", "assets/old.css"})
    assert [path.name for path in small_copy.glob(".site*")] == []
    assert str(small_copy / "site" / "index.html") in done.stdout


@pytest.mark.parametrize("folder", [".", "data", "content"])
def test_a_site_folder_that_holds_the_sources_is_refused(folder: str, small_copy: Path) -> None:
    before = tree(small_copy)
    done = milepost("build", "--site", folder, folder=small_copy, handbook=False)
    assert tree(small_copy) == before, "the sources were replaced by the site"
    assert done.returncode == 2


def test_mkdocs_alone_builds_the_same_site(built_site: Path, project_copy: Path) -> None:
    done = mkdocs(project_copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert differing(built_site, project_copy / "site") == []


def a_locale_that_is_not_c() -> str:
    """A locale of this machine with other words and dates than C has; C.UTF-8 where it has none."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    others = [name for name in listed if "_" in name and name.lower().endswith(("utf8", "utf-8"))]
    return next((name for name in others if not name.startswith("en")), others[0] if others else "C.UTF-8")


@pytest.mark.thorough
def test_two_builds_in_other_folders_time_zones_and_locales_give_the_same_bytes(
    project_copy: Path, tmp_path: Path
) -> None:
    """Of the golden project, test_reproducible.py asks the same, each time."""
    second = tmp_path / "another" / "checkout of it"
    programme = project_copy / "data/programmes/fixnado/programme.yml"
    # With a first day, its plan in weeks becomes a calendar.
    programme.write_text(programme.read_text("utf-8") + "start: 2025-09-01\n", "utf-8")
    shutil.copytree(project_copy, second)
    for path in second.rglob("*"):
        # A fresh clone's files are of another moment.
        os.utime(path, (1_000_000_000, 1_000_000_000))
    machines = {
        project_copy: {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        second: {"TZ": "America/Lima", "LC_ALL": a_locale_that_is_not_c(), "PYTHONHASHSEED": "2"},
    }
    for folder, settings in machines.items():
        done = milepost_process("build", folder=folder, environment={**os.environ, **settings})
        assert done.returncode == 0, done.stdout + done.stderr
    assert differing(project_copy / "site", second / "site") == []
    feeds = {path.name for path in (second / "site/feeds").rglob("*")}
    assert {"atom.xml", "rss.xml", "feed.json", "feeds.opml", "calendar.ics"} <= feeds


# Text of the data


def test_text_that_holds_markup_script_and_templates_is_shown_and_never_becomes_any(hostile_site: Path) -> None:
    pages = sorted(hostile_site.rglob("*.html"))
    assert len(pages) >= 10
    shown = " ".join(HOSTILE.split())
    for path in pages:
        page = path.relative_to(hostile_site).as_posix()
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        assert soup.select("[onerror], img[src=x], a[href^='javascript:']") == [], page
        assert [script for script in soup.select("script") if "hit" in script.get_text()] == [], page
        assert str(7 * 191) not in soup.get_text(), f"{page}: a template of the data was evaluated"
        if page.startswith("demo/"):
            assert soup.select("article strong") == [], f"{page}: text of the data is read as Markdown"
            article = soup.select_one("main article")
            assert article is not None, page
            assert shown in " ".join(article.get_text().split()), page


@pytest.mark.parametrize("name", ["index.html", "demo/T1.html"])
def test_a_title_that_holds_markup_is_the_title_of_its_page_letter_by_letter(name: str, hostile_site: Path) -> None:
    title = BeautifulSoup((hostile_site / name).read_text("utf-8"), "html.parser").select_one("head title")
    assert title is not None
    assert HOSTILE in title.get_text()


# References


RENAMED = {
    "milestones": "- {id: M1, formerly: [M9]}\n- {id: M2}\n",
    "tasks": "- {id: T1, formerly: [T9]}\n- {id: T2}\n",
}


@pytest.mark.parametrize(
    ("kind", "text", "page", "holds"),
    [
        ("milestones", RENAMED["milestones"].replace("M2}", "M2, depends_on: [M9]}"), "demo/M2.md", 'href="M1.html"'),
        ("milestones", RENAMED["milestones"].replace("M2}", "M2, includes: [T9]}"), "demo/M2.md", 'href="T1.html"'),
        ("tasks", RENAMED["tasks"].replace("T2}", "T2, milestones: [M9]}"), "demo/M1.md", 'href="T2.html"'),
        ("tracker", "rows: [{task: T9, progress: 5}]\n", "demo/T1.md", "5 %"),
        ("tracker", "activity: [{date: 2026-01-01, text: Begun., refs: [T9]}]\n", "demo/tracker.md", 'href="T1.html"'),
    ],
    ids=["depends_on", "includes", "milestones", "row", "refs"],
)
def test_a_reference_by_a_former_id_is_refused_or_leads_to_the_entity(
    kind: str, text: str, page: str, holds: str, small_project: Callable[..., SmallProject]
) -> None:
    """Passed over in silence, it would drop a task from its milestone, or a figure from its task."""
    checked = small_project(**{**RENAMED, kind: text}).check()
    if checked.is_sound:
        made = {
            artifact.path: artifact.content
            for artifact in build(make_report(checked, Past(), site_address="https://built.example/"))
        }
        assert holds in made[page]
    else:
        assert {found.rule for found in checked.diagnostics} == {"unknown-reference"}


# The swap


def fill(folder: Path) -> None:
    write_files(folder, {"index.html": "new\n"})


def fail(folder: Path) -> None:
    fill(folder)
    raise OSError(28, "No space left on device")


def test_a_new_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = with_old_site(tmp_path)
    replace_folder(site, fill)
    assert tree(tmp_path) == {"site/index.html": b"new\n"}


def test_where_there_is_no_old_folder_the_new_one_is_made(tmp_path: Path) -> None:
    replace_folder(tmp_path / "site", fill)
    assert tree(tmp_path) == {"site/index.html": b"new\n"}


def test_the_old_folder_stands_while_the_new_one_is_made(tmp_path: Path) -> None:
    site = with_old_site(tmp_path)
    seen: list[str] = []

    def look_and_fill(folder: Path) -> None:
        fill(folder)
        seen.extend(tree(site))

    replace_folder(site, look_and_fill)
    assert sorted(seen) == sorted(OLD_SITE)


def test_a_full_disk_leaves_the_old_folder(tmp_path: Path) -> None:
    site = with_old_site(tmp_path)
    with pytest.raises(OSError, match="No space left"):
        replace_folder(site, fail)
    assert is_as_it_was(site)


def test_an_interrupted_run_leaves_the_old_folder(tmp_path: Path) -> None:
    site = with_old_site(tmp_path)

    def interrupt(folder: Path) -> None:
        fill(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_folder(site, interrupt)
    assert is_as_it_was(site)


def test_a_make_that_makes_nothing_leaves_the_old_folder(tmp_path: Path) -> None:
    """The old folder has been moved away by then, and must come back."""
    site = with_old_site(tmp_path)
    with pytest.raises(FileNotFoundError):
        replace_folder(site, lambda _: None)
    assert is_as_it_was(site)


def test_a_killed_run_leaves_the_old_folder_and_the_next_one_clears_up(tmp_path: Path) -> None:
    site = with_old_site(tmp_path)
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from milepost.cli.swap import replace_folder\n"
        "def make(folder):\n"
        "    folder.mkdir()\n"
        "    (folder / 'half.html').write_text('half of it')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "replace_folder(Path(sys.argv[1]), make)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(site)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert tree(site) == {name: text.encode() for name, text in OLD_SITE.items()}
    replace_folder(site, fill)
    assert tree(tmp_path) == {"site/index.html": b"new\n"}


def test_a_run_killed_between_the_two_renames_is_put_right(tmp_path: Path) -> None:
    """The old folder is set aside, the new one is ready but not yet in its place."""
    site = with_old_site(tmp_path)
    site.rename(tmp_path / ".site.old")
    fill(tmp_path / ".site.new")
    recover(site)
    assert tree(site) == {name: text.encode() for name, text in OLD_SITE.items()}


def test_a_failing_run_after_one_killed_between_the_two_renames_keeps_the_old_folder(tmp_path: Path) -> None:
    site = with_old_site(tmp_path)
    site.rename(tmp_path / ".site.old")
    fill(tmp_path / ".site.new")
    with pytest.raises(OSError, match="No space left"):
        replace_folder(site, fail)
    assert is_as_it_was(site)


def test_a_run_killed_after_the_two_renames_keeps_the_new_folder(tmp_path: Path) -> None:
    write_files(tmp_path / ".site.old", OLD_SITE)
    fill(tmp_path / "site")
    recover(tmp_path / "site")
    assert tree(tmp_path) == {"site/index.html": b"new\n"}
