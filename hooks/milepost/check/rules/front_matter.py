"""Front matter that MkDocs reads differently from what is written, or a field with a value that it cannot have.

Why: MkDocs reads front matter in its own way. Where it cannot, it says nothing, and shows the front matter on the page.
It takes first lines such as `Status: fine` for metadata, and does not show them. A field of a wrong type stops the build
in the middle of the theme's templates. The check names each at its line, before that.

Example, in `content/index.md`:

    ---
    title: 2026
    date: 2026-02-30
    ---

    Text.

Example, in `content/note.md`:

    ---
    title: 2026
    hide: toc
    template: partials/copyright.html
    ---

    Text.

Example, in `content/status.md`:

    Status: fine

    Text.

Output:

    content/index.md:3:1: error[front-matter] MkDocs cannot read this, and would show the front matter on the page
      3 | date: 2026-02-30
        | ^
      Put the value in quotes, or write one that YAML 1.1 has too.
    content/note.md:2:8: error[front-matter] title takes words, and MkDocs reads a number
      2 | title: 2026
        |        ^
      Put it in quotes: title: "2026".
    content/note.md:3:7: error[front-matter] hide takes a list of words, and MkDocs reads text
      3 | hide: toc
        |       ^
      Write, for example, hide: [navigation, toc]; or leave it out.
    content/note.md:4:11: error[front-matter] there is no template of a whole page partials/copyright.html
      4 | template: partials/copyright.html
        |           ^
      Write one of: main.html.
    content/status.md:1:1: error[front-matter] MkDocs takes this line for metadata, and does not show it
      1 | Status: fine
        | ^
      Put an empty line before it, or a heading.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("front-matter", gate="shape")
