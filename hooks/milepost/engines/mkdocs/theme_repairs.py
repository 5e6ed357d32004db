"""What the theme writes wrongly, in templates that cannot be changed in part, set right after a page is rendered.

A repair looks for what the theme writes, to the letter. Where the theme no longer writes it, a test says so, and the
repair can go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repair:
    """What the theme writes in one of its templates, what stands there instead, and the pages that this is true of."""

    template: str
    written: str
    instead: str
    is_needed: Callable[[str], bool] = lambda _: True


TABLE_OF_CONTENTS = 'id="__toc"'

REPAIRS = (
    # A tick box has nothing that a browser could complete.
    Repair("base.html", 'type="checkbox" id="__drawer" autocomplete="off"', 'type="checkbox" id="__drawer"'),
    Repair("base.html", 'type="checkbox" id="__search" autocomplete="off"', 'type="checkbox" id="__search"'),
    # Only pages that the navigation lists have the box that this label is for.
    Repair(
        "partials/toc.html",
        '<label class="md-nav__title" for="__toc">',
        '<label class="md-nav__title">',
        lambda html: TABLE_OF_CONTENTS not in html,
    ),
    Repair(
        "partials/search.html",
        'data-md-component="search" role="dialog">',
        'data-md-component="search" role="dialog" aria-label="Search">',
    ),
)


def repaired(html: str) -> str:
    """The page with every repair made that it needs."""
    for repair in REPAIRS:
        if repair.is_needed(html):
            html = html.replace(repair.written, repair.instead)
    return html
