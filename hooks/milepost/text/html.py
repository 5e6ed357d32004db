"""Text from data to HTML that is safe to show: everything is escaped, and only code, addresses and ids become markup.

Nothing here reads Markdown or HTML in the data, so there is nothing in it to run: `<script>` is shown as `<script>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from milepost.text.ids import Token, TokenKind, tokens
from milepost.text.sentence import PERCENTAGE, SAID_CLASS

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Whatever Python, and with it Markdown, takes for the end of a line."""
Resolve = Callable[[str], str | None]
"""Gives the address of the entity that an id or a reference stands for, or None where there is none to link to."""


def inline(sentence: str, resolve: Resolve) -> Markup:
    """A sentence as inline HTML, its ids and [[references]] linked to the addresses that `resolve` gives.

    One that gives a percentage is marked as said: whether it agrees with the data is for prose-percentage to judge.
    """
    flat = one_line(sentence)
    written = Markup("").join(_rendered(token, resolve) for token in tokens(flat))
    return said(written) if PERCENTAGE.search(flat) else written


def said(words: str) -> Markup:
    """Words that someone said, as HTML that is marked so; bare text is escaped."""
    return Markup('<span class="{}">{}</span>').format(SAID_CLASS, words)


def one_line(text: str) -> str:
    """The text on one line, as HTML shows it anyway: at the beginning of a line Markdown would read more into it."""
    return LINE_END.sub(" ", text)


def plain(sentence: str) -> str:
    """A sentence as bare text, without the marks of code and references."""
    return "".join(token.text for token in tokens(sentence))


def _rendered(token: Token, resolve: Resolve) -> Markup:
    if token.kind is TokenKind.CODE:
        return Markup("<code>{}</code>").format(token.text)
    if token.kind is TokenKind.ADDRESS:
        return Markup('<a href="{0}" rel="noopener">{0}</a>').format(token.text)
    if token.kind in (TokenKind.REFERENCE, TokenKind.ID):
        address = resolve(token.text)
        if address is not None:
            return Markup('<a class="mp-ref" href="{}">{}</a>').format(address, token.text)
    return escape(token.text)
