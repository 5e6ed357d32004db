"""The command line. Exit status: 0 sound, 1 findings of severity error, 2 wrong usage."""

from __future__ import annotations

import io
import sys

import click

from milepost.cli.commands import COMMANDS
from milepost.cli.commands.snapshots import snapshot


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="milepost")
def main() -> None:
    """Milepost: a status portal kept as code."""
    # What is printed holds the data's own words, which the terminal's encoding may have no characters for.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


for command in (*COMMANDS, snapshot):
    main.add_command(command)


if __name__ == "__main__":
    main()
