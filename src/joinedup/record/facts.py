"""The facts that come with the package: a small record that answers at once, with no download.

Every published inspection of a council's children's services since 2009 with its dates and grades, the statistical
neighbours, and a first set of measures. Facts only, each with the file that it comes from (`loads`). The files are
made by `python -m joinedup.record.bundle`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from joinedup.record.columns import SQL_TYPES, Column
from joinedup.record.schema import TABLES

FOLDER = Path(__file__).parent / "facts"

NESTED = ("texts", "grades", "dimensions")
"""The kinds of columns that a CSV file holds as JSON."""


@cache
def edition() -> str:
    """A short name for what the bundled files hold: it changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def tables() -> tuple[str, ...]:
    """The tables that have bundled rows."""
    return tuple(name for name in TABLES if _file(name) is not None)


def select(table: str) -> str | None:
    """SQL for the bundled rows of a table, or None where there are none."""
    path = _file(table)
    if path is None:
        return None
    columns = TABLES[table].columns
    place = "'" + str(path).replace("'", "''") + "'"
    if path.suffix == ".parquet":
        return f"SELECT {', '.join(_quoted(c) for c in columns)} FROM read_parquet({place})"  # noqa: S608 - our own file
    parts = ", ".join(f"{_from_text(c)} AS {_quoted(c)}" for c in columns)
    texts = ", ".join(f"'{c.name}': 'VARCHAR'" for c in columns)
    return (
        f"SELECT {parts} FROM read_csv({place}, header=true, auto_detect=false, "  # noqa: S608 - our own file
        f"delim=',', quote='\"', escape='\"', nullstr='', columns={{{texts}}})"
    )


def _file(table: str) -> Path | None:
    return next((path for path in (FOLDER / f"{table}.csv", FOLDER / f"{table}.parquet") if path.is_file()), None)


def _quoted(column: Column) -> str:
    return f'"{column.name}"'


def _from_text(column: Column) -> str:
    text = _quoted(column)
    if column.kind == "text":
        return text
    if column.kind in NESTED:
        return f"CAST(CAST({text} AS JSON) AS {SQL_TYPES[column.kind]})"
    return f"CAST({text} AS {SQL_TYPES[column.kind]})"
