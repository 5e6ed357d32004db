"""A data folder to the portal: what is read, and what its parts refer to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from milepost.data.loader import Loaded, load
from milepost.data.references import check_references
from milepost.diagnostics import Diagnostic, has_errors, ordered
from milepost.model.addresses import RESERVED
from milepost.model.portal import Portal, build_portal


def read_portal(project: Path, today: date) -> tuple[Portal | None, tuple[Diagnostic, ...]]:
    """The portal of the data of `project`, with what is wrong with it; None where that holds an error."""
    return portal_of_records(load(project), today)


def portal_of_records(loaded: Loaded, today: date) -> tuple[Portal | None, tuple[Diagnostic, ...]]:
    """The portal of what was read, with what is wrong with that; None where it holds an error."""
    if loaded.records is None or has_errors(loaded.diagnostics):
        return None, loaded.diagnostics
    diagnostics = ordered((*loaded.diagnostics, *check_references(loaded.records, RESERVED)))
    return None if has_errors(diagnostics) else build_portal(loaded.records, today), diagnostics
