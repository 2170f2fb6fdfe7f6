"""The days of an inspection, from its framework's timetable and one day that is known. Nothing here asks a database.

Days count in working days as `joinedup.areas` knows them. A phase may be fixed by hand; whatever hangs on its first or
last day then moves with it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from joinedup.areas import add_working_days, is_working_day
from joinedup.errors import UsageError
from joinedup.frameworks import PHASES, Framework, Step, VisitKey


class TimetableError(UsageError):
    """Days that make no timetable; the message says what would."""


class Span(NamedTuple):
    """From a day to a day, both included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Planned:
    """One phase with its days, both included. `approximate`: the framework gives a usual figure, not a fixed one."""

    key: str
    title: str
    start: dt.date
    end: dt.date
    approximate: bool = False


def plan(
    framework: Framework,
    visit: VisitKey,
    *,
    notification: dt.date | None = None,
    fieldwork: dt.date | None = None,
    fixed: Mapping[str, Span] | None = None,
) -> tuple[Planned, ...]:
    """The phases of an inspection in the order of their days, from the first day of notification or of fieldwork.

    `fixed` holds phases (by key) whose days somebody has decided. Phases whose place hangs on something later than
    fieldwork (the report, its publication) are left out, as nobody knows that day yet. Raises TimetableError unless
    just one first day is given and it is a working day, and for a fixed span that ends before it starts.
    """
    fixed = fixed or {}
    if (notification is None) == (fieldwork is None):
        raise TimetableError("Give either the first day of notification or the first day of fieldwork.")
    for given in (notification, fieldwork, *(day for span in fixed.values() for day in span)):
        _require_working_day(given)
    for span in fixed.values():
        if span.end < span.start:
            raise TimetableError("The last day must be on or after the first day.")
    steps = {step.key: step for step in framework.phases(visit) if step.key in PHASES}
    if "fieldwork" not in steps:
        raise TimetableError(f"The framework has no days of fieldwork for this kind of visit: {framework.title}.")
    told, site = _known_days(framework, steps["fieldwork"], notification, fieldwork, fixed.get("fieldwork"))
    anchors = {"notification": told, "fieldwork_start": site.start, "fieldwork_end": site.end}
    found = []
    for step in steps.values():
        decided: Span | None = site if step.key == "fieldwork" else fixed.get(step.key)
        days = decided or _span(step, anchors)
        if days is not None:
            found.append(Planned(step.key, step.title, days.start, days.end, step.approximate))
    return tuple(sorted(found, key=lambda each: (each.start, PHASES.index(each.key))))


def out_of_order(phases: Iterable[tuple[str, Span]]) -> tuple[str, str] | None:
    """The first two phases (their keys) of which the later begins before the earlier; None where all are in order."""
    ordered = sorted((each for each in phases if each[0] in PHASES), key=lambda each: PHASES.index(each[0]))
    for (before, earlier), (after, later) in pairwise(ordered):
        if later.start < earlier.start:
            return before, after
    return None


def _known_days(
    framework: Framework,
    step: Step,
    notification: dt.date | None,
    fieldwork: dt.date | None,
    fixed: Span | None,
) -> tuple[dt.date, Span]:
    """The day of notification and the days of fieldwork, each from the other."""
    after = step.start if step.anchor == "notification" else framework.notice.working_days
    if notification is not None:
        first = _later(notification, after, step.unit if step.anchor == "notification" else "working_days")
    else:
        assert fieldwork is not None
        first, notification = fieldwork, add_working_days(fieldwork, -after)
    length = (step.end if step.end is not None else step.start) - step.start
    return notification, fixed or Span(first, _later(first, length, step.unit))


def _span(step: Step, anchors: Mapping[str, dt.date]) -> Span | None:
    anchor = anchors.get(step.anchor)
    if anchor is None:
        return None
    end = step.end if step.end is not None else step.start
    return Span(_later(anchor, step.start, step.unit), _later(anchor, end, step.unit))


def _later(day: dt.date, amount: int, unit: str) -> dt.date:
    """A day some units after another; the next working day where it would be none."""
    match unit:
        case "working_days":
            day = add_working_days(day, amount)
        case "calendar_days":
            day += dt.timedelta(days=amount)
        case _:
            day = _months_later(day, amount)
    return day if is_working_day(day) else add_working_days(day, 1)


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _require_working_day(day: dt.date | None) -> None:
    if day is None:
        return
    if not 2007 <= day.year <= 2100:
        raise TimetableError(f"{day:%Y} is not a year in which an inspection can be planned.")
    if not is_working_day(day):
        raise TimetableError(
            f"{day.day} {day:%B %Y} is not a working day. The next working day is "
            f"{add_working_days(day, 1).day} {add_working_days(day, 1):%B %Y}."
        )
