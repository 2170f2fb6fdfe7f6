"""What notification asks of an agency when nobody writes anything else: taken from the framework's own timetable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from joinedup.areas import Post, add_working_days, posts
from joinedup.service.inspections.models import Inspection, Party, Phase
from joinedup.service.site.words import day_in_words

_BEFORE = ("notification", "audit")
"""The phases in which agencies do something before inspectors arrive."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an agency, and by when."""

    words: str
    due: dt.date


def accountable_posts(agency: str, inspection: Inspection) -> tuple[Post, ...]:
    """The posts of an agency that there are in the area on the first day of fieldwork; bodies where it has no posts."""
    every = posts(agency, inspection.area, inspection.fieldwork_start)
    return tuple(each for each in every if each.kind == "post") or tuple(each for each in every if each.kind == "body")


def told_as_a_rule(agency: str, inspection: Inspection) -> tuple[Post, ...]:
    """The posts of an agency that are told unless somebody chooses otherwise: those of the area's own bodies.

    Ministers and others for the whole country are told only where there are no others.
    """
    every = accountable_posts(agency, inspection)
    return tuple(each for each in every if not each.national) or every


def usual(inspection: Inspection, phases: list[Phase], today: dt.date) -> Asked:
    """The words and the day for an agency, from the phases before fieldwork; never a day that is past."""
    before = [each for each in phases if each.key in _BEFORE]
    lines = [f"{inspection.rules.title}, {inspection.place.name}."]
    lines += [f"{each.title}: {_days(each)}." for each in before]
    lines.append(f"Inspectors are on site: {_days_of(inspection.fieldwork_start, inspection.fieldwork_end)}.")
    lines.append("Please say that you have read this, and answer the requests that follow.")
    due = max((each.end for each in before), default=inspection.fieldwork_start)
    return Asked("\n".join(lines), max(due, add_working_days(today, 1)))


def posts_of(party: Party, inspection: Inspection) -> list[tuple[str, str]]:
    """(key, title) of the posts that a party's notification can go to."""
    return [(each.key, each.title) for each in accountable_posts(party.agency, inspection)]


def _days(phase: Phase) -> str:
    return _days_of(phase.start, phase.end)


def _days_of(start: dt.date, end: dt.date) -> str:
    return day_in_words(start) if start == end else f"{day_in_words(start)} to {day_in_words(end)}"
