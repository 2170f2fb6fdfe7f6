"""What the official statistics say of an area, beside its statistical neighbours and England."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from joinedup.analysis.remembering import once
from joinedup.analysis.tables import Tabular
from joinedup.record.choices import check_days

if TYPE_CHECKING:
    from joinedup.record import Record

ENGLAND = "E92000001"

_NEAR = """
    SELECT neighbour FROM neighbours
    WHERE area = $area AND edition = (SELECT max(edition) FROM neighbours WHERE area = $area)
"""

# One reading of the observations, of which there may be millions: the area's own, its neighbours' and England's.
_BESIDE = """
    SELECT measure, period, max(year) AS year,
        max(value) FILTER (place = $area) AS value,
        max(reason) FILTER (place = $area) AS reason,
        median(value) FILTER (geography = 'area' AND place <> $area) AS neighbours,
        count(value) FILTER (geography = 'area' AND place <> $area) AS neighbours_counted,
        max(value) FILTER (geography = 'country') AS england
    FROM observations
    WHERE place IN (SELECT neighbour FROM near UNION ALL SELECT unnest([$area, $england]))
        AND year <= $year {named}
    GROUP BY measure, period
    HAVING bool_or(place = $area)
"""
_NAMED = "AND measure IN (SELECT unnest($measures))"

_SERIES = """
    SELECT m.key, m.title, m.source, m.unit, m.polarity, m.topic, m.dimensions,
        b.period, b.year, b.value, b.reason, b.neighbours, b.neighbours_counted, b.england
    FROM beside AS b JOIN measures AS m ON m.key = b.measure
    ORDER BY m.topic NULLS LAST, m.title, m.key, b.year, b.period
"""


def written(value: float) -> str:
    """A value as people write it: 1,234 or 12.3."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2f}"


REMEMBERED = 24
"""How many areas' indicators are kept with a record: a page asks for the same area again and again."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series. Exactly one of `value` and `reason` (why there is none) is set.

    `neighbours` is the median of those statistical neighbours that have a value, `neighbours_counted` how many have.
    """

    period: str
    year: int
    value: float | None
    reason: str | None
    neighbours: float | None
    neighbours_counted: int
    england: float | None

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "period": self.period,
            "year": self.year,
            "value": self.value,
            "reason": self.reason,
            "neighbours": self.neighbours,
            "neighbours_counted": self.neighbours_counted,
            "england": self.england,
        }


@dataclass(frozen=True, slots=True)
class Indicator(Tabular):
    """One measure of one area over time, oldest period first. `polarity` tells which is better: `high` or `low`."""

    measure: str
    title: str
    source: str
    unit: str | None
    polarity: str | None
    topic: str | None
    dimensions: tuple[tuple[str, str], ...]
    series: tuple[Point, ...]

    @property
    def latest(self) -> Point:
        """The newest period that has a value; where none has, the newest."""
        return next((point for point in reversed(self.series) if point.value is not None), self.series[-1])

    def to_json(self) -> dict[str, Any]:
        """Plain values, the series' points included."""
        return {
            "measure": self.measure,
            "title": self.title,
            "source": self.source,
            "unit": self.unit,
            "polarity": self.polarity,
            "topic": self.topic,
            "dimensions": dict(self.dimensions),
            "series": [point.to_json() for point in self.series],
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""
        return ("measure", "title", *Point.__slots__)

    def rows(self) -> list[dict[str, Any]]:
        """One row a period."""
        return [{"measure": self.measure, "title": self.title, **point.to_json()} for point in self.series]


def indicators(
    record: Record,
    area: str,
    *,
    as_at: dt.date | None = None,
    measures: str | Sequence[str] | None = None,
) -> tuple[Indicator, ...]:
    """Every measure (or those named by `measures`, keys) that the record has for an area (a slug), by topic and title.

    `as_at` leaves out periods that end in a later calendar year; within a year, statistics name no day. Neighbours
    are those of the model's latest edition. Raises UnknownAreaError.
    """
    from joinedup.areas import get_area

    check_days(as_at=as_at)
    area = get_area(area).slug
    year = as_at.year if as_at else dt.MAXYEAR
    if isinstance(measures, str):
        measures = (measures,)
    asked = tuple(measures) if measures is not None else None
    question = ("indicators", area, year, asked)
    return once(record, question, lambda: _ask(record, area, year, asked), most=REMEMBERED)


def _ask(record: Record, area: str, year: int, measures: tuple[str, ...] | None) -> tuple[Indicator, ...]:
    from joinedup.record import Steps

    beside = _BESIDE.format(named="" if measures is None else _NAMED)
    steps = Steps().step("near", _NEAR).step("beside", beside).step("series", _SERIES)
    values: dict[str, Any] = {"area": area, "year": year, "england": ENGLAND}
    answer = record.ask(steps, **values, **({} if measures is None else {"measures": list(measures)}))
    return tuple(_indicator(list(rows)) for _, rows in groupby(answer.rows, key=lambda row: row["key"]))


def _indicator(rows: Sequence[Mapping[str, Any]]) -> Indicator:
    first = rows[0]
    return Indicator(
        measure=first["key"],
        title=first["title"],
        source=first["source"],
        unit=first["unit"],
        polarity=first["polarity"],
        topic=first["topic"],
        dimensions=tuple((one["name"], one["value"]) for one in first["dimensions"] or ()),
        series=tuple(
            Point(
                period=row["period"],
                year=row["year"],
                value=row["value"],
                reason=row["reason"],
                neighbours=row["neighbours"],
                neighbours_counted=row["neighbours_counted"],
                england=row["england"],
            )
            for row in rows
        ),
    )
