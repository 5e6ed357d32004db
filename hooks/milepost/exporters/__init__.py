"""The portal in other forms, a module each, for other programs to read, and what happened, for people to be sent."""

from __future__ import annotations

from milepost.data.json_schema import DATA_SCHEMAS, Schema
from milepost.exporters.difference import difference_as_json, difference_as_markdown, difference_as_text
from milepost.exporters.digest_html import digest_as_html
from milepost.exporters.digest_markdown import digest_as_markdown
from milepost.exporters.digest_text import digest_as_text
from milepost.exporters.export_schema import EXPORT_SCHEMA
from milepost.exporters.json_export import export_json

SCHEMAS: tuple[Schema, ...] = (*DATA_SCHEMAS, EXPORT_SCHEMA)
"""Every schema that is published: of the data files, and of the export."""

__all__ = [
    "SCHEMAS",
    "difference_as_json",
    "difference_as_markdown",
    "difference_as_text",
    "digest_as_html",
    "digest_as_markdown",
    "digest_as_text",
    "export_json",
]
