"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1): the same items for programs that would rather read no XML.

It has no date of its own; an item's is midnight UTC of the event's day (RFC 3339).
"""

from __future__ import annotations

import json
from typing import Any

from milepost.model import routes
from milepost.site.feeds.descriptor import Channel, FeedFormat
from milepost.site.feeds.items import LANGUAGE, Item, midnight


def write(channel: Channel, route: str) -> str:
    """The feed as JSON text; it is published at `route`."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": routes.absolute(channel.page, channel.address),
        "feed_url": routes.absolute(route, channel.address),
        "description": channel.summary,
        "authors": [{"name": channel.portal.portfolio.publisher}],
        "language": LANGUAGE,
        "items": [_item(item) for item in channel.items],
    }
    return json.dumps(feed, indent=2, ensure_ascii=False) + "\n"


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "content_html": str(item.content),
        "summary": item.summary,
        "date_published": midnight(item.day).isoformat(),
        "authors": [{"name": item.author, "url": item.author_address}],
        "tags": list(dict.fromkeys(category.label for category in item.categories)),
    }


FEED = FeedFormat(name="JSON Feed", media_type="application/feed+json", file_name="feed.json", write=write)
