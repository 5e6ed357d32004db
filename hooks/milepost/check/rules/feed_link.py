"""A link in a feed, calendar or sitemap to a page or place that the site does not have; or a feed that cannot be read.

Why: whoever follows the portal by its feeds or calendars sees such a link first, and lands nowhere. A feed that is not
sound XML or JSON, or that declares a document type, is refused by readers as a whole.

Example, in `site/index.html`:

    <!doctype html>
    <h2 id="tasks">Tasks</h2>

and in `site/feeds/rss.xml`:

    <rss version="2.0"><channel>
      <link>https://demo.example/index.html</link>
      <item><link>https://demo.example/T9.html</link></item>
      <item><link>https://demo.example/index.html#task</link></item>
    </channel></rss>

Output:

    site/feeds/rss.xml:3:1: error[feed-link] the link https://demo.example/T9.html leads to no page of the site
      3 |   <item><link>https://demo.example/T9.html</link></item>
        | ^
      Correct the address, or add the page.
    site/feeds/rss.xml:4:1: error[feed-link] the page index.html has no place called task
      4 |   <item><link>https://demo.example/index.html#task</link></item>
        | ^
      Did you mean tasks?

"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milepost.check.built_site import BuiltSite, FeedLink, SitePage
from milepost.check.rules.addresses import site_diagnostic
from milepost.check.rules.descriptor import SiteRule
from milepost.diagnostics import Diagnostic, did_you_mean

NAME = "feed-link"


def check(site: BuiltSite) -> Iterator[Diagnostic]:
    """Each feed that cannot be read, and each link of the others that leads nowhere."""
    pages = {page.route: page for page in site.pages}
    for feed in site.feeds:
        if feed.fault:
            message = f"the feed cannot be read: {feed.fault}"
            yield site_diagnostic(
                NAME, feed.route, feed.fault_line, message, "Write it soundly, and as plainly as its format allows."
            )
        for link in feed.links:
            for message, hint in _wrong(link, site, pages):
                yield site_diagnostic(NAME, feed.route, link.line, message, hint)


def _wrong(link: FeedLink, site: BuiltSite, pages: Mapping[str, SitePage]) -> Iterator[tuple[str, str]]:
    target = link.target
    if target is None:
        return
    if target.path not in site.files:
        yield f"the link {link.address} leads to no page of the site", "Correct the address, or add the page."
    elif target.anchor and target.path in pages and target.anchor not in pages[target.path].anchors:
        message = f"the page {target.path} has no place called {target.anchor}"
        yield message, did_you_mean(target.anchor, pages[target.path].anchors)


RULE = SiteRule("feed-link", check)
