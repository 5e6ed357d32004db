"""A link on a built page to a page that is not in the site.

Why: the reader ends nowhere, and a citation proves nothing. The built HTML is what is checked, whatever wrote it.
Links into a published snapshot are left out: it is put beside the site when that is published, and proved by itself.

Example, in `site/index.html`:

    <!doctype html>
    <a href="fixnado/M9.html">M9</a>

Output:

    site/index.html:2:1: error[broken-link] the link fixnado/M9.html leads to no page of the site
      2 | <a href="fixnado/M9.html">M9</a>
        | ^
      Correct the address, or add the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.built_site import BuiltSite
from milepost.check.rules.addresses import internal_targets, link_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each link to a page that the site does not have."""
    for page, link, target in internal_targets(site, "a"):
        if target.path not in site.files and not target.path.startswith(site.expected.snapshot_folders):
            message = f"the link {link.address} leads to no page of the site"
            yield link_diagnostic("broken-link", page, link, message, "Correct the address, or add the page.")


RULE = SiteRule("broken-link", check)
