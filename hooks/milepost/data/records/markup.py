"""What in a text is HTML, or an address that runs: a text of the data has no use for either, but to speak of it."""

from __future__ import annotations

import re

ELEMENTS = frozenset(
    """
    a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body br button canvas
    caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
    figcaption figure font footer foreignobject form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i
    iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu
    menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture
    plaintext pre progress q rp rt ruby s samp script search section select slot small source span strike strong
    style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video
    wbr xmp
    """.split()  # noqa: SIM905  # a hundred words in quotes read worse
)
"""The names of HTML's elements, and of those that are none any more but that browsers still know."""

CODE = re.compile(r"`[^`\n]+`")
TAG = re.compile(r"<[/!?]?[a-z][^\s<>/`]*(?:[\s/][^<>`]*)?>", re.IGNORECASE)
NAME = re.compile(r"[a-z][a-z0-9]*", re.IGNORECASE)
ATTRIBUTE = re.compile(r"<[a-z][^\s<>/=`]*(?:\s[\s/]*|/[\s/]*)[a-z][\w:.@-]*\s*=\s*[^\s=]", re.IGNORECASE)
OTHER_MARKUP = re.compile(r"<!--|<!doctype\b|<!\[CDATA\[|<\?xml\b", re.IGNORECASE)


def _spaced(scheme: str) -> str:
    """A pattern of `scheme`, also with the line ends and tabs in it that browsers pass over."""
    return r"[\t\r\n]*".join(re.escape(letter) for letter in scheme)


RUNNING_ADDRESS = re.compile(
    rf"(?<![\w-])(?:(?:{_spaced('javascript')}|{_spaced('vbscript')})[\t\r\n]*:(?=\S)"
    rf"|{_spaced('data')}[\t\r\n]*:(?:[a-z]+/[a-z0-9.+*-]+)?[;,](?=\S))",
    re.IGNORECASE,
)


def unsafe_part(text: str) -> str | None:
    """The first tag, comment or address that runs in `text`, outside its code; None where it is all plain text.

    A `<` by itself is text, and so is a word in such brackets that is no element's name: `a < b`, `<slug>`.
    """
    if "<" not in text and ":" not in text:
        return None
    without_code = CODE.sub("``", text)
    parts = (
        found
        for pattern in (TAG, ATTRIBUTE, OTHER_MARKUP, RUNNING_ADDRESS)
        for found in pattern.finditer(without_code)
        if pattern is not TAG or _is_element(found[0])
    )
    first = min(parts, key=lambda found: found.start(), default=None)
    return first[0] if first else None


def _is_element(tag: str) -> bool:
    name = NAME.search(tag)
    return name is not None and name[0].lower() in ELEMENTS and tag[name.end()] in " \t\r\n/>"
