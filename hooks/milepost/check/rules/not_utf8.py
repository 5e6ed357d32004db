r"""A file that is not UTF-8 text.

Why: another encoding turns names into other names, or into nothing.

Example, in `data/people.yml` (the escape stands for the byte itself):

    - id: jose
      title: Jos\xe9
      kind: person

Output:

    data/people.yml:2:13: error[not-utf8] the byte 0xe9 is not UTF-8 text
      2 |   title: Jos\xe9
        |             ^
      Save the file as UTF-8.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("not-utf8", gate="shape")
