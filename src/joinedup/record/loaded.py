"""One official statistics file, as rows of the record's tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.areas import areas
from joinedup.record.adding import Addition
from joinedup.record.merging import inspection_rows
from joinedup.record.schema import OBSERVATIONS, TABLES, arrow_schema
from joinedup.record.store import table_batches
from joinedup.statistics import Loaded, Measure, Neighbours, Observation

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 50_000
"""Observations that are turned into columns at a time, so that a file of a million never stands in memory twice."""


def loaded_addition(file: Path, sha256: str, loaded: Loaded, version: str) -> Addition:
    """What a statistics file adds to the record."""
    neighbours = neighbour_rows(loaded.neighbours)
    counts = {
        "inspections": len(loaded.inspections),
        "measures": len(loaded.measures),
        "observations": len(loaded.observations),
        "neighbours": len(neighbours),
    }
    return Addition(
        file=file,
        sha256=sha256,
        kind=loaded.kind,
        version=version,
        tables=tuple(name for name, count in counts.items() if count),
        count=sum(counts.values()),
        rows=partial(_rows, loaded, neighbours),
        title=loaded.title,
        as_at=loaded.as_at,
        reaches=reaches(loaded),
        problems=loaded.problems,
    )


def reaches(loaded: Loaded) -> dt.date | None:
    """The newest day that a file speaks of: the day it was drawn up, else the newest of its rows."""
    if loaded.as_at is not None:
        return loaded.as_at
    days = [day for one in loaded.inspections if (day := one.published or one.start) is not None]
    years = (one.year for one in loaded.observations)
    newest = max(years, default=None)
    if newest is not None:
        days.append(dt.date(newest, 12, 31))
    return max(days, default=None)


def la_codes() -> dict[str, str | None]:
    """Each area's three-digit code."""
    return {area.slug: area.la_code for area in (*areas(), *areas(fictional=True))}


def measure_rows(measures: Iterable[Measure]) -> list[dict[str, Any]]:
    """Rows of `measures`, without their load."""
    return [
        {
            "key": one.key,
            "title": one.title,
            "source": one.source,
            "unit": one.unit,
            "polarity": one.polarity,
            "topic": one.topic,
            "description": one.description,
            "dimensions": [{"name": name, "value": value} for name, value in one.dimensions],
        }
        for one in measures
    ]


def neighbour_rows(found: Iterable[Neighbours]) -> list[dict[str, Any]]:
    """Rows of `neighbours`, without their load."""
    return [
        {"area": one.area, "edition": one.edition, "rank": rank, "neighbour": slug, "closeness": closeness}
        for one in found
        for rank, (slug, closeness) in enumerate(one.neighbours, start=1)
    ]


def observation_batches(observations: Iterable[Observation], load: str) -> Iterator[pa.RecordBatch]:
    """Observations as Arrow batches."""
    import pyarrow as pa

    schema = arrow_schema(OBSERVATIONS)
    rest = iter(observations)
    while chunk := list(islice(rest, CHUNK)):
        columns = {
            "measure": [one.measure for one in chunk],
            "geography": [one.geography for one in chunk],
            "place": [one.place for one in chunk],
            "period": [one.period for one in chunk],
            "year": [one.year for one in chunk],
            "value": [one.value for one in chunk],
            "reason": [one.reason for one in chunk],
            "symbol": [one.symbol for one in chunk],
            "load": [load] * len(chunk),
        }
        yield pa.RecordBatch.from_pydict(columns, schema=schema)


def _rows(loaded: Loaded, neighbours: list[dict[str, Any]], load: str) -> Mapping[str, Iterable[pa.RecordBatch]]:
    small = {
        "inspections": inspection_rows(loaded.inspections, la_codes()),
        "measures": measure_rows(loaded.measures),
        "neighbours": neighbours,
    }
    rows: dict[str, Iterable[pa.RecordBatch]] = {
        name: table_batches(TABLES[name], [{**row, "load": load} for row in found])
        for name, found in small.items()
        if found
    }
    if loaded.observations:
        rows["observations"] = observation_batches(loaded.observations, load)
    return rows
