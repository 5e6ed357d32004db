"""The commands: how each is called, its options, and examples."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.model import routes
from milepost.report import Report
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter


def make(report: Report) -> Iterator[Page]:
    """The one page of commands; none where nobody told of the command line."""
    if report.commands:
        yield PageWriter(report, routes.COMMANDS).page(
            "commands_reference",
            title="Commands",
            description="Every command: how it is called, its options, examples, and its exit status.",
        )


KIND = PageKind("commands-reference", "Every command, with its options and examples.", make)
