"""Where the site is published, so that a finding can lead to its rule's page. Reads mkdocs.yml without MkDocs.

MkDocs takes a second to load, which a check has no use for. What is read here is `site_url` alone: an address, or, as
`!ENV [NAME, address]` has it, names of environment variables that may hold one, and the address for when none does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from milepost.source import FieldMap, read, scalars

CONFIG_FILE = "mkdocs.yml"
SCHEMES = ("http://", "https://")


def site_address(project: Path, environment: Mapping[str, str]) -> str:
    """The address under which the site of `project` is published; empty where nothing says so."""
    try:
        content = (project / CONFIG_FILE).read_bytes()
    except OSError:
        return ""
    settings = read(CONFIG_FILE, content).value
    words = scalars(settings.get("site_url")) if isinstance(settings, FieldMap) else ()
    said = (word if word.startswith(SCHEMES) else environment.get(word, "") for word in words)
    return next((address for address in said if address.startswith(SCHEMES)), "")
