"""England's working days: Monday to Friday, save Christmas Day, Good Friday and bank holidays in England and Wales.

That is how the deadlines of inspections are counted (SI 2007/462, regulation 1). Bank holidays follow from rules
(the Banking and Financial Dealings Act 1971 and the yearly proclamations); days that were moved or added once stand in
a table. The table knows what has been proclaimed up to 2026: a day added later must be added there.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from joinedup.errors import UsageError

FIRST_YEAR = 2007
"""Before it our table of moved days is not complete, so earlier days are refused."""

# Royal proclamations: the year, the days taken away, the days added.
_ONCE: dict[int, tuple[tuple[dt.date, ...], tuple[dt.date, ...]]] = {
    2011: ((), (dt.date(2011, 4, 29),)),  # royal wedding
    2012: ((dt.date(2012, 5, 28),), (dt.date(2012, 6, 4), dt.date(2012, 6, 5))),  # Diamond Jubilee
    2020: ((dt.date(2020, 5, 4),), (dt.date(2020, 5, 8),)),  # 75 years since VE Day
    2022: (
        (dt.date(2022, 5, 30),),
        (dt.date(2022, 6, 2), dt.date(2022, 6, 3), dt.date(2022, 9, 19)),  # Platinum Jubilee; state funeral
    ),
    2023: ((), (dt.date(2023, 5, 8),)),  # coronation
}
_DAY = dt.timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[dt.date]:
    """The days of a year, Mondays to Fridays, that are bank or public holidays in England and Wales."""
    if year < FIRST_YEAR:
        raise UsageError(f"working days are known from {FIRST_YEAR} on; {year} is earlier")
    easter = _easter(year)
    # New Year's Day, Christmas Day and Boxing Day move to the next free weekday where they fall at a weekend.
    days = {_next_weekday(dt.date(year, 1, 1))}
    christmas = _next_weekday(dt.date(year, 12, 25))
    boxing = _next_weekday(dt.date(year, 12, 26))
    if boxing == christmas:
        boxing = _next_weekday(christmas + _DAY)
    elif dt.date(year, 12, 25).weekday() == 6:
        # Christmas on a Sunday: Boxing Day keeps its Monday, and Tuesday stands for Christmas.
        christmas = dt.date(year, 12, 27)
    days |= {christmas, boxing, easter - 2 * _DAY, easter + _DAY}
    days |= {_monday(year, 5, first=True), _monday(year, 5, first=False), _monday(year, 8, first=False)}
    away, added = _ONCE.get(year, ((), ()))
    return frozenset(days.difference(away).union(added))


def is_working_day(day: dt.date) -> bool:
    """Whether a day is a working day in England."""
    return day not in bank_holidays(day.year) and day.weekday() < 5


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The day that is `count` working days after a day, which is not itself counted; before it, for a negative count.

    With 0 it is the day itself, working or not.
    """
    step = _DAY if count >= 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after `start`, up to and with `end`; negative where `end` is the earlier.

    So `add_working_days(start, working_days_between(start, end)) == end` for every working day `end` after `start`.
    """
    if end < start:
        return -working_days_between(end, start)
    years = range(start.year, end.year + 1)
    off = sum(start < day <= end for year in years for day in bank_holidays(year))
    return _weekdays_until(end) - _weekdays_until(start) - off


def _weekdays_until(day: dt.date) -> int:
    """How many Mondays to Fridays there are up to and with a day, from the first day of the calendar, a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def _next_weekday(day: dt.date) -> dt.date:
    while day.weekday() > 4:
        day += _DAY
    return day


def _monday(year: int, month: int, *, first: bool) -> dt.date:
    """The first or the last Monday of a month that has 31 days."""
    day = dt.date(year, month, 7 if first else 31)
    return day - _DAY * day.weekday()


def _easter(year: int) -> dt.date:
    """Easter Sunday by the Gregorian rule: the Sunday after the full moon of the church on or after 21 March."""
    golden = year % 19
    century = year // 100
    # The age of that moon at the start of the year, with the corrections that each century makes.
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return dt.date(year, month, offset + 28 - 31 * (month // 4))
