"""The portal in other forms, a module each, for other programs to read."""

from __future__ import annotations

from milepost.exporters.json_export import export_json

__all__ = ["export_json"]
