"""Reads the facts of every command off the command line itself, so that the handbook cannot say anything else."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from milepost.cli.commands.examples import EXAMPLES
from milepost.cli.main import main
from milepost.report import CommandFacts, OptionFacts
from milepost.text.plain import collapse

PROGRAM = "milepost"


def command_facts() -> tuple[CommandFacts, ...]:
    """Every command by name; those of a family, such as `snapshot list`, each by itself."""
    return tuple(_facts(click.Context(main, info_name=PROGRAM), ""))


def _facts(context: click.Context, family: str) -> Iterator[CommandFacts]:
    group = context.command
    if not isinstance(group, click.Group):
        return
    for word in group.list_commands(context):
        command = group.commands[word]
        within = click.Context(command, info_name=word, parent=context)
        name = f"{family}{word}"
        if isinstance(command, click.Group):
            yield from _facts(within, f"{name} ")
            continue
        yield CommandFacts(
            name=name,
            usage=collapse(command.get_usage(within).removeprefix("Usage: ")),
            paragraphs=tuple(collapse(part) for part in inspect.cleandoc(command.help or "").split("\n\n")),
            options=tuple(
                OptionFacts(*record)
                for option in command.params
                if isinstance(option, click.Option) and (record := option.get_help_record(within)) is not None
            ),
            examples=EXAMPLES.get(name, ()),
        )
