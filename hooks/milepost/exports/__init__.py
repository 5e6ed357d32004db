"""The portal in other forms, a module each, for other programs to read, and what happened, for people to be sent."""

from __future__ import annotations

from milepost.data.json_schema import DATA_SCHEMAS, Schema
from milepost.exports.difference import difference_as_json, difference_as_markdown, difference_as_text
from milepost.exports.digest_html import digest_as_html
from milepost.exports.digest_markdown import digest_as_markdown
from milepost.exports.digest_text import digest_as_text
from milepost.exports.export_schema import EXPORT_SCHEMA
from milepost.exports.json_export import export_json

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
