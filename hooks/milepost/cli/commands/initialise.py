"""The command init: a small working portal to begin with."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from milepost.cli.commands.checked import FOUND_ERRORS
from milepost.cli.console import OUTPUT, tell
from milepost.cli.new_portal import NewPortal, NewPortalError, make_portal
from milepost.cli.options import as_of_day, as_of_option


@click.command("init")
@as_of_option
@click.option("--title", default="Status portal", show_default=True, help="What the portal is called.")
@click.option("--programme", default="First programme", show_default=True, help="What its first programme is called.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
def initialise(folder: Path, as_of: date | None, title: str, programme: str) -> None:
    """Write a small working portal into DIR, which must be empty or not be there; without DIR, into this folder."""
    from importlib.metadata import distribution  # noqa: PLC0415  # it takes as long to load as a check takes

    own = distribution("milepost")
    try:
        make_portal(
            folder, NewPortal(title, programme, as_of_day(as_of), own.version, own.read_text("direct_url.json"))
        )
    except NewPortalError as refused:
        raise click.UsageError(str(refused)) from refused
    except OSError as failed:
        tell(f"{failed.strerror or failed} ({failed.filename})\nNothing was written.")
        sys.exit(FOUND_ERRORS)
    enter = "" if folder == Path() else f"  cd {folder}\n"
    OUTPUT.print(
        f"Wrote a portal to {folder.resolve()}. Check and build it:\n{enter}  milepost check\n  milepost build",
        markup=False,
    )
