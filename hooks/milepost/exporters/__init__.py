"""The portal in other forms, a module each, for other programs to read."""

from __future__ import annotations

from milepost.exporters.difference import difference_as_json, difference_as_markdown, difference_as_text
from milepost.exporters.json_export import export_json

__all__ = ["difference_as_json", "difference_as_markdown", "difference_as_text", "export_json"]
