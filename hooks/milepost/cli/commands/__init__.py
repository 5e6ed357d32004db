"""The commands, a module a family. To add one, write it in the module of its family, and list it here."""

from __future__ import annotations

import click

from milepost.cli.commands.changes import diff, digest
from milepost.cli.commands.check import check, explain_rule
from milepost.cli.commands.exports import export, write_schemas
from milepost.cli.commands.initialise import initialise
from milepost.cli.commands.site import build, serve

COMMANDS: tuple[click.Command, ...] = (
    build,
    check,
    diff,
    digest,
    explain_rule,
    export,
    initialise,
    write_schemas,
    serve,
)
"""Every command but those of snapshots, by name."""
