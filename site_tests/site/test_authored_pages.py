"""Pages that people write: what they say of themselves is text, and what would act by itself ends the build."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import BASE_FILES, FIVE, milepost, write_files, write_project
from milepost.check import run
from milepost.data.pages import Content, read_content
from milepost.engines.mkdocs.run import BuildError, build_site
from milepost.engines.mkdocs.state import Request
from ways_out import WAYS_OUT

TITLE = 'A "big" </title><b>plan</b> & more'
SUM = "{{ 7 * 19193 }}"
RUNS = '{{ cycler.__init__.__globals__.os.system("touch ran") }}'
INDEX = """\
- [One](honest.md)
- [Two](heading.md)
- [Three](<a" onclick="x.md>)
"""
HONEST = {
    "content/honest.md": f"---\ntitle: '{TITLE}'\ndescription: '{TITLE}'\nauthor: '{TITLE}'\nsubtitle: '{TITLE}'\n"
    "---\n\nText.\n",
    "content/heading.md": '# The "big" plan &lt;/title&gt;&lt;b&gt; & `a < b`\n\nText.\n',
    'content/a" onclick="x.md': "Text.\n",
    "content/all.md": INDEX,
}
SMUGGLING = {
    "content/body.md": "# Body\n\n</article></div></div><script>alert('body')</script>\n",
    "content/title.md": "---\ntitle: '\"><script>alert(1)</script>'\n---\n\nText.\n",
    "content/script.md": '# Script\n\n<script type="module">alert("module")</script>\n',
    "content/handler.md": '# Handler\n\n<p onclick="alert(3)">Text</p>\n',
    "content/refresh.md": '# On\n\n<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">\n',
    "content/frame.md": '# Frame\n\n<iframe src="https://elsewhere.example/"></iframe>\n',
    "content/base.md": '# Base\n\n<base href="https://elsewhere.example/">\n',
    "content/form.md": '# Form\n\n<form action="https://elsewhere.example/"><button>Send</button></form>\n',
    "content/file.md": '# File\n\n<script src="runs.txt"></script>\n',
    "content/runs.txt": "alert(5)\n",
}


def small(folder: Path) -> Path:
    """The project with hardly any data, so that building it is quick."""
    project = write_project(folder / "project", {})
    shutil.copy(FIVE / "content/index.md", project / "content")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("extra_javascript:\n", "extra_javascript:\n  - listed.js\n")
    write_files(
        project,
        {**BASE_FILES, "content/listed.js": "window.isListed = true\n", "mkdocs.yml": f"{settings}  - All: all.md\n"},
    )
    return project


class Unobserved:
    """Nobody wants to know how far the build is."""

    def expect(self, steps: int) -> None: ...

    def advance(self) -> None: ...


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small(tmp_path_factory.mktemp("honest"))
    write_files(project, HONEST)
    done = milepost("build", folder=project, handbook=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def read(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_text("utf-8"), "html.parser")


def test_what_a_page_says_of_itself_in_front_matter_is_shown_as_it_is_written(site: Path) -> None:
    page = read(site, "honest.html")
    assert page.title is not None
    assert page.title.text == f"{TITLE} - Demo portfolio"
    for name in ("description", "author"):
        assert [found["content"] for found in page.select(f"meta[name={name}]")] == [TITLE]
    for name in ("og:title", "og:description"):
        assert [found["content"] for found in page.select(f"meta[property='{name}']")] == [TITLE]
    assert [found.text for found in page.select("h1")] == [TITLE]
    assert [found.text.strip() for found in page.select(".md-header__topic")][1:] == [TITLE]
    assert page.select("b") == []


def test_a_title_that_is_a_heading_is_shown_as_it_is_written(site: Path) -> None:
    page, title = read(site, "heading.html"), 'The "big" plan </title><b> & a < b'
    assert page.title is not None
    assert page.title.text == f"{title} - Demo portfolio"
    assert [found["content"] for found in page.select("meta[property='og:title']")] == [title]
    assert page.select("b") == []


def test_an_address_is_an_address_whatever_its_file_is_called(site: Path) -> None:
    page = read(site, 'a" onclick="x.html')
    assert page.select("[onclick]") == []


def test_what_acts_by_itself_ends_the_build_and_each_is_named_with_its_page(tmp_path: Path) -> None:
    project = small(tmp_path)
    pages = sorted(Path(name).name for name in SMUGGLING if name.endswith(".md"))
    listed = "".join(f"- [{name}]({name})\n" for name in pages)
    write_files(project, {**SMUGGLING, "content/all.md": listed})
    done = milepost("build", folder=project, handbook=False)
    told = [line for line in done.stderr.splitlines() if "error[" in line]
    found = {line.partition(":")[0].rpartition("/")[2]: line.partition("error")[2] for line in told}
    assert done.returncode == 1
    assert {line.partition("[")[2].partition("]")[0] for line in told} == {"unsafe-element"}, done.stderr
    # What a title holds is shown as text.
    assert sorted(found) == [name.replace(".md", ".html") for name in pages if name != "title.md"]
    assert "a script that is not the theme's stands on the page: alert('body')" in found["body.html"]
    assert not (project / "site").exists()


UNREAD = {
    "a day that is none": f"---\nday: 2026-02-30\nrender_macros: true\ntitle: Note {SUM}\n---\n\n{SUM} {RUNS}\n",
    "a value that is none": f"---\nx: =\nrender_macros: true\n---\n\n{SUM} {RUNS}\n",
    "a title": f"---\nrender_macros: true\ntitle: 'Note {SUM} {RUNS}'\n---\n\nText.\n",
    "a heading": f"---\nrender_macros: true\n---\n\n# Note {{% raw %}}{SUM} {RUNS}{{% endraw %}}\n",
    "no macros": f"# Note {SUM}\n\n{SUM} {RUNS}\n",
}


def test_no_expression_of_a_page_is_run_even_where_no_check_has_refused_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build is handed every page as if the check had found nothing wrong with it."""
    project = small(tmp_path)
    ways = {name: f"---\nrender_macros: true\n---\n\n# Note\n\nText: {way}\n" for name, way in WAYS_OUT.items()}
    names = {f"{number}.md": text for number, text in enumerate({**UNREAD, **ways}.values())}
    listed = "".join(f"- [{name}]({name})\n" for name in names)
    write_files(project, {f"content/{name}": text.encode() for name, text in names.items()})
    write_files(project, {"content/all.md": listed})
    monkeypatch.setattr(run, "read_content", lambda folder: replace(read_content(folder), diagnostics=()))
    monkeypatch.chdir(project)
    build_site(project, project / "site", Request(date(2026, 3, 15)), Unobserved())
    assert not (project / "ran").exists()
    for name, written in names.items():
        text = read(project / "site", name.replace(".md", ".html")).text
        assert "134351" not in text, written
        assert "MilepostConfig" not in text
        assert "__globals__" not in text or "touch ran" in text, "an expression is shown as it was written"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# The plan {#plan}", "The plan"),
        ("# The `{{ plan }}`", "The {{ plan }}"),
        ('# Of {{ link("demo") }}', "Of Demo"),
    ],
)
def test_a_page_is_called_by_the_words_of_its_heading(heading: str, title: str, tmp_path: Path) -> None:
    project = small(tmp_path)
    fields = "---\nrender_macros: true\n---\n\n" if "link" in heading else ""
    write_files(project, {"content/all.md": "- [One](one.md)\n", "content/one.md": f"{fields}{heading}\n\nText.\n"})
    done = milepost("build", folder=project, handbook=False)
    assert done.returncode == 0, done.stdout + done.stderr
    page = read(project / "site", "one.html").title
    assert page is not None
    assert page.text.partition(" - ")[0] == title


def test_a_page_that_changes_after_the_check_is_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = small(tmp_path)
    write_files(project, {"content/all.md": "- [One](note.md)\n", "content/note.md": "# Note\n"})

    def read_and_change(folder: Path) -> Content:
        content = read_content(folder)
        write_files(folder, {"content/note.md": f"# Note\n\n{RUNS}\n"})
        return content

    monkeypatch.setattr(run, "read_content", read_and_change)
    with pytest.raises(BuildError, match=r"content/note\.md has changed since it was checked\. Build again\."):
        build_site(project, project / "site", Request(date(2026, 3, 15)), Unobserved())


def test_macros_of_a_page_need_the_plugin(tmp_path: Path) -> None:
    project = small(tmp_path)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    assert "[milepost.engines.mkdocs.macros]" in settings
    write_files(project, {"mkdocs.yml": settings.replace("[milepost.engines.mkdocs.macros]", "[]")})
    write_files(project, {"content/all.md": "---\nrender_macros: true\n---\n\n{{ overview() }}\n"})
    done = milepost("build", folder=project, handbook=False)
    assert done.returncode == 1
    assert "list milepost.engines.mkdocs.macros in mkdocs.yml, under plugins: macros: modules" in done.stderr
