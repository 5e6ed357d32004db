"""Where on the page of its tracker each checkpoint, meeting and metric of a programme stands.

Each has an anchor of its own, made of what it is called: these have no id that they must have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from milepost.data.records.tracker import Tracker
from milepost.model import routes

NO_PART_OF_A_NAME = re.compile(r"[\W_]+")


def checkpoint_routes(slug: str, tracker: Tracker) -> tuple[str, ...]:
    """The route of each checkpoint, in the order of the data."""
    return tuple(_routes(slug, "checkpoint", (checkpoint.name for checkpoint in tracker.checkpoints)))


def meeting_routes(slug: str, tracker: Tracker) -> tuple[str, ...]:
    """The route of each meeting, in the order of the data."""
    return tuple(_routes(slug, "meeting", (meeting.title for meeting in tracker.cadence)))


def metric_routes(slug: str, tracker: Tracker) -> tuple[str, ...]:
    """The route of each metric, in the order of the data."""
    return tuple(_routes(slug, "metric", (metric.title for metric in tracker.metrics)))


def _routes(slug: str, kind: str, names: Iterable[str]) -> Iterator[str]:
    """A route a name; of those that sound alike, the second and those after it are numbered."""
    alike: Counter[str] = Counter()
    taken: set[str] = set()
    for name in names:
        sound = "-".join(filter(None, (kind, NO_PART_OF_A_NAME.sub("-", name.casefold()).strip("-"))))
        anchor = sound
        while anchor in taken:
            alike[sound] += 1
            anchor = f"{sound}-{alike[sound] + 1}"
        taken.add(anchor)
        yield f"{routes.tracker(slug)}#{anchor}"
