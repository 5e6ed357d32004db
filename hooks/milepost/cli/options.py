"""The options that several commands have, and how their values are read."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import click

from milepost.data.clock import EpochError, today

SITE = "site"
"""The folder of a project in which its site is built, where none is named."""
SITE_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\\\"'`]+")


class DayParameter(click.ParamType[date]):
    """A day, ISO 8601."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; a wrong one is wrong usage."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write one such as 2025-10-21", param, ctx)


class AddressParameter(click.ParamType[str]):
    """The address of a site: http or https, and nothing that would end a link."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the address; a wrong one is wrong usage."""
        if value and SITE_ADDRESS.fullmatch(value) is None:
            self.fail(f"{value!r} is no address of a site; write one such as https://status.example/", param, ctx)
        return value


project_option = click.option(
    "-C", "--project", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The project's folder: the one that holds data/ and mkdocs.yml.",
)  # fmt: skip
as_of_option = click.option(
    "--as-of", type=DayParameter(), default=None, help="The day as of which programmes that still report are judged."
)

site_address_option = click.option(
    "--site-address", type=AddressParameter(), envvar="MILEPOST_SITE_URL", default="",
    help="Where the site is published, for links to it; else MILEPOST_SITE_URL, else as mkdocs.yml says.",
)  # fmt: skip


def as_of_day(as_of: date | None) -> date:
    """The day that was asked for, else SOURCE_DATE_EPOCH, else today (UTC); a wrong one is wrong usage."""
    try:
        return as_of or today(os.environ)
    except EpochError as error:
        raise click.UsageError(str(error)) from error
