"""A rule's documentation, read off its module's docstring: what it finds, why, an example, the output."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from textwrap import dedent

from milepost.text.plain import collapse

EXAMPLE = re.compile(r"^(?:Example, |and )in `(?P<path>[^`]+)`[^:\n]*:\n\n(?P<text>(?:(?:    .*)?\n)+)", re.MULTILINE)
OUTPUT = re.compile(r"^Output:\n\n(?P<text>(?:(?:    .*)?\n?)+)", re.MULTILINE)
WHY = re.compile(r"^Why: (?P<text>.+?)(?=\n\n)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class RuleDocumentation:
    """What a rule says of itself. `examples` are files by path; `output` is what a check of them prints."""

    summary: str
    why: str
    examples: tuple[tuple[str, str], ...]
    output: str
    text: str


def documentation(module_docstring: str | None) -> RuleDocumentation:
    """Read a rule's docstring; raises ValueError where it has not the form that every rule's has."""
    text = inspect.cleandoc(module_docstring or "") + "\n"
    why, output = WHY.search(text), OUTPUT.search(text)
    examples = tuple((found["path"], dedent(found["text"]).strip("\n") + "\n") for found in EXAMPLE.finditer(text))
    if why is None or output is None or not examples:
        raise ValueError("a rule's docstring has a summary, `Why:`, `Example, in ...:` and `Output:`")
    summary = collapse(text.split("\n\n")[0])
    return RuleDocumentation(summary, collapse(why["text"]), examples, dedent(output["text"]).strip("\n"), text)
