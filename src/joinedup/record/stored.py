"""The record as it is stored: which loads count at a moment, and the SQL for each table's rows that count.

A row counts when its `load` stands in `loads`; of several loads of one file, the newest counts. So a half-written
batch is never seen, a file read again by a newer reader replaces its old rows, and the record as it stood at any
moment is a filter on `loaded_at`. Rows are only ever added, which makes one reading of `loads` a whole snapshot.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.record import originals
from joinedup.record.columns import Table, empty_select
from joinedup.record.errors import DamagedRecordError
from joinedup.record.files import data_files
from joinedup.record.location import Location
from joinedup.record.schema import LOADS, TABLES

if TYPE_CHECKING:
    import duckdb

    from joinedup.record.applying import Corrections

HELD = 4_000_000
"""Tables whose files are smaller than this many bytes are held in memory; larger ones are read where they stand. The
findings of some 300 reports fit, and one report is then found among them three times as fast."""

COUNTING = """
CREATE TABLE _loads AS
WITH latest AS (
    SELECT * FROM ({stored}) WHERE $as_of IS NULL OR loaded_at <= $as_of
    QUALIFY row_number() OVER (PARTITION BY sha256 ORDER BY bundled, loaded_at DESC, load DESC) = 1
),
edition AS (SELECT arg_max(reader_version, loaded_at) AS newest FROM latest WHERE bundled)
SELECT latest.*, row_number() OVER (ORDER BY reaches NULLS FIRST, NOT bundled, loaded_at, load) AS _standing
FROM latest, edition WHERE NOT bundled OR reader_version = newest
"""
"""The loads that count, each with its standing: of two loads that give the same row the higher standing's counts."""

_REPLACED = """
    SELECT * REPLACE (CASE WHEN reference IS NOT NULL THEN
        lead(published) OVER (PARTITION BY area, framework, reference ORDER BY version, published) END AS replaced)
    FROM ({counting})
"""
"""The reports that count, each with the day on which its next version was published."""


class Stored:
    """A record's tables at a location, as they stood at `as_of` (UTC without zone; None: as they stand); with
    `corrected` false, as they were read."""

    def __init__(self, location: Location, version: int, as_of: dt.datetime | None, *, corrected: bool = True) -> None:
        self.location = location
        self._as_of = as_of
        self._corrected = corrected
        self._version = version
        self.snapshot = ""
        self.derived = location.derived()
        self.folders: tuple[str, ...] = (location.address, str(self.derived))
        self._overlap: dict[str, bool] = {}
        """The tables that have rows, and whether their rows may repeat each other: the bundled facts' never do."""
        self._engine: duckdb.DuckDBPyConnection
        self._corrections: Corrections | None = None

    def prepare(self, engine: duckdb.DuckDBPyConnection) -> None:
        """Fix the loads that count."""
        self._engine = engine
        files = data_files(self.location, "loads", self._version)
        engine.execute(COUNTING.format(stored=_stored(TABLES["loads"], files)), {"as_of": self._as_of})
        loads = engine.execute("SELECT load FROM _loads ORDER BY load").fetchall()
        self.snapshot = hashlib.sha256("\n".join(load for (load,) in loads).encode()).hexdigest()[:16]
        rows = engine.execute(
            "SELECT name, NOT bool_and(bundled) FROM (SELECT unnest(tables) AS name, bundled FROM _loads) GROUP BY name"
        ).fetchall()
        self._overlap = dict(rows)

    @property
    def empty(self) -> bool:
        """Whether no load counts at all: the moment lies before the record began."""
        return not self._overlap

    def relation(self, table: str) -> tuple[str, bool] | None:
        if not self._corrected or "corrections" not in self._overlap:
            return self._read(table)
        from joinedup.record.applying import CORRECTED, Corrections

        if table not in CORRECTED:
            return self._read(table)
        if self._corrections is None:
            self._corrections = Corrections(self._engine, self._plain)
        held = self._read(table)
        return self._corrections.relation(table), held is None or held[1]

    def _plain(self, table: str) -> str:
        """SQL for a table's rows that count, as they were read."""
        held = self._read(table)
        return held[0] if held else empty_select(TABLES[table])

    def _read(self, table: str) -> tuple[str, bool] | None:
        declared = TABLES[table]
        columns = ", ".join(f'"{name}"' for name in declared.names)
        if table == "loads":
            return f"SELECT {columns} FROM _loads", False  # noqa: S608 - declared names
        if table not in self._overlap:
            return None
        files = data_files(self.location, table)
        rows = _stored(declared, files)
        if table == "inspections" and self._overlap[table]:
            from joinedup.record.merging import merged_inspections

            return merged_inspections(self._engine, rows, self.derived), True
        counting = f"SELECT {columns} FROM ({rows}) SEMI JOIN _loads USING (load)"  # noqa: S608 - declared names
        if declared.overlapping and self._overlap[table]:
            key = ", ".join(f'"{name}"' for name in declared.key)
            order = " + ".join([f'CAST("{name}" IS NOT NULL AS INTEGER)' for name in declared.telling] or ["0"])
            counting = (
                f"SELECT {columns} FROM ({rows}) JOIN (SELECT load, _standing FROM _loads) USING (load) "  # noqa: S608
                f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {order} DESC, _standing DESC) = 1"
            )
        if table == "reports":
            counting = _REPLACED.format(counting=counting)
        return counting, sum(map(_size, files)) < HELD

    def original(self, sha256: str) -> bytes | None:
        return originals.original(self.location, sha256)

    def holds(self, sha256: str) -> bool:
        return originals.is_held(self.location, sha256)


def _size(file: str) -> int:
    try:
        return Path(file).stat().st_size
    except OSError as error:
        raise DamagedRecordError(f"The record has lost a file, {file}: {error.strerror}.") from error


def stored_loads(location: Location) -> list[dict[str, Any]]:
    """Every row of `loads` that was ever added, oldest first, without what is not needed to add more.

    Raises `DamagedRecordError` where a file of the table is gone or spoilt.
    """
    import duckdb

    columns = (
        "load", "batch", "sha256", "file", "kind", "bundled", "tables", "rows", "reader_version", "loaded_at",
        "problems",
    )  # fmt: skip
    files = _stored(LOADS, data_files(location, LOADS.name))
    with duckdb.connect() as engine:
        try:
            rows = engine.execute(f"SELECT {', '.join(columns)} FROM ({files}) ORDER BY loaded_at, load").fetchall()  # noqa: S608
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            raise DamagedRecordError(f"The record at {location.address} cannot be read (loads): {first}") from error
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _stored(table: Table, files: list[str]) -> str:
    """SQL for every row in the table's files, in the declared columns: one that a file lacks is empty."""
    if not files:
        return empty_select(table)
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    moments = ", ".join(f"make_timestamp(epoch_us({c.name})) AS {c.name}" for c in table.columns if c.kind == "moment")
    whole = f"* REPLACE ({moments})" if moments else "*"
    columns = ", ".join(f'"{name}"' for name in table.names)
    return (
        f"SELECT {columns} FROM ({empty_select(table)} UNION ALL BY NAME "  # noqa: S608 - declared names, listed files
        f"SELECT {whole} FROM read_parquet([{listed}], union_by_name=true))"
    )
