"""Dates as official files print them."""

from __future__ import annotations

import datetime as dt

from joinedup.statistics.errors import LayoutChangedError

_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")
_NO_DATE = {"", "-", "–", "n/a", "na", "null", "none"}
_PLAUSIBLE = range(1990, 2101)
"""Years that an inspection or a statistic may fall in: beyond them the cell is no date but a slip or another column."""


def read_date(cell: object, *, where: str) -> dt.date | None:
    """The day, or None where the cell is blank. Anything else that is no plausible date: LayoutChangedError."""
    day = _day(cell)
    if day is None and str(cell if cell is not None else "").strip().casefold() in _NO_DATE:
        return None
    if day is None or day.year not in _PLAUSIBLE:
        raise LayoutChangedError("a date", f"'{cell}'", where=where)
    return day


def _day(cell: object) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if not isinstance(cell, str):
        return None
    text = " ".join(cell.split())
    for shape in _FORMATS:
        try:
            return dt.datetime.strptime(text, shape).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    return None
