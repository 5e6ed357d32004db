"""The rules, a module each: what they find, and what of it the data accepts. To add one, write it and list it here.

A rule of a gate is held where the data is read; it has a module here for its documentation alone.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from milepost.authored import AuthoredProse
from milepost.built_site import BuiltSite
from milepost.diagnostics import Diagnostic, ordered
from milepost.portal import Portal, Ref
from milepost.records.base import Acceptance
from milepost.rules import (
    approved_with_open_work,
    broken_anchor,
    broken_asset,
    broken_link,
    duplicate_id,
    exception_unused,
    invalid_id,
    misplaced_file,
    missing_field,
    not_utf8,
    percentage_format,
    percentage_range,
    prose_percentage,
    resolved_but_active,
    rollup_mismatch,
    status_mismatch,
    tracker_mismatch,
    unknown_field,
    unknown_reference,
    window_inverted,
    wrong_macro,
    wrong_type,
    yaml_duplicate_key,
    yaml_limits,
    yaml_syntax,
)
from milepost.rules.descriptor import Accepted, Finding, FindingsRule, GateRule, PortalRule, Rule, SiteRule
from milepost.rules.documentation import RuleDocumentation, documentation

RULES: tuple[Rule, ...] = (
    approved_with_open_work.RULE,
    broken_anchor.RULE,
    broken_asset.RULE,
    broken_link.RULE,
    duplicate_id.RULE,
    exception_unused.RULE,
    invalid_id.RULE,
    misplaced_file.RULE,
    missing_field.RULE,
    not_utf8.RULE,
    percentage_format.RULE,
    percentage_range.RULE,
    prose_percentage.RULE,
    resolved_but_active.RULE,
    rollup_mismatch.RULE,
    status_mismatch.RULE,
    tracker_mismatch.RULE,
    unknown_field.RULE,
    unknown_reference.RULE,
    window_inverted.RULE,
    wrong_macro.RULE,
    wrong_type.RULE,
    yaml_duplicate_key.RULE,
    yaml_limits.RULE,
    yaml_syntax.RULE,
)
"""Every rule, by name."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a portal: what is wrong, and what disagrees but is accepted."""

    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...]

    def accepted_of(self, ref: Ref) -> tuple[Accepted, ...]:
        """The accepted disagreements of one entity."""
        return tuple(entry for entry in self.accepted if entry.finding.ref == ref)


def judge(portal: Portal, prose: Sequence[AuthoredProse] = ()) -> Verdict:
    """Run every rule that reads the portal and the authored pages, then those that read what was found."""
    diagnostics: list[Diagnostic] = []
    accepted: list[Accepted] = []
    for rule in RULES:
        if isinstance(rule, PortalRule):
            for finding in _findings(rule, portal, prose):
                acceptance = _acceptance(rule, finding)
                if acceptance is not None:
                    accepted.append(Accepted(rule.name, finding, acceptance))
                else:
                    diagnostics.extend(_diagnostics(rule, finding))
    acceptable = [rule.name for rule in RULES if isinstance(rule, PortalRule)]
    for rule in RULES:
        if isinstance(rule, FindingsRule):
            for finding in rule.check(portal, accepted, acceptable):
                diagnostics.extend(_diagnostics(rule, finding))
    return Verdict(ordered(diagnostics), tuple(accepted))


def judge_site(site: BuiltSite) -> tuple[Diagnostic, ...]:
    """Run every rule that reads the built site."""
    return ordered(found for rule in RULES if isinstance(rule, SiteRule) for found in rule.check(site))


def explain(name: str) -> RuleDocumentation:
    """The documentation of the rule `name`; raises KeyError where there is none."""
    if name not in {rule.name for rule in RULES}:
        raise KeyError(name)
    return documentation(importlib.import_module(f"{__name__}.{name.replace('-', '_')}").__doc__)


def _findings(rule: PortalRule, portal: Portal, prose: Sequence[AuthoredProse]) -> Iterator[Finding]:
    yield from rule.check(portal)
    if rule.check_prose is not None:
        yield from rule.check_prose(portal, prose)


def _acceptance(rule: PortalRule, finding: Finding) -> Acceptance | None:
    for subject in finding.subjects:
        for acceptance in subject.accept:
            if acceptance.rule == rule.name and acceptance.figures == dict(finding.figures):
                return acceptance
    return None


def _diagnostics(rule: PortalRule | FindingsRule, finding: Finding) -> Iterator[Diagnostic]:
    for place in finding.places:
        yield Diagnostic.at(place, rule.name, finding.message, finding.hint, rule.severity)


__all__ = ["RULES", "Accepted", "Finding", "GateRule", "Rule", "SiteRule", "Verdict", "explain", "judge", "judge_site"]
