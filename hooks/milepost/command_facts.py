"""What the handbook says of a command, as plain facts: pages stand below the command line, and cannot ask it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """An option as it is written, and what it is for."""

    written: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CommandFacts:
    """A command: how it is called, what it does in paragraphs, its options, and examples that run."""

    name: str
    usage: str
    paragraphs: tuple[str, ...]
    options: tuple[OptionFacts, ...]
    examples: tuple[str, ...]
