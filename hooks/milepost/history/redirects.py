"""Redirects: what became of each address that was published, and at which nothing is published now.

A thing is followed by its names: those of its portal, its former ids (`formerly`), and the rows of `data/removed.yml`.
An address is a route, with an anchor where the thing is a part of a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from milepost.data.records.removal import Removal
from milepost.data.records.snapshot import Snapshot
from milepost.history.timeline import Published
from milepost.model import routes
from milepost.model.addresses import PROGRAMME_LISTS
from milepost.model.portal import Entity, Portal, Ref

OWNERS = "owners/"
PAGE = ".html"


@dataclass(frozen=True, slots=True)
class Moved:
    """The current place of a thing that has another address now."""

    route: str
    name: str
    """Its name, such as `fixnado/T7`; for a page that is no entity, its route."""
    title: str


@dataclass(frozen=True, slots=True)
class FormerAddress:
    """An address that was published, and at which nothing is published now."""

    address: str
    """A route, with an anchor where it was a part of a page."""
    name: str
    """What was published there, as `what` of a removal names it."""
    title: str
    outcome: Moved | Removal | None
    """Where it is now, or why it was removed; None where nothing says so."""
    kept: tuple[Snapshot, ...]
    """The snapshots that hold it, newest first."""

    @property
    def page(self) -> str:
        """The route of the page: itself, or the one that it was a part of."""
        return self.address.partition("#")[0]

    @property
    def anchor(self) -> str:
        """Its anchor on that page; empty for a page."""
        return self.address.partition("#")[2]

    @property
    def removal(self) -> Removal | None:
        """Why it was removed, if it was."""
        return self.outcome if isinstance(self.outcome, Removal) else None

    @property
    def moved(self) -> Moved | None:
        """Where it is now, if anywhere."""
        return self.outcome if isinstance(self.outcome, Moved) else None


@dataclass(frozen=True, slots=True)
class Redirects:
    """All former addresses: the pages by route, and the parts of pages by the route of their page."""

    pages: Mapping[str, FormerAddress]
    parts: Mapping[str, tuple[FormerAddress, ...]]

    def __iter__(self) -> Iterator[FormerAddress]:
        """Each former address, in their order."""
        parts = (part for parts in self.parts.values() for part in parts)
        return iter(sorted((*self.pages.values(), *parts), key=lambda former: former.address))


def redirects(portal: Portal, pages: frozenset[str], published: Sequence[Published]) -> Redirects:
    """The former addresses of `portal`, which has these pages.

    published: the snapshots whose addresses must not vanish, oldest first.
    """
    names: dict[str, str] = {}
    titles: dict[str, str] = {}
    kept: defaultdict[str, list[Snapshot]] = defaultdict(list)
    for past in published:
        here = _names(past.portal, past.pages)
        for address in here:
            kept[address].insert(0, past.row)
        names |= {**_former_names(past.portal, past.pages), **here}
        titles |= {str(ref): entity.title for ref, entity in past.portal.entities.items() if entity.title}
        titles |= {f"{OWNERS}{person.id}": person.title for person in past.portal.people.values()}
    names |= _former_names(portal, pages)
    known = set(names.values())
    for removal in (*(entry for past in published for entry in past.portal.removed), *portal.removed):
        if removal.what not in known:
            names[address_of(removal.what)] = removal.what
    offered = set(_offered(portal, pages))
    succession = _Succession(portal, pages, [past.portal for past in published])
    found = []
    for address, name in sorted(names.items()):
        if address not in offered:
            outcome = succession.outcome(name)
            page, mark, _ = address.partition("#")
            if outcome is None and mark and page in names:
                # The parts of a removed task were removed with it.
                of_page = succession.outcome(names[page])
                outcome = of_page if isinstance(of_page, Removal) else None
            found.append(FormerAddress(address, name, titles.get(name, ""), outcome, tuple(kept[address])))
    parts: defaultdict[str, list[FormerAddress]] = defaultdict(list)
    for former in found:
        if former.anchor:
            parts[former.page].append(former)
    return Redirects(
        {former.address: former for former in found if not former.anchor},
        {page: tuple(of_page) for page, of_page in parts.items()},
    )


class _Succession:
    """Finds what became of a name: `earlier` are portals that had it, oldest first, `portal` is the current one."""

    def __init__(self, portal: Portal, pages: frozenset[str], earlier: Iterable[Portal]) -> None:
        self.portal = portal
        self.pages = pages
        self.later = {old: new for known in (*earlier, portal) for old, new in known.former.items()}
        self.removals = {removal.what: removal for removal in portal.removed}

    def outcome(self, name: str) -> Moved | Removal | None:
        """Where the thing with this name is now, or why it was removed; None where nothing says so."""
        if name in self.removals:
            return self.removals[name]
        if name.startswith(OWNERS):
            return None
        if name.endswith(PAGE):
            return self._page(name)
        programme, _, entity_id = name.partition("/")
        found = self._became(Ref(programme, entity_id))
        return Moved(found.route, str(found.ref), found.title or "") if isinstance(found, Entity) else found

    def _page(self, route: str) -> Moved | Removal | None:
        """What became of a page that is no entity: it follows its programme."""
        slug, _, rest = route.partition("/")
        programme = self._became(Ref(slug))
        if not isinstance(programme, Entity):
            return programme
        target = f"{programme.ref.programme}/{rest}"
        return Moved(target, target, "") if target != route and target in self.pages else None

    def _became(self, ref: Ref) -> Entity | Removal | None:
        names = self._names(ref)
        for name in names:
            found = self.portal.entities.get(name) or self.removals.get(str(name))
            if found is not None:
                return found
        return next((self.removals[name.programme] for name in names if name.programme in self.removals), None)

    def _names(self, ref: Ref) -> tuple[Ref, ...]:
        """The name, and each that replaced it."""
        names: list[Ref] = []
        following: Ref | None = ref
        while following is not None and following not in names:
            names.append(following)
            following = self._next(following)
        return tuple(names)

    def _next(self, ref: Ref) -> Ref | None:
        if ref in self.later:
            return self.later[ref]
        programme = self.later.get(Ref(ref.programme))
        return None if programme is None else Ref(programme.programme, ref.id)


def _names(portal: Portal, pages: Iterable[str]) -> dict[str, str]:
    """What is published at each address of a portal that has these pages."""
    return {
        **{page: page for page in pages},
        **{routes.owner(person): f"{OWNERS}{person}" for person in portal.people},
        **{entity.route: str(ref) for ref, entity in portal.entities.items()},
    }


def _former_names(portal: Portal, pages: frozenset[str]) -> dict[str, str]:
    """What was published at each address that follows from the former ids in the data of a portal."""
    names: dict[str, str] = {}
    former_pages: defaultdict[str, list[str]] = defaultdict(list)
    for old, new in portal.former.items():
        route = portal.entities[new].route
        if "#" not in route:
            before = routes.entity(old.programme, old.id) if old.id else routes.programme(old.programme)
            names[before] = str(old)
            former_pages[route].append(before)
    for programme in portal.programmes:
        lists = sorted({routes.programme_list(programme.slug, name) for name in PROGRAMME_LISTS} & pages)
        for slug in programme.record.formerly:
            for page in lists:
                before = f"{slug}/{page.partition('/')[2]}"
                names[before] = before
                former_pages[page].append(before)
    for ref, entity in portal.entities.items():
        page, mark, anchor = entity.route.partition("#")
        if mark:
            for place in (page, *former_pages[page]):
                names |= {f"{place}#{name}": f"{ref.programme}/{name}" for name in (anchor, *_formerly(entity))}
    return names


def _offered(portal: Portal, pages: Iterable[str]) -> Iterator[str]:
    """The addresses of a portal: an entity that is a part of a page keeps its former anchors beside its own."""
    yield from pages
    for entity in portal.entities.values():
        yield entity.route
        page, mark, _ = entity.route.partition("#")
        if mark:
            yield from (f"{page}#{name}" for name in _formerly(entity))


def _formerly(entity: Entity) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(entity.record, "formerly", ())
    return names


def address_of(name: str) -> str:
    """The address of what a removal names, where no snapshot says that it had another."""
    if name.endswith(PAGE):
        return name
    if name.startswith(OWNERS):
        return routes.owner(name.removeprefix(OWNERS))
    programme, mark, entity_id = name.partition("/")
    return routes.entity(programme, entity_id) if mark else routes.programme(programme)
