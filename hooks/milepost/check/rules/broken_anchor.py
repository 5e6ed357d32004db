"""A link on a built page to a place that its target page does not have.

Why: the reader lands at the top of a long page and does not find what was cited.

Example, in `site/index.html`:

    <!doctype html>
    <h2 id="tasks">Tasks</h2>
    <a href="#task">Tasks</a>

Output:

    site/index.html:3:1: error[broken-anchor] the page index.html has no place called task
      3 | <a href="#task">Tasks</a>
        | ^
      Did you mean tasks?
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.built_site import BuiltSite
from milepost.check.rules.addresses import internal_targets, link_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic, did_you_mean


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each link to an anchor that its page does not offer."""
    pages = {page.route: page for page in site.pages}
    for page, link, target in internal_targets(site, "a"):
        reached = pages.get(target.path)
        if reached is not None and target.anchor and target.anchor not in reached.anchors:
            message = f"the page {target.path} has no place called {target.anchor}"
            yield link_diagnostic("broken-anchor", page, link, message, did_you_mean(target.anchor, reached.anchors))


RULE = SiteRule("broken-anchor", check)
