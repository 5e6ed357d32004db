"""Text for people at a terminal: colours and progress bars there, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from milepost.diagnostics import Diagnostic, Location, Severity, text_lines
from milepost.text.plain import counted

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
ERRORS = Console(stderr=True, soft_wrap=True, highlight=False)
OUTPUT = Console(soft_wrap=True, highlight=False)


def print_diagnostics(diagnostics: Sequence[Diagnostic], line_at: Callable[[Location], str]) -> None:
    """Print the findings with their lines, in colour on a terminal only."""
    for found in diagnostics:
        for number, line in enumerate(text_lines(found, line_at(found.location))):
            text = Text(line)
            if number == 0:
                text.stylize("bold", 0, len(str(found.location)))
                text.highlight_words([f"{found.severity}[{found.rule}]"], COLOURS[found.severity])
            OUTPUT.print(text)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """How many errors and warnings there are, in words."""
    counts = [(sum(found.severity is severity for found in diagnostics), severity) for severity in Severity]
    words = [counted(count, severity) for count, severity in counts if count]
    return " and ".join(words) if words else "no findings"


def tell(message: str) -> None:
    """Say something about the work itself, beside the output."""
    ERRORS.print(message, markup=False)


@contextmanager
def page_counter() -> Iterator[PageCounter]:
    """What counts the pages of a build: a progress bar on a terminal, nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not ERRORS.is_terminal) as progress:
        yield PageCounter(progress)


class PageCounter:
    """Moves a progress bar on with each page."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.bar = progress.add_task("Building", total=None)

    def expect(self, steps: int) -> None:
        """Learn how many steps there are."""
        self.progress.update(self.bar, total=steps)

    def advance(self) -> None:
        """One more step is done."""
        self.progress.advance(self.bar)
