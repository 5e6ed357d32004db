"""An address on a built page that is neither of the web nor of mail: `javascript:`, `data:`, `file:` and the like.

Why: such an address runs what stands in it, or leads to a place that only its author has. Whatever wrote the page, the
built HTML is what is checked. Schemes that a page may use are http, https, mailto and tag.

Example, in `site/index.html`:

    <!doctype html>
    <a href="javascript:alert(1)">More</a>

Output:

    site/index.html:2:1: error[unsafe-link] an address of the scheme javascript stands on the page
      2 | <a href="javascript:alert(1)">More</a>
        | ^
      Write one of http, https, mailto, tag, or an address within the site.

"""

from __future__ import annotations

import re
from collections.abc import Iterator

from milepost.check.built_site import BuiltSite
from milepost.check.rules.addresses import link_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic

SAFE = frozenset({"http", "https", "mailto", "tag"})
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers pass over these wherever they stand, and over the others at the beginning.
PASSED_OVER = re.compile(r"[\t\n\r]|^[\x00-\x20]+")


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each address of a scheme that no page may use."""
    for page in site.pages:
        for link in page.links:
            scheme = SCHEME.match(PASSED_OVER.sub("", link.address)) if ":" in link.address else None
            if scheme and scheme[1].lower() not in SAFE:
                message = f"an address of the scheme {scheme[1].lower()} stands on the page"
                hint = f"Write one of {', '.join(sorted(SAFE))}, or an address within the site."
                yield link_diagnostic("unsafe-link", page, link, message, hint)


RULE = SiteRule("unsafe-link", check)
