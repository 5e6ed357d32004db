"""Two portals, one before and one after: what happened between them, by meaning and not by line."""

from __future__ import annotations

from milepost.history.diff.compare import Comparison, compare

__all__ = ["Comparison", "compare"]
