"""What all tests share: the project's own data, small projects written in place, and one built site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from milepost.check.run import Checked, check_project
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import Diagnostic, as_text
from milepost.history.revisions import read_past
from milepost.history.timeline import Past
from milepost.report import Report, make_report

pytest_plugins = ["browsing"]

PROJECT = Path(__file__).parent.parent
SITE_ADDRESS = re.findall(r"^site_url: .*\"(\S+)\"", (PROJECT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)[0]
TODAY = date(2026, 11, 22)
GOLDEN_PROJECT = PROJECT / "site_tests/golden/project"
GOLDEN_DAY = date(2026, 3, 15)

BASE_FILES = {
    "data/portfolio.yml": """\
        title: Demo portfolio
        publisher: Demo office
        programmes: [demo]
        feed_authority: demo.example,2026
        """,
    "data/people.yml": """\
        - {id: editor, title: Editor, kind: role}
        """,
    "data/programmes/demo/programme.yml": """\
        id: demo
        title: Demo
        owner: editor
        recorded: 2026-01-01
        """,
}
"""A sound project with one empty programme that still reports; a test adds the files that it is about."""


@dataclass(frozen=True)
class SmallProject:
    """A project that a test has written, and what checking it gives."""

    folder: Path

    def check(self) -> Checked:
        return check_project(self.folder, TODAY)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.check().diagnostics

    @property
    def found(self) -> list[tuple[str, int, int, str]]:
        """Each finding as file name, line, column and rule."""
        return [(Path(entry.path).name, entry.line, entry.column, entry.rule) for entry in self.diagnostics]

    @property
    def text(self) -> str:
        return as_text(self.diagnostics, line_reader(("", self.folder)))


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: one that waits for a browser or a build leaves its own idle."""
    return (os.cpu_count() or 1) + 1


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())


@pytest.fixture
def small_project(tmp_path: Path) -> Callable[..., SmallProject]:
    """Writes a project of the base files and those given by path; a path without a folder is the demo programme's."""

    def write(files: Mapping[str, str | bytes] | None = None, **named: str) -> SmallProject:
        chosen = {f"data/programmes/demo/{name}.yml": text for name, text in named.items()}
        write_files(tmp_path, {**BASE_FILES, **chosen, **(files or {})})
        return SmallProject(tmp_path)

    return write


