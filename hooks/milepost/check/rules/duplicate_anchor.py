"""A place of a built page whose name another place of that page has already.

Why: a link to that name leads to the first of them, so that the second cannot be cited, and whoever cites it shows
something else.

Example, in `site/index.html`:

    <!doctype html>
    <h2 id="tasks">Tasks</h2>
    <h2 id="tasks">More tasks</h2>

Output:

    site/index.html:3:1: error[duplicate-anchor] the page has a place called tasks already
      3 | <h2 id="tasks">More tasks</h2>
        | ^
      Give one of them another name.

"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.built_site import BuiltSite
from milepost.check.rules.addresses import site_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each name that stands twice on a page, at its second place."""
    for page in site.pages:
        for anchor in page.repeated_anchors:
            line = page.line_of("id", anchor, occurrence=2)
            message = f"the page has a place called {anchor} already"
            yield site_diagnostic("duplicate-anchor", page.route, line, message, "Give one of them another name.")


RULE = SiteRule("duplicate-anchor", check)
