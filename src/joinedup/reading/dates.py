"""Dates as reports print them: one day, or from one day to another with what is shared said once."""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_name

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_TH = r"(?:\s?(?:st|nd|rd|th))?"
_DAY = rf"(?<!\d)(\d{{1,2}}){_TH}"
_DATE = re.compile(rf"{_WEEKDAY}{_DAY}\s*(?:of\s+)?({_MONTH})\.?,?\s*(\d{{4}})\b", re.IGNORECASE)
"""The spaces round a month are forgotten now and then ("13December 2024")."""
_SHORT_DATE = re.compile(rf"{_WEEKDAY}{_DAY}\s*({_MONTH})\s+(\d{{2}})(?=[.,]|$)", re.IGNORECASE)
_TO = r"\s*(?:to|[-–—−─])\s*"
_RANGE = re.compile(
    rf"{_WEEKDAY}{_DAY}(?:\s*(?:of\s+)?({_MONTH})(?![a-z])\.?)?,?(?:\s*(\d{{4}}))?"
    rf"\s*(?:(?:through |up )?to|and|&|until|till|[-–—−─])\s*(?:the\s+)?"
    rf"{_WEEKDAY}{_DAY}\s*(?:of\s+)?({_MONTH})(?![a-z])\.?(?:,?\s*(\d{{4}})\b)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf"\s*[,;]?\s*(?:and|&)?\s*(?:from\s+)?{_RANGE.pattern}", re.IGNORECASE)
"""A second stretch of days of the same fieldwork ("11 to 15 September and 2 to 6 October")."""
_EACH_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_TH}(?:,\s*\d{{1,2}}{_TH})+,?\s*(?:and|&)\s*(?=\d{{1,2}}{_TH}\s*(?:of\s+)?(?:{_MONTH})\b)",
    re.IGNORECASE,
)
"""Days told one by one ("9, 10 and 11 March") up to the last."""
_ONE_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_TH}{_TO}\d{{1,2}}{_TH},?\s*(?:and|&)\s*(?:from\s+)?\d{{1,2}}{_TH}{_TO}"
    rf"(?=\d{{1,2}}{_TH}\s*(?:of\s+)?(?:{_MONTH})\b)",
    re.IGNORECASE,
)
"""Two stretches of days in one month ("11 to 15 and 25 to 29 September") up to the last day."""
LONGEST = dt.timedelta(days=120)
"""No fieldwork runs longer; a "range" that does is two dates that happen to stand together."""


def _make(day: str, month: str, year: int) -> dt.date | None:
    try:
        return dt.date(year, MONTHS[month.lower()], int(day))
    except (KeyError, ValueError):  # a pattern that ignores case takes "ſ" and "ı" for letters of a month's name
        return None


_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")


def _in_words(text: str) -> str:
    """Dates in figures ("06/10/2016", day first) written with the month's name, so that one pattern reads both."""

    def written(match: re.Match[str]) -> str:
        day, month, year = match.groups()
        return f"{day} {month_name[int(month)]} {year}" if 1 <= int(month) <= 12 else match.group()

    return _FIGURES.sub(written, text)


def find_date(text: str) -> dt.date | None:
    """The first full date (day, month, year) in a text, or None."""
    for match in _DATE.finditer(_in_words(text)):
        found = _make(match.group(1), match.group(2), int(match.group(3)))
        if found:
            return found
    return None


def find_deadline(text: str) -> dt.date | None:
    """The first date in a text; a year of two digits ("12 November 18") is taken as this century's."""
    match = None if find_date(text) else _SHORT_DATE.search(text)
    return _make(match.group(1), match.group(2), 2000 + int(match.group(3))) if match else find_date(text)


def find_range(text: str, known: dt.date | None = None) -> tuple[dt.date, dt.date] | None:
    """The first range of days in a text ("from 23 to 27 May 2022", "2 June 2014 – 25 June 2014").

    Fieldwork in two stretches is one range, from the first day of the one to the last of the other.

    Args:
        text: where to look.
        known: a day soon after the range (a letter's date), which supplies a year that is not printed.
    """
    words = _ONE_MONTH.sub(r"\1 to ", _EACH_DAY.sub(r"\1 to ", _in_words(text)))
    for match in _RANGE.finditer(words):
        goes_on = _GOES_ON.match(words, match.end())
        later = _range_of(goes_on, known) if goes_on else None
        found = _range_of(match, later[1] if later else known)
        if found and later and found[1] < later[0] and later[1] - found[0] <= LONGEST:
            return found[0], later[1]
        if found:
            return found
    return None


def _range_of(match: re.Match[str], known: dt.date | None) -> tuple[dt.date, dt.date] | None:
    first_day, first_month, first_year, last_day, last_month, last_year = match.groups()
    year = int(last_year or first_year or 0) or _year_before(last_day, last_month, known)
    if not year:
        return None
    end = _make(last_day, last_month, year)
    start = _make(first_day, first_month or last_month, int(first_year) if first_year else year)
    if start and end and start > end and not first_year:
        start = _make(first_day, first_month or last_month, year - 1)
    if not (start and end):
        return None
    return (start, end) if dt.timedelta(0) <= end - start <= LONGEST else None


def _year_before(day: str, month: str, known: dt.date | None) -> int:
    if known is None:
        return 0
    this_year = _make(day, month, known.year)
    return known.year if this_year and this_year <= known else known.year - 1
