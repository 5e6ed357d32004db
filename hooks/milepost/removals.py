"""What `data/removed.yml` says that cannot be: of what is still there, of one thing twice, of what is nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milepost import routes
from milepost.addresses import pages_of
from milepost.content import Content
from milepost.departures import OWNERS
from milepost.diagnostics import Diagnostic, did_you_mean
from milepost.events import told
from milepost.portal import Portal
from milepost.records.removal import Removal
from milepost.rules import RULES

LONGEST_FILE_NAME = 240
"""How many bytes a file or folder of the site may be called, as most systems have it, with room for an ending."""


def check_removals(portal: Portal, content: Content) -> Iterator[Diagnostic]:
    """What is wrong with each removal, beside what stands in the portal and on the pages that people wrote."""
    if not portal.removed:
        return
    routes_now = {
        *pages_of(portal, told(portal)),
        *(page.route for page in content.pages),
        *(routes.rule(rule.name) for rule in RULES),
        *(routes.RULES, routes.NOT_FOUND),
    }
    here = {
        **dict.fromkeys(sorted(routes_now), "a page of this portal"),
        **{f"{OWNERS}{person.id}": f"the owner at {person.location('id')}" for person in portal.people.values()},
        **{str(old): f"what {new} was called before" for old, new in portal.former.items()},
        **{str(ref): f"the {entity.kind} at {entity.record.location('id')}" for ref, entity in portal.entities.items()},
    }
    earlier: dict[str, Removal] = {}
    for removal in portal.removed:
        yield from _of_one(removal, here, portal)
        # Files and addresses may not tell small letters from capitals.
        first = earlier.setdefault(removal.what.casefold(), removal)
        if first is not removal:
            message = f"the removal of {removal.what} is also told at {first.location('what')}"
            yield Diagnostic.at(removal.location("what"), "duplicate-id", message, "Keep one of them.")


def _of_one(removal: Removal, here: Mapping[str, str], portal: Portal) -> Iterator[Diagnostic]:
    what, instead = removal.what, removal.instead
    if what in here:
        message = f"{what} is said to be removed, and is {here[what]}"
        hint = "Remove this entry, or what it names; what was renamed says so itself, with formerly."
        yield Diagnostic.at(removal.location("what"), "duplicate-id", message, hint)
    if max(len(part.encode()) for part in what.split("/")) > LONGEST_FILE_NAME:
        message, hint = "no file of a site can have a name as long as this", "Write the name that it had."
        yield Diagnostic.at(removal.location("what"), "invalid-id", message, hint)
    if instead is not None and instead not in here and not is_outside(instead):
        message = f"there is no {instead} to stand in its place"
        yield Diagnostic.at(removal.location("instead"), "unknown-reference", message, did_you_mean(instead, here))
    if removal.date > portal.today:
        message = (
            f"the day on which {what} was removed is {removal.date.isoformat()}, later than "
            f"{portal.today.isoformat()}, the day of this check"
        )
        hint = "Write the day on which it happened, or leave the entry out until then."
        yield Diagnostic.at(removal.location("date"), "future-date", message, hint)


def is_outside(text: str) -> bool:
    """Whether what took the place of something is an address outside the portal."""
    return text.startswith(("http://", "https://"))
