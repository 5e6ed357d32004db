"""A figure that is not written as a percentage.

Why: `45`, `45%`, `0.45` and "about half" would all be read in some way; two of them are allowed, and mean the same.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      progress: 0.45

Output:

    data/programmes/demo/tasks.yml:2:13: error[percentage-format] '0.45' is not a percentage
      2 |   progress: 0.45
        |             ^
      Write a whole number: 45 or 45%.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("percentage-format", gate="shape")
