"""Adds the ids that the project's own feeds have now to their ledger: `make feed-ids`.

It only adds lines. An id that is in the ledger is in somebody's feed reader, and must stay as it is.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from milepost.check.run import check_project
from milepost.history.timeline import Past
from milepost.report import make_report
from milepost.site.feeds import channels
from milepost.site.feeds.items import tag

PROJECT = Path(__file__).parent.parent.parent
LEDGER = Path(__file__).parent / "feed_ids.txt"
TODAY = date(2026, 11, 22)


def ids_of_feeds(project: Path) -> dict[str, None]:
    """The id of every feed of `project` and of every item in it, that the data tells of as it stands.

    What only the repository's history tells of is left out, as a copy of the project may be without it.
    """
    report = make_report(check_project(project, TODAY), Past())
    every = tuple(channels(report))
    own = {tag(report.portal, channel.key): None for channel in every}
    return own | {item.id: None for channel in every for item in channel.items}


def recorded(text: str) -> list[str]:
    """The lines of a ledger that say something."""
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def renew() -> None:
    """Add what is missing at the end."""
    text = LEDGER.read_text("utf-8")
    missing = [found for found in sorted(ids_of_feeds(PROJECT)) if found not in recorded(text)]
    LEDGER.write_text(text + "".join(f"{found}\n" for found in missing), "utf-8", newline="\n")


if __name__ == "__main__":
    renew()
