"""What is known of the addresses outside the portal: where each stands, and how it answered when it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from milepost.diagnostics import Location

Ask = Callable[[Sequence[str]], Mapping[str, str]]
"""Asks each of the addresses, and gives those that a reader would not reach, with what is wrong, as a sentence's end.

An address is given without its fragment: the anchor is the reader's own business, and is never sent.
"""


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """An address of the web that a file holds: as written, and where."""

    address: str
    location: Location

    @property
    def asked(self) -> str:
        """What of it is asked: all but the fragment."""
        return self.address.partition("#")[0]


@dataclass(frozen=True, slots=True)
class AskedLinks:
    """Every external link, and for each address that failed, by its asked part, what was wrong with it."""

    links: tuple[ExternalLink, ...]
    faults: Mapping[str, str]
