"""Folders with dozens of different mistakes at once: one run names every one of them, at its place, and nothing else.

A mark «rule» stands in the text before each place at which that rule must find something, and is taken out before the
file is written. A gate that finds an error stops the next, so there is a folder for each gate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from textwrap import dedent

import pytest

from conftest import SmallProject, milepost
from milepost.check.rules import RULES, GateRule
from milepost.check.rules.descriptor import FindingsRule, PortalRule

MARK = re.compile("«(?P<rule>[a-z0-9-]+)»")
Finding = tuple[str, int, int, str]

TEXT_AND_SHAPE = {
    "data/portfolio.yml": """\
        title: «ambiguous-scalar»2026
        publisher: «wrong-type»[Demo office]
        programmes: [demo, «invalid-id»Demo Two]
        tolerance: «wrong-type»-1
        stale_days: «wrong-type»soon
        feed_authority: «wrong-type»nobody
        """,
    "data/people.yml": """\
        - {id: editor, title: Editor, kind: «wrong-type»robot}
        - «missing-field»{id: writer, kind: role}
        - {id: reader, title: Reader, kind: role, «yaml-duplicate-key»title: Second}
        """,
    "data/programmes/demo/programme.yml": """\
        id: demo
        title: «unsafe-markup»The <b>demo</b>
        recorded: «wrong-type»2026-02-30
        closed: «wrong-type»soon
        «unknown-field»sumary: About the demo.
        tracks: {«wrong-type»marketing: Ads}
        links:
          - «missing-field»{title: Plan}
        """,
    "data/programmes/demo/milestones.yml": """\
        - id: «invalid-id»first
          window: {weeks: «wrong-type»[0, 2, 4]}
        - id: M2
          window: «wrong-type»{weeks: [0, 2], start: 2026-01-01}
          basis: «wrong-type»guess
        - id: M3
          exit_criteria: [{text: It holds., met: «wrong-type»perhaps}]
          includes: [{task: T1, role: «wrong-type»owner}]
        """,
    "data/programmes/demo/tasks/first.yml": """\
        - id: T1
          progress: «percentage-range»101
          subtasks:
            - {id: T1.1, progress: «percentage-format»half}
            - {id: «invalid-id»../T1, progress: «percentage-format»4.5, weight: «wrong-type»0}
            - {id: T1.3, progress: «percentage-format»}
        - id: T2
          «unknown-field»tilte: Second
          status: «wrong-type»done
          owner: «invalid-id»{id: editor}
          updates:
            - {date: «wrong-type»yesterday, text: It went on.}
            - «missing-field»{date: 2026-01-02}
            - {date: 2026-01-03, text: «unsafe-markup»"javascript:alert(1)"}
        """,
    "data/programmes/demo/tasks/second.yml": """\
        - id: T3
          title: Build«yaml-syntax»: the first part
        """,
    "data/programmes/demo/tasks/third.yml": """\
        - {id: T4, notes: «yaml-syntax»!private [It is so.]}
        """,
    "data/programmes/demo/tasks/fourth.yml": f"- {'[' * 39}«yaml-limits»[too deep]{']' * 39}\n",
    "data/programmes/demo/task.yml": "«misplaced-file»- id: T5\n",
    "data/programmes/demo/registers/risks.yml": """\
        - {id: R-01, description: Ren«not-utf8»\udce9 may be late., status: open}
        """,
    "data/programmes/demo/registers/issues.yml": """\
        «wrong-type»I-01: It is late.
        """,
    "content/note.md": """\
        ---
        «front-matter»day: 2026-02-30
        ---

        Text.
        """,
    "content/plan.html": "«unsafe-file»<p>A plan.</p>",
    "content/index.md": """\
        ---
        render_macros: true
        hide: «front-matter»toc
        ---

        It stands at «wrong-macro»{{ progres("demo") }}, or at «wrong-macro»{{ progress() }}.
        """,
}
"""Mistakes of every kind that the first gate knows."""

REFERENCES = {
    "data/portfolio.yml": """\
        title: Demo portfolio
        publisher: Demo office
        summary: «unknown-reference»See [[demo/T99]].
        programmes: [«duplicate-id»demo, «duplicate-id»demo, «unknown-reference»dmeo, phase-2]
        feed_authority: demo.example,2026
        """,
    "data/people.yml": """\
        - {id: «duplicate-id»editor, title: Editor, kind: role}
        - {id: «duplicate-id»editor, title: Second editor, kind: role}
        """,
    "data/programmes/phase-2/programme.yml": "{id: «invalid-id»phase-3, title: Second, recorded: 2026-01-01}\n",
    "data/programmes/unlisted/programme.yml": "{id: «unknown-reference»unlisted, title: Third, recorded: 2026-01-01}\n",
    "data/programmes/demo/programme.yml": """\
        id: demo
        title: Demo
        owner: «unknown-reference»edtior
        recorded: 2026-01-01
        """,
    "data/programmes/demo/milestones.yml": """\
        - id: M1
          includes:
            - «duplicate-id»T1
            - «duplicate-id»T1
            - {task: «unknown-reference»T77, role: scoped}
            - {task: T1, subtasks: [«unknown-reference»T1.9], role: extends}
          depends_on: [«unknown-reference»M9]
          approval: {date: 2026-02-01, by: «unknown-reference»nobody}
        """,
    "data/programmes/demo/tasks.yml": """\
        - id: T1
          milestones: [«unknown-reference»M7]
          subtasks:
            - {id: «duplicate-id»T1.1}
            - {id: «duplicate-id»t1.1, owner: «unknown-reference»someone}
          updates:
            - {date: «duplicate-id»2026-01-02, text: It went on.}
            - {date: «duplicate-id»2026-01-02, text: It went on and on., refs: [«unknown-reference»R-09]}
        - id: phase-2
          summary: «ambiguous-reference»Prepares for [[phase-2]].
          accept: [{rule: unowned, figures: {owner: none}, reason: So it is., by: «unknown-reference»nobody}]
        """,
    "data/programmes/demo/tracker.yml": """\
        rows:
          - {task: «duplicate-id»T1, milestone: «unknown-reference»M8}
          - {task: «duplicate-id»T1}
          - {task: «unknown-reference»T55}
        activity: [{date: 2026-01-05, text: It went on., refs: [«unknown-reference»T44]}]
        checkpoints: [{title: Soundings, week: 1, refs: [«unknown-reference»T33]}]
        cadence: [{frequency: weekly, title: Review, attendees: [«unknown-reference»board]}]
        """,
    "data/programmes/demo/registers/decisions.yml": """\
        - {id: D-01, date: 2026-01-06, decision: Go., rationale: So., supersedes: [«unknown-reference»D-00]}
        - {id: D-02, date: 2026-01-07, decision: Go on., rationale: So., refs: [«unknown-reference»X1]}
        """,
}
"""Mistakes of every kind that the second gate knows."""

RULES_OF_THE_PORTAL = {
    "data/programmes/demo/programme.yml": "{id: demo, title: Demo, recorded: 2026-01-01}\n",
    "data/programmes/demo/milestones.yml": """\
        - id: M1
          owner: editor
          window: {weeks: «window-inverted»[6, 2]}
          includes: [{task: T1, role: scoped}, {task: T2, role: scoped}, T3, {task: T4, role: scoped}]
        - id: M2
          owner: editor
          window: {start: 2026-01-05, end: «milestone-overdue»2026-02-27}
          progress: «milestone-overdue»60
          includes: [{task: T5, role: scoped}, {task: T6, role: scoped}, {task: T7, role: scoped}]
        - id: M3
          owner: editor
          status: «complete-with-unmet-criteria»complete
          exit_criteria:
            - {text: The basin is deep., met: «met-without-evidence»true}
            - {text: No complaint is open., met: «complete-with-unmet-criteria»false}
        - id: M4
          owner: editor
          includes: [T8]
          approval: {date: «approved-with-open-work»2025-10-15}
        - {id: M5, depends_on: [«dependency-cycle»M6], owner: editor}
        - {id: M6, depends_on: [M5], owner: editor}
        """,
    "data/programmes/demo/tasks.yml": """\
        - {id: «unowned»T1, progress: 40}
        - {id: T2, owner: editor, completed: «future-date»2027-01-31}
        - id: T3
          owner: editor
          progress: «rollup-mismatch»32
          subtasks:
            - {id: T3.1, progress: «rollup-mismatch»100}
            - {id: T3.2, progress: «rollup-mismatch»60}
        - id: T4
          owner: editor
          status: «status-mismatch»complete
          progress: «status-mismatch»90
        - id: T5
          owner: editor
          progress: «started-before-dependency»10
          depends_on: [«started-before-dependency»T6]
        - id: T6
          owner: editor
          progress: «exception-unused»«started-before-dependency»40
          accept:
            - «exception-unused»rule: rollup-mismatch
              figures: {reported: 32, computed: 80}
              reason: The figure was set before the subtasks closed.
        - id: T7
          owner: editor
          completed: «update-after-completion»2026-03-08
          updates:
            - {date: 2026-03-01, text: The survey began.}
            - {date: «update-out-of-order»2026-03-08, text: The survey ended.}
            - {date: «update-out-of-order»2026-03-05, text: Half of it is surveyed.}
            - {date: «update-after-completion»2026-03-09, text: The last part was delivered.}
        - id: T8
          owner: editor
          progress: «approved-with-open-work»8
          notes: [«prose-percentage»T8 stands at 80 %.]
          accept:
            - rule: stale-progress
              figures: {reported: 2026-09-01}
              reason: Nobody was there.
              until: «exception-expired»2026-10-31
          updates: [{date: «stale-progress»2026-09-01, text: On we go.}]
        - id: «orphan-task»T9
          owner: editor
          progress: «tracker-mismatch»60
          updates:
            - {date: 2026-11-19, text: Nearly there., progress: «progress-regression»80}
            - {date: 2026-11-20, text: On we go., progress: «progress-regression»60}
        """,
    "data/programmes/demo/tracker.yml": """\
        rows: [{task: T9, progress: «tracker-mismatch»70}]
        checkpoints: [{title: Soundings, date: «checkpoint-past»2026-04-01}]
        """,
    "data/programmes/demo/registers/risks.yml": """\
        - {id: R-01, description: It may be late., status: «risk-without-mitigation»open}
        - {id: R-02, description: A leak., status: «resolved-but-active»resolved, listed: «resolved-but-active»active}
        - {id: R-04, description: Fog, mitigation: Lamp, status: «open-but-closed»open, listed: «open-but-closed»closed}
        - {id: R-03, description: It may rust., status: open, mitigation: Paint., review_by: «review-overdue»2026-04-01}
        """,
    "data/programmes/demo/registers/decisions.yml": """\
        - {id: D-01, date: «superseded-dangling»2026-02-11, decision: Go north., rationale: So.}
        - {id: D-02, date: «superseded-dangling»2026-01-06, decision: Go., rationale: So.,
           supersedes: [«superseded-dangling»D-01]}
        - {id: D-03, date: 2026-03-01, decision: «decision-without-rationale»Go south.}
        """,
    "content/programmes/demo.md": """\
        ---
        programme: «unknown-reference»dmeo
        render_macros: true
        ---

        It stands at «unknown-reference»{{ progress("demo/M77") }}.
        """,
}
"""Mistakes of every kind that the third gate knows."""


def planted(files: Mapping[str, str]) -> tuple[dict[str, str | bytes], list[Finding]]:
    """The files without their marks, and what the check must find in them: path, line, column and rule."""
    clean: dict[str, str | bytes] = {}
    expected: list[Finding] = []
    for path, text in files.items():
        lines = dedent(text).split("\n")
        for number, line in enumerate(lines, start=1):
            taken = 0
            for found in MARK.finditer(line):
                expected.append((path, number, found.start() - taken + 1, found["rule"]))
                taken += len(found[0])
        clean[path] = MARK.sub("", "\n".join(lines)).encode("utf-8", "surrogateescape")
    return clean, sorted(expected)


@pytest.mark.parametrize(
    ("files", "least", "kinds"),
    [
        (TEXT_AND_SHAPE, 40, {rule.name for rule in RULES if isinstance(rule, GateRule) and rule.gate == "shape"}),
        (REFERENCES, 30, {rule.name for rule in RULES if isinstance(rule, GateRule) and rule.gate == "references"}),
        (RULES_OF_THE_PORTAL, 40, {rule.name for rule in RULES if isinstance(rule, PortalRule | FindingsRule)}),
    ],
    ids=["text and shape", "references", "rules"],
)
def test_every_mistake_is_named_at_its_place_in_one_run(
    small_project: Callable[..., SmallProject], files: Mapping[str, str], least: int, kinds: set[str]
) -> None:
    clean, expected = planted(files)
    found = sorted((entry.path, entry.line, entry.column, entry.rule) for entry in small_project(clean).diagnostics)
    assert found == expected
    assert len(expected) >= least
    assert sorted(kinds - {rule for *_, rule in expected}) == [], "plant a mistake of these kinds as well"


def test_the_command_counts_them(small_project: Callable[..., SmallProject]) -> None:
    clean, expected = planted(TEXT_AND_SHAPE)
    done = milepost("check", folder=small_project(clean).folder)
    assert done.returncode == 1
    assert f"{len(expected)} errors" in done.stderr
    assert Counter(re.findall(r"error\[([a-z0-9-]+)\]", done.stdout)) == Counter(rule for *_, rule in expected)
