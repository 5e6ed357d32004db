"""All that pages, charts and feeds draw from: the sound portal, what the rules say of it, and what happened."""

from __future__ import annotations

from dataclasses import dataclass

from milepost.check import Checked
from milepost.history import Event, events
from milepost.portal import Portal
from milepost.rules import Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """The portal with its verdict and its events, newest first."""

    portal: Portal
    verdict: Verdict
    events: tuple[Event, ...]


def make_report(checked: Checked) -> Report:
    """The report of a sound portal; raises ValueError for one that is not."""
    if checked.portal is None or not checked.is_sound:
        raise ValueError("a report is made of a sound portal only")
    return Report(checked.portal, checked.verdict, events(checked.portal))
