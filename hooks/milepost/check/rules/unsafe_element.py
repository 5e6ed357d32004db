"""Something on a built page that acts by itself and is not the theme's: a script, a frame, a form, a redirection.

Why: people open the portal to read it. What a page that somebody wrote runs, loads, sends or leads on to is none of
that, however it came there: by HTML in Markdown, or by a title or description in front matter. A browser refuses most of
it by the page's Content-Security-Policy, which names the scripts of the theme alone; here the author is told.

Example, in `site/index.html`:

    <!doctype html>
    <meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="script-src 'self'">
    <script>alert(1)</script>
    <p onclick="alert(2)">Text</p>
    <iframe src="https://elsewhere.example/"></iframe>
    <meta http-equiv="refresh" content="0; url=https://elsewhere.example/">

Output:

    site/index.html:3:1: error[unsafe-element] a script that is not the theme's stands on the page: alert(1)
      3 | <script>alert(1)</script>
        | ^
      Take it out of the page's Markdown or front matter, or write it in a file that mkdocs.yml lists in extra_javascript.
    site/index.html:4:1: error[unsafe-element] a p element of the page runs something: onclick="alert(2)"
      4 | <p onclick="alert(2)">Text</p>
        | ^
      Take the attribute out of the page's Markdown or front matter.
    site/index.html:5:1: error[unsafe-element] an iframe element stands on the page: src="https://elsewhere.example/"
      5 | <iframe src="https://elsewhere.example/"></iframe>
        | ^
      Take it out of the page's Markdown or front matter; a link can lead to what it names.
    site/index.html:6:1: error[unsafe-element] the page leads elsewhere by itself: content="0; url=https://elsewhere.example/"
      6 | <meta http-equiv="refresh" content="0; url=https://elsewhere.example/">
        | ^
      Take it out of the page's Markdown or front matter; a link can lead to what it names.
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.built_site import ActingElement, BuiltSite
from milepost.check.rules.addresses import internal_targets, link_diagnostic, site_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic
from milepost.text.plain import collapse, shorten

SHOWN = 60
"""How many characters of a script its message shows."""
TAKE_OUT = "Take it out of the page's Markdown or front matter"
LISTED = "file that mkdocs.yml lists in extra_javascript"


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each script that a page's policy does not name, and all else that acts by itself.

    A page at an address of before leads on to where its thing stands now: that is what it is for.
    """
    for page in site.pages:
        for script in page.scripts:
            message = f"a script that is not the theme's stands on the page: {shorten(collapse(script), SHOWN)}"
            hint = f"{TAKE_OUT}, or write it in a {LISTED}."
            yield site_diagnostic("unsafe-element", page.route, page.line_of_script(script), message, hint)
        for element in page.acting:
            if element.tag != "meta" or page.route not in site.expected.redirects:
                line = page.line_of(element.attribute, element.value)
                yield site_diagnostic("unsafe-element", page.route, line, *_message_and_hint(element))
    for page, link, target in internal_targets(site, "script"):
        if target.path in site.expected.beside_pages:
            message = f"the page runs a file that stands beside the pages: {link.address}"
            hint = f"{TAKE_OUT}, or make it a {LISTED}."
            yield link_diagnostic("unsafe-element", page, link, message, hint)


def _message_and_hint(element: ActingElement) -> tuple[str, str]:
    """What is wrong with an element, and what to do."""
    written = f'{element.attribute}="{shorten(collapse(element.value), SHOWN)}"'
    article = "an" if element.tag[:1] in set("aeiou") else "a"
    if element.attribute.startswith("on"):
        message = f"{article} {element.tag} element of the page runs something: {written}"
        return message, "Take the attribute out of the page's Markdown or front matter."
    if element.tag == "meta":
        return f"the page leads elsewhere by itself: {written}", f"{TAKE_OUT}; a link can lead to what it names."
    message = f"{article} {element.tag} element stands on the page: {written}"
    return message, f"{TAKE_OUT}; a link can lead to what it names."


RULE = SiteRule("unsafe-element", check)
