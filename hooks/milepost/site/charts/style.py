"""How charts look: the colours of each scheme, the size of their texts, and how much of a text there is room for.

Colours pass WCAG 2.2 AA against their scheme's page: 3:1 for marks, 4.5:1 for text. States have the colours that they
have on pages, which differ to colour-blind eyes too.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from milepost.model.status import State
from milepost.text.plain import collapse

WIDTH = 328.0
"""Points: the pixels that a phone of 360 leaves between its margins."""
FONT_SIZE = 12.0
"""Points, which are pixels at the scale that a phone shows."""
BOLD = 1.14
WIDTHS = ((" .,:;'|!()[]/ijlI", 0.4), ("mwMW%@≠→←", 1.0), ("ABCDEFGHJKLNOPQRSTUVXYZ0123456789+=<>~#&", 0.7))
"""Of letters in a wide font, as shares of its size; that of others is `USUAL_WIDTH`, that of wide forms 1."""
USUAL_WIDTH = 0.62
WIDTH_OF = {letter: width for letters, width in WIDTHS for letter in letters}
WIDE_FORMS = frozenset("WF")
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of a chart in the light or the dark scheme.

    ground: that of the page. text, faint: of what is read, and of what stands behind. track: of what is empty, which
    says nothing by itself. steps: from few to many. gravity: grounds of text, from slight to grave.
    """

    ground: str
    text: str
    faint: str
    track: str
    not_started: str
    in_progress: str
    complete: str
    at_risk: str
    blocked: str
    disagrees: str
    steps: tuple[str, str, str]
    gravity: tuple[str, str, str]

    def of_state(self, state: State) -> str:
        """The colour of a state."""
        return {
            State.NOT_STARTED: self.not_started,
            State.IN_PROGRESS: self.in_progress,
            State.COMPLETE: self.complete,
            State.AT_RISK: self.at_risk,
            State.BLOCKED: self.blocked,
            State.UNREPORTED: self.not_started,
        }[state]


SCHEMES = {
    "light": Scheme(
        ground="#ffffff",
        text="#1f2937",
        faint="#565f6d",
        track="#e3e7ec",
        not_started="#5b6472",
        in_progress="#245ea3",
        complete="#1a7040",
        at_risk="#956200",
        blocked="#ae221f",
        disagrees="#7544bd",
        steps=("#5f94cc", "#245ea3", "#0d3560"),
        gravity=("#eef1f4", "#f6ecd6", "#f8dcd7"),
    ),
    "dark": Scheme(
        ground="#1e2329",
        text="#e5e7eb",
        faint="#a9b2bf",
        track="#363f4c",
        not_started="#a5aebb",
        in_progress="#56a5fb",
        complete="#5fc48a",
        at_risk="#e8b04a",
        blocked="#f58c80",
        disagrees="#cea0ee",
        steps=("#4a7fb8", "#7fbcff", "#d8eaff"),
        gravity=("#262d37", "#3a3425", "#482c2b"),
    ),
}


def room_for(text: str, *, bold: bool = False) -> float:
    """The width that a text may need, in points: readers' fonts differ, so it is a generous guess."""
    return sum(map(_width, text)) * FONT_SIZE * (BOLD if bold else 1)


def fitted(text: str, room: float, *, bold: bool = False) -> str:
    """As much of a text as there is `room` for, in points, on one line, with an ellipsis for the rest."""
    line = collapse(text)
    if room_for(line, bold=bold) <= room:
        return line
    left, kept = room - room_for(ELLIPSIS, bold=bold), ""
    for character in line:
        left -= room_for(character, bold=bold)
        # A mark that belongs to the letter before it takes no room, and stays with it.
        if left < 0:
            break
        kept += character
    return kept.rstrip() + ELLIPSIS


def _width(character: str) -> float:
    if unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(character) in WIDE_FORMS:
        return 1.0
    return WIDTH_OF.get(character, USUAL_WIDTH)
