"""When a fictional inspection takes place and its report comes out: working days only, spans as the real ones have.

Spans of fieldwork and days to publication are the usual ones of each programme, counted over published reports.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from joinedup.areas import add_working_days, is_working_day
from joinedup.documents.errors import SpecimenError

ILACS_CARE_LEAVERS = dt.date(2023, 1, 1)
ILACS_NO_OVERALL = dt.date(2026, 4, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A kind of visit: calendar days on site, working days from there to publication, first and last day it ran."""

    days: int
    to_publication: tuple[int, int]
    first: dt.date
    last: dt.date


SPANS: dict[tuple[str, str | None], Span] = {
    ("slac", None): Span(12, (20, 25), dt.date(2009, 6, 1), dt.date(2012, 7, 6)),
    ("cpi", None): Span(10, (22, 30), dt.date(2012, 6, 4), dt.date(2013, 7, 5)),
    ("tlac", None): Span(5, (24, 28), dt.date(2013, 7, 1), dt.date(2013, 7, 26)),
    ("sif", None): Span(24, (32, 38), dt.date(2013, 11, 12), dt.date(2017, 10, 6)),
    ("sif", "reinspection"): Span(24, (32, 38), dt.date(2015, 11, 9), dt.date(2018, 6, 29)),
    ("ilacs", "standard"): Span(12, (28, 36), dt.date(2018, 1, 15), dt.date(2026, 9, 11)),
    ("ilacs", "short"): Span(5, (26, 34), dt.date(2018, 1, 15), dt.date(2026, 9, 11)),
    ("ilacs", "focused"): Span(2, (18, 24), dt.date(2018, 1, 15), dt.date(2026, 9, 11)),
    ("ilacs", "monitoring"): Span(2, (18, 24), dt.date(2018, 1, 15), dt.date(2026, 9, 11)),
    ("jtai", None): Span(5, (30, 40), dt.date(2016, 2, 15), dt.date(2026, 9, 11)),
    ("area-send", None): Span(5, (38, 48), dt.date(2023, 1, 30), dt.date(2026, 9, 11)),
}
"""Every family and visit of which a specimen can be made."""

_JTAI_PAUSE = (dt.date(2020, 3, 16), dt.date(2022, 1, 10))


def span_of(family: str, visit: str | None) -> Span:
    """Raises SpecimenError for a family or visit that there is none of."""
    try:
        return SPANS[family, visit]
    except KeyError:
        known = ", ".join(f"{a} {b or ''}".strip() for a, b in SPANS)
        raise SpecimenError(f"no specimen of “{family} {visit or ''}” can be made; there are: {known}") from None


def _may_begin(span: Span, family: str, day: dt.date) -> bool:
    if family == "jtai" and _JTAI_PAUSE[0] <= day < _JTAI_PAUSE[1]:
        return False
    quiet = (day.month, day.day) >= (12, 14) or (day.month, day.day) <= (1, 7)
    return span.first <= day <= span.last and day.weekday() == 0 and is_working_day(day) and not quiet


def fieldwork(family: str, visit: str | None, year: int, rng: random.Random) -> tuple[dt.date, dt.date, dt.date]:
    """First and last day on site and the day of publication, for a visit that begins in the year.

    Raises SpecimenError where the programme did not run in that year.
    """
    span = span_of(family, visit)
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range(366)]
    mondays = [day for day in days if day.year == year and _may_begin(span, family, day)]
    if not mondays:
        ran = f"{span.first.year} to {span.last.year}"
        raise SpecimenError(f"there were no {family} {visit or ''} inspections in {year}: they ran from {ran}")
    return dates_from(family, visit, rng.choice(mondays), rng)


def dates_from(family: str, visit: str | None, start: dt.date, rng: random.Random) -> tuple[dt.date, dt.date, dt.date]:
    """First and last day on site and the day of publication, for a visit that begins on the day."""
    span = span_of(family, visit)
    end = start + dt.timedelta(days=span.days - 1)
    while not is_working_day(end):
        end -= dt.timedelta(days=1)
    return start, end, add_working_days(end, rng.randint(*span.to_publication))


def print_day(day: dt.date) -> str:
    """8 August 2014."""
    return f"{day.day} {day:%B %Y}"


def print_range(start: dt.date, end: dt.date) -> str:
    """11 to 15 September 2023; 20 June to 1 July 2022."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {print_day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {print_day(end)}"
    return f"{print_day(start)} to {print_day(end)}"
