"""The command line. Exit status: 0 sound, 1 findings of severity error, 2 wrong usage."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from milepost import routes
from milepost.check import Checked
from milepost.clock import EpochError, today
from milepost.comparison import compare
from milepost.console import OUTPUT, page_counter, print_diagnostics, summary, tell
from milepost.diagnostics import (
    Diagnostic,
    PageOf,
    RuleFacts,
    as_github,
    as_json,
    as_sarif,
    did_you_mean,
    has_errors,
    no_page,
    ordered,
)
from milepost.digest import Digest, make_digest
from milepost.events import Event
from milepost.exporters import (
    SCHEMAS,
    difference_as_json,
    difference_as_markdown,
    difference_as_text,
    digest_as_html,
    digest_as_markdown,
    digest_as_text,
    export_json,
)
from milepost.external_check import check_external
from milepost.history_check import check_with_history
from milepost.ledger_check import ledger_of
from milepost.load import DATA_FOLDER
from milepost.options import DayParameter, as_of_day, as_of_option, project_option, site_address_option
from milepost.past import portal_at, portal_of, read_past
from milepost.portal import Portal
from milepost.publish import BusyError, recover, replace_folder
from milepost.report import make_report
from milepost.revisions import RevisionError, revision
from milepost.rules import RULES, ExternalRule, explain
from milepost.schema import SCHEMA_FOLDER, Schema
from milepost.site_address import site_address as published_at
from milepost.snapshot_commands import snapshot
from milepost.source import line_reader

FOUND_ERRORS = 1
SITE = "site"
SOURCES = ("data", "content", "hooks", "overrides", "mkdocs.yml")
FORMATS = ("text", "json", "github", "sarif")
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="milepost")
def main() -> None:
    """Milepost: a status portal kept as code."""
    # What is printed holds the data's own words, which the terminal's encoding may have no characters for.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


main.add_command(snapshot)


@main.command()
@project_option
@as_of_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How findings are written.")
@click.option("--strict", is_flag=True, help="Let warnings fail the check as well.")
@click.option("--rule", "wanted", multiple=True, help="Report the findings of this rule only; may be given again.")
@click.option("--external", is_flag=True, help="Ask every address outside the portal as well; needs the network.")
@click.option("--private-addresses", is_flag=True, help="With --external: also those within a private network.")
@site_address_option
def check(  # click hands over each option
    project: Path,
    as_of: date | None,
    form: str,
    strict: bool,
    wanted: tuple[str, ...],
    external: bool,
    private_addresses: bool,
    site_address: str,
) -> None:
    """Check every figure and reference of the data, and the authored pages."""
    for name in wanted:
        _refuse_unknown_rule(name)
    _refuse_unasked(wanted, external=external, private_addresses=private_addresses)
    checked = _checked(project, as_of)
    asked = _asked(project, private_addresses=private_addresses) if external else ()
    found = tuple(entry for entry in ordered((*checked.diagnostics, *asked)) if not wanted or entry.rule in wanted)
    if form == "text":
        print_diagnostics(found, line_reader(("", project)))
        tell(_conclusion(checked))
    else:
        click.echo(WRITERS[form](found, _rule_pages(site_address or published_at(project, os.environ))))
    fails = has_errors(found) or (strict and bool(found))
    sys.exit(FOUND_ERRORS if fails else 0)


@main.command()
@project_option
@as_of_option
@click.option(
    "--site", "site", type=click.Path(path_type=Path, file_okay=False), default=None, help="Where to build; else site/."
)
@click.option("--whole-history", is_flag=True, help="Refuse where git does not hold the data's whole history.")
def build(project: Path, as_of: date | None, site: Path | None, whole_history: bool) -> None:
    """Check the data and build the site; the old one stands until the new one is whole."""
    from milepost import mkdocs_adapter  # noqa: PLC0415  # MkDocs takes longer to load than a check takes

    folder = (site or project / SITE).resolve()
    _refuse_sources(project.resolve(), folder)
    with _telling_of_failure(folder):
        recover(folder)
        checked = _checked(project, as_of)
        if not checked.is_sound:
            print_diagnostics(checked.diagnostics, line_reader(("", project)))
            tell(f"{_conclusion(checked)} Nothing was built; {folder.name}/ is as it was.")
            sys.exit(FOUND_ERRORS)
        with page_counter() as counter:
            replace_folder(
                folder,
                lambda fresh: mkdocs_adapter.build_site(project, fresh, as_of, counter, whole_history=whole_history),
            )
    pages = sum(1 for _ in folder.rglob("*.html"))
    OUTPUT.print(f"Built {pages} pages in {folder}. Open {folder / 'index.html'} in a browser.", markup=False)


@contextmanager
def _telling_of_failure(folder: Path) -> Iterator[None]:
    """Say in words what stopped a build of the site in `folder`, and what stands there now."""
    from milepost import mkdocs_adapter  # noqa: PLC0415  # MkDocs takes longer to load than a check takes

    try:
        yield
    except (mkdocs_adapter.BuildError, BusyError, OSError) as failed:
        why = _failure(failed) if isinstance(failed, OSError) else str(failed)
        tell(f"{why}\nNothing was published; {folder.name}/ is as it was.")
        sys.exit(FOUND_ERRORS)
    except KeyboardInterrupt:
        # It may have come while the old site, already out of its place, was being removed.
        tell(f"Stopped; {folder.name}/ is whole, and has nothing half built in it.")
        sys.exit(FOUND_ERRORS)


FULL = {
    errno.ENOSPC: "The disk is full: make room, and build again.",
    errno.EDQUOT: "Your share of the disk is used up: make room, and build again.",
    errno.EFBIG: "A file became larger than this system lets it be: raise the limit (ulimit -f), and build again.",
    errno.EROFS: "The disk can only be read: build into a folder elsewhere (--site).",
}
"""What to say where a disk takes no more, by the system's number for it."""


