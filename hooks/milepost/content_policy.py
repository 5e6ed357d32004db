"""What a page may load and run, said in the page itself: a Content-Security-Policy.

A site of files has no say in the headers it is served with, so the policy stands in a `meta` element, where browsers
take all of it but `frame-ancestors`, `report-uri` and `sandbox`: whether other sites may show the portal in a frame is
for the server to say. See https://www.w3.org/TR/CSP3/#meta-element.
"""

from __future__ import annotations

import base64
import hashlib

from selectolax.lexbor import LexborHTMLParser, LexborNode

CHARSET = '<meta charset="utf-8">'
"""What the policy stands behind: it must come before all that it judges, and the charset within 1,024 bytes."""
ARTICLE = "md-content__inner"
"""The class of the element that holds what a page says; around it stands the theme."""
ATTRIBUTE = "http-equiv"
NAME = "Content-Security-Policy"


def with_policy(html: str) -> str:
    """The page with its policy: it loads from its own site alone, and runs the theme's inline scripts, no others.

    These are told by their hashes, so this must be the last change to the page. A script within the page's article has
    no hash and will not run: what is written in data or Markdown stays text, even where it was not escaped. Raises
    ValueError where the page has no place for a policy.
    """
    before, charset, after = html.partition(CHARSET)
    if not charset:
        raise ValueError(f"the page has no {CHARSET}, behind which its Content-Security-Policy would stand")
    return f'{before}{CHARSET}<meta {ATTRIBUTE}="{NAME}" content="{policy_of(html)}">{after}'


def policy_of(html: str) -> str:
    """The policy of the page, in the notation of https://www.w3.org/TR/CSP3/."""
    hashes = sorted({_hash_of(script) for script in _inline_scripts(html)})
    directives = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *hashes),
        "style-src": ("'self'",),
        # The theme's icons are masks that its style sheet holds as data.
        "img-src": ("'self'", "data:"),
        "font-src": ("'self'",),
        "media-src": ("'self'",),
        "connect-src": ("'self'",),
        "worker-src": ("'self'",),
        "object-src": ("'none'",),
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
    }
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def _inline_scripts(html: str) -> list[str]:
    """The inline scripts that stand around the page's article, as browsers read them; blocks of data among them."""
    scripts = LexborHTMLParser(html).css("script:not([src])")
    return [script.text() for script in scripts if not _is_in_article(script)]


def _is_in_article(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if ARTICLE in (parent.attributes.get("class") or "").split():
            return True
        parent = parent.parent
    return False


def _hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
