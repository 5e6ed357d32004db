"""Text that is not YAML.

Why: a file that cannot be read hides everything in it, so nothing else about it can be said.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      title: Build: the first part

Output:

    data/programmes/demo/tasks.yml:2:15: error[yaml-syntax] this is not YAML: mapping values are not allowed in this context
      2 |   title: Build: the first part
        |               ^
      Put text that holds ": " in quotes.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("yaml-syntax", gate="shape")
