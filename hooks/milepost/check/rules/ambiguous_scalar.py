"""A text without quotes that other readers of YAML take for something else: a number, a day, true or false.

Why: this check reads it as the text that stands there, an editor or another tool may not: `1.10` becomes 1.1, `no` becomes
false, and `1:30` becomes 90. In quotes it is the same text to all of them. Days and figures are not
texts; an id is one where it is such a word.

Example, in `data/programmes/demo/programme.yml`:

    id: demo
    title: Demo
    version: 1.10
    summary: "yes"
    recorded: 2026-01-01

Output:

    data/programmes/demo/programme.yml:3:10: error[ambiguous-scalar] without quotes, 1.10 is a number to some readers of YAML
      3 | version: 1.10
        |          ^
      Put it in quotes: "1.10".
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("ambiguous-scalar", gate="shape")
