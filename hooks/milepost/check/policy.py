"""What a page may load and run, said in the page itself: a Content-Security-Policy.

A site of files has no say in the headers it is served with, so the policy stands in a `meta` element, where browsers
take all of it but `frame-ancestors`, `report-uri` and `sandbox`: whether other sites may show the portal in a frame is
for the server to say. See https://www.w3.org/TR/CSP3/#meta-element.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

CHARSET = '<meta charset="utf-8">'
"""What the policy stands behind: it must come before all that it judges, and the charset within 1,024 bytes."""
HELD_TO, TOLD = "http-equiv", "name"
"""The attribute by which browsers hold a page to its policy, and the one by which the site's check alone reads it."""
NAME = "Content-Security-Policy"
DATA_BLOCKS = frozenset({"application/json", "application/ld+json"})
"""The types of `script` that hold data: browsers never run these, whatever the policy says."""

TEMPLATE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>(?P<text>.*?)</script", re.DOTALL)
TEMPLATE_PART = re.compile(r"({{.*?}}|{%.*?%}|{#.*?#})", re.DOTALL)
TO_THE_TOP = frozenset({"{{ base_url }}", "{{ config.extra.scope | d(base_url) }}"})
"""What the theme's scripts hold of the page they stand on: the way from it to the top of the site."""
WAY_TO_THE_TOP = r"(?:\.|\.\.(?:/\.\.)*|/[\w/.~%-]*)"


def own_scripts(templates: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """The inline scripts of the theme's templates, as these are rendered.

    One that holds anything of a page but the way to the top of the site is none of them: what people write could stand
    in it, and would run.
    """
    texts = {found["text"] for template in templates for found in TEMPLATE_SCRIPT.finditer(template)}
    patterns = [_pattern_of(text) for text in sorted(texts)]
    return tuple(pattern for pattern in patterns if pattern is not None)


def with_policy(html: str, own: tuple[re.Pattern[str], ...]) -> str:
    """The page with its policy: it loads from its own site alone, and runs those inline scripts that are in `own`.

    These are told by their hashes, so this must be the last change to the page. Any other has no hash, wherever it
    stands, and will not run: what is written in data or Markdown stays text, even where it was not escaped. Raises
    ValueError where the page has no place for a policy.
    """
    return _with(HELD_TO, html, own)


def with_policy_told(html: str, own: tuple[re.Pattern[str], ...]) -> str:
    """The page with its policy where no browser heeds it, for a preview, whose server adds a script of its own."""
    return _with(TOLD, html, own)


def policy_of(html: str, own: tuple[re.Pattern[str], ...]) -> str:
    """The policy of the page, in the notation of https://www.w3.org/TR/CSP3/."""
    page = LexborHTMLParser(html)
    scripts = {script for script in inline_scripts(page) if _is_own(script, own)}
    # No browser asks for these, but checkers of HTML do; what is JSON calls nothing, were it run as a script.
    scripts |= {block.text() for block in page.css("script[type]:not([src])") if _is_json(block.text())}
    directives = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *sorted(map(hash_of, scripts))),
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


def unnamed_scripts(page: LexborHTMLParser) -> list[str]:
    """The inline scripts of a page that its policy does not name; none where it has no policy."""
    told = page.css_first(f'meta[{HELD_TO}="{NAME}"], meta[{TOLD}="{NAME}"]')
    if told is None:
        return []
    policy = told.attributes.get("content") or ""
    return [script for script in inline_scripts(page) if hash_of(script) not in policy]


def inline_scripts(page: LexborHTMLParser) -> list[str]:
    """The inline scripts of a page, as browsers read them, wherever they stand; blocks of data are none."""
    scripts = page.css("script:not([src])")
    return [
        script.text()
        for script in scripts
        if script.text().strip() and (script.attributes.get("type") or "").strip().lower() not in DATA_BLOCKS
    ]


def hash_of(script: str) -> str:
    """The name that a policy gives to an inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _with(attribute: str, html: str, own: tuple[re.Pattern[str], ...]) -> str:
    before, charset, after = html.partition(CHARSET)
    if not charset:
        raise ValueError(f"the page has no {CHARSET}, behind which its Content-Security-Policy would stand")
    return f'{before}{CHARSET}<meta {attribute}="{NAME}" content="{policy_of(html, own)}">{after}'


def _pattern_of(text: str) -> re.Pattern[str] | None:
    """A pattern of what a script of a template is rendered as; None where a page has a say in it."""
    parts = TEMPLATE_PART.split(text)
    if any(part not in TO_THE_TOP for part in parts[1::2]):
        return None
    return re.compile("".join(WAY_TO_THE_TOP if part in TO_THE_TOP else re.escape(part) for part in parts))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_own(script: str, own: tuple[re.Pattern[str], ...]) -> bool:
    return any(pattern.fullmatch(script) for pattern in own)
