"""One official statistics file, as rows of the record's tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.areas import areas
from joinedup.record.adding import Addition, add_counted
from joinedup.record.columns import arrow_schema
from joinedup.record.location import Location
from joinedup.record.merging import inspection_rows
from joinedup.record.schema import LOAD, OBSERVATIONS, TABLES
from joinedup.record.store import table_batches
from joinedup.record.taking import LOADER_VERSION, Found
from joinedup.statistics import Loaded, Measure, Neighbours, StatisticsError, load

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Taken:
    """How a statistics file was taken in: whether it was added (False: another process had), and what was left out."""

    added: bool
    problems: tuple[str, ...]


def take_statistics(location: Location, file: Found) -> Taken | str:
    """Take one statistics file in, or say why it is refused."""
    try:
        loaded = load(file.path)
        addition = loaded_addition(file.path, file.sha256, loaded, LOADER_VERSION)
        return Taken(bool(add_counted(location, [addition], dt.datetime.now(dt.UTC))), loaded.problems)
    except StatisticsError as error:
        return str(error)
    except OSError as error:
        return f"it cannot be opened: {error.strerror or error}"


def loaded_addition(file: Path, sha256: str, loaded: Loaded, version: str) -> Addition:
    """What a statistics file adds to the record. Its observations are read again from the file when they are added."""
    rows = LoadedRows(loaded)
    counts = {
        "inspections": len(loaded.inspections),
        "measures": len(loaded.measures),
        "observations": len(loaded.observations),
        "neighbours": sum(len(one.neighbours) for one in loaded.neighbours),
    }
    return Addition(
        file=file,
        sha256=sha256,
        kind=loaded.kind,
        version=version,
        tables=tuple(name for name, count in counts.items() if count),
        count=sum(counts.values()),
        rows=rows.under,
        reaches=rows.reaches,
        title=loaded.title,
        as_at=loaded.as_at,
        problems=loaded.problems,
    )


class LoadedRows:
    """A file's rows by table, and the newest day that they speak of, which is known when all have been taken."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._newest_year: int | None = None

    def reaches(self) -> dt.date | None:
        """The day the file was drawn up, where it says; else the newest day of its rows."""
        if self._loaded.as_at is not None:
            return self._loaded.as_at
        days = [day for one in self._loaded.inspections if (day := one.published or one.start) is not None]
        if self._newest_year is not None:
            days.append(dt.date(self._newest_year, 12, 31))
        return max(days, default=None)

    def under(self, load: str) -> Mapping[str, Iterable[pa.RecordBatch]]:
        """The rows under a load's id."""
        small = {
            "inspections": inspection_rows(self._loaded.inspections, la_codes()),
            "measures": measure_rows(self._loaded.measures),
            "neighbours": neighbour_rows(self._loaded.neighbours),
        }
        rows: dict[str, Iterable[pa.RecordBatch]] = {
            name: table_batches(TABLES[name], [{**row, "load": load} for row in found])
            for name, found in small.items()
            if found
        }
        if len(self._loaded.observations):
            rows["observations"] = self.observations(load)
        return rows

    def observations(self, load: str) -> Iterator[pa.RecordBatch]:
        """The observations under a load's id, streamed from the file."""
        import pyarrow as pa
        import pyarrow.compute as pc

        schema = arrow_schema(OBSERVATIONS)
        for batch in self._loaded.observations.batches():
            year = pc.max(batch.column("year")).as_py()
            if year is not None:
                self._newest_year = max(self._newest_year or year, year)
            columns = [batch.column(name) for name in OBSERVATIONS.names if name != LOAD.name]
            yield pa.RecordBatch.from_arrays([*columns, pa.repeat(load, batch.num_rows)], schema=schema)


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
