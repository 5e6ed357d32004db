"""The three gates in a row: shape, references, rules. A gate that finds an error stops the next."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milepost.check.pages import check_content
from milepost.check.removals import check_removals
from milepost.check.rules import Verdict, judge
from milepost.data.loader import load
from milepost.data.pages import NO_CONTENT, Content, read_content
from milepost.diagnostics import Diagnostic, has_errors, limited, ordered
from milepost.model.portal import Portal
from milepost.model.reader import portal_of_records

REFERENCES, RULES = "references", "rules"
"""The gates that another can stop, in their order."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a project's data gave: the portal with its verdict where it is sound enough, and all findings.

    unchecked: the gates that were not reached, in their order, because one before them found an error.
    """

    portal: Portal | None
    content: Content
    verdict: Verdict
    diagnostics: tuple[Diagnostic, ...]
    unchecked: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether a site may be built from it."""
        return self.portal is not None and not has_errors(self.diagnostics)


def check_project(project: Path, today: date) -> Checked:
    """Check the data and the authored pages of `project`. `today` is the as-of day of programmes that still report."""
    with gc_disabled():
        return _checked(project, today)


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Without the search for what could be freed: a check keeps what it makes, and the search would take as long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _checked(project: Path, today: date) -> Checked:
    content = read_content(project)
    loaded = load(project)
    portal, diagnostics = portal_of_records(loaded, today)
    diagnostics = ordered((*diagnostics, *content.diagnostics))
    if portal is None or has_errors(diagnostics):
        # What pages refer to is looked up in the portal, after their text.
        misshapen = has_errors((*loaded.diagnostics, *content.diagnostics))
        unchecked = (REFERENCES, RULES) if misshapen else (RULES,)
        return Checked(None, NO_CONTENT, Verdict((), ()), ordered(limited(diagnostics)), unchecked)
    verdict = judge(portal, [page.prose for page in content.pages])
    beside = (*check_content(content, portal), *check_removals(portal, content))
    found = (*diagnostics, *beside, *verdict.diagnostics)
    return Checked(portal, content, verdict, ordered(limited(ordered(found))))
