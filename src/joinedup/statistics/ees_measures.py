"""Names for the series of an Explore Education Statistics file: a key that stays the same from release to release.

Such a file does not name its data set. A series is therefore known by the names of all the file's columns that are
neither time nor place (their fingerprint), the indicator and the values of the filters. A release that adds years
keeps its keys; one that adds or renames a column starts new series, which is better than to run two unlike ones
together.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from joinedup.statistics.model import Measure

SOURCE = "DfE, Explore Education Statistics"
_TOTALS = {"total", "all", ""}
_LONGEST = 120
_UPPER = {"fte", "la", "cla", "cin", "cpp", "sen", "ehc", "ehcp", "fsm", "neet", "uasc", "ks1", "ks2", "ks4", "ks5"}
_UNITS = (
    (re.compile(r"percent|percentage|(?:^|_)(?:pc|pct|perc)(?:_|$)"), "%"),
    (re.compile(r"per_?10(?:_?000|k)(?:_|$)"), "per 10,000"),
    (re.compile(r"per_?100(?:_?000|k)(?:_|$)"), "per 100,000"),
    (re.compile(r"per_?1(?:_?000|k)(?:_|$)"), "per 1,000"),
    (re.compile(r"(?:^|_)rate(?:_|$)"), None),
    (re.compile(r"(?:^|_)(?:fte)(?:_|$)"), "full-time equivalent"),
    (re.compile(r"(?:^|_)(?:count|number|num|headcount|population|estimate)(?:_|$)"), "number"),
)


def fingerprint(columns: Iterable[str]) -> str:
    """Eight hexadecimal digits for a set of column names, whatever their order."""
    return hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()[:8]


def measure(
    data_set: str, indicator: str, dimensions: tuple[tuple[str, str], ...], *, percent: bool = False
) -> Measure:
    """The series of one indicator for one combination of filters' values; `percent` if cells print "%"."""
    return Measure(
        key=_key(data_set, indicator, dimensions),
        title=_title(indicator, dimensions),
        source=SOURCE,
        unit="%" if percent else unit_of(indicator),
        dimensions=dimensions,
    )


def unit_of(indicator: str) -> str | None:
    """What the indicator's name says that it counts; None where it does not say."""
    return next((unit for pattern, unit in _UNITS if pattern.search(indicator)), None)


def _key(data_set: str, indicator: str, dimensions: Sequence[tuple[str, str]]) -> str:
    parts = [f"{_plain(name)}={_plain(value)}" for name, value in sorted(dimensions)]
    text = ",".join(parts)
    exact = "\n".join(f"{name}={value.casefold()}" for name, value in sorted(dimensions))
    if len(text) > _LONGEST or any(_lossy(value) for _, value in dimensions):
        # Two values that differ in signs alone ("5+" and "5") must not share a key.
        text = f"{text[:_LONGEST]}~{hashlib.sha256(exact.encode()).hexdigest()[:8]}"
    return f"ees/{data_set}/{_plain(indicator)}" + (f"/{text}" if text else "")


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _lossy(value: str) -> bool:
    return bool(re.search(r"[^a-z0-9 \-]", value.casefold()))


def _title(indicator: str, dimensions: Sequence[tuple[str, str]]) -> str:
    words = [word.upper() if word in _UPPER else word for word in indicator.split("_") if word]
    name = " ".join(words)
    name = name[:1].upper() + name[1:]
    values = [value for _, value in dimensions if value.casefold() not in _TOTALS]
    return f"{name}: {', '.join(values)}" if values else name
