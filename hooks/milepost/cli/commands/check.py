"""The commands of the check: check, and explain for what its rules find."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from milepost.check.links.check import check_external
from milepost.check.rules import RULES, ExternalRule, GateRule, SiteRule, explain
from milepost.check.run import RULES as RULES_GATE
from milepost.check.run import Checked
from milepost.cli.commands.checked import FOUND_ERRORS, checked_data, conclusion, what_was_left
from milepost.cli.console import print_diagnostics, tell
from milepost.cli.options import as_of_option, project_option, site_address_option
from milepost.data.configuration import site_address as published_at
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import (
    Diagnostic,
    PageOf,
    RuleFacts,
    Severity,
    as_github,
    as_json,
    as_sarif,
    did_you_mean,
    has_errors,
    no_page,
    ordered,
)
from milepost.model import routes

FORMATS = ("text", "json", "github", "sarif")


@click.command()
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
    checked = checked_data(project, as_of)
    asked = _asked(project, private_addresses=private_addresses) if external else ()
    found = _of_rules(wanted, checked, ordered((*checked.diagnostics, *asked)))
    if form == "text":
        print_diagnostics(found, line_reader(("", project)))
        tell(conclusion(checked))
    else:
        note, pages = what_was_left(checked), _rule_pages(site_address or published_at(project, os.environ))
        click.echo(WRITERS[form](found, pages, note))
        if note:
            tell(note)
    fails = has_errors(found) or (strict and bool(found))
    sys.exit(FOUND_ERRORS if fails else 0)


@click.command("explain")
@click.argument("rule")
def explain_rule(rule: str) -> None:
    """Say what RULE finds, why it matters, an example that breaks it, and what the check then prints."""
    _refuse_unknown_rule(rule)
    click.echo(f"{rule}\n{'=' * len(rule)}\n\n{explain(rule).text}", nl=False)


def _of_rules(wanted: Sequence[str], checked: Checked, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings of the rules that are asked for, with the errors on account of which one of them did not run."""
    asked = [rule for rule in RULES if rule.name in wanted]
    stopped = any((rule.gate if isinstance(rule, GateRule) else RULES_GATE) in checked.unchecked for rule in asked)
    return tuple(
        entry for entry in found if not wanted or entry.rule in wanted or (stopped and entry.severity is Severity.ERROR)
    )


def _asked(project: Path, *, private_addresses: bool) -> tuple[Diagnostic, ...]:
    from milepost.check.links.client import LinkClient, is_any, is_public  # noqa: PLC0415  # most checks ask nobody

    return check_external(project, LinkClient(is_any if private_addresses else is_public).ask)


def _json(diagnostics: Sequence[Diagnostic], _pages: PageOf, _note: str) -> str:
    return as_json(diagnostics)


def _github(diagnostics: Sequence[Diagnostic], page_of: PageOf, _note: str) -> str:
    return as_github(diagnostics, page_of)


def _sarif(diagnostics: Sequence[Diagnostic], page_of: PageOf, note: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415  # it takes as long to load as the five programmes to check

    told = [(rule, explain(rule.name)) for rule in RULES]
    facts = [RuleFacts(rule.name, rule.severity, about.summary, about.text, page_of(rule.name)) for rule, about in told]
    return as_sarif(diagnostics, facts, version("milepost"), note)


def _rule_pages(site_address: str) -> PageOf:
    """What gives the address of a rule's page on the site at `site_address`."""
    return (lambda name: routes.absolute(routes.rule(name), site_address)) if site_address else no_page


WRITERS: Mapping[str, Callable[[Sequence[Diagnostic], PageOf, str], str]] = {
    "json": _json,
    "github": _github,
    "sarif": _sarif,
}
"""The machine formats, by name: each takes the findings, what gives a rule's page, and a note on the whole."""


def _refuse_unknown_rule(name: str) -> None:
    names = [rule.name for rule in RULES]
    if name not in names:
        raise click.UsageError(f"there is no rule {name}. {did_you_mean(name, names) or 'Rules: ' + ', '.join(names)}")


def _refuse_unasked(wanted: Sequence[str], *, external: bool, private_addresses: bool) -> None:
    """Refuse what would say that external addresses, or the pages of the site, are well when none was looked at."""
    on_request = [rule.name for rule in RULES if isinstance(rule, ExternalRule) and rule.name in wanted]
    if on_request and not external:
        raise click.UsageError(f"{on_request[0]} asks addresses outside the portal: add --external")
    of_site = [rule.name for rule in RULES if isinstance(rule, SiteRule) and rule.name in wanted]
    if of_site:
        raise click.UsageError(f"{of_site[0]} reads the built site: milepost build says what it finds")
    if private_addresses and not external:
        raise click.UsageError("--private-addresses says which addresses are asked: add --external")
