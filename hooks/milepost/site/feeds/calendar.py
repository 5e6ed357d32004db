"""Checkpoints and the ends of milestones as calendars: iCalendar (RFC 5545) with the properties of RFC 7986.

Each is an event of whole days: `DTSTART` and `DTEND` are dates, and `DTEND` is the day after the last one (RFC 5545,
3.6.1). `UID` is made of a name that lasts (RFC 7986, 5.3, asks for a UUID), so that a calendar program moves what it
knows where its day moved. `DTSTAMP` is the day on which something last happened in the programme: nothing here is read
from the clock. `TRANSP` says that nobody is busy on such a day.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import icalendar

from milepost.data.records.tracker import Checkpoint
from milepost.model import routes
from milepost.model.portal import MilestoneNode, ProgrammeNode, lasting_name
from milepost.model.status import State, state_of
from milepost.report import Report
from milepost.site.feeds.channels import channels
from milepost.site.feeds.descriptor import Channel, Group
from milepost.site.feeds.items import midnight, tag
from milepost.text import html

PRODUCT = "-//Milepost//Milepost//EN"
CHECKPOINT = "Checkpoint"
MILESTONE_END = "Milestone end"
A_DAY = timedelta(days=1)
REST_OF_A_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Appointment:
    """What stands in a calendar.

    key: the name that its UID is made of. first, last: its days, both of them in it. stamp: the day of its last word.
    """

    key: str
    title: str
    text: str
    first: date
    last: date
    stamp: date
    route: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar of one channel: the portfolio's, or a programme's. appointments: by day, at least one."""

    channel: Channel
    appointments: tuple[Appointment, ...]


def calendars(report: Report) -> Iterator[Calendar]:
    """The portfolio's calendar, then each programme's; none where nothing has a day."""
    every = {channel.name: channel for channel in channels(report)}
    found = {programme.slug: _planned(programme, every[programme.slug]) for programme in report.portal.programmes}
    together = [appointment for planned in found.values() for appointment in planned]
    for name, planned in {routes.PORTFOLIO_FEED: together, **found}.items():
        if planned:
            yield Calendar(every[name], tuple(sorted(planned, key=lambda entry: (entry.first, entry.key))))


def without_days(report: Report) -> tuple[ProgrammeNode, ...]:
    """The programmes that plan in weeks and whose first day is not known, so that some of that is in no calendar."""
    return tuple(
        programme
        for programme in report.portal.programmes
        if programme.record.start is None
        and (
            any(checkpoint.week is not None for checkpoint in programme.tracker.checkpoints)
            or any(node.record.window and node.record.window.weeks for node in programme.milestones)
        )
    )


def write_calendar(calendar: Calendar) -> str:
    """The calendar as text, its lines folded and ended as RFC 5545 has them."""
    channel = calendar.channel
    title = f"Plan of {channel.label}" if channel.group is Group.PORTFOLIO else f"Plan of {channel.title}"
    written = icalendar.Calendar()
    written.add("prodid", PRODUCT)
    written.add("version", "2.0")
    written.add("uid", _uid(channel, f"{channel.key}/calendar"))
    written.add("name", title)
    # What most programs read in the place of NAME, which is newer.
    written.add("x-wr-calname", title)
    written.add("description", f"Checkpoints and ends of milestones of {channel.label}.")
    written.add("url", routes.absolute(channel.page, channel.address))
    written.add("last-modified", midnight(max(appointment.stamp for appointment in calendar.appointments)))
    written.add("refresh-interval", A_DAY, parameters={"VALUE": "DURATION"})
    for appointment in calendar.appointments:
        written.add_component(_event(channel, appointment))
    return str(written.to_ical().decode("utf-8"))


def _event(channel: Channel, appointment: Appointment) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", _uid(channel, appointment.key))
    event.add("dtstamp", midnight(appointment.stamp))
    event.add("dtstart", appointment.first)
    # The last day that there is has none after it; without an end, an event of whole days lasts one.
    if appointment.last < date.max:
        event.add("dtend", appointment.last + A_DAY)
    event.add("summary", appointment.title)
    event.add("description", appointment.text)
    event.add("url", routes.absolute(appointment.route, channel.address))
    event.add("categories", list(appointment.categories))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _uid(channel: Channel, key: str) -> str:
    """A UUID made of the tag URI of `key` (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, tag(channel.portal, key)))


def _planned(programme: ProgrammeNode, channel: Channel) -> list[Appointment]:
    ends = [_end(node, programme, channel) for node in programme.milestones]
    checkpoints = [_checkpoint(checkpoint, programme, channel) for checkpoint in programme.tracker.checkpoints]
    return [appointment for appointment in (*ends, *checkpoints) if appointment is not None]


def _end(node: MilestoneNode, programme: ProgrammeNode, channel: Channel) -> Appointment | None:
    days = node.record.window.days(programme.record.start) if node.record.window else None
    if days is None:
        return None
    entity = channel.portal.entities[node.ref]
    complete = " (complete)" if state_of(node) is State.COMPLETE else ""
    return Appointment(
        key=f"{lasting_name(entity, channel.portal.entities[programme.ref])}/end",
        title=f"{programme.record.title}: {entity.label} ends{complete}",
        text=_text(node.record.objective, entity.route, channel),
        first=days[1],
        last=days[1],
        stamp=channel.updated,
        route=entity.route,
        categories=(programme.record.title, MILESTONE_END),
    )


def _checkpoint(checkpoint: Checkpoint, programme: ProgrammeNode, channel: Channel) -> Appointment | None:
    last = checkpoint.last_day(programme.record.start)
    if last is None:
        return None
    # One that names no day of its week is looked at some time in that week.
    is_week = checkpoint.week is not None and checkpoint.weekday is None
    route = routes.checkpoints(programme.slug)
    return Appointment(
        key=f"{channel.key}/checkpoints/{checkpoint.name}",
        title=f"{programme.record.title}: {checkpoint.title}",
        text=_text(checkpoint.text, route, channel),
        first=last - REST_OF_A_WEEK if is_week else last,
        last=last,
        stamp=channel.updated,
        route=route,
        categories=(programme.record.title, CHECKPOINT),
    )


def _text(sentence: str | None, route: str, channel: Channel) -> str:
    """What a calendar program shows below the title: the sentence, and the address, which not every one shows else."""
    address = routes.absolute(route, channel.address)
    return f"{html.plain(sentence)}\n\n{address}" if sentence else address
