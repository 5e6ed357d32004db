"""A field that its record needs, or a file that its programme needs, is not there.

Why: without it the portal would have to guess.

Example, in `data/programmes/demo/registers/risks.yml`:

    - id: R-01
      description: The supplier may be late.

Output:

    data/programmes/demo/registers/risks.yml:1:3: error[missing-field] the field status is missing
      1 | - id: R-01
        |   ^
      Add status: open, mitigating, resolved or closed.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("missing-field", gate="shape")
