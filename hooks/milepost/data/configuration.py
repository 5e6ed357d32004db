"""Where the site is published, so that a finding can lead to its rule's page. Reads mkdocs.yml without MkDocs.

MkDocs takes a second to load, which a check has no use for. What is read here are two addresses alone, each as it is,
or, as `!ENV [NAME, address]` has it, by names of environment variables that may hold it, and what holds when none does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from milepost.data.yaml_reader import FieldMap, read, scalars

CONFIG_FILE = "mkdocs.yml"
SCHEMES = ("http://", "https://")


def site_address(project: Path, environment: Mapping[str, str]) -> str:
    """The address under which the site of `project` is published; empty where nothing says so."""
    return _address(project, "site_url", environment)


def repository_address(project: Path, environment: Mapping[str, str]) -> str:
    """The address of the repository, to which each page's "edit this" leads; empty where nothing says so."""
    return _address(project, "repo_url", environment)


def _address(project: Path, setting: str, environment: Mapping[str, str]) -> str:
    try:
        content = (project / CONFIG_FILE).read_bytes()
    except OSError:
        return ""
    settings = read(CONFIG_FILE, content).value
    words = scalars(settings.get(setting)) if isinstance(settings, FieldMap) else ()
    said = (word if word.startswith(SCHEMES) else environment.get(word, "") for word in words)
    return next((address for address in said if address.startswith(SCHEMES)), "")
