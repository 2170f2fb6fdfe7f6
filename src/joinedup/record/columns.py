"""How a table of the record is declared: its columns, each of a kind, and what a kind is to a query and to a file.

The tables themselves are declared in `joinedup.record.schema`; the columns of answers have their kinds by their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal[
    "text",
    "texts",
    "day",
    "moment",
    "whole",
    "number",
    "yes_no",
    "boxes",
    "sheets",
    "page_problems",
    "grades",
    "dimensions",
]

SQL_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
    "day": "DATE",
    "moment": "TIMESTAMP",
    "whole": "INTEGER",
    "number": "DOUBLE",
    "yes_no": "BOOLEAN",
    "boxes": 'STRUCT("page" INTEGER, "left" DOUBLE, "bottom" DOUBLE, "right" DOUBLE, "top" DOUBLE)[]',
    "sheets": 'STRUCT("page" INTEGER, "left" DOUBLE, "bottom" DOUBLE, "right" DOUBLE, "top" DOUBLE, "turns" INTEGER)[]',
    "page_problems": 'STRUCT("page" INTEGER, "what" VARCHAR)[]',
    "grades": "MAP(VARCHAR, VARCHAR)",
    "dimensions": 'STRUCT("name" VARCHAR, "value" VARCHAR)[]',
}
"""How a query sees each kind of column. A `moment` is in UTC, without a zone beside it."""

KIND_WORDS: dict[Kind, str] = {
    "text": "text",
    "texts": "list of texts",
    "day": "date",
    "moment": "date and time, UTC",
    "whole": "whole number",
    "number": "number",
    "yes_no": "true or false",
    "boxes": "list of (page, left, bottom, right, top)",
    "sheets": "list of (page, left, bottom, right, top, turns)",
    "page_problems": "list of (page, what)",
    "grades": "map of text to text",
    "dimensions": "list of (name, value)",
}


_ANSWERED: tuple[tuple[Kind, str], ...] = (
    ("day", "published start end start_date end_date day asked_day later_day as_at"),
    ("number", "confidence percent score sure value neighbours england"),
    ("whole", "page asked_page later_page year neighbours_counted count reports areas"),
    ("whole", "statements asked priority praised concerns mixed"),
    ("yes_no", "part fictional"),
)
ANSWERED: Mapping[str, Kind] = {name: kind for kind, names in _ANSWERED for name in names.split()}
"""The kinds of those columns of answers that hold no text. One name is of one kind in every table, so that a table's
columns are the same whatever was asked, also where none of its rows has a value, and where it has no row. A column that
is not here and holds no text is refused (`answer_table`)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A column without `needed` may be empty in any row; one that is `withheld` is in no download.

    It is withheld where it is declared, so that it stays withheld whatever it is called.
    """

    name: str
    kind: Kind
    meaning: str
    needed: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` tells its rows apart.

    `overlapping`: files of official statistics repeat each other (each release prints the years before it again).
    Where two of them give a row with the same key, the row counts that stands in the file that reaches further;
    but first, where the columns `telling` are named, the row that fills most of them.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    overlapping: bool = False
    telling: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def empty_select(table: Table) -> str:
    """SQL for the table's columns with their types and no row."""
    columns = ", ".join(f'CAST(NULL AS {SQL_TYPES[c.kind]}) AS "{c.name}"' for c in table.columns)
    return f"SELECT {columns} WHERE false"


def arrow_schema(table: Table) -> pa.Schema:
    """The table's columns as an Arrow schema, the shape in which rows are written."""
    import pyarrow as pa

    box = [("page", pa.int32()), *((side, pa.float64()) for side in ("left", "bottom", "right", "top"))]
    types: dict[Kind, pa.DataType] = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "day": pa.date32(),
        "moment": pa.timestamp("us", tz="UTC"),
        "whole": pa.int32(),
        "number": pa.float64(),
        "yes_no": pa.bool_(),
        "boxes": pa.list_(pa.struct(box)),
        "sheets": pa.list_(pa.struct([*box, ("turns", pa.int32())])),
        "page_problems": pa.list_(pa.struct([("page", pa.int32()), ("what", pa.string())])),
        "grades": pa.map_(pa.string(), pa.string()),
        "dimensions": pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())])),
    }
    return pa.schema([pa.field(c.name, types[c.kind], nullable=not c.needed) for c in table.columns])


def answer_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pa.Table:
    """An answer's rows as an Arrow table: each column of its kind in ANSWERED, every other of texts.

    Raises TypeError for a column that holds anything else: a number that is not named there would be one only in the
    tables in which it has a value.
    """
    import pyarrow as pa

    types = {
        "text": pa.string(), "day": pa.date32(), "whole": pa.int64(), "number": pa.float64(), "yes_no": pa.bool_(),
    }  # fmt: skip
    made = {}
    for name in columns:
        kind = ANSWERED.get(name, "text")
        try:
            made[name] = pa.array([row[name] for row in rows], types[kind])
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise TypeError(f"the column {name} of an answer is of the kind {kind} in ANSWERED: {error}") from error
    return pa.table(made)
