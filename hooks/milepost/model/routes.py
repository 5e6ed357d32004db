"""The only place where a path or an address of the site is spelled.

A route is a path below the site's root, with forward slashes and its ending, such as `fixnado/M3.html`; it may carry
an anchor. Ids hold a digit and the fixed names hold none, so that the two never meet in a programme's folder.
"""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

OVERVIEW = "index.html"
NOT_FOUND = "404.html"
EXPORT = "portal.json"
NAMES = "names.json"
SEARCH_INDEX = "search/search_index.json"
SITEMAP = "sitemap.xml"
SNAPSHOTS = "s"
VERSIONS = "versions.json"
FEED_FOLDER = "feeds/"
FEED_LIST = "feeds/feeds.opml"
FEED_STYLE = "assets/feed.css"
PORTFOLIO = ""
PORTFOLIO_FEED = ""
CHANGE = "change-"
HANDBOOK = "handbook/index.html"
RULES = "handbook/rules/index.html"
DATA_REFERENCE = "handbook/data/index.html"
COMMANDS = "handbook/commands.html"
SITE_REFERENCE = "handbook/site.html"

FILES_BESIDE_PAGES = frozenset({EXPORT, NAMES, SITEMAP, f"{SITEMAP}.gz", VERSIONS})
"""What stands at the site's root and is no page."""
FOLDERS_OF_FILES = frozenset({"assets", "charts", "feeds", "schema", "search", "stylesheets"})
"""The folders at the site's root, or of a programme, in which files stand that are no pages."""
RESERVED = FOLDERS_OF_FILES | {
    "decisions", "handbook", "index", "milestones", "overrides", "portal", "portfolio", "programmes", "registers",
    "risks", "s", "sitemap", "versions",
}  # fmt: skip
"""Names at the site's root, or among its feeds, that are not those of list pages and that no programme can have."""
ENDINGS_OF_FILES = (".css", ".ics", ".js", ".json", ".map", ".opml", ".png", ".svg", ".woff", ".woff2", ".xml")


def is_below_a_file(route: str) -> bool:
    """Whether a folder of `route` has the name of a file that a build writes beside the pages."""
    *folders, _ = route.casefold().split("/")
    if not folders:
        return False
    inner = folders[1:] if folders[0] in FOLDERS_OF_FILES else []
    inner += folders[2:] if folders[1:2] and folders[1] in FOLDERS_OF_FILES else []
    return folders[0] in FILES_BESIDE_PAGES or any(part.endswith(ENDINGS_OF_FILES) for part in inner)


def snapshot(name: str) -> str:
    """The folder of a snapshot, with a slash at its end."""
    return f"{SNAPSHOTS}/{name}/"


def frozen(name: str, route: str = OVERVIEW) -> str:
    """A page of a snapshot, as its folder has it."""
    return snapshot(name) + route


def snapshot_page(name: str) -> str:
    """The page that tells of a snapshot."""
    return f"snapshots/{name}.html"


def compare_with_current(name: str) -> str:
    """The page that compares a snapshot with what is now."""
    return f"snapshots/{name}/now.html"


def since_the_one_before(name: str) -> str:
    """The page that compares a snapshot with the one before it."""
    return f"snapshots/{name}/before.html"


def programme(slug: str) -> str:
    """A programme's own page."""
    return f"{slug}/index.html"


def entity(slug: str, entity_id: str) -> str:
    """The page of a milestone or task."""
    return f"{slug}/{entity_id}.html"


def named_by(route: str) -> tuple[str, str]:
    """The programme and the id, empty for the programme's own, of the entity whose page would be at `route`."""
    slug, _, name = route.removesuffix(".html").partition("/")
    return slug, "" if name == "index" else name


def part(slug: str, task_id: str, part_id: str) -> str:
    """A subtask or sprint: an anchor on its task's page."""
    return f"{entity(slug, task_id)}#{part_id}"


def rule(name: str) -> str:
    """The page of a rule."""
    return f"handbook/rules/{name}.html"


def data_reference(kind: str) -> str:
    """The page that says what a kind of data file holds."""
    return f"handbook/data/{kind}.html"


