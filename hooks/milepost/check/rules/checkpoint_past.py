"""A checkpoint that still stands among those to come, though its day has passed.

Why: checkpoints tell what is looked at next. One that has passed hides the next, and nobody learns what it found. A
week is a day only where the programme says on which day it starts. Closed programmes are left alone.

Example, in `data/programmes/demo/tracker.yml`:

    checkpoints:
      - {title: Soundings, date: 2026-04-01}

Output:

    data/programmes/demo/tracker.yml:2:30: warning[checkpoint-past] the checkpoint Soundings was on 2026-04-01, before 2026-11-22, the day of this check
      2 |   - {title: Soundings, date: 2026-04-01}
        |                              ^
      Write its new day, or take it out and tell in the activity log what it found.
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.rules.days import as_of_words
from milepost.check.rules.descriptor import Finding, PortalRule
from milepost.diagnostics import Severity
from milepost.model.portal import Portal


def check(portal: Portal) -> Iterator[Finding]:
    """Each checkpoint before the as-of day of a programme that still reports."""
    for programme in portal.reporting:
        for checkpoint in programme.tracker.checkpoints:
            day = checkpoint.last_day(programme.record.start)
            if day is not None and day < programme.as_of:
                yield Finding(
                    ref=programme.ref,
                    places=(checkpoint.location("date" if checkpoint.date is not None else "week"),),
                    message=f"the checkpoint {checkpoint.title} was on {day.isoformat()}, "
                    f"before {as_of_words(programme)}",
                    hint="Write its new day, or take it out and tell in the activity log what it found.",
                )


RULE = PortalRule("checkpoint-past", check, Severity.WARNING)
