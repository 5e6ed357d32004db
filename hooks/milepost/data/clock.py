"""The only thing of the clock that may reach the output: the day as of which active programmes are judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
FAR_FUTURE = 10**18
"""Seconds that no calendar holds."""


class EpochError(ValueError):
    """SOURCE_DATE_EPOCH is not a moment; the message says so, for people."""


def today(environment: Mapping[str, str]) -> date:
    """SOURCE_DATE_EPOCH as a day where `environment` has it, else today; both in UTC. Raises EpochError."""
    epoch = environment.get(EPOCH_VARIABLE)
    if not epoch:
        return datetime.now(UTC).date()
    # `isdigit` alone would take superscript digits too.
    seconds = int(epoch) if epoch.isascii() and epoch.isdigit() else FAR_FUTURE
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        message = f"{EPOCH_VARIABLE} is {epoch!r}, which is not a number of seconds since 1970"
        raise EpochError(message) from None
