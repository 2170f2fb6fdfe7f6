"""A table of the record, streamed as CSV or Parquet: whole, or of some areas; what is fictional only when asked for.

The columns are the declared ones and `fictional`, so that an invented row is marked wherever it stands. Rows come in
the order of their key: the same snapshot gives the same bytes. Of `file` only the name is given, for the folders of
the machine that took a file in are nobody's business. Columns that are declared as withheld are left out: who corrected
a reading is known where it was corrected.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from joinedup.record.columns import Column, Kind, Table, arrow_schema
from joinedup.record.schema import CORRECTION, TABLES
from joinedup.record.steps import Steps

if TYPE_CHECKING:
    import pyarrow as pa

    from joinedup.record.gate import Record

FICTIONAL = Column("fictional", "yes_no", "true for what we invented to try the service with", needed=True)

ROWS_AT_ONCE = 10_000
"""Rows of one piece of CSV and of one row group of Parquet."""

MEASURES_AT_ONCE = 20
"""Observations are asked for so many measures at a time: sorting all of them would need more than the engine may hold,
and the first row would come last."""

_OF_REPORT = " JOIN (SELECT sha256, area, fictional FROM reports) AS r ON r.sha256 = t.report"
_OF_FINDING = (
    " JOIN (SELECT f.id, r.area, r.fictional FROM findings AS f JOIN reports AS r ON r.sha256 = f.report) AS r"
    " ON r.id = t.finding"
)
_INVENTED_LOADS = (
    "t.load IN (SELECT load FROM reports WHERE fictional UNION ALL"
    " SELECT c.load FROM corrections AS c JOIN reports AS r ON r.sha256 = c.report WHERE r.fictional)"
)
_LAST = "\U0010ffff"
_SIGNS = frozenset("=+-@\t\r")


class _About(NamedTuple):
    """What a table is joined with to know of a row its area (None: it has none) and whether it is invented."""

    join: str
    area: str | None
    fictional: str


def exported(table: str) -> tuple[Column, ...]:
    """The columns of a table as it is given out."""
    declared = tuple(column for column in TABLES[table].columns if not column.withheld)
    return declared if any(column.name == FICTIONAL.name for column in declared) else (*declared, FICTIONAL)


def of_areas(table: str) -> bool:
    """Whether the table's rows belong to areas, so that some areas' can be asked for."""
    return _about(TABLES[table]).area is not None


def rows(
    record: Record, table: str, *, areas: Collection[str] | None = None, fictional: bool = False
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table, some thousands at a time. `areas` are slugs; a table without areas is given whole."""
    from joinedup.areas import areas as every

    steps = Steps().step("given", _select(TABLES[table], bool(areas)))
    values: dict[str, Any] = {"fictional": fictional}
    if "$invented" in steps.sql:
        values["invented"] = [area.slug for area in every(fictional=True) if area.fictional]
    if "$areas" in steps.sql:
        values["areas"] = sorted(areas or ())
    for span in _spans(record) if "$above" in steps.sql else ({},):
        yield from record.stream(steps, size=ROWS_AT_ONCE, **values, **span)


def as_csv(
    record: Record, table: str, *, areas: Collection[str] | None = None, fictional: bool = False
) -> Iterator[bytes]:
    """The table as CSV (UTF-8): days as 2016-11-16, moments as 2016-11-16T12:00:00Z, lists and maps as JSON.

    No text is a formula: one that begins with a sign that a spreadsheet takes for one has an apostrophe before it.
    """
    columns = exported(table)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    yield _drained(text)
    for some in rows(record, table, areas=areas, fictional=fictional):
        cells = (
            map(_CELLS[column.kind], values) if column.kind in _CELLS else values
            for column, values in zip(columns, zip(*some, strict=True), strict=True)
        )
        writer.writerows(zip(*cells, strict=True))
        yield _drained(text)


