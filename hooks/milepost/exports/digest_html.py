"""A digest as an HTML document that is fit for mail: small, whole, in the reader's own colours, light or dark.

Mail programs drop style sheets, scripts and what lies elsewhere; so there is none, and styles stand at their elements.
It is well-formed XML too.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from milepost.exports.digest import Digest, Group, Line
from milepost.model import routes
from milepost.text.dates import in_words

DOCUMENT = Markup("""\
<!DOCTYPE html>
<html lang="en" style="color-scheme: light dark">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>{headline}</title>
</head>
<body style="margin: 0 auto; max-width: 40em; padding: 1em; font: 100%/1.5 system-ui, sans-serif; \
overflow-wrap: anywhere">
<h1 style="font-size: 1.4em; line-height: 1.3">{headline}</h1>
<p>{lead}</p>
{sections}</body>
</html>
""")
SECTION = Markup('<h2 style="font-size: 1.15em; margin: 1.6em 0 0">{}</h2>\n{}')
GROUP = Markup(
    '<h3 style="font-size: 1em; margin: 1em 0 0">{}</h3>\n<ul style="margin: 0.3em 0; padding-left: 1.2em">\n{}</ul>\n'
)
LINE = Markup('<li style="margin: 0.3em 0">{}{}{}</li>\n')
DAY = Markup('<time datetime="{}" style="white-space: nowrap">{}</time>: ')
LINK = Markup('<a href="{}">{}</a>')
SUBJECT = Markup("<strong>{}</strong>")
NOTE = Markup("<p><em>{}</em></p>\n")


def digest_as_html(digest: Digest, site_address: str) -> str:
    """The digest as a document. `site_address`: where the site is published; empty for one without links."""
    sections = [
        SECTION.format(section.topic.value, _joined(_group(group, site_address) for group in section.groups))
        for section in digest.sections
    ]
    note = [NOTE.format(digest.note)] if digest.note else []
    document = DOCUMENT.format(headline=digest.headline, lead=digest.lead, sections=_joined(iter([*sections, *note])))
    return str(document)


def _group(group: Group, site_address: str) -> Markup:
    return GROUP.format(group.title, _joined(_told(line, site_address) for line in group.lines))


def _told(line: Line, site_address: str) -> Markup:
    day = DAY.format(line.day.isoformat(), in_words(line.day)) if line.day else Markup("")
    subject, predicate = (line.subject, line.predicate) if line.subject else (line.predicate, "")
    told = SUBJECT.format(subject) if line.subject else escape(subject)
    if site_address and line.route:
        told = LINK.format(routes.absolute(line.route, site_address), told)
    return LINE.format(day, told, predicate)


def _joined(pieces: Iterator[Markup]) -> Markup:
    return Markup("").join(pieces)
