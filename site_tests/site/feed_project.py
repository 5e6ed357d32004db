"""A project whose texts are hostile to feeds: markup, quotes, emoji, right-to-left text, the end of a CDATA section."""

from __future__ import annotations

TITLE = """R&D <b>"it's"</b> 🚀👩‍💻 مرحبا شلوم ]]> &amp; <!-- , ; : \\\\n \\ — 100 %"""
QUOTED = "'" + TITLE.replace("'", "''") + "'"

HOSTILE_TO_FEEDS = {
    "data/portfolio.yml": f"""\
        title: {QUOTED}
        publisher: {QUOTED}
        programmes: [demo, quiet]
        feed_authority: demo.example,2026-01
        """,
    "data/people.yml": f"""\
        - {{id: editor, title: {QUOTED}, kind: role}}
        - {{id: idle, title: {QUOTED}, kind: person}}
        """,
    "data/programmes/quiet/programme.yml": f"""\
        id: quiet
        title: {QUOTED}
        owner: editor
        recorded: 2025-12-01
        """,
    "data/programmes/demo/programme.yml": f"""\
        id: demo
        title: {QUOTED}
        owner: editor
        start: 2026-01-05
        recorded: 2026-01-01
        """,
    "data/programmes/demo/milestones.yml": f"""\
        - id: M1
          title: {QUOTED}
          window: {{weeks: [0, 2]}}
          objective: {QUOTED}
          status: complete
          updates: [{{date: 2026-02-02, text: {QUOTED}, kind: completed, evidence: [{QUOTED}]}}]
        - id: M2
          window: {{start: 2026-01-01, end: 9999-12-31}}
        """,
    "data/programmes/demo/tasks.yml": f"""\
        - id: T1
          title: {QUOTED}
          owner: editor
          milestones: [M1]
          updates:
            - {{date: 2026-01-02, text: {QUOTED}, progress: 10}}
            - {{date: 2026-02-01, text: "See M1 and [[demo/T2]] and `x` at https://a.example/?a=1&b=2.", progress: 100,
               kind: completed, evidence: [{QUOTED}, T2], refs: [T2]}}
        - {{id: T2, owner: idle}}
        """,
    "data/programmes/demo/tracker.yml": f"""\
        activity: [{{date: 2026-01-03, text: {QUOTED}}}]
        checkpoints:
          - {{title: {QUOTED}, text: {QUOTED}, date: 2026-03-01, refs: [T1]}}
          - {{title: {QUOTED}, id: C2, week: 4, weekday: friday}}
          - {{title: Some time that week, week: 5}}
        """,
    "data/programmes/demo/registers/risks.yml": f"""\
        - {{id: R-01, description: {QUOTED}, mitigation: Watch., status: closed, raised: 2026-01-02, closed: 2026-01-09,
           impact: high, owner: editor}}
        """,
    "data/programmes/demo/registers/decisions.yml": f"""\
        - {{id: D-01, date: 2026-01-04, decision: {QUOTED}, rationale: {QUOTED}}}
        """,
}
"""Sound but for the rule unsafe-markup, which a test that uses it switches off: feeds must be safe by themselves."""
