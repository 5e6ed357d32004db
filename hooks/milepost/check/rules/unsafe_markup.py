"""A text that holds HTML, or an address that runs what stands in it: `javascript:`, `vbscript:` or `data:`.

Why: texts of the data are words, never a part of a page's program. The pages escape whatever stands in a text, so this
only ever shows as clutter there; but the same text also goes to feeds, exports and whoever reads these. In backticks it
is shown as it stands. A `<` by itself, and a placeholder whose name is no element of HTML, are words like any other.

Example, in `data/programmes/demo/tasks.yml`:

    - id: T1
      title: The <b>first</b> task
      summary: Click javascript:alert(1) to begin, if a < b.
      outputs:
        - The element `<b>` is fine here, and so is <slug>.

Output:

    data/programmes/demo/tasks.yml:2:10: error[unsafe-markup] the text holds markup: <b>
      2 |   title: The <b>first</b> task
        |          ^
      Put it in backticks, so that it is shown as it stands, or say it in other words.
    data/programmes/demo/tasks.yml:3:12: error[unsafe-markup] the text holds an address that runs: javascript:
      3 |   summary: Click javascript:alert(1) to begin, if a < b.
        |            ^
      Put it in backticks, so that it is shown as it stands, or say it in other words.

"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("unsafe-markup", gate="shape")
