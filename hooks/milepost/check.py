"""The three gates in a row: shape, references, rules. A gate that finds an error stops the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milepost.diagnostics import Diagnostic, has_errors, ordered
from milepost.load import load
from milepost.portal import Portal, build_portal
from milepost.references import check_references
from milepost.rules import Verdict, judge


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a project's data gave: the portal with its verdict where it is sound enough, and all findings."""

    portal: Portal | None
    verdict: Verdict
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_sound(self) -> bool:
        """Whether a site may be built from it."""
        return self.portal is not None and not has_errors(self.diagnostics)


def check_project(project: Path, today: date) -> Checked:
    """Check the data of `project`. `today` is the as-of day of programmes that still report."""
    loaded = load(project)
    if loaded.records is None:
        return Checked(None, Verdict((), ()), loaded.diagnostics)
    diagnostics = ordered((*loaded.diagnostics, *check_references(loaded.records)))
    if has_errors(diagnostics):
        return Checked(None, Verdict((), ()), diagnostics)
    portal = build_portal(loaded.records, today)
    verdict = judge(portal)
    return Checked(portal, verdict, ordered((*diagnostics, *verdict.diagnostics)))
