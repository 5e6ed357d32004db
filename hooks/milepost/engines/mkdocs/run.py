"""Builds and serves a site with MkDocs, as a command does it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Protocol

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from milepost.data.configuration import CONFIG_FILE
from milepost.engines.mkdocs.state import REQUEST, Request


class BuildError(Exception):
    """The site could not be built; the message says why, for people."""


class Observer(Protocol):
    """Whoever wants to know how far a build is."""

    def expect(self, steps: int) -> None:
        """Told, once, how many steps there are."""

    def advance(self) -> None:
        """Told when a step is done."""


def build_site(project: Path, site_folder: Path, request: Request, observer: Observer) -> None:
    """Build the site of `project` into `site_folder`, strictly; raises BuildError with a message for people."""
    frozen = request.frozen
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    logger.addHandler(complaints)
    try:
        # A snapshot's addresses are those that it was made for, whatever the environment says.
        addresses = {"site_url": frozen.address, "repo_url": frozen.repository} if frozen is not None else {}
        config = load_config(str(project / CONFIG_FILE), site_dir=str(site_folder), strict=True, **addresses)
        config.extra[REQUEST] = request
        config.plugins["milepost-observed"] = _Observed(observer)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()
    except (ConfigurationError, Abort) as error:
        raise BuildError("\n".join((*complaints.messages, str(error)))) from error
    finally:
        logger.removeHandler(complaints)


def serve_site(project: Path, address: str | None) -> None:
    """Serve a preview of the site of `project` until it is stopped; raises BuildError with a message for people."""
    try:
        mkdocs_serve.serve(str(project / CONFIG_FILE), dev_addr=address)
    except (ConfigurationError, Abort) as error:
        raise BuildError(str(error)) from error


class _Complaints(logging.Handler):
    """Keeps what MkDocs warns of, so that a failed build says why."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class _Observed(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # it has no configuration
    """Tells an observer of each page: it is read, then written."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer

    def on_files(self, files: Files, **_: Any) -> None:
        self.observer.expect(2 * len(files.documentation_pages()))

    def on_page_content(self, html: str, **_: Any) -> str:
        self.observer.advance()
        return html

    def on_post_page(self, output: str, **_: Any) -> str:
        self.observer.advance()
        return output
