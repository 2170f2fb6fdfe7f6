"""What the official statistics say of an area, beside its statistical neighbours and England."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from joinedup.analysis.tables import Tabular

if TYPE_CHECKING:
    from joinedup.record import Record

ENGLAND = "E92000001"

_OWN = """
    SELECT measure, period, year, value, reason FROM observations
    WHERE geography = 'area' AND place = $area AND year <= $year
        AND ($measures IS NULL OR list_contains($measures, measure))
"""

_NEAR = """
    SELECT neighbour FROM neighbours
    WHERE area = $area AND edition = (SELECT max(edition) FROM neighbours WHERE area = $area)
"""

_PEERS = """
    SELECT o.measure, o.period, median(o.value) AS middle, count(o.value) AS number
    FROM observations AS o
    WHERE o.geography = 'area' AND o.year <= $year AND o.place IN (SELECT neighbour FROM near)
        AND o.measure IN (SELECT measure FROM own)
    GROUP BY o.measure, o.period
"""

_NATION = """
    SELECT measure, period, value FROM observations
    WHERE geography = 'country' AND place = $england AND year <= $year
"""

_SERIES = """
    SELECT m.key, m.title, m.source, m.unit, m.polarity, m.topic, m.dimensions,
        own.period, own.year, own.value, own.reason, peers.middle, peers.number, nation.value AS england
    FROM own
    JOIN measures AS m ON m.key = own.measure
    LEFT JOIN peers ON peers.measure = own.measure AND peers.period = own.period
    LEFT JOIN nation ON nation.measure = own.measure AND nation.period = own.period
    ORDER BY m.topic NULLS LAST, m.title, m.key, own.year, own.period
"""


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

    def rows(self) -> list[dict[str, Any]]:
        """One row a period."""
        return [{"measure": self.measure, "title": self.title, **point.to_json()} for point in self.series]


def indicators(
    record: Record,
    area: str,
    *,
    as_at: dt.date | None = None,
    measures: Sequence[str] | None = None,
) -> tuple[Indicator, ...]:
    """Every measure (or those named by `measures`, keys) that the record has for the area (a slug), by topic and title.

    `as_at` leaves out periods that end in a later calendar year; within a year, statistics name no day. Neighbours
    are those of the model's latest edition. An area that is not known has none.
    """
    from joinedup.record import Steps

    steps = (
        Steps()
        .step("own", _OWN)
        .step("near", _NEAR)
        .step("peers", _PEERS)
        .step("nation", _NATION)
        .step("series", _SERIES)
    )
    answer = record.ask(
        steps,
        area=area,
        year=as_at.year if as_at else dt.MAXYEAR,
        measures=list(measures) if measures is not None else None,
        england=ENGLAND,
    )
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
                neighbours=row["middle"],
                neighbours_counted=row["number"] or 0,
                england=row["england"],
            )
            for row in rows
        ),
    )
