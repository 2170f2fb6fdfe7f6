"""The headline measures of an area beside its neighbours and England, from figures that are held with the record.

`indicators` asks the record for any measures of one area, which takes a tenth of a second where the record holds some
hundreds of thousands of figures. A page that shows the same few measures of every area must not wait so long: the
figures of those measures are fetched once for all places (some 70,000, about 15 megabytes), and an area's series are
put together from them. The answer is the same; a test compares the two.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from joinedup.analysis.indicators import ENGLAND, Indicator, Point
from joinedup.analysis.observed import measures
from joinedup.analysis.remembering import once

if TYPE_CHECKING:
    from joinedup.record import Record

_FIGURES = """
    SELECT measure, place, period, year, value, reason FROM observations
    WHERE measure IN (SELECT unnest($measures)) AND (geography = 'area' OR place = $england)
    ORDER BY measure, place, year, period
"""

_NEAR = """
    SELECT area, neighbour FROM neighbours
    QUALIFY edition = max(edition) OVER (PARTITION BY area) ORDER BY area, rank
"""


class _Figure(NamedTuple):
    year: int
    value: float | None
    reason: str | None


_Places = Mapping[str, Mapping[str, _Figure]]
"""The figures of one measure by place and period, periods in order of time."""


def headline_indicators(record: Record, area: str, *, as_at: dt.date | None = None) -> tuple[Indicator, ...]:
    """The bundled measures (`joinedup.record.headlines`) of an area (a slug), as `indicators` gives them."""
    from joinedup.record.headlines import HEADLINES

    held = once(record, "headline figures", lambda: _held(record, HEADLINES))
    near = once(record, "near", lambda: _near(record)).get(area, ())
    year = as_at.year if as_at else dt.MAXYEAR
    found = []
    for key, facts in measures(record).items():
        places = held.get(key, {})
        series = tuple(_points(places, area, near, year))
        if series:
            found.append(
                Indicator(
                    key, facts.title, facts.source, facts.unit, facts.polarity, facts.topic, facts.dimensions, series
                )
            )
    return tuple(found)


def _points(places: _Places, area: str, near: Sequence[str], year: int) -> list[Point]:
    england = places.get(ENGLAND, {})
    beside = [places[each] for each in near if each in places]
    points = []
    for period, own in places.get(area, {}).items():
        if own.year > year:
            continue
        theirs = [
            figure.value for each in beside if (figure := each.get(period)) is not None and figure.value is not None
        ]
        whole = england.get(period)
        points.append(
            Point(
                period=period,
                year=own.year,
                value=own.value,
                reason=own.reason,
                neighbours=median(theirs) if theirs else None,
                neighbours_counted=len(theirs),
                england=whole.value if whole else None,
            )
        )
    return points


def _held(record: Record, keys: Sequence[str]) -> Mapping[str, _Places]:
    from joinedup.record import Steps

    found: defaultdict[str, defaultdict[str, dict[str, _Figure]]] = defaultdict(lambda: defaultdict(dict))
    same: dict[str, str] = {}  # a period is printed some thousands of times, and held once
    steps = Steps().step("figures", _FIGURES)
    for rows in record.stream(steps, measures=list(keys), england=ENGLAND):
        for measure, place, period, year, value, reason in rows:
            held = same.setdefault(reason, reason) if reason else None
            found[measure][same.setdefault(place, place)][same.setdefault(period, period)] = _Figure(year, value, held)
    return found


def _near(record: Record) -> Mapping[str, list[str]]:
    from joinedup.record import Steps

    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in record.ask(Steps().step("near", _NEAR)).rows:
        found[row["area"]].append(row["neighbour"])
    return dict(found)
