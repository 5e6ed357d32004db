"""A reference to something that is not there: an owner, a task, a milestone, a `[[programme/id]]` in a text.

Why: a link that leads nowhere, or a task that no milestone knows, is a fact that got lost.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      owner: edytor
      summary: Follows on from [[demo/T9]].

Output:

    data/programmes/demo/tasks.yml:2:10: error[unknown-reference] there is no owner edytor
      2 |   owner: edytor
        |          ^
      Did you mean editor? Where edytor is new, add an entry to data/people.yml first.
    data/programmes/demo/tasks.yml:3:12: error[unknown-reference] there is no entity demo/T9
      3 |   summary: Follows on from [[demo/T9]].
        |            ^
      Did you mean demo/T1?
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("unknown-reference", gate="references")
