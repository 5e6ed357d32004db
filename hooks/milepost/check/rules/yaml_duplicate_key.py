"""A field that stands twice in one mapping.

Why: YAML readers keep one of the two and drop the other in silence, so that a figure could vanish unseen.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 40
      progress: 60

Output:

    data/programmes/demo/tasks.yml:3:3: error[yaml-duplicate-key] the field progress stands twice here, first on line 2
      3 |   progress: 60
        |   ^
      Keep one of the two.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("yaml-duplicate-key", gate="shape")
