"""Writing the record: making it, adding a batch, and clearing away what a killed writer left.

A batch is one or more files. Its rows are added table by table under load ids that nobody counts yet; adding the
batch's rows to `loads` is the one step that makes them count, all at once. Nothing is ever changed or taken away by
taking in, so writers on an object store cannot spoil each other's work.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from joinedup.errors import JoinedupError
from joinedup.record.columns import Table, arrow_schema
from joinedup.record.errors import RecordError
from joinedup.record.files import open_table, version_of
from joinedup.record.location import Location
from joinedup.record.schema import LOADS, TABLES

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = "joinedup.batch"
"""The word under which each table's log names the batch of a commit."""

ROW_GROUP = 65_536
"""Rows in one part of a data file: small enough that a question on one measure skips most of a large file."""


def new_batch(now: dt.datetime) -> str:
    """An id for a batch: sorts by time, and no two are alike."""
    return f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Batch:
    """What is added in one commit: each table's rows as Arrow batches; `loads()`, asked last, its rows of `loads`."""

    id: str
    rows: Mapping[str, Iterable[pa.RecordBatch]]
    loads: Callable[[], list[dict[str, Any]]]


def create(location: Location) -> None:
    """Make every table that is not there yet, `loads` last. Hold the lock."""
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    for table in TABLES.values():
        try:
            DeltaTable.create(
                location.table(table.name),
                schema=arrow_schema(table),
                mode="ignore",
                name=table.name,
                description=f"A row is {table.row}.",
                storage_options=location.options(),
            )
        except (DeltaError, OSError) as error:
            raise _unwritable(location, table.name, error) from error


def is_whole(location: Location) -> bool:
    """Whether the record has been made: `loads` is made last."""
    return version_of(location) is not None


def add(location: Location, batch: Batch) -> None:
    """Add a batch: every table's rows, then the loads that make them count. Hold the lock."""
    for name, batches in batch.rows.items():
        _append(location, TABLES[name], batches, batch.id)
    _append(location, LOADS, table_batches(LOADS, batch.loads()), batch.id)


def announce(location: Location) -> None:
    """Give `loads` a new version without a new row, so that open readers look again at which files there are."""
    _append(location, LOADS, [], new_batch(dt.datetime.now(dt.UTC)))


def table_batches(table: Table, rows: list[dict[str, Any]]) -> list[pa.RecordBatch]:
    """Rows as Arrow batches in the table's columns; a column that a row lacks is empty."""
    import pyarrow as pa

    batches: list[pa.RecordBatch] = pa.Table.from_pylist(rows, schema=arrow_schema(table)).to_batches()
    return batches


def clear(location: Location, counted: Collection[str]) -> int:
    """Take away the rows of batches that never came to count, each table's last; how many rows. Hold the lock.

    A killed writer leaves at most its last commit on each table. Called by whoever holds the lock, so no other
    writer's batch can be under way. `counted` are the batches that count.
    """
    taken = 0
    for name in TABLES:
        if name == LOADS.name:
            continue
        table = open_table(location, name)
        last = table.history(1)[0].get(BATCH)
        if last is not None and last not in counted:
            # Load ids begin with their batch's id and a dash; "." is the character after the dash.
            done = table.delete(f"load >= '{last}-' AND load < '{last}.'")
            taken += int(done.get("num_deleted_rows") or 0)
    return taken


def _append(location: Location, table: Table, batches: Iterable[pa.RecordBatch], batch: str) -> None:
    import pyarrow as pa
    from deltalake import CommitProperties, WriterProperties, write_deltalake
    from deltalake.exceptions import DeltaError

    failed: list[Exception] = []
    try:
        write_deltalake(
            location.table(table.name),
            pa.RecordBatchReader.from_batches(arrow_schema(table), _watched(batches, failed)),
            mode="append",
            schema_mode="merge",
            storage_options=location.options(),
            writer_properties=WriterProperties(compression="ZSTD", max_row_group_size=ROW_GROUP),
            commit_properties=CommitProperties(custom_metadata={BATCH: batch}),
        )
    except (DeltaError, OSError) as error:
        if failed:
            raise failed[0] from error
        raise _unwritable(location, table.name, error) from error


def _watched(batches: Iterable[pa.RecordBatch], failed: list[Exception]) -> Iterator[pa.RecordBatch]:
    """The batches; what goes wrong in making them is kept, for the writer passes on only its words."""
    try:
        yield from batches
    except (JoinedupError, OSError) as error:
        failed.append(error)
        raise


def _unwritable(location: Location, name: str, error: Exception) -> RecordError:
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return RecordError(f"The record at {location.address} cannot be written ({name}): {first}")
