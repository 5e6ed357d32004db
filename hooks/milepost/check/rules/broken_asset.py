"""A picture, style sheet, script or feed that a built page needs and the site does not have.

Why: a chart that does not load is a figure that nobody sees.

Example, in `site/index.html`:

    <!doctype html>
    <img src="charts/progress.svg" alt="Progress">

Output:

    site/index.html:2:1: error[broken-asset] the file charts/progress.svg is not in the site
      2 | <img src="charts/progress.svg" alt="Progress">
        | ^
      Correct the address, or add the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.built_site import BuiltSite
from milepost.check.rules.addresses import internal_targets, link_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each file that a page loads and the site does not have."""
    for page, link, target in internal_targets(site, "img", "link", "script", "source"):
        if target.path not in site.files:
            message = f"the file {link.address} is not in the site"
            yield link_diagnostic("broken-asset", page, link, message, "Correct the address, or add the file.")


RULE = SiteRule("broken-asset", check)
