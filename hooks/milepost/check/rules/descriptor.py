"""What a rule is: its name, what it reads, and a generator of findings. Its module's docstring is its documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from milepost.check.built_site import BuiltSite
from milepost.check.links.asked import AskedLinks
from milepost.data.records.base import Acceptance, Accepting
from milepost.data.records.snapshot import Snapshot
from milepost.data.sentences_of_pages import AuthoredProse
from milepost.diagnostics import Diagnostic, Location, Severity
from milepost.history.timeline import Published
from milepost.model.portal import Portal, Ref
from milepost.text.sentence import Cited


@dataclass(frozen=True, slots=True)
class Finding:
    """A disagreement in the portal."""

    ref: Ref
    """The entity that it is about."""
    places: tuple[Location, ...]
    """Every line that has a part in it; each gets a diagnostic."""
    message: str
    hint: str
    """What to write instead, as a sentence; how to accept it is added where it is reported."""
    figures: Mapping[str, str] = field(default_factory=dict)
    """The values that an acceptance must name, by name."""
    subjects: tuple[Accepting, ...] = ()
    """The records whose `accept` can hold an acceptance, the usual one first; without one it cannot be accepted."""
    cites: tuple[str, ...] = ()
    """The key of the figure that each percentage of the message is, in their order; `SAID` for one that a sentence says."""

    @property
    def cited(self) -> Cited:
        """The message with the names of its figures."""
        return Cited(self.message, self.cites)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the data accepts, by the acceptance that names its figures."""

    rule: str
    finding: Finding
    acceptance: Acceptance


@dataclass(frozen=True, slots=True)
class GateRule:
    """A rule that reading the data itself holds: `gate` says whether it is about shape or about references."""

    name: str
    gate: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class PortalRule:
    """A rule that reads the sound portal, and may read authored pages beside it; its findings can be accepted."""

    name: str
    check: Callable[[Portal], Iterator[Finding]]
    severity: Severity = Severity.ERROR
    check_prose: Callable[[Portal, Sequence[AuthoredProse]], Iterator[Finding]] | None = None


@dataclass(frozen=True, slots=True)
class LedgerRule:
    """A rule that reads the ledger of snapshots. Its findings cannot be accepted: a ledger holds, or it does not."""

    name: str
    check: Callable[[Sequence[Snapshot]], Iterator[Diagnostic]]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class PublishedRule:
    """A rule that reads what the last snapshot published beside the portal and the routes of its pages.

    Its findings cannot be accepted: what was cited is there, or says what became of it.
    """

    name: str
    check: Callable[[Portal, frozenset[str], Published], Iterator[Diagnostic]]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class FindingsRule:
    """A rule that reads what the portal's rules found and what was accepted of it."""

    name: str
    check: Callable[[Portal, Sequence[Accepted], Sequence[str]], Iterator[Finding]]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A rule that reads the built site."""

    name: str
    check: Callable[[BuiltSite], Iterator[Diagnostic]]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class ExternalRule:
    """A rule that reads how addresses outside the portal answered; it runs only when they have been asked."""

    name: str
    check: Callable[[AskedLinks], Iterator[Diagnostic]]
    severity: Severity = Severity.ERROR


Rule = GateRule | PortalRule | LedgerRule | PublishedRule | FindingsRule | SiteRule | ExternalRule
