"""How a percentage is written, and a text that says which figure of the data each of its percentages is."""

from __future__ import annotations

import re
from dataclasses import dataclass

PERCENTAGE = re.compile(r"(?P<figure>\d+(?:\.\d+)?)\s*%")
"""A percentage as pages write it: `63 %`, `71.43 %`, `63%`; the space may be one that does not break."""
SAID = "-"
"""Stands in the place of a figure's name where a percentage is not the portal's own, but what the data's words say."""
SAID_CLASS = "mp-said"
"""The class of an HTML element that holds what the data's words, or a sentence of Milepost's own, say."""
TEXT_MARK = "text:"


@dataclass(frozen=True, slots=True)
class Cited:
    """A text of Milepost's own that gives figures.

    keys: the name of the figure that each percentage of the text is, in their order, such as `fixnado/M3:computed`, or
    `SAID`.
    """

    text: str
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


def said_in(words: str) -> tuple[str, ...]:
    """A `SAID` for each percentage in words of the data, such as a title."""
    return (SAID,) * len(PERCENTAGE.findall(words))


def text_mark(*keys: str) -> str:
    """The name that a text of a chart has among its marks: it holds the names of the figures that the text gives.

    A mark that is a figure, such as a bar, has the figure's own name; no two marks of a chart can share one.
    """
    return TEXT_MARK + "+".join(keys)


def keys_of_mark(name: str) -> tuple[str, ...]:
    """The names of the figures that a text of a chart gives, by its own name; none where it gives none."""
    return tuple(name.removeprefix(TEXT_MARK).split("+")) if name.startswith(TEXT_MARK) else ()
