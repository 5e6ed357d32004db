"""The commands that tell what happened: diff between two states of the data, digest since a day."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from milepost.cli.commands.checked import checked_data, stop_unsound
from milepost.cli.console import tell
from milepost.cli.options import DayParameter, as_of_day, as_of_option, project_option, site_address_option
from milepost.data.clock import EpochError, today
from milepost.data.configuration import site_address as published_at
from milepost.data.loader import DATA_FOLDER
from milepost.exports import (
    difference_as_json,
    difference_as_markdown,
    difference_as_text,
    digest_as_html,
    digest_as_markdown,
    digest_as_text,
)
from milepost.exports.digest import Digest, make_digest
from milepost.history.diff import compare
from milepost.history.git import RevisionError, revision
from milepost.history.ledger_check import ledger_of
from milepost.history.revisions import portal_at, portal_of, read_past
from milepost.model.events import Event
from milepost.model.portal import Portal
from milepost.report import make_report

DIFFERENCES: Mapping[str, Callable[[Sequence[Event], Portal], str]] = {
    "json": difference_as_json,
    "markdown": difference_as_markdown,
    "text": difference_as_text,
}
"""The forms of a difference, by name."""
DIGESTS: Mapping[str, Callable[[Digest, str], str]] = {
    "html": digest_as_html,
    "markdown": digest_as_markdown,
    "text": digest_as_text,
}
"""The forms of a digest, by name."""


@click.command()
@project_option
@as_of_option
@click.option("--format", "form", type=click.Choice(sorted(DIFFERENCES)), default="text", help="How it is written.")
@click.argument("before")
@click.argument("after", required=False)
def diff(project: Path, as_of: date | None, form: str, before: str, after: str | None) -> None:
    """Say what happened between BEFORE and AFTER, by meaning: each a git revision, a snapshot, or a folder with data/.

    Without AFTER, the data as it stands in the project's folder.
    """
    try:
        day = as_of or today(os.environ)
        old, _ = _state(project, before, day)
        new, changed = _state(project, after or str(project), day)
    except (EpochError, RevisionError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(DIFFERENCES[form](compare(old, new, changed).events, new))


@click.command()
@project_option
@as_of_option
@click.option(
    "--since", type=DayParameter(), required=True, help="The day of the last digest: what happened after it is told."
)
@click.option("--until", type=DayParameter(), default=None, help="The last day that is told of; else the as-of day.")
@click.option("--format", "form", type=click.Choice(sorted(DIGESTS)), default="text", help="How it is written.")
@site_address_option
def digest(project: Path, as_of: date | None, since: date, until: date | None, form: str, site_address: str) -> None:
    """Tell, fit for mail, what completed, moved, slipped, is at risk and is due next, and where numbers disagree."""
    day = as_of_day(as_of)
    last = until or day
    if last > day:
        raise click.UsageError(f"--until {last} lies after {day}, the day as of which the data is judged")
    if since >= last:
        raise click.UsageError(f"--since {since} does not lie before {last}, the last day that is told of")
    checked = checked_data(project, day)
    if not checked.is_sound:
        stop_unsound(project, checked, "Nothing was told.")
    past = read_past(project, day)
    if past.gap:
        tell(past.gap)
    told = make_digest(make_report(checked, past), past, since, last)
    click.echo(DIGESTS[form](told, site_address or published_at(project, os.environ)), nl=False)


def _state(project: Path, name: str, day: date) -> tuple[Portal, date]:
    """The portal that `name` stands for, and the day as of which it is."""
    if (Path(name) / DATA_FOLDER).is_dir():
        return portal_of(Path(name), name, day), day
    commits = {row.id: row.commit for row in ledger_of(project) or ()}
    try:
        found = revision(project, commits.get(name, name))
    except RevisionError as error:
        what = f"a folder that holds {DATA_FOLDER}/, a snapshot or a revision"
        raise RevisionError(f"{name} is not {what}: {error}") from error
    return portal_at(project, found, day), found.day
