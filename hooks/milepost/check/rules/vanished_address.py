"""Something that the last snapshot published, and that is neither here any more nor said to be renamed or removed.

Why: an address may stand in a report, a mail or a citation for years. What was renamed leads on from its old address,
and what was removed has a page there that says so, and when and why. Only the data can tell which of the two it was.
What belonged to it goes with it: the parts of a task, and everything in a programme. It needs git, which holds the
data as it was then.

Example, in `data/programmes/demo/tasks.yml`, where the snapshot 2026-01-31 published a task T1:

    - id: T7
      owner: editor

Output:

    data/programmes/demo/tasks.yml:1:1: error[vanished-address] nothing is at the address of demo/T1 any more, demo/T1.html, which the snapshot 2026-01-31 published
      1 | - id: T7
        | ^
      Where it was renamed, write formerly: [T1] in what it is now; where it was removed, add it to data/removed.yml: - {what: demo/T1, date: ..., reason: ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.descriptor import PublishedRule
from milepost.data.loader import DATA_FOLDER, REMOVED
from milepost.diagnostics import Diagnostic, Location
from milepost.history.redirects import OWNERS, FormerAddress, redirects
from milepost.history.timeline import Published
from milepost.model.addresses import pages_of
from milepost.model.events import events_from_data
from milepost.model.portal import Portal, Ref

NAME = "vanished-address"
REMOVED_FILE = f"{DATA_FOLDER}/{REMOVED}"
PEOPLE_FILE = f"{DATA_FOLDER}/people.yml"


def check(portal: Portal, pages: frozenset[str], published: Published) -> Iterator[Diagnostic]:
    """Each thing that vanished, in the file that it stood in, or in that of removals where there is no such file."""
    files = {entity.record.location().path for entity in portal.entities.values()} | {PEOPLE_FILE}
    # A list that has nothing to show needs no words of anyone.
    lists = pages_of(published.portal, events_from_data(published.portal))
    gone = {
        former.name: former
        for former in redirects(portal, pages, (published,))
        if former.outcome is None and former.name not in lists
    }
    addresses = {former.address for former in gone.values()}
    for name, former in gone.items():
        programme, _, entity_id = name.partition("/")
        went_along = (
            (entity_id and programme in gone)
            or (former.anchor and former.page in addresses)
            or str(published.portal.former.get(Ref(programme, entity_id))) in gone
        )
        if not went_along:
            file = _file_of(former, published.portal)
            yield _finding(former, Location(file if file in files else REMOVED_FILE, 1, 1), published)


def _finding(former: FormerAddress, place: Location, published: Published) -> Diagnostic:
    name = former.name
    message = (
        f"nothing is at the address of {name} any more, {former.address}, "
        f"which the snapshot {published.row.id} published"
    )
    removal = f"add it to {REMOVED_FILE}: - {{what: {name}, date: ..., reason: ...}}"
    if name.startswith(OWNERS) or name.endswith(".html"):
        # Neither can say what it was called before.
        hint = f"Put it back, or {removal}; what took its place stands there as instead."
    else:
        own = name.rpartition("/")[2]
        hint = f"Where it was renamed, write formerly: [{own}] in what it is now; where it was removed, {removal}"
    return Diagnostic.at(place, NAME, message, hint)


def _file_of(former: FormerAddress, portal: Portal) -> str:
    if former.name.startswith(OWNERS):
        return PEOPLE_FILE
    programme, _, entity_id = former.name.partition("/")
    ref = Ref(programme, entity_id)
    entity = portal.entities.get(portal.former.get(ref, ref))
    return entity.record.location().path if entity else REMOVED_FILE


RULE = PublishedRule(NAME, check)
