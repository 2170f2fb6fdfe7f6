"""What a record has lost: tables, data files or rows of what was taken in.

Rows are only ever added, and each load says how many it brought. So what somebody deleted, what a copy left out and
what a disk spoilt can be told, and nobody writes over it. One loss cannot: without the newest entry in the log of
`loads`, the last step of a writer, all looks as if it had been killed before that step (docs/explanation/record.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from joinedup.areas.sentences import listed
from joinedup.record.errors import DamagedRecordError
from joinedup.record.files import is_table, open_table
from joinedup.record.schema import LOADS, TABLES
from joinedup.record.store import create
from joinedup.record.stored import stored_loads

if TYPE_CHECKING:
    from deltalake import DeltaTable

    from joinedup.record.location import Location

TOLD = 3
"""Files whose rows are lost that a message names; of more it says how many."""


def complete(location: Location) -> None:
    """Make the tables that are not there: all of a new record's, and those that a newer version of the package brought.

    Hold the lock. Raises `DamagedRecordError` where a table that had rows is gone: an empty one in its place would
    hide that.
    """
    if missing := _missing(location):
        check_tables(location, missing)
        create(location)


def check_tables(location: Location, missing: set[str] | None = None) -> None:
    """Raise `DamagedRecordError` where a table that had rows is gone (`missing`: those that are not there)."""
    missing = _missing(location) if missing is None else missing
    if LOADS.name not in missing:
        lost = missing & {name for row in stored_loads(location) for name in row["tables"] or ()}
    else:  # a killed maker leaves tables without any row
        there = TABLES.keys() - missing
        lost = {LOADS.name} if any(open_table(location, name).file_uris() for name in there) else set()
    if lost:
        raise _damaged(
            location,
            f"the table{'s' * (len(lost) > 1)} {listed(sorted(lost))} {'is' if len(lost) == 1 else 'are'} gone",
        )


def _missing(location: Location) -> set[str]:
    return {name for name in TABLES if not is_table(location, name)}


def rows_of_loads(location: Location, loads: Sequence[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    """How many rows each table has of each load, whether or not the load counts; `loads` are those that ever counted.

    Raises `DamagedRecordError` where a file cannot be read, or where rows are fewer than the loads say.
    """
    found = {name: _rows(location, name, open_table(location, name)) for name in TABLES if name != LOADS.name}
    there = sum(found.values(), Counter[str]())
    # Of a load with rows in a table that only another version of the package knows, they cannot all be counted.
    known = (row for row in loads if set(row["tables"] or ()) <= TABLES.keys())
    lost = [row for row in known if there[row["load"]] < row["rows"]]
    if lost:
        named = listed(
            [f"{row['file']} ({there[row['load']]:,} of {row['rows']:,} rows are there)" for row in lost[:TOLD]]
        )
        more = f" and of {len(lost) - TOLD} more files" if len(lost) > TOLD else ""
        raise _damaged(location, f"it has lost rows of {named}{more}")
    return found


def _rows(location: Location, name: str, table: DeltaTable) -> Counter[str]:
    import pyarrow as pa
    from deltalake.exceptions import DeltaError

    counted: Counter[str] = Counter()
    try:
        for batch in table.to_pyarrow_dataset().to_batches(columns=["load"]):
            for one in batch.column("load").value_counts().to_pylist():
                counted[one["values"]] += one["counts"]
    except (DeltaError, OSError, pa.ArrowException) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise _damaged(location, f"a file of the table {name} cannot be read: {first.rstrip('.')}") from error
    return counted


def _damaged(location: Location, what: str) -> DamagedRecordError:
    return DamagedRecordError(
        f"The record at {location.address} is damaged: {what}. Nothing was changed. Bring it back from a copy, or take "
        "the files that it was made of into a new record."
    )
