"""A file too large, or too deeply nested, to be data that people keep.

Why: anyone may send a file in a pull request; a build must not run out of memory or time over it. A file holds at
most 5,000,000 bytes, 200,000 values and 1,000 aliases, and lists and mappings stand at most 40 deep in one another. Of
a file that has more than 1,000 findings the first are told.

Example, in `data/people.yml`:

    [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[too deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

Output:

    data/people.yml:1:41: error[yaml-limits] this stands over the limit of 40 deep
      1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[too deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
        |                                         ^
      Flatten it.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("yaml-limits", gate="shape")
