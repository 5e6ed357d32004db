"""A value that its field cannot hold: a day that no calendar has, a word that is not one of a field's words.

Why: a value that is read in another way than it was meant is worse than none.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      status: compleet
      completed: 2025-02-30

Output:

    data/programmes/demo/tasks.yml:2:11: error[wrong-type] 'compleet' is not one of the words for this
      2 |   status: compleet
        |           ^
      Did you mean complete?
    data/programmes/demo/tasks.yml:3:14: error[wrong-type] 2025-02-30 is not in the calendar
      3 |   completed: 2025-02-30
        |              ^
      Write a day that exists: 2025-10-21.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("wrong-type", gate="shape")
