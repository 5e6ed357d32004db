"""Markdown (CommonMark, and what GitHub adds to it) in which text of the data is text, and reaches nobody."""

from __future__ import annotations

import re

from milepost.text.plain import collapse

MARKS = re.compile(r"([\\`*_{}\[\]<>|~!#&$])")
# GitHub makes mentions, references and links of bare text; a comment within it is not shown, and keeps it bare.
REACHING_OUT = re.compile(r"(?<=[@#])(?=\w)|(?<=GH)(?=-\d)|(?<=:)(?=//)|(?<=www)(?=\.)")


def literal(text: str) -> str:
    """Text as Markdown that shows it as it stands, within a line: it neither marks up, nor links, nor ends the line."""
    return REACHING_OUT.sub("<!-- -->", MARKS.sub(r"\\\1", collapse(text)))
