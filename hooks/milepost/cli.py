"""The command line. Exit status: 0 sound, 1 findings of severity error, 2 wrong usage."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from milepost import routes
from milepost.check import Checked, check_project
from milepost.clock import EpochError, today
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
from milepost.exporters import export_json
from milepost.external_check import check_external
from milepost.load import DATA_FOLDER
from milepost.publish import replace_folder
from milepost.rules import RULES, ExternalRule, explain
from milepost.site_address import site_address as published_at
from milepost.source import line_reader

FOUND_ERRORS = 1
SITE = "site"
SOURCES = ("data", "content", "hooks", "overrides", "mkdocs.yml")
FORMATS = ("text", "json", "github", "sarif")


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


project_option = click.option(
    "-C", "--project", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The project's folder: the one that holds data/ and mkdocs.yml.",
)  # fmt: skip
as_of_option = click.option(
    "--as-of", type=DayParameter(), default=None, help="The day as of which programmes that still report are judged."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="milepost")
def main() -> None:
    """Milepost: a status portal kept as code."""
    # What is printed holds the data's own words, which the terminal's encoding may have no characters for.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


@main.command()
@project_option
@as_of_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How findings are written.")
@click.option("--strict", is_flag=True, help="Let warnings fail the check as well.")
@click.option("--rule", "wanted", multiple=True, help="Report the findings of this rule only; may be given again.")
@click.option("--external", is_flag=True, help="Ask every address outside the portal as well; needs the network.")
@click.option("--private-addresses", is_flag=True, help="With --external: also those within a private network.")
@click.option(
    "--site-address", envvar="MILEPOST_SITE_URL", default="",
    help="Where the site is published, for links to the rules' pages; else MILEPOST_SITE_URL, else as mkdocs.yml says.",
)  # fmt: skip
def check(  # noqa: PLR0917  # click hands over each option
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
@click.option("--site", "site", type=click.Path(path_type=Path), default=None, help="Where to build; else site/.")
def build(project: Path, as_of: date | None, site: Path | None) -> None:
    """Check the data and build the site; the old one stands until the new one is whole."""
    from milepost import mkdocs_adapter  # noqa: PLC0415  # MkDocs takes longer to load than a check takes

    folder = (site or project / SITE).resolve()
    _refuse_sources(project.resolve(), folder)
    checked = _checked(project, as_of)
    if not checked.is_sound:
        print_diagnostics(checked.diagnostics, line_reader(("", project)))
        tell(f"{_conclusion(checked)} Nothing was built; {folder.name}/ is as it was.")
        sys.exit(FOUND_ERRORS)
    try:
        with page_counter() as counter:
            replace_folder(folder, lambda fresh: mkdocs_adapter.build_site(project, fresh, as_of, counter))
    except mkdocs_adapter.BuildError as failed:
        tell(f"{failed}\nNothing was published; {folder.name}/ is as it was.")
        sys.exit(FOUND_ERRORS)
    pages = sum(1 for _ in folder.rglob("*.html"))
    OUTPUT.print(f"Built {pages} pages in {folder}. Open {folder / 'index.html'} in a browser.", markup=False)


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


def _checked(project: Path, as_of: date | None) -> Checked:
    if not (project / DATA_FOLDER).is_dir():
        raise click.UsageError(f"there is no folder {DATA_FOLDER} in {project.absolute()}")
    try:
        return check_project(project, as_of or today(os.environ))
    except EpochError as error:
        raise click.UsageError(str(error)) from error


def _conclusion(checked: Checked) -> str:
    accepted = len(checked.verdict.accepted)
    state = "The data is sound" if checked.is_sound else "The data is not sound"
    exceptions = f", {accepted} accepted disagreements" if accepted else ""
    worst = {found.severity for found in checked.diagnostics}
    return f"{state}: {summary(checked.diagnostics)}{exceptions}." if worst or accepted else f"{state}."


if __name__ == "__main__":
    main()
