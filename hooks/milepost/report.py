"""All that pages, charts and feeds draw from: the sound portal, what the rules say of it, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from milepost.backlinks import Backlink, backlinks
from milepost.check import Checked
from milepost.content import Content
from milepost.events import Event, told
from milepost.portal import Portal, Ref
from milepost.rules import Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """The portal, the authored pages, the verdict of the rules, the events, newest first, and what refers to what."""

    portal: Portal
    content: Content
    verdict: Verdict
    events: tuple[Event, ...]
    backlinks: Mapping[Ref, tuple[Backlink, ...]]
    source_address: str


def make_report(checked: Checked, source_address: str = "") -> Report:
    """The report of a sound portal; raises ValueError for one that is not.

    source_address: where the project's files can be edited, for links to a line; empty where nothing says so.
    """
    if checked.portal is None or not checked.is_sound:
        raise ValueError("a report is made of a sound portal only")
    portal = checked.portal
    return Report(portal, checked.content, checked.verdict, told(portal), backlinks(portal), source_address)
