"""An id that is given twice in one programme, also where only capitals differ.

Why: a reference to it, and an address that was cited, would mean two things. Reported at each of the places. Updates
of one entity are told apart by their day, so a second one of a day needs an id of its own.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
    - id: T2
    - id: t1

Output:

    data/programmes/demo/tasks.yml:1:7: error[duplicate-id] the id T1 is also given at data/programmes/demo/tasks.yml:3:7
      1 | - id: T1
        |       ^
      Give one of them another id.
    data/programmes/demo/tasks.yml:3:7: error[duplicate-id] the id t1 is also given at data/programmes/demo/tasks.yml:1:7
      3 | - id: t1
        |       ^
      Give one of them another id.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("duplicate-id", gate="references")
