"""The portal in other forms, a module each, for other programs to read."""

from __future__ import annotations

from milepost.exporters.difference import difference_as_json, difference_as_markdown, difference_as_text
from milepost.exporters.export_schema import EXPORT_SCHEMA
from milepost.exporters.json_export import export_json
from milepost.schema import DATA_SCHEMAS, Schema

SCHEMAS: tuple[Schema, ...] = (*DATA_SCHEMAS, EXPORT_SCHEMA)
"""Every schema that is published: of the data files, and of the export."""

__all__ = ["SCHEMAS", "difference_as_json", "difference_as_markdown", "difference_as_text", "export_json"]
