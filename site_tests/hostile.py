"""Projects whose every text tries to be more than text, and the sites of these, which no check has refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from commands import milepost
from milepost.data import yaml_reader
from milepost.data.records import scalars
from projects import FIVE, write_project

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


@contextmanager
def no_markup_refused() -> Iterator[None]:
    """Without the rule unsafe-markup: the pages must be safe by themselves, whatever comes past the check."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scalars, "unsafe_part", lambda _: None)
        try:
            yield
        finally:
            # What was read so would else be taken for sound later.
            yaml_reader.read.cache_clear()


def build_unchecked(folder: Path, files: Mapping[str, str]) -> Path:
    """The site of a project of those files, whose texts no check has refused."""
    project = write_project(folder / "project", files)
    shutil.copy(FIVE / "content/index.md", project / "content")
    with no_markup_refused():
        done = milepost("build", folder=project, handbook=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"