def is_of_handbook(route: str) -> bool:
    """Whether a page belongs to the handbook."""
    return route.startswith("handbook/")


def handbook(name: str) -> str:
    """A page of the handbook, by the name of its file."""
    return f"handbook/{name}.html"


def owner(person: str) -> str:
    """The page of a role, team or person."""
    return f"owners/{person}.html"


def activity_month(month: str) -> str:
    """The page of a month's activity, the month as `2025-10`."""
    return f"activity/{month}.html"


def register_entry(slug: str, name: str, entry_id: str) -> str:
    """An entry of a register: an anchor on the register's page."""
    return f"{programme_list(slug, name)}#{entry_id}"


def programme_list(slug: str, name: str) -> str:
    """A list page of a programme: the `name` of `PROGRAMME_LISTS`."""
    return f"{slug}/{name}.html"


def tracker(slug: str) -> str:
    """The page of a programme's tracker."""
    return programme_list(slug, "tracker")


def checkpoints(slug: str) -> str:
    """The checkpoints of a programme: an anchor on its tracker's page."""
    return f"{tracker(slug)}#checkpoints"


def change_anchor(key: str) -> str:
    """The anchor of what the data's history tells of an entity, on the page of it, by the key of its event."""
    return f"{CHANGE}{key.partition('/')[2].replace('/', '-')}"


def is_change(route: str) -> bool:
    """Whether a route leads to what the data's history tells."""
    return route.partition("#")[2].startswith(CHANGE)


def chart(slug: str, name: str, scheme: str) -> str:
    """A chart of a programme, or for PORTFOLIO of all, drawn for the light or the dark scheme."""
    file = f"charts/{name}-{scheme}.svg"
    return f"{slug}/{file}" if slug else file


def is_chart(route: str) -> bool:
    """Whether `route` is that of a chart."""
    folder, _, name = route.rpartition("/")
    return folder.rpartition("/")[2] == "charts" and name.endswith(".svg")


def owner_feed(person: str) -> str:
    """The name of the feed of a role, team or person; that of a programme is the programme's."""
    return f"owners/{person}"


def feed(name: str, file_name: str) -> str:
    """A file of the feed `name`: of a programme, of one kind of entity, of an owner, or PORTFOLIO_FEED."""
    return f"{FEED_FOLDER}{name}/{file_name}" if name else f"{FEED_FOLDER}{file_name}"


def calendar(name: str) -> str:
    """The calendar of a programme, or for PORTFOLIO_FEED that of all."""
    return feed(name, "calendar.ics")


def schema(file_name: str) -> str:
    """A JSON Schema, of a kind of data file or of the export."""
    return f"schema/{file_name}"


def page_source(route: str) -> str:
    """The Markdown file that a page is built from."""
    return route.removesuffix(".html") + ".md"


def relative(target: str, start: str) -> str:
    """The address of the route `target` as seen from the page at the route `start`."""
    path, mark, anchor = target.partition("#")
    if path == start and mark:
        return f"#{anchor}"
    return posixpath.relpath(path, posixpath.dirname(start) or ".") + mark + anchor


def absolute(target: str, site_address: str) -> str:
    """The full address of the route `target` below `site_address`."""
    return site_address.rstrip("/") + "/" + target


def below(address: str, site_address: str) -> str:
    """The route of a full `address` below `site_address`, or of one that begins there; one of another site stays.

    What an address asks for, as tables write it there when they are sorted, is no part of a route; its anchor is.
    """
    root = absolute("", site_address)
    path, mark, anchor = address.partition("#")
    path = path.partition("?")[0]
    if path + "/" == root:
        path = root
    if path.startswith(root):
        return (unquote(path.removeprefix(root)) or OVERVIEW) + mark + unquote(anchor)
    return address if "://" in path else path + mark + anchor


def in_snapshot(route: str) -> tuple[str | None, str]:
    """The snapshot in whose folder a route lies, None where it is in none, and the route within."""
    folder, _, rest = route.partition("/")
    name, mark, within = rest.partition("/")
    return (name, within or OVERVIEW) if folder == SNAPSHOTS and mark else (None, route)
