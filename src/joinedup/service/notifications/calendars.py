"""Calendar files by RFC 5545: all-day events, folded and escaped by the `icalendar` library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from joinedup.service.notifications.entries import Day

REFRESH = dt.timedelta(hours=1)
"""How often a program that subscribed may ask again (RFC 7986, section 5.7)."""


def calendar(name: str, days: Iterable[Day], url_of: Callable[[Day], str]) -> bytes:
    """A calendar of the days as a file's bytes.

    `name` is a few plain words: programs differ in how they read signs in it. `url_of` gives the address of the page
    where more is said of a day.
    """
    made = Calendar()
    made.add("prodid", "-//Joinedup//Inspections//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for day in days:
        made.add_component(_event(day, url_of(day)))
    if not made.subcomponents:  # a calendar holds one component at least (RFC 5545, section 3.6)
        made.add_component(_zone())
    return bytes(made.to_ical())


def _event(day: Day, url: str) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", day.changed.astimezone(dt.UTC))
    event.add("last-modified", day.changed.astimezone(dt.UTC))
    event.add("sequence", day.sequence)
    event.add("dtstart", day.start)
    event.add("dtend", day.end + dt.timedelta(days=1))  # the day after the last (RFC 5545, section 3.6.1)
    event.add("summary", f"{day.reference}: {day.title}")
    event.add("url", url)
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if day.cancelled else "CONFIRMED")
    return event


def _zone() -> Timezone:
    """The shortest component that says nothing of anybody: the time zone UTC."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", dt.datetime(1970, 1, 1))  # noqa: DTZ001 a zone's own start is local (section 3.6.5)
    standard.add("tzoffsetfrom", dt.timedelta(0))
    standard.add("tzoffsetto", dt.timedelta(0))
    zone.add_component(standard)
    return zone
