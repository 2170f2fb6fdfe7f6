"""Periods as official files print them, and the calendar year in which each ends.

Explore Education Statistics: `time_period` has four digits (calendar and reporting years, months, weeks) or six for
two years that follow each other (202425), and `time_identifier` says what of the year is meant (DfE's open data
standards, "List of allowable time values"). LAIT prints a year, two years joined by "-" or "/", a span of such, and
may add a note in brackets: "2016-17 (OT)", "2013/14-15/16".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from joinedup.statistics.errors import LayoutChangedError

WHOLE_YEARS = frozenset({"calendar year", "reporting year", "academic year", "financial year", "tax year"})
_MONTHS = {
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
}
_ENDS_IN_FIRST_YEAR = {
    "autumn term",
    "financial year q1",
    "financial year q2",
    "financial year q3",
    "academic year q1",
    "tax year q1",
    "tax year q2",
    "part 1 (april to september)",
}
"""Parts of a year of six digits that are over by 31 December of the first."""
_ENDS_IN_SECOND_YEAR = {
    "spring term",
    "summer term",
    "autumn and spring term",
    "financial year q4",
    "academic year q2",
    "academic year q3",
    "academic year q4",
    "tax year q3",
    "tax year q4",
    "part 2 (october to march)",
}
_PART_OF_ONE_YEAR = {*_MONTHS, *(f"week {n}" for n in range(1, 54)), *(f"calendar year q{n}" for n in range(1, 5))}
_LAIT = re.compile(
    r"(?P<first>(?:19|20)\d\d)(?:[-/](?P<second>\d\d|(?:19|20)\d\d)(?:-(?P<third>\d\d)/(?P<last>\d\d))?)?"
)
_NOTE = re.compile(r"\s*\([^()]{1,20}\)\s*$")


@dataclass(frozen=True, slots=True)
class Period:
    """`label` tells periods of one series apart; `year` is the calendar year in which it ends."""

    label: str
    year: int


def parse_period(time_period: str, time_identifier: str) -> Period:
    """A period of Explore Education Statistics. What the standard does not allow: LayoutChangedError.

    The label is `time_period` as printed; for a part of a year the identifier follows ("202425 Spring term").
    """
    digits = time_period.strip()
    identifier = " ".join(time_identifier.split())
    kind = identifier.casefold()
    year = _year_of_four(digits) if len(digits) == 4 else _second_of_six(digits)
    if year is None:
        raise LayoutChangedError(
            "a year (2025) or two that follow each other (202425)", f"'{time_period}'", where="time_period"
        )
    if kind in WHOLE_YEARS:
        return Period(digits, year)
    six = len(digits) == 6
    known = (_ENDS_IN_FIRST_YEAR | _ENDS_IN_SECOND_YEAR) if six else _PART_OF_ONE_YEAR
    if kind not in known:
        raise LayoutChangedError(
            f"a time identifier that goes with {len(digits)} digits (such as Academic year, Autumn term, Week 1)",
            f"'{time_identifier}'",
            where="time_identifier",
        )
    return Period(f"{digits} {identifier}", year - 1 if kind in _ENDS_IN_FIRST_YEAR else year)


def _year_of_four(digits: str) -> int | None:
    return int(digits) if re.fullmatch(r"(?:19|20)[0-9]{2}", digits) else None


def _second_of_six(digits: str) -> int | None:
    if not re.fullmatch(r"(?:19|20)[0-9]{4}", digits):
        return None
    first = int(digits[:4])
    return first + 1 if (first + 1) % 100 == int(digits[4:]) else None


def parse_lait_period(text: str) -> Period | None:
    """A period as LAIT prints it; None if it is none ("0")."""
    label = " ".join(text.split())
    match = _LAIT.fullmatch(_NOTE.sub("", label))
    if match is None:
        return None
    first = int(match["first"])
    last = match["last"] or match["second"]
    year = first if last is None else _following(first, last)
    return Period(label, year) if first <= year <= first + 10 else None


def _following(first: int, last: str) -> int:
    """The year that the last two digits stand for, not before `first`."""
    if len(last) == 4:
        return int(last)
    year = first - first % 100 + int(last)
    return year if year >= first else year + 100