def _failure(failed: OSError) -> str:
    words = FULL.get(failed.errno or 0, f"The system says: {failed.strerror or failed}.")
    # Of a copy, the second is the one that was being written.
    place = failed.filename2 or failed.filename
    return f"{words} ({place})" if place else words


@main.command()
@project_option
@click.option("--address", default=None, help="Host and port; else 127.0.0.1:8000.")
def serve(project: Path, address: str | None) -> None:
    """Preview the site; an edited line of data shows up by itself."""
    from milepost import mkdocs_adapter  # noqa: PLC0415  # MkDocs takes longer to load than a check takes

    try:
        mkdocs_adapter.serve_site(project, address)
    except mkdocs_adapter.BuildError as failed:
        tell(str(failed))
        sys.exit(FOUND_ERRORS)


@main.command("explain")
@click.argument("rule")
def explain_rule(rule: str) -> None:
    """Say what RULE finds, why it matters, an example that breaks it, and what the check then prints."""
    _refuse_unknown_rule(rule)
    click.echo(f"{rule}\n{'=' * len(rule)}\n\n{explain(rule).text}", nl=False)


@main.command()
@project_option
@as_of_option
@click.option("--format", "form", type=click.Choice(["json"]), default="json", help="The form of the export.")
def export(project: Path, as_of: date | None, form: str) -> None:
    """Write the whole portal as one JSON object."""
    checked = _checked(project, as_of)
    if checked.portal is None or not checked.is_sound:
        print_diagnostics(checked.diagnostics, line_reader(("", project)))
        tell(f"{_conclusion(checked)} Nothing was exported.")
        sys.exit(FOUND_ERRORS)
    click.echo(export_json(checked.portal), nl=False)


@main.command()
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


@main.command()
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
    checked = _checked(project, day)
    if not checked.is_sound:
        print_diagnostics(checked.diagnostics, line_reader(("", project)))
        tell(f"{_conclusion(checked)} Nothing was told.")
        sys.exit(FOUND_ERRORS)
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


