"""The rules, a module each: what they find, and what of it the data accepts. To add one, write it and list it here.

A rule of a gate is held where the data is read; it has a module here for its documentation alone.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from milepost.check.built_site import BuiltSite
from milepost.check.links.asked import AskedLinks
from milepost.check.rules import (
    ambiguous_reference,
    ambiguous_scalar,
    approved_with_open_work,
    broken_anchor,
    broken_asset,
    broken_link,
    checkpoint_past,
    complete_with_unmet_criteria,
    decision_without_rationale,
    dependency_cycle,
    duplicate_anchor,
    duplicate_id,
    exception_expired,
    exception_unused,
    external_link,
    feed_link,
    front_matter,
    future_date,
    invalid_id,
    ledger_broken,
    met_without_evidence,
    milestone_overdue,
    misplaced_file,
    missing_field,
    not_utf8,
    open_but_closed,
    orphan_task,
    page_percentage,
    percentage_format,
    percentage_range,
    progress_regression,
    prose_percentage,
    resolved_but_active,
    review_overdue,
    risk_without_mitigation,
    rollup_mismatch,
    stale_progress,
    started_before_dependency,
    status_mismatch,
    superseded_dangling,
    tracker_mismatch,
    unknown_field,
    unknown_reference,
    unowned,
    unreachable_page,
    unsafe_element,
    unsafe_file,
    unsafe_link,
    unsafe_markup,
    update_after_completion,
    update_out_of_order,
    vanished_address,
    window_inverted,
    wrong_macro,
    wrong_type,
    yaml_duplicate_key,
    yaml_limits,
    yaml_syntax,
)
from milepost.check.rules.acceptances import has_ended, hint
from milepost.check.rules.descriptor import (
    Accepted,
    ExternalRule,
    Finding,
    FindingsRule,
    GateRule,
    LedgerRule,
    PortalRule,
    PublishedRule,
    Rule,
    SiteRule,
)
from milepost.check.rules.documentation import RuleDocumentation, documentation
from milepost.data.records.base import Acceptance
from milepost.data.sentences_of_pages import AuthoredProse
from milepost.diagnostics import Diagnostic, ordered
from milepost.history.timeline import Published
from milepost.model.portal import Portal, Ref

RULES: tuple[Rule, ...] = (
    ambiguous_reference.RULE,
    ambiguous_scalar.RULE,
    approved_with_open_work.RULE,
    broken_anchor.RULE,
    broken_asset.RULE,
    broken_link.RULE,
    checkpoint_past.RULE,
    complete_with_unmet_criteria.RULE,
    decision_without_rationale.RULE,
    dependency_cycle.RULE,
    duplicate_anchor.RULE,
    duplicate_id.RULE,
    exception_expired.RULE,
    exception_unused.RULE,
    external_link.RULE,
    feed_link.RULE,
    front_matter.RULE,
    future_date.RULE,
    invalid_id.RULE,
    ledger_broken.RULE,
    met_without_evidence.RULE,
    milestone_overdue.RULE,
    misplaced_file.RULE,
    missing_field.RULE,
    not_utf8.RULE,
    open_but_closed.RULE,
    orphan_task.RULE,
    page_percentage.RULE,
    percentage_format.RULE,
    percentage_range.RULE,
    progress_regression.RULE,
    prose_percentage.RULE,
    resolved_but_active.RULE,
    review_overdue.RULE,
    risk_without_mitigation.RULE,
    rollup_mismatch.RULE,
    stale_progress.RULE,
    started_before_dependency.RULE,
    status_mismatch.RULE,
    superseded_dangling.RULE,
    tracker_mismatch.RULE,
    unknown_field.RULE,
    unknown_reference.RULE,
    unowned.RULE,
    unreachable_page.RULE,
    unsafe_element.RULE,
    unsafe_file.RULE,
    unsafe_link.RULE,
    unsafe_markup.RULE,
    update_after_completion.RULE,
    update_out_of_order.RULE,
    vanished_address.RULE,
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
                acceptance = _acceptance(rule, finding, portal.programme(finding.ref.programme).as_of)
                if acceptance is not None:
                    accepted.append(Accepted(rule.name, finding, acceptance))
                else:
                    diagnostics.extend(_diagnostics(rule, finding))
        elif isinstance(rule, LedgerRule):
            diagnostics.extend(rule.check(portal.snapshots))
    acceptable = [rule.name for rule in RULES if isinstance(rule, PortalRule)]
    for rule in RULES:
        if isinstance(rule, FindingsRule):
            for finding in rule.check(portal, accepted, acceptable):
                diagnostics.extend(_diagnostics(rule, finding))
    return Verdict(ordered(diagnostics), tuple(accepted))


def judge_published(portal: Portal, pages: frozenset[str], published: Published) -> tuple[Diagnostic, ...]:
    """Run every rule that reads what was published, beside the portal and the routes of its pages."""
    rules = (rule for rule in RULES if isinstance(rule, PublishedRule))
    return ordered(found for rule in rules for found in rule.check(portal, pages, published))


def judge_site(site: BuiltSite) -> tuple[Diagnostic, ...]:
    """Run every rule that reads the built site."""
    return ordered(found for rule in RULES if isinstance(rule, SiteRule) for found in rule.check(site))


def judge_external(asked: AskedLinks) -> tuple[Diagnostic, ...]:
    """Run every rule that reads how external addresses answered."""
    return ordered(found for rule in RULES if isinstance(rule, ExternalRule) for found in rule.check(asked))


def explain(name: str) -> RuleDocumentation:
    """The documentation of the rule `name`; raises KeyError where there is none."""
    if name not in {rule.name for rule in RULES}:
        raise KeyError(name)
    return documentation(importlib.import_module(f"{__name__}.{name.replace('-', '_')}").__doc__)


def _findings(rule: PortalRule, portal: Portal, prose: Sequence[AuthoredProse]) -> Iterator[Finding]:
    yield from rule.check(portal)
    if rule.check_prose is not None:
        yield from rule.check_prose(portal, prose)


def _acceptance(rule: PortalRule, finding: Finding, as_of: date) -> Acceptance | None:
    for subject in finding.subjects:
        for acceptance in subject.accept:
            same = acceptance.rule == rule.name and acceptance.figures == dict(finding.figures)
            if same and not has_ended(acceptance, as_of):
                return acceptance
    return None


def _diagnostics(rule: PortalRule | FindingsRule, finding: Finding) -> Iterator[Diagnostic]:
    for place in finding.places:
        yield Diagnostic.at(place, rule.name, finding.message, hint(rule.name, finding), rule.severity)


__all__ = [
    "RULES",
    "Accepted",
    "ExternalRule",
    "Finding",
    "GateRule",
    "PublishedRule",
    "Rule",
    "SiteRule",
    "Verdict",
    "explain",
    "judge",
    "judge_external",
    "judge_published",
    "judge_site",
]
