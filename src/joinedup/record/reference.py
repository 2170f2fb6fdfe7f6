"""The reference page of the record's tables, from their declaration."""

from __future__ import annotations

from joinedup.record.columns import KIND_WORDS, Column, Table
from joinedup.record.schema import TABLES

_OPENING = """# The record: tables and columns

<!-- Written from joinedup/record/schema.py by `make docs`; a test fails where the two differ. -->

The record is a folder (or an object store's address) with one Delta Lake table in each folder below it. In SQL, the
tables stand under these names and hold only the rows that count. `area` is always an area's slug. Columns marked
*always* are never empty; those marked *withheld* are in no download and no answer of the API.

A reader of the stored tables with another engine sees every row that was ever added: a row counts where its `load`
is, in `loads`, the newest of its `sha256`. Rows of official statistics may repeat in several loads under the same
key: the row counts whose load `reaches` furthest (`inspections` are put together by a finer rule, which
[the explanation](../explanation/record.md) gives).
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
