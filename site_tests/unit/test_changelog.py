"""The changelog by snapshot: what happened stands with the first snapshot that was made after it."""

from __future__ import annotations

from datetime import date

from milepost.data.records.snapshot import Snapshot
from milepost.data.records.update import UpdateKind
from milepost.model.events import Event
from milepost.model.portal import Ref
from milepost.site.pages.changelog import editions, every_edition


def event(day: int) -> Event:
    return Event(Ref("demo", "T1"), date(2026, 1, day), f"demo/T1/{day}", UpdateKind.PROGRESSED, "It moved.", "x.html")


def snapshot(name: str, day: int) -> Snapshot:
    made, digest = date(2026, 1, day), "0" * 64
    return Snapshot(
        id=name,
        date=made,
        as_of=made,
        commit="0" * 40,
        data=digest,
        payload=digest,
        reason="Month's end",
        approved_by="editor",
    )


def test_what_happened_stands_with_the_first_snapshot_made_on_its_day_or_later() -> None:
    made = editions([event(day) for day in (21, 20, 15, 10, 9)], [snapshot("a", 10), snapshot("b", 20)])
    told = [(edition.snapshot and edition.snapshot.id, [day.day for day, _ in edition.days]) for edition in made]
    assert told == [(None, [21]), ("b", [20, 15]), ("a", [10, 9])]


def test_without_a_snapshot_all_of_it_is_in_none() -> None:
    (edition,) = editions([event(3), event(3), event(1)], [])
    assert edition.snapshot is None
    assert [(day.day, len(events)) for day, events in edition.days] == [(3, 2), (1, 1)]


def test_a_snapshot_before_which_nothing_happened_is_told_of_too_in_its_place() -> None:
    rows = [snapshot("a", 10), snapshot("b", 20), snapshot("c", 20), snapshot("d", 25)]
    made = every_edition([event(21), event(9)], rows)
    assert [(edition.snapshot and edition.snapshot.id, len(edition.days)) for edition in made] == [
        ("d", 1),
        ("c", 0),
        ("b", 0),
        ("a", 1),
    ]
    assert next(edition.snapshot for edition in every_edition([event(26)], rows)) is None