def copy_project(folder: Path) -> Path:
    """Copy the project's own sources to a new `folder`."""
    folder.mkdir()
    for name in ("content", "data", "hooks", "overrides"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    return folder


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the project's own sources, to change."""
    return copy_project(tmp_path / "project")


def milepost(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "milepost.cli.main", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the project's own data, built once."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = milepost("build", "--site", str(folder), folder=PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


HOSTILE = (
    "<script>window.hit=1</script><img src=x onerror=window.hit=1> {{ 7*191 }} {% raw %} [a](javascript:hit) **b**"
)
HOSTILE_FILES = {
    "data/portfolio.yml": f"""\
        title: "{HOSTILE}"
        publisher: "{HOSTILE}"
        summary: "{HOSTILE}"
        programmes: [demo]
        feed_authority: demo.example,2026
        """,
    "data/people.yml": f"""\
        - {{id: editor, title: "{HOSTILE}", kind: role}}
        """,
    "data/removed.yml": f"""\
        - {{what: demo/T9, title: "{HOSTILE}", date: 2026-01-02, reason: "{HOSTILE}", instead: "https://a.example/()&;"}}
        """,
    "data/programmes/demo/programme.yml": f"""\
        id: demo
        title: "{HOSTILE}"
        version: "{HOSTILE}"
        summary: "{HOSTILE}"
        owner: editor
        recorded: 2026-01-01
        source: "{HOSTILE}"
        tracks: {{delivery: "{HOSTILE}"}}
        links: [{{title: "{HOSTILE}", address: "javascript:window.hit=1"}}]
        """,
    "data/programmes/demo/milestones.yml": f"""\
        - id: M1
          title: "{HOSTILE}"
          owner: editor
          objective: "{HOSTILE}"
          goals: ["{HOSTILE}"]
          includes: [T1, {{task: T2, role: scoped, purpose: "{HOSTILE}"}}]
          deliverables: {{items: ["{HOSTILE}"], achieved: ["{HOSTILE}"]}}
          entry_criteria: {{criteria: ["{HOSTILE}"], achieved: {{how: "{HOSTILE}", evidence: ["{HOSTILE}"]}}}}
          exit_criteria: [{{text: "{HOSTILE}", evidence: ["{HOSTILE}"]}}]
          key_tests: ["{HOSTILE}"]
          validation: ["{HOSTILE}"]
          prerequisites: ["{HOSTILE}"]
          notes: ["{HOSTILE}"]
        - {{id: M2, owner: editor, approval: {{date: 2026-01-05, by: editor, evidence: ["{HOSTILE}"]}}}}
        """,
    "data/programmes/demo/tasks.yml": f"""\
        - id: T1
          title: "{HOSTILE}"
          owner: editor
          progress: 40
          summary: "{HOSTILE}"
          focus: ["{HOSTILE}"]
          outputs: ["{HOSTILE}"]
          coverage: {{api: "{HOSTILE}"}}
          subtasks: [{{id: T1.1, title: "{HOSTILE}", summary: "{HOSTILE}", progress: 50, notes: ["{HOSTILE}"]}}]
          sprints: [{{id: S1, title: "{HOSTILE}", items: [{{text: "{HOSTILE}", progress: 40}}]}}]
          notes: ["{HOSTILE}"]
          updates: [{{date: 2026-01-02, text: "{HOSTILE}", evidence: ["{HOSTILE}"]}}]
          accept: [{{rule: rollup-mismatch, figures: {{reported: 40, computed: 50}}, reason: "{HOSTILE}", by: editor}}]
        - id: T2
        """,
    "data/programmes/demo/tracker.yml": f"""\
        title: "{HOSTILE}"
        rows: [{{task: T2, owner: editor, note: "{HOSTILE}"}}]
        activity: [{{date: 2026-01-03, text: "{HOSTILE}"}}]
        checkpoints: [{{title: "{HOSTILE}", text: "{HOSTILE}", week: 1}}]
        cadence: [{{frequency: daily, title: "{HOSTILE}", purpose: "{HOSTILE}", attendees: [editor]}}]
        metrics: [{{title: "{HOSTILE}", readings: [{{date: 2026-01-03, value: "{HOSTILE}"}}]}}]
        """,
    "data/programmes/demo/registers/risks.yml": f"""\
        - {{id: R-01, description: "{HOSTILE}", mitigation: "{HOSTILE}", status: open, impact: high, owner: editor}}
        """,
    "data/programmes/demo/registers/issues.yml": f"""\
        - {{id: I-01, description: "{HOSTILE}", resolution: "{HOSTILE}", status: open}}
        """,
    "data/programmes/demo/registers/decisions.yml": f"""\
        - {{id: D-01, date: 2026-01-04, decision: "{HOSTILE}", rationale: "{HOSTILE}"}}
        """,
}
"""A project in each of whose texts stand markup, script and what templates are made of; else it is sound."""

BUILD_WHAT_THE_CHECK_REFUSES = """\
from milepost.cli import main
from milepost.data.records import scalars

scalars.unsafe_part = lambda text: None
main.main(["build"])
"""
"""Builds without the rule unsafe-markup: the pages must be safe by themselves, whatever comes past the check."""


HARMLESS = "Plain words."
HOSTILE_LINES = "\n".join(
    [
        *("# heading", "", "## another", "", "---", "", "| a | b |", "|---|---|", "| c | d |", "", "=====", "", "***"),
        *(
            "",
            "> quote",
            "",
            "- item",
            "",
            "1. one",
            "",
            "    code",
            "",
            '!!! note "x"',
            "    in it",
            "",
            "```",
            "fenced",
        ),
        *(
            "",
            '--8<-- "/etc/passwd"',
            "",
            "[x](javascript:window.hit=1) [y][z] <https://a.example/> ![i](//a.example/i.png)",
        ),
        *("", "[z]: https://a.example/z", "*[HTML]: window", "[^1]: note", "", "<!-- comment", ""),
        *("</data></a></td></tr></tbody></table></dd></dl></div></p></details></article></main>", "</script></style>"),
        *(
            '"\'> onmouseover=window.hit=1 x="',
            "]]> --> */",
            '{: onclick="window.hit=1" #top .md-search }',
            "{ #content .x }",
        ),
        *(
            "# heading {#tasks}",
            "<h1>h</h1>",
            "<img src=x onerror=window.hit=1>",
            "<svg onload=window.hit=1>",
            "<base href=//a>",
        ),
        *(
            "&lt;script&gt;window.hit=1&lt;/script&gt; &#60;img src=x onerror=window.hit=1&#62;",
            ":smile: :material-account:",
        ),
        *(
            "{{ 7*191 }} {% raw %} {# c #} <# c #> {{ config }}",
            "\\<b\\> \\`",
            "\u202e\u2066right to left",
            "a\u2028b\u2029c\u200bd",
        ),
        *("$x^{ \\frac", "%0A::error::x", "W" * 10_000),
    ]
)
"""Lines that Markdown, its extensions, HTML, templates and scripts would each make something of, were they let."""


def telling(text: str) -> dict[str, str]:
    """The hostile project with `text` in all its texts."""
    # Every escape of JSON is one of YAML's; the line ends that only YAML knows may stand there as escapes alone.
    written = json.dumps(text, ensure_ascii=False)[1:-1].replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return {name: dedent(content).replace(HOSTILE, written) for name, content in HOSTILE_FILES.items()}


def build_unchecked(folder: Path, files: Mapping[str, str]) -> Path:
    """The site of a project of those files, whose texts no check has refused."""
    project = copy_project(folder / "project")
    shutil.rmtree(project / "data")
    # The narratives tell of programmes that are not there now.
    shutil.rmtree(project / "content/programmes")
    write_files(project, files)
    done = subprocess.run(
        [sys.executable, "-c", BUILD_WHAT_THE_CHECK_REFUSES], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project whose every text tries to be more than text, and which no check has refused."""
    return build_unchecked(tmp_path_factory.mktemp("hostile"), HOSTILE_FILES)


@pytest.fixture(scope="session")
def hostile_lines_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with texts of many lines, each of which tries to be something else."""
    return build_unchecked(tmp_path_factory.mktemp("lines"), telling(HOSTILE_LINES))


@pytest.fixture(scope="session")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with plain words."""
    return build_unchecked(tmp_path_factory.mktemp("harmless"), telling(HARMLESS))


@pytest.fixture(scope="session")
def golden_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the golden project, which holds one of everything: what is blocked, at risk, disagrees, is empty."""
    project = copy_project(tmp_path_factory.mktemp("golden") / "project")
    shutil.rmtree(project / "data")
    shutil.rmtree(project / "content/programmes")
    shutil.copytree(GOLDEN_PROJECT / "data", project / "data")
    done = milepost("build", "--as-of", GOLDEN_DAY.isoformat(), folder=project)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.fixture(scope="session")
def golden_report() -> Report:
    """What the data of the golden project says."""
    return make_report(check_project(GOLDEN_PROJECT, GOLDEN_DAY), Past())


@pytest.fixture(scope="session")
def own_report() -> Report:
    """What the project's own data says: the model that the built site is compared with."""
    return make_report(check_project(PROJECT, TODAY), read_past(PROJECT, TODAY))


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` without its marks », and the line and column, counted from 1, of what stands behind each."""
    places: list[tuple[int, int]] = []
    lines = dedent(text).split("\n")
    for number, line in enumerate(lines, start=1):
        pieces = line.split("»")
        places += [(number, len("".join(pieces[:count])) + 1) for count in range(1, len(pieces))]
    return "\n".join(lines).replace("»", ""), places
