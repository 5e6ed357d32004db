"""A percentage below 0 or above 100.

Why: progress is a share of the work, from none of it to all of it.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 450

Output:

    data/programmes/demo/tasks.yml:2:13: error[percentage-range] 450 is not between 0 and 100
      2 |   progress: 450
        |             ^
      Write a figure from 0 to 100.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("percentage-range", gate="shape")
