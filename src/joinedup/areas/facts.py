"""Reads the tables of facts that stand beside the code, strictly.

A table is a CSV file with exactly the columns that the reader names; a date is ISO or empty ("not within the years
that we hold", see docs/reference/areas.md). Anything else is refused with the file, the line and what was expected,
so that a slip of the pen in a table is found by the first test and never becomes a wrong answer.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections.abc import Iterator, Sequence
from typing import Any

from joinedup.errors import JoinedupError

# By path and not by importlib.resources, whose import costs more than reading all the tables.
_DATA = os.path.join(os.path.dirname(__file__), "data")


class FactsError(JoinedupError):
    """A table of facts inside the package is damaged: says where, what stands there and what was expected."""


def table(name: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of `data/name` as (place, row); `place` is file and line, for messages."""
    return parse_table(name, _text(name), columns)


def parse_table(name: str, text: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of one CSV text; refuses other columns than those named and rows of another length."""
    reader = csv.reader(text.splitlines(), strict=True)
    header = next(reader, [])
    if header != list(columns):
        raise FactsError(f"{name}, line 1: expected the columns {', '.join(columns)}; found {', '.join(header)}")
    for cells in reader:
        place = f"{name}, line {reader.line_num}"
        if len(cells) != len(columns):
            raise FactsError(f"{place}: expected {len(columns)} cells, found {len(cells)}")
        yield place, dict(zip(columns, cells, strict=True))


def document(name: str) -> dict[str, Any]:
    """`data/name` as TOML."""
    import tomllib  # only posts and agencies need it

    try:
        return tomllib.loads(_text(name))
    except tomllib.TOMLDecodeError as error:
        raise FactsError(f"{name}: {error}") from error


def entry(row: Any, place: str, *, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Any]:
    """One entry of a document with every key named, an optional one that is absent as None; refuses other keys."""
    if not isinstance(row, dict) or not set(required) <= set(row) <= {*required, *optional}:
        found = ", ".join(row) if isinstance(row, dict) else repr(row)
        wanted = f"{', '.join(required)}" + (f" and perhaps {', '.join(optional)}" if optional else "")
        raise FactsError(f"{place}: expected {wanted}; found {found}")
    return dict.fromkeys(optional) | row


def _text(name: str) -> str:
    with open(os.path.join(_DATA, name), encoding="utf-8") as file:
        return file.read()


def day(cell: str, place: str) -> dt.date | None:
    """An ISO date, or None for an empty cell."""
    if not cell:
        return None
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        raise FactsError(f"{place}: {cell!r} is no date; write it as 2023-04-01 or leave it empty") from None


def holds(start: dt.date | None, end: dt.date | None, on: dt.date) -> bool:
    """Whether a fact with this validity holds on a day. `end` is the first day on which it no longer does."""
    return (start is None or start <= on) and (end is None or on < end)
