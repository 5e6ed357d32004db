"""The bad input of the design: each kind is refused in words that name why, in bounded memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import BASE_FILES, SmallProject, milepost, write_files
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import FINDINGS_LIMIT, Diagnostic, Location, Severity, as_github, as_text, limited, ordered

Project = Callable[..., SmallProject]
DEMO = "data/programmes/demo"
LAUGHS = b"a: &a [x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (level, level) for level in range(60))
SECONDS, MEGABYTES = 300, 700
"""How long a process may take before it is held to hang, and the memory that it may take."""

MEASURED = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
from milepost.cli.main import main
try:
    main(["check"])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a process's peak memory")
@pytest.mark.parametrize(
    ("name", "content", "rule", "says"),
    [
        (f"{DEMO}/tasks.yml", b"- a\n" * 25_000_000, "yaml-limits", "the limit of 5,000,000"),
        (f"{DEMO}/tasks.yml", b"- &a x\n" + b"- *a\n" * 990_000, "yaml-limits", "the limit of 1,000 aliases"),
        (f"{DEMO}/tasks.yml", b"[" * 10_000 + b"]" * 10_000, "yaml-limits", "the limit of 40 deep"),
        (f"{DEMO}/tasks.yml", b"{a: " * 10_000 + b"}" * 10_000, "yaml-limits", "the limit of 40 deep"),
        (f"{DEMO}/tasks.yml", b"- " * 10_000 + b"x", "yaml-limits", "the limit of 40 deep"),
        (
            f"{DEMO}/tasks.yml",
            b"".join(b" " * level + b"a:\n" for level in range(3_000)),
            "yaml-limits",
            "the limit of 40 deep",
        ),
        (f"{DEMO}/tasks.yml", b"- x\n" * 1_200_000, "yaml-limits", "the limit of 200,000 values"),
        (f"{DEMO}/tasks.yml", b"[" + b"x," * 2_000_000 + b"x]", "yaml-limits", "the limit of 200,000 values"),
        (f"{DEMO}/tasks.yml", b"[" + b"x, " * 150_000 + b"x]", "yaml-limits", "the limit of 1,000"),
        (
            f"{DEMO}/programme.yml",
            b"".join(b"k%d: 1\n" % number for number in range(90_000)),
            "yaml-limits",
            "the limit of 1,000",
        ),
        (f"{DEMO}/tasks.yml", LAUGHS, "yaml-syntax", "an alias stands for a whole list"),
        ("content/page.md", b"---\n" + LAUGHS + b"---\n", "yaml-syntax", "an alias stands for a whole list"),
        ("content/page.md", b"--- \n" + LAUGHS + b"...\n", "yaml-syntax", "an alias stands for a whole list"),
        ("content/page.md", b"x" * 100_000_000, "yaml-limits", "the limit of 5,000,000"),
        ("content/page.md", b"---\nrender_macros: true\n---\n{{ " + b"(" * 90_000, "wrong-macro", "too deep"),
    ],
    ids=[
        *("100 MB", "a million aliases", "lists", "mappings", "hyphens", "indentation", "values", "values on a line"),
        *("findings on a line", "fields", "laughs", "laughs of a page", "laughs told otherwise", "page", "brackets"),
    ],
)
def test_what_would_take_all_memory_or_time_is_refused_by_a_limit_that_is_named(
    name: str, content: bytes, rule: str, says: str, tmp_path: Path
) -> None:
    write_files(tmp_path, {**BASE_FILES, name: content})
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert done.returncode == 1, done.stderr
    assert f"error[{rule}]" in done.stdout
    assert says in done.stdout
    assert len(done.stdout) < 2_000_000
    peak = int(done.stderr.split()[-1]) / (1024 * 1024 if sys.platform == "darwin" else 1024)
    assert peak < MEGABYTES


def test_of_very_many_files_each_is_read_once(small_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"{DEMO}/tasks/part{number}.yml": f"- {{id: T{number}}}\n" for number in range(3000)}
    project = small_project(many)
    opened: Counter[str] = Counter()
    open_file = Path.open

    def count(path: Path, mode: str) -> object:
        opened[path.relative_to(project.folder).as_posix()] += 1
        return open_file(path, mode)

    monkeypatch.setattr(Path, "open", count)
    checked = project.check()
    assert opened == Counter((*many, *BASE_FILES))
    assert checked.portal is not None
    assert len(checked.portal.programme("demo").tasks) == 3000


# What is no plain file


def refused(project: SmallProject) -> list[tuple[str, str, str]]:
    return [(found.path, found.rule, found.message) for found in project.diagnostics]


@pytest.mark.parametrize("name", [f"{DEMO}/tasks.yml", "data/portfolio.yml", "content/page.md", "content/image.svg"])
def test_a_link_out_of_the_folder_is_refused_and_what_it_leads_to_is_not_shown(
    name: str, small_project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_text("password: 1\n", "utf-8")
    project = small_project({"content/index.md": "# Home\n"})
    path = project.folder / name
    path.unlink(missing_ok=True)
    path.symlink_to(secret)
    assert refused(project) == [(name, "misplaced-file", "links to other files and folders are not followed")]
    shown = project.text if name.endswith((".md", ".svg")) else milepost("check", folder=project.folder).stdout
    assert "misplaced-file" in shown


@pytest.mark.parametrize("name", [f"{DEMO}/registers", "content/more", "data/again"])
def test_a_circle_of_folders_is_told_and_not_walked(name: str, small_project: Project) -> None:
    project = small_project({"content/index.md": "# Home\n"})
    (project.folder / name).symlink_to(project.folder, target_is_directory=True)
    assert refused(project) == [(name, "misplaced-file", "links to other files and folders are not followed")]


@pytest.mark.parametrize("name", ["data", "content"])
def test_a_folder_that_is_itself_a_link_is_told(name: str, small_project: Project, tmp_path: Path) -> None:
    project = small_project({"content/index.md": "# Home\n"})
    (project.folder / name).rename(tmp_path / "moved")
    (project.folder / name).symlink_to(tmp_path / "moved", target_is_directory=True)
    assert ("misplaced-file", "links to other files and folders are not followed") in [
        found[1:] for found in refused(project)
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("name", [f"{DEMO}/tasks.yml", "data/people.yml", "content/page.md", "content/page.txt"])
def test_a_pipe_in_the_place_of_a_file_is_refused_and_keeps_nobody_waiting(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {**BASE_FILES, "content/index.md": "# Home\n"})
    (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)
    done = subprocess.run(
        [sys.executable, "-m", "milepost", "check"], cwd=tmp_path, capture_output=True, text=True, check=False,
        timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{name}:1:1: error[misplaced-file] a pipe stands in the place of a file" in done.stdout


@pytest.mark.parametrize("name", [f"{DEMO}/tasks.yml", "data/portfolio.yml", "content/page.md"])
def test_a_file_that_may_not_be_read_is_told(
    name: str, small_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project({name: BASE_FILES.get(name, "- {id: T1}\n")})
    opened = Path.open

    def refuse(path: Path, mode: str) -> object:
        # Who runs this may be root, whom no permission stops.
        if path == project.folder / name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    assert refused(project) == [(name, "misplaced-file", "the file cannot be read: Permission denied")]


@pytest.mark.parametrize("name", ["data/.gitattributes", "content/handbook/.gitattributes"])
def test_a_file_by_which_git_changes_others_is_told(name: str, small_project: Project) -> None:
    project = small_project({name: "*.yml export-ignore\n"})
    words = "git gives other files changed, or not at all, by what this file says"
    assert refused(project) == [(name, "misplaced-file", words)]


def test_a_folder_in_the_place_of_a_page_is_no_page(small_project: Project) -> None:
    project = small_project({"content/page.md/index.md": "# Home\n"})
    assert project.found == []


# What is printed


@pytest.mark.parametrize("name", ["a\nb.yml", "\x1b[2Jx.yml", "a\u202eb.yml", "a\r.yml"])
def test_the_name_of_a_file_is_printed_without_moving_the_cursor_or_forging_a_line(
    name: str, small_project: Project
) -> None:
    project = small_project({f"data/{name}": "- id: T1\n"})
    assert [found.rule for found in project.diagnostics] == ["misplaced-file"]
    assert name.encode("unicode_escape").decode() in project.text
    assert all(char.isprintable() or char == "\n" for char in project.text)


def test_words_of_the_data_cannot_forge_lines_or_move_the_cursor(small_project: Project) -> None:
    text = '- {id: T1, "\\e[2J\\nx.yml:1:1: error[fake] all is lost": 1, status: "\\u202e\\e[31m"}\n'
    shown = small_project(tasks=text).text
    assert all(char.isprintable() or char == "\n" for char in shown)
    assert not [line for line in shown.split("\n") if line.startswith("x.yml")]


@pytest.mark.parametrize(
    "word", ["\\n::set-output name=a::b", "%0A::error::x", "\\r\\n::stop-commands::x", "::error::x"]
)
def test_words_of_the_data_are_no_workflow_commands(word: str, small_project: Project) -> None:
    project = small_project(tasks=f'- {{id: T1, "{word}": 1, status: "{word}"}}\n')
    lines = as_github(project.diagnostics).splitlines()
    assert len(lines) == len(project.diagnostics) > 0
    assert all(line.startswith(f"::error file={DEMO}/tasks.yml,line=1,") for line in lines)
    assert "%0A::error" not in "".join(lines).replace("%250A", "")
    for line in project.text.split("\n"):
        assert not line.lstrip().startswith("::")


def test_the_name_of_a_file_is_no_workflow_command(small_project: Project) -> None:
    project = small_project({"data/a\n::error::x,line=9.yml": "- 1\n"})
    assert as_github(project.diagnostics).startswith("::error file=data/a%0A%3A%3Aerror%3A%3Ax%2Cline=9.yml,line=1,")
    assert "\n" not in as_github(project.diagnostics)


def test_of_a_long_line_the_part_around_the_column_is_shown(small_project: Project) -> None:
    text = "[" + "x, " * 5000 + "x]"
    project = small_project(tasks=text)
    lines = project.text.split("\n")
    assert max(map(len, lines)) < 400
    # The caret stands under the x, wherever the line was cut.
    for source, caret in zip(lines[1::4], lines[2::4], strict=False):
        assert source[caret.index("^")] == "x"


def test_a_message_is_cut_where_a_text_of_the_data_makes_it_long(small_project: Project) -> None:
    project = small_project(tasks=f"- {{id: T1, progress: {'9' * 100_000}, status: {'w' * 100_000}}}\n")
    assert len(project.diagnostics) == 2
    assert len(project.text) < 4000


def test_more_findings_than_the_limit_are_cut_with_a_word_as_grave_as_they_are() -> None:
    def found(line: int, severity: Severity) -> Diagnostic:
        return Diagnostic.at(Location("a.yml", line, 1), "unowned", "m", "", severity)

    warnings = [found(line, Severity.WARNING) for line in range(1, FINDINGS_LIMIT + 3)]
    told = ordered(limited(warnings))
    assert len(told) == FINDINGS_LIMIT + 1
    assert (told[-1].rule, told[-1].severity) == ("yaml-limits", Severity.WARNING)
    told = ordered(limited([*warnings, found(9999, Severity.ERROR)]))
    assert (told[-1].rule, told[-1].severity) == ("yaml-limits", Severity.ERROR)
    assert list(limited(warnings[:FINDINGS_LIMIT])) == warnings[:FINDINGS_LIMIT]


def test_lines_are_shown_of_no_pipe_or_device(tmp_path: Path) -> None:
    (tmp_path / "x.yml").symlink_to("/dev/zero")
    found = Diagnostic.at(Location("x.yml", 1, 1), "misplaced-file", "m")
    assert as_text([found], line_reader(("", tmp_path))) == "x.yml:1:1: error[misplaced-file] m"


# Names


@pytest.mark.parametrize(
    "name",
    [
        *("../T1", "T1/..", "..", "T1..2", "T1.", ".T1", "a/b1", "a\\\\b1", "T 1", " ", "T1\\n", "T1\\0", "%2e%2e1"),
        *("con.1", "CON.1", "com1", "LPT9", "lpt1.x", "T1?", "T1#a", "T1:1", "T\u00e91", "T\u0661", "~1", "-T1", "$T1"),
    ],
)
def test_an_id_that_could_be_more_than_a_name_is_refused(name: str, small_project: Project) -> None:
    project = small_project(tasks=f'- {{id: "{name}"}}\n')
    assert {found.rule for found in project.diagnostics} <= {"invalid-id", "yaml-syntax"}
    assert project.diagnostics


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9", "../demo", "a/b", "Demo", "a b", "index"])
def test_a_programme_or_a_person_cannot_be_called_so(name: str, small_project: Project) -> None:
    people = f"- {{id: editor, title: E, kind: role}}\n- {{id: '{name}', title: E, kind: role}}\n"
    found = [] if name == "index" else [entry.rule for entry in small_project({"data/people.yml": people}).diagnostics]
    assert found == ([] if name == "index" else ["invalid-id"])
    programme = BASE_FILES[f"{DEMO}/programme.yml"].replace("id: demo", f"id: '{name}'")
    assert "invalid-id" in {entry.rule for entry in small_project({f"{DEMO}/programme.yml": programme}).diagnostics}


@pytest.mark.parametrize(("first", "second"), [("T1", "t1"), ("T1a", "T1A"), ("UT-004", "ut-004")])
def test_ids_that_differ_in_case_alone_are_refused(first: str, second: str, small_project: Project) -> None:
    """They would be one page on a file system that does not tell them apart."""
    project = small_project(tasks=f"- {{id: {first}}}\n- {{id: {second}}}\n")
    assert "duplicate-id" in {found.rule for found in project.diagnostics}


# Macros


@pytest.mark.parametrize(
    "head",
    ["--- \nrender_macros: true\n---\n", "---\nrender_macros: true\n...\n", "\ufeff---\nrender_macros: true\n---\n"],
)
def test_front_matter_is_found_wherever_mkdocs_finds_it(head: str, small_project: Project) -> None:
    """Else the macros of such a page would run unchecked."""
    page = f"{head}{{{{ ''.__class__ }}}}\n"
    project = small_project({"content/page.md": page.encode()})
    assert [found.rule for found in project.diagnostics] == ["wrong-macro"]
    crlf = small_project({"content/page.md": page.replace("\n", "\r\n").encode()})
    assert [found.rule for found in crlf.diagnostics] == ["wrong-macro"]
