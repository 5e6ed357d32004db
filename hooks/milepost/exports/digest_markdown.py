"""A digest as Markdown: text of the data is text there, and mentions nobody."""

from __future__ import annotations

from milepost.exports.digest import Digest, Line
from milepost.exports.markdown import literal
from milepost.model import routes
from milepost.text.dates import in_words


def digest_as_markdown(digest: Digest, site_address: str) -> str:
    """The digest as Markdown. `site_address`: where the site is published; empty for a text without links."""
    lines = [f"# {literal(digest.headline)}", "", literal(digest.lead)]
    for section in digest.sections:
        lines += ["", f"## {literal(section.topic)}"]
        for group in section.groups:
            lines += ["", f"### {literal(group.title)}", ""]
            lines += [f"- {_told(line, site_address)}" for line in group.lines]
    if digest.note:
        lines += ["", literal(digest.note)]
    return "\n".join([*lines, ""])


def _told(line: Line, site_address: str) -> str:
    day = f"{in_words(line.day)}: " if line.day else ""
    subject, predicate = (line.subject, line.predicate) if line.subject else (line.predicate, "")
    # What goes before or after it on the line is no longer seen once a text is flat.
    after = " " if predicate.startswith(" ") else ""
    if site_address and line.route:
        told = f"[{literal(subject)}]({routes.absolute(line.route, site_address)})"
    else:
        told = f"**{literal(subject)}**" if line.subject else literal(subject)
    return f"{day}{told}{after}{literal(predicate)}"
