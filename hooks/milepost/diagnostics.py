"""The findings of a check, each a flat record with its place, and the formats in which they are printed.

Lines and columns are 1-based; a column counts characters, as editors do. Nothing here knows what is checked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from milepost.text.plain import escape_unprintable, shorten_middle

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SHOWN, BEFORE = 240, 120
"""How many characters of a line are shown at most, and how many of them before the column."""
FINDINGS_LIMIT = 1000
"""How many findings of one file are reported."""
LONGEST = 400
"""How many characters of a message or hint are kept: either may hold a text of the data, of any length."""
FEW = 12
"""How many words a hint lists in full."""


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, a warning does so only when the check is strict."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file: its path relative to the project (with forward slashes), line and column, both 1-based."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of a check."""

    path: str
    line: int
    column: int
    severity: Severity
    rule: str
    """The name of the rule that found it."""
    message: str
    """What is wrong."""
    hint: str
    """What to write instead."""

    @classmethod
    def at(
        cls, location: Location, rule: str, message: str, hint: str = "", severity: Severity = Severity.ERROR
    ) -> Diagnostic:
        """Make a diagnostic of `rule` at `location`."""
        message, hint = shorten_middle(message, LONGEST), shorten_middle(hint, LONGEST)
        return cls(location.path, location.line, location.column, severity, rule, message, hint)

    @property
    def location(self) -> Location:
        """The place that this finding is about."""
        return Location(self.path, self.line, self.column)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, sorted by place, then rule, then message: the same findings always read the same."""
    unique = set(diagnostics)
    return tuple(sorted(unique, key=lambda found: (found.location, found.rule, found.message)))


def limited(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The first findings of each file, up to a limit, and then one that says that there are more.

    It weighs as much as the gravest of those that are left out, which are looked at for that alone.
    """
    counts: Counter[str] = Counter()
    more: dict[str, Diagnostic] = {}
    for found in diagnostics:
        counts[found.path] += 1
        if counts[found.path] <= FINDINGS_LIMIT:
            yield found
        elif found.path not in more or found.severity is Severity.ERROR:
            message = f"there are more findings in this file, over the limit of {FINDINGS_LIMIT:,}"
            hint = "Mend those that are listed, and check again."
            more[found.path] = Diagnostic.at(found.location, "yaml-limits", message, hint, found.severity)
    yield from more.values()


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of the findings stops a build."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """The findings as one JSON object, `{"diagnostics": [...]}`, each entry a flat record of the fields above."""
    return json.dumps({"diagnostics": [asdict(found) for found in diagnostics]}, indent=2, ensure_ascii=False)


PageOf = Callable[[str], str]
"""Gives the address of the page of the rule that is named, empty where the site has no known address."""


def no_page(_: str) -> str:
    """No rule has a page."""
    return ""


def as_github(diagnostics: Iterable[Diagnostic], page_of: PageOf = no_page) -> str:
    """The findings as workflow commands of GitHub Actions, which show each as an annotation at its line.

    The last line of each message is the address of the rule's page, where there is one.
    """
    return "\n".join(_workflow_command(found, page_of(found.rule)) for found in diagnostics)


def _workflow_command(found: Diagnostic, page: str) -> str:
    place = {"file": found.path, "line": found.line, "col": found.column, "title": found.rule}
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items())
    message = "\n".join(line for line in (found.message, found.hint, page) if line)
    return f"::{found.severity} {properties}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    """Text with what would end a workflow command, or a property of one, percent-encoded."""
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule as SARIF describes it."""

    name: str
    severity: Severity
    summary: str
    """The first sentence of its documentation."""
    text: str
    """The whole of its documentation."""
    page: str = ""
    """The address of its page; empty where the address of the site is not known."""


def as_sarif(diagnostics: Iterable[Diagnostic], rules: Sequence[RuleFacts], version: str, note: str = "") -> str:
    """The findings as a SARIF 2.1.0 log, which code scanning reads; every rule is listed under the tool's.

    version: of Milepost. note: what is to be known of the check as a whole, if anything. Paths are relative to the
    project's folder, lines and columns 1-based, as SARIF has them.
    """
    places = {rule.name: place for place, rule in enumerate(rules)}
    driver = {
        "name": "Milepost",
        "semanticVersion": version,
        "rules": [_sarif_rule(rule) for rule in rules],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(found, places) for found in diagnostics],
    }
    if note:
        notes = [{"level": "warning", "message": {"text": note}}]
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _sarif_rule(rule: RuleFacts) -> dict[str, Any]:
    described = {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.text},
        "defaultConfiguration": {"level": rule.severity.value},
    }
    if rule.page:
        # A rule's documentation is Markdown already; what reads no Markdown has the link as helpUri.
        described["helpUri"] = rule.page
        described["help"] = {
            "text": rule.text,
            "markdown": f"{rule.text}\n[{rule.name} in the handbook]({rule.page})\n",
        }
    return described


def _sarif_result(found: Diagnostic, places: Mapping[str, int]) -> dict[str, Any]:
    region = {"startLine": found.line, "startColumn": found.column}
    artifact = {"uri": quote(found.path), "uriBaseId": "%SRCROOT%"}
    return {
        "ruleId": found.rule,
        "ruleIndex": places[found.rule],
        "level": found.severity.value,
        "message": {"text": f"{found.message}. {found.hint}" if found.hint else f"{found.message}."},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }


def as_text(diagnostics: Iterable[Diagnostic], line_at: Callable[[Location], str]) -> str:
    """The findings for people: place and message, then the line with a caret under the column, then the hint.

    `line_at` gives the text of the line at a place, empty where it cannot be shown.
    """
    return "\n".join(line for found in diagnostics for line in text_lines(found, line_at(found.location)))


def text_lines(found: Diagnostic, source: str) -> Iterator[str]:
    """The lines of one finding's text form; `source` is the line that it is about.

    Of a long line the part around the column is shown. Whatever else is not printable is shown by its code: the words
    of the data, and the names of its files, may hold what would move a terminal's cursor or forge a line of this form.
    """
    yield escape_unprintable(f"{found.location}: {found.severity}[{found.rule}] {found.message}")
    start = max(0, found.column - 1 - BEFORE) if len(source) > SHOWN else 0
    part = source[start : start + SHOWN]
    if part.strip():
        number, cut = str(found.line), "…" if start else ""
        before = "".join("\t" if character == "\t" else " " for character in part[: found.column - 1 - start])
        yield f"  {number} | {cut}{part.rstrip()}{'…' if start + SHOWN < len(source) else ''}"
        yield f"  {' ' * len(number)} | {' ' * len(cut)}{before}^"
    if found.hint:
        yield f"  {escape_unprintable(found.hint)}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names what is closest to `word` among `known`, or lists all where they are few; else nothing."""
    candidates = sorted(set(known))
    by_lower_case = {candidate.lower(): candidate for candidate in candidates}
    close = get_close_matches(word.lower(), list(by_lower_case), n=1, cutoff=0.6)
    if close:
        return f"Did you mean {by_lower_case[close[0]]}?"
    if 0 < len(candidates) <= FEW:
        return f"Write one of: {', '.join(candidates)}."
    return ""
