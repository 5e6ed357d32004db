"""An id that cannot be one.

Why: ids become file names and addresses that are cited for years. An id begins with a letter, holds a digit, and is
made of letters, digits, single dots and hyphens; a programme's and an owner's is small letters, digits and hyphens.

Example, in `data/programmes/demo/tasks.yml`:

    - id: ../T1

Output:

    data/programmes/demo/tasks.yml:1:7: error[invalid-id] '../T1' is not an id
      1 | - id: ../T1
        |       ^
      Begin with a letter, hold a digit, and use letters, digits, single dots and hyphens: M1, T1.2, UT-004.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("invalid-id", gate="shape")
