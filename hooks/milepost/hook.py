"""What a project's hook file hands to MkDocs; here the pages learn of the command line, which they cannot import."""

from __future__ import annotations

from typing import Any

from milepost.cli.reference import command_facts
from milepost.engines.mkdocs import adapter
from milepost.engines.mkdocs.adapter import (
    on_files,
    on_page_content,
    on_page_context,
    on_page_markdown,
    on_post_build,
    on_post_page,
    on_post_template,
    on_serve,
    on_template_context,
)

__all__ = [
    "on_config",
    "on_files",
    "on_page_content",
    "on_page_context",
    "on_page_markdown",
    "on_post_build",
    "on_post_page",
    "on_post_template",
    "on_serve",
    "on_template_context",
]


def on_config(config: Any) -> Any:  # only the adapter knows what MkDocs hands over
    """Check the data and make every artifact, the reference of the commands among them."""
    return adapter.on_config(config, command_facts())
