"""A built page that nobody can come to: following the links of the site from index.html, one never reaches it.

Why: what no page links to is read by nobody, and its figures are corrected by nobody. The page for addresses that are not
found, 404.html, is shown by the server and needs no link. Neither does a page at an address of before, which says what
became of the thing that stood there: whoever comes to it has the address from elsewhere.

Example, in `site/index.html`:

    <!doctype html>
    <a href="tasks.html">Tasks</a>

and in `site/tasks.html`:

    <!doctype html>
    <a href="index.html">Overview</a>

and in `site/old.html`:

    <!doctype html>
    <a href="index.html">Overview</a>

Output:

    site/old.html:1:1: error[unreachable-page] no links lead from index.html to this page
      1 | <!doctype html>
        | ^
      Link to it, or remove it.

"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milepost.check.built_site import BuiltSite
from milepost.check.rules.addresses import site_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic
from milepost.model import routes


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each page that no way leads to."""
    linked = {
        page.route: {link.target.path for link in page.links if link.tag == "a" and link.target} for page in site.pages
    }
    reached = _reached(linked)
    # Who comes to a page of these two kinds holds an address from elsewhere.
    from_outside = {routes.NOT_FOUND} | site.expected.redirects
    for page in site.pages:
        if page.route not in reached and page.route not in from_outside:
            message = f"no links lead from {routes.OVERVIEW} to this page"
            yield site_diagnostic("unreachable-page", page.route, 1, message, "Link to it, or remove it.")


def _reached(linked: Mapping[str, set[str]]) -> set[str]:
    reached = {routes.OVERVIEW}
    waiting = [routes.OVERVIEW]
    while waiting:
        new = linked.get(waiting.pop(), set()) - reached
        reached |= new
        waiting.extend(new)
    return reached


RULE = SiteRule("unreachable-page", check)
