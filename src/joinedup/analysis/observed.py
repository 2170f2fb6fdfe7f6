"""What the record's official statistics measure, and the values themselves, as published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from joinedup.analysis.remembering import once
from joinedup.errors import NotFoundError

if TYPE_CHECKING:
    from joinedup.record import Record

_MEASURES = """
    SELECT key, title, source, unit, polarity, topic, description, dimensions FROM measures
    ORDER BY topic NULLS LAST, title, key
"""

# Conditions on the columns of the table's key reach below its choice between overlapping files; others would not.
_OBSERVED = """
    SELECT measure, geography, place, period, year, value, reason, symbol FROM observations
    WHERE measure = $measure
    ORDER BY geography, place, year, period
"""

_SINCE = """
    SELECT place, list(measure) AS measures, list(since) AS since
    FROM (SELECT place, measure, min(year) AS since FROM observations GROUP BY place, measure) GROUP BY place
"""

REMEMBERED = 40
"""Of how many measures the values are kept with a record: someone who turns pages asks for the same again."""


class UnknownMeasureError(NotFoundError):
    """The record has no measure of that key."""


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One measure. `polarity` tells which is better (`high` or `low`), `dimensions` the breakdown it is of."""

    key: str
    title: str
    source: str
    unit: str | None
    polarity: str | None
    topic: str | None
    description: str | None
    dimensions: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {name: getattr(self, name) for name in self.__slots__} | {"dimensions": dict(self.dimensions)}


class Observed(NamedTuple):
    """One value of a measure for a place and period; `reason` says why there is none, `symbol` what was printed."""

    measure: str
    geography: str
    place: str
    period: str
    year: int
    value: float | None
    reason: str | None
    symbol: str | None


def measures(record: Record) -> dict[str, MeasureFacts]:
    """Every measure of the record by its key, in the order of topic and title."""
    from joinedup.record import Steps

    def ask() -> dict[str, MeasureFacts]:
        rows = record.ask(Steps().step("measured", _MEASURES)).rows
        dimensions = [tuple((one["name"], one["value"]) for one in row.pop("dimensions") or ()) for row in rows]
        return {row["key"]: MeasureFacts(**row, dimensions=told) for row, told in zip(rows, dimensions, strict=True)}

    return once(record, "measures", ask)


def measure(record: Record, key: str) -> MeasureFacts:
    """One measure. Raises UnknownMeasureError."""
    try:
        return measures(record)[key]
    except KeyError:
        raise UnknownMeasureError(f"The record has no measure {key!r}.") from None


def observations(
    record: Record,
    *,
    measures: Sequence[str],
    places: Collection[str] | None = None,
    geography: str | None = None,
    since: int | None = None,
    until: int | None = None,
) -> Sequence[Observed]:
    """The values of some measures (keys), by measure, place and period.

    `places` are areas' slugs, regions' codes and England's code; `since` and `until` calendar years in which periods
    end. Raises UnknownMeasureError.
    """
    first, last = since or dt.MINYEAR, until or dt.MAXYEAR
    return [
        row
        for key in dict.fromkeys(measures)
        for row in _of_measure(record, measure(record, key).key)
        if first <= row.year <= last and geography in (None, row.geography) and (places is None or row.place in places)
    ]


def measured(record: Record, place: str, *, year: int | None = None) -> list[str]:
    """The keys of the measures that have something to say of a place (an area's slug, a region's or England's code) by
    a calendar year, in the order of topic and title."""
    since = _since(record).get(place, {})
    return [key for key in measures(record) if key in since and (year is None or since[key] <= year)]


def measures_counted(record: Record, place: str, *, year: int) -> int:
    """How many measures have something to say of a place by a calendar year: `measured`, counted."""
    return sum(first <= year for first in _since(record).get(place, {}).values())


def _since(record: Record) -> Mapping[str, Mapping[str, int]]:
    """The first year of each measure in each place: asked for all places at once, which takes little longer than for
    one and is small."""
    from joinedup.record import Steps

    def ask() -> dict[str, dict[str, int]]:
        same = {key: key for key in measures(record)}  # each key is held once and not once a place
        return {
            row["place"]: {same.get(key, key): year for key, year in zip(row["measures"], row["since"], strict=True)}
            for row in record.ask(Steps().step("since", _SINCE)).rows
        }

    return once(record, "measured since", ask)


def _of_measure(record: Record, key: str) -> tuple[Observed, ...]:
    from joinedup.record import Steps

    def ask() -> tuple[Observed, ...]:
        return tuple(Observed(**row) for row in record.ask(Steps().step("observed", _OBSERVED), measure=key).rows)

    return once(record, ("observed", key), ask, most=REMEMBERED)
