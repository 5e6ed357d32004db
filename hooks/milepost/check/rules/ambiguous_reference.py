"""A `[[name]]` that could lead to two things: it is a programme, and an id of the programme in whose text it stands.

Why: the link leads to one of them, and a reader cannot tell whether that one was meant. An id that something had
`formerly` counts as well; two things that share one, in one programme, are a duplicate-id.

Example, in `data/portfolio.yml`:

    title: Demo portfolio
    publisher: Demo office
    programmes: [demo, phase-2]
    feed_authority: demo.example,2026

and in `data/programmes/phase-2/programme.yml`:

    id: phase-2
    title: Second phase
    recorded: 2026-01-01

and in `data/programmes/demo/tasks.yml`:

    - id: phase-2
      summary: Prepares for [[phase-2]].

Output:

    data/programmes/demo/tasks.yml:2:12: error[ambiguous-reference] phase-2 is a programme, and the task at data/programmes/demo/tasks.yml:1:7
      2 |   summary: Prepares for [[phase-2]].
        |            ^
      Write [[demo/phase-2]] for the task; for the programme, give the task another id first.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("ambiguous-reference", gate="references")