def as_parquet(
    record: Record, table: str, *, areas: Collection[str] | None = None, fictional: bool = False
) -> Iterator[bytes]:
    """The table as a Parquet file with the record's own types; its metadata names the table, snapshot and licence."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(table).with_metadata(
        {"joinedup.table": table, "joinedup.snapshot": record.snapshot, "licence": "Open Government Licence v3.0"}
    )
    sink = _Sink()
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        for some in rows(record, table, areas=areas, fictional=fictional):
            columns = zip(*some, strict=True)
            arrays = [_array(list(values), field.type) for values, field in zip(columns, schema, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
            yield sink.drained()
    yield sink.drained()


class _Sink(io.RawIOBase):
    """A file that only remembers what was written since it was last asked."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._at += len(part)
        return len(part)

    def tell(self) -> int:
        return self._at

    def drained(self) -> bytes:
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def _about(table: Table) -> _About:
    if "report" in table.names:
        return _About(_OF_REPORT, "r.area", "r.fictional")
    if "finding" in table.names:
        return _About(_OF_FINDING, "r.area", "r.fictional")
    if table.name == "loads":
        return _About("", None, f"({_INVENTED_LOADS})")
    if FICTIONAL.name in table.names:
        return _About("", "t.area", "t.fictional")
    if "area" in table.names:
        return _About("", "t.area", "coalesce(list_contains($invented, t.area), false)")
    if "place" in table.names:
        return _About("", "CASE t.geography WHEN 'area' THEN t.place END", "list_contains($invented, t.place)")
    return _About("", None, "false")


def _select(table: Table, some_areas: bool) -> str:
    about = _about(table)
    names = [_given(table, column.name, about) for column in exported(table.name)]
    where = [f"($fictional OR NOT {about.fictional})"]
    if some_areas and about.area:
        where.append(f"list_contains($areas, {about.area})")
    if table.key[0] == "measure":
        where.append("t.measure > $above AND t.measure <= $upto")
    order = ", ".join(f't."{name}"' for name in table.key)
    return (
        f"SELECT {', '.join(names)} FROM {table.name} AS t{about.join} "  # noqa: S608 declared names and constants
        f"WHERE {' AND '.join(where)} ORDER BY {order}"
    )


def _spans(record: Record) -> Iterator[dict[str, str]]:
    """Spans of measures that together hold every one, also those that `measures` does not tell of."""
    keys = [row["key"] for row in record.ask(Steps().step("keys", "SELECT key FROM measures ORDER BY key")).rows]
    above = ""
    for upto in (*keys[MEASURES_AT_ONCE - 1 :: MEASURES_AT_ONCE], _LAST):
        yield {"above": above, "upto": upto}
        above = upto


def _given(table: Table, name: str, about: _About) -> str:
    if name == "file":
        given = "parse_filename(t.file, false, 'both_slash')"
        if table.name == "loads":
            # A correction is of no file; loads of earlier versions have there who made it.
            given = f"CASE WHEN t.kind = '{CORRECTION}' THEN '{CORRECTION}' ELSE {given} END"
        return f"{given} AS file"
    return f"{about.fictional} AS fictional" if name == FICTIONAL.name else f't."{name}"'


def _drained(text: io.StringIO) -> bytes:
    found = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return found


def _safe(value: str | None) -> str | None:
    """A text that a spreadsheet would take for a formula is marked as text with an apostrophe, as OWASP advises."""
    return f"'{value}" if value and value[0] in _SIGNS else value


def _moment(value: dt.datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="seconds") + "Z"


def _truth(value: bool | None) -> str | None:
    return None if value is None else "true" if value else "false"


def _nested(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


_CELLS: dict[Kind, Callable[[Any], Any]] = {
    "text": _safe,
    "moment": _moment,
    "yes_no": _truth,
    **dict.fromkeys(("texts", "boxes", "sheets", "page_problems", "grades", "dimensions"), _nested),
}
"""What a value becomes in CSV, by its column's kind; the others stand as they are."""


def _schema(table: str) -> pa.Schema:
    import pyarrow as pa

    fields = {field.name: field for field in arrow_schema(TABLES[table])}
    marked = pa.field(FICTIONAL.name, pa.bool_(), nullable=False)
    return pa.schema([fields.get(column.name, marked) for column in exported(table)])


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    if pa.types.is_map(kind):
        values = [None if value is None else list(value.items()) for value in values]
    return pa.array(values, type=kind)
