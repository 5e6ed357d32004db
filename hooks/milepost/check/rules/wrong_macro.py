"""A macro of an authored page that does not exist, or is not used as it is meant.

Why: it would stand on the page as it is, or stop the build with a message that names no line. A page of `content/` with
`render_macros: true` holds macros alone, with their arguments in quotes, and nothing else of the template language.

Example, in `content/index.md`:

    ---
    render_macros: true
    ---

    The demo stands at {{ progres("demo") }}.

Output:

    content/index.md:5:20: error[wrong-macro] there is no macro progres
      5 | The demo stands at {{ progres("demo") }}.
        |                    ^
      Did you mean progress?
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("wrong-macro", gate="shape")
