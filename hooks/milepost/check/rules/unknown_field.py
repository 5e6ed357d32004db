"""A field that its record does not have.

Why: a misspelled field is a fact that the portal does not show.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progres: 45

Output:

    data/programmes/demo/tasks.yml:2:3: error[unknown-field] there is no field progres here
      2 |   progres: 45
        |   ^
      Did you mean progress?
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("unknown-field", gate="shape")
