"""The theme's index of the site's search, with the entries of the portal's entities put in front of those of pages.

The index is the JSON that Material for MkDocs writes: `docs`, each with location, title and text in HTML, tags and
boost. `names` is Milepost's own, for the script that puts what is asked for by name first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import unescape
from typing import Any

from milepost.site.search_entries import SearchEntry


def with_entries(index: str, entries: Iterable[SearchEntry]) -> str:
    """The JSON of an index with `entries` in it; what a page says of itself at the same address gives way."""
    read = json.loads(index)
    own = [_doc(entry) for entry in entries]
    taken = {doc["location"] for doc in own}
    read["docs"] = [*own, *(doc for doc in read["docs"] if doc["location"] not in taken)]
    return json.dumps(read, ensure_ascii=False, separators=(",", ":"))


def name_list(entries: Iterable[SearchEntry], pages: Iterable[tuple[str, str]]) -> str:
    """The JSON of what is where, for the page that is shown where there is nothing.

    pages: route and title of each page of the site; those of entities are told by their entries.
    """
    told = list(entries)
    routes = {entry.route for entry in told}
    called = [
        {
            "location": entry.route,
            "title": unescape(entry.title),
            "of": [unescape(tag) for tag in entry.tags],
            "names": entry.names,
        }
        for entry in told
    ]
    other = [
        {"location": route, "title": title, "of": [], "names": []} for route, title in pages if route not in routes
    ]
    return json.dumps([*called, *other], ensure_ascii=False, separators=(",", ":")) + "\n"


def _doc(entry: SearchEntry) -> dict[str, Any]:
    doc = {"location": entry.route, "title": entry.title, "text": entry.text, "boost": entry.boost}
    if entry.tags:
        doc["tags"] = list(entry.tags)
    if entry.names:
        doc["names"] = list(entry.names)
    return doc
