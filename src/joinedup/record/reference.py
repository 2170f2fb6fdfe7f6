"""The reference page of the record's tables, from their declaration."""

from __future__ import annotations

from joinedup.record.columns import KIND_WORDS, Column, Table
from joinedup.record.schema import TABLES

_OPENING = """# The record: tables and columns

<!-- Written from joinedup/record/schema.py by `make docs`; a test fails where the two differ. -->

The record is a folder, or an address on an object store. Each folder in it is one Delta Lake table. In SQL, the tables
have these names and hold only the rows that count. `area` is always an area's slug. Columns marked *always* are never
empty. Columns marked *withheld* are in no download and no answer of the API.

If you read the stored tables with another engine, you see every row that was ever added. A row counts if its `load` is
the newest in `loads` for its `sha256`. Rows of official statistics may be in several loads under the same key: the row
counts whose load `reaches` furthest. `inspections` are put together by a finer rule, which
[the explanation](../explanation/record.md) gives.
"""


def as_markdown() -> str:
    """The whole page."""
    return "\n".join([_OPENING, *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [
        f"## {table.name}",
        "",
        f"A row is {table.row}. Key: {key}.",
        "",
        "| column | type | always | meaning |",
        "|---|---|---|---|",
        *(
            f"| `{column.name}` | {KIND_WORDS[column.kind]} | {'yes' if column.needed else ''} | {_meaning(column)} |"
            for column in table.columns
        ),
        "",
    ]
    return "\n".join(lines)


def _meaning(column: Column) -> str:
    return f"{column.meaning} (*withheld*)" if column.withheld else column.meaning
