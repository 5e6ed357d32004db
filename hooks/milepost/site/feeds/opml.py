"""The list of all feeds as OPML 2.0 (http://opml.org/spec2.opml), which readers take to subscribe to many at once."""

from __future__ import annotations

from email.utils import format_datetime
from itertools import groupby
from xml.etree import ElementTree as ET

from milepost.model import routes
from milepost.report import Report
from milepost.site.feeds import rss
from milepost.site.feeds.channels import channels
from milepost.site.feeds.items import LANGUAGE, midnight


def write_feed_list(report: Report) -> str:
    """The subscription list as XML text: an outline a group, in it one a channel, as RSS, which every reader takes.

    It is dated by the newest event of the portfolio, as the portfolio's feed is.
    """
    every = tuple(channels(report))
    portfolio = report.portal.portfolio
    opml = ET.Element("opml", version="2.0")
    head = ET.SubElement(opml, "head")
    for name, text in {
        "title": f"Feeds of {portfolio.title}",
        "dateModified": format_datetime(midnight(every[0].updated)),
        "ownerName": portfolio.publisher,
        "docs": "http://opml.org/spec2.opml",
    }.items():
        ET.SubElement(head, name).text = text
    body = ET.SubElement(opml, "body")
    for group, members in groupby(every, key=lambda channel: channel.group):
        outline = ET.SubElement(body, "outline", text=group.value)
        for channel in members:
            ET.SubElement(
                outline,
                "outline",
                type="rss",
                text=channel.title,
                title=channel.title,
                description=channel.summary,
                language=LANGUAGE,
                version="RSS",
                xmlUrl=routes.absolute(rss.FEED.route(channel.name), channel.address),
                htmlUrl=routes.absolute(channel.page, channel.address),
            )
    ET.indent(opml)
    text = ET.tostring(opml, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