@main.command("schema")
@project_option
@click.argument("kind", required=False)
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), default=None, help=f"Where; else {DATA_FOLDER}/{SCHEMA_FOLDER}/."
)
def write_schemas(project: Path, kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of KIND of data file, or of the export; without KIND, write them all to a folder."""
    if kind is None:
        _write_schemas(folder or _data_folder(project) / SCHEMA_FOLDER)
    elif folder is None:
        click.echo(_schema_named(kind).text, nl=False)
    else:
        raise click.UsageError("--to is where all schemas go; leave it out to print one, or leave out KIND")


def _write_schemas(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for schema in SCHEMAS:
            (folder / schema.file_name).write_text(schema.text, "utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{folder} cannot be written: {error.strerror}") from error
    OUTPUT.print(f"Wrote {len(SCHEMAS)} schemas to {folder}.", markup=False)


def _schema_named(name: str) -> Schema:
    for schema in SCHEMAS:
        if schema.name == name:
            return schema
    names = [schema.name for schema in SCHEMAS]
    raise click.UsageError(f"there is no schema {name}. {did_you_mean(name, names) or 'Schemas: ' + ', '.join(names)}")


def _json(diagnostics: Sequence[Diagnostic], _: PageOf) -> str:
    return as_json(diagnostics)


def _asked(project: Path, *, private_addresses: bool) -> tuple[Diagnostic, ...]:
    from milepost.link_client import LinkClient, is_any, is_public  # noqa: PLC0415  # most checks ask nobody

    return check_external(project, LinkClient(is_any if private_addresses else is_public).ask)


def _sarif(diagnostics: Sequence[Diagnostic], page_of: PageOf) -> str:
    from importlib.metadata import version  # noqa: PLC0415  # it takes as long to load as the five programmes to check

    told = [(rule, explain(rule.name)) for rule in RULES]
    facts = [RuleFacts(rule.name, rule.severity, about.summary, about.text, page_of(rule.name)) for rule, about in told]
    return as_sarif(diagnostics, facts, version("milepost"))


def _rule_pages(site_address: str) -> PageOf:
    """What gives the address of a rule's page on the site at `site_address`."""
    return (lambda name: routes.absolute(routes.rule(name), site_address)) if site_address else no_page


WRITERS: Mapping[str, Callable[[Sequence[Diagnostic], PageOf], str]] = {
    "json": _json,
    "github": as_github,
    "sarif": _sarif,
}
"""The machine formats, by name."""


def _refuse_unknown_rule(name: str) -> None:
    names = [rule.name for rule in RULES]
    if name not in names:
        raise click.UsageError(f"there is no rule {name}. {did_you_mean(name, names) or 'Rules: ' + ', '.join(names)}")


def _refuse_unasked(wanted: Sequence[str], *, external: bool, private_addresses: bool) -> None:
    """Refuse what would say that external addresses are well when none was asked."""
    on_request = [rule.name for rule in RULES if isinstance(rule, ExternalRule) and rule.name in wanted]
    if on_request and not external:
        raise click.UsageError(f"{on_request[0]} asks addresses outside the portal: add --external")
    if private_addresses and not external:
        raise click.UsageError("--private-addresses says which addresses are asked: add --external")


def _refuse_sources(project: Path, folder: Path) -> None:
    """Refuse to build where that would take the place of what the site is built from."""
    sources = [project / name for name in SOURCES]
    for source in sources:
        if folder == source or folder in source.parents or source in folder.parents:
            raise click.UsageError(f"{folder} holds the sources, or lies in them; choose another folder for the site")


def _data_folder(project: Path) -> Path:
    folder = project / DATA_FOLDER
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {DATA_FOLDER} in {project.absolute()}")
    return folder


def _checked(project: Path, as_of: date | None) -> Checked:
    _data_folder(project)
    return check_with_history(project, as_of_day(as_of))


def _conclusion(checked: Checked) -> str:
    accepted = len(checked.verdict.accepted)
    state = "The data is sound" if checked.is_sound else "The data is not sound"
    exceptions = f", {accepted} accepted disagreements" if accepted else ""
    worst = {found.severity for found in checked.diagnostics}
    return f"{state}: {summary(checked.diagnostics)}{exceptions}." if worst or accepted else f"{state}."


if __name__ == "__main__":
    main()
