"""What `data/removed.yml` says that cannot be: of what is still there, of one thing twice, of what is nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import normalize

from milepost.check.rules import RULES
from milepost.data.pages import CONTENT_FOLDER, Content
from milepost.data.records.removal import Removal
from milepost.diagnostics import Diagnostic, did_you_mean
from milepost.history.redirects import OWNERS, address_of
from milepost.model import routes
from milepost.model.addresses import pages_of
from milepost.model.events import events_from_data
from milepost.model.portal import Portal

LONGEST_FILE_NAME = 240
"""How many bytes a file or folder of the site may be called, as most systems have it, with room for an ending."""


def check_removals(portal: Portal, content: Content) -> Iterator[Diagnostic]:
    """What is wrong with each removal, beside what stands in the portal and on the pages that people wrote."""
    if not portal.removed:
        return
    routes_now = {
        *pages_of(portal, events_from_data(portal)),
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
        first = earlier.setdefault(_alike(address_of(removal.what)), removal)
        if first is not removal:
            message = f"the removal of {removal.what} is also told at {first.location('what')}"
            yield Diagnostic.at(removal.location("what"), "duplicate-id", message, "Keep one of them.")
    files = _Files(
        {_alike(route): route for route in sorted(routes_now)},
        {_alike(name): f"{CONTENT_FOLDER}/{name}" for name in content.files},
        {address: f"the page of the removal at {removal.location('what')}" for address, removal in earlier.items()},
    )
    for removal in portal.removed:
        yield from _beside_files(removal, files)


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


def _alike(route: str) -> str:
    """A route as systems see it that tell neither capitals from small letters nor one way to write an accent."""
    return normalize("NFC", route).casefold()


class _Files:
    """What stands in a site, by its route as `_alike` has it: pages, files that people put there, pages of removals."""

    def __init__(self, pages: Mapping[str, str], kept: Mapping[str, str], removed: Mapping[str, str]) -> None:
        self.pages = pages
        self.all = {**removed, **kept, **pages}
        self.folders = {folder: found for route, found in {**kept, **pages}.items() for folder in _folders(route)}


def _folders(route: str) -> list[str]:
    parts = route.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _beside_files(removal: Removal, files: _Files) -> Iterator[Diagnostic]:
    """Why the page that tells of a removal could not be written beside the files of the site."""
    address = address_of(removal.what)
    alike = _alike(address)
    file = next((files.all[folder] for folder in _folders(alike) if folder in files.all), None)
    if file is not None or routes.is_below_a_file(address):
        message = f"nothing can be at {address}: {file or 'a file of the site'} has the name of a folder in it"
        yield Diagnostic.at(removal.location("what"), "invalid-id", message, "Write the address that it had.")
    elif alike in files.folders:
        message = f"no page can be at {address}: {files.folders[alike]} stands in a folder of that name"
        yield Diagnostic.at(removal.location("what"), "invalid-id", message, "Write the address that it had.")
    elif files.pages.get(alike, address) != address:
        message = f"{address} differs by capitals or accents alone from {files.pages[alike]}, a page of this portal"
        hint = "Some systems keep one file for both: leave this entry out, or give that page another name."
        yield Diagnostic.at(removal.location("what"), "duplicate-id", message, hint)


def is_outside(text: str) -> bool:
    """Whether what took the place of something is an address outside the portal."""
    return text.startswith(("http://", "https://"))
