"""The portfolio: what the portal as a whole says of itself."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from milepost.data.records import value_schemas
from milepost.data.records.base import Record
from milepost.data.records.scalars import Slug, Text, WholeNumber, problem, read_scalar

AUTHORITY_FORM = "Write a domain that is yours and a day on which it was: status.example.org,2026."
AUTHORITY = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def _authority(value: Any) -> str:
    text = read_scalar(value, "a tagging authority")
    if AUTHORITY.fullmatch(text) is None:
        raise problem("wrong-type", f"{text!r} is not a tagging authority", AUTHORITY_FORM)
    return text


Authority = Annotated[
    str, BeforeValidator(_authority), WithJsonSchema(value_schemas.word(AUTHORITY.pattern, AUTHORITY_FORM))
]


class Portfolio(Record):
    """What the portal as a whole says of itself: `data/portfolio.yml`."""

    title: Text = Field(description="The portal's title.")
    publisher: Text = Field(description="Who publishes it.")
    summary: Text | None = Field(default=None, description="One sentence: how the portfolio is doing.")
    programmes: tuple[Slug, ...] = Field(
        min_length=1, description="The programmes, in the order in which they are shown."
    )
    tolerance: WholeNumber = Field(
        default=0, description="By how many percentage points a reported figure may differ from the computed one."
    )
    stale_days: WholeNumber = Field(
        default=30, description="After how many days without a report open work is said to be stale."
    )
    feed_authority: Authority = Field(
        description="A domain and a day on which it was the publisher's, for the ids of feed items (RFC 4151)."
    )
