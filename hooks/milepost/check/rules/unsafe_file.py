"""A file of `content/` that a browser would run, or that takes the place of a file of the theme.

Why: files beside the pages are published as they are, under the portal's address. An HTML or XML file opens there as a
page of its own, which no policy holds back; a picture in SVG can hold a script. A file with the path of the theme's own
script would be loaded by every page in its stead.

Example, in `content/assets/tables.js`:

    alert(1)

Example, in `content/plan.html`:

    <script>alert(1)</script>

Example, in `content/plan.svg`:

    <svg xmlns="http://www.w3.org/2000/svg">
      <script>alert(1)</script>
      <a href="https://elsewhere.example/"><path onclick="alert(2)"/></a>
    </svg>

Output:

    content/assets/tables.js:1:1: error[unsafe-file] this takes the place of a file of the theme: assets/tables.js
      1 | alert(1)
        | ^
      Give the file another name.
    content/plan.html:1:1: error[unsafe-file] a browser opens .html files as pages, and runs what they hold
      1 | <script>alert(1)</script>
        | ^
      Write it as a page in Markdown, or publish it elsewhere and link to it.
    content/plan.svg:2:3: error[unsafe-file] the picture holds a script element, which can run something
      2 |   <script>alert(1)</script>
        |   ^
      Take it out, or save the picture as PNG.
    content/plan.svg:3:3: error[unsafe-file] the picture leads elsewhere, or loads from there: href
      3 |   <a href="https://elsewhere.example/"><path onclick="alert(2)"/></a>
        |   ^
      Take it out, or save the picture as PNG.
    content/plan.svg:3:40: error[unsafe-file] the picture runs something: onclick
      3 |   <a href="https://elsewhere.example/"><path onclick="alert(2)"/></a>
        |                                        ^
      Take it out, or save the picture as PNG.
"""

from milepost.check.rules.descriptor import GateRule

RULE = GateRule("unsafe-file", gate="shape")
