"""Keeping a record small and quick: fewer and larger files, nothing left of killed writers.

Never needed for a right answer, and never a loss: what was replaced stays, so that the record can still be read as it
stood at any moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from joinedup.record.damage import check_tables, complete, rows_of_loads
from joinedup.record.files import open_table
from joinedup.record.location import locate
from joinedup.record.lock import writing
from joinedup.record.schema import LOADS, TABLES
from joinedup.record.store import announce, is_whole
from joinedup.record.stored import stored_loads

if TYPE_CHECKING:
    from pathlib import Path

    from deltalake import DeltaTable

KEEP = dt.timedelta(days=7)
"""How long a file that no table needs any more is kept for readers that opened the record before."""

UNDER_WAY = dt.timedelta(days=1)
"""On an object store, a batch that does not count yet may be under way until it is this old."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done: rows of killed writers taken away, files put together, files removed."""

    rows: int
    joined: int
    removed: int


def tidy(location: str | Path | None = None, *, keep: dt.timedelta = KEEP, now: dt.datetime | None = None) -> Tidied:
    """Clear away what killed writers left, put small files together, remove files unneeded for longer than `keep`.

    Give `keep` less than a week only where no other process reads the record. Raises `DamagedRecordError`, before it
    changes anything, where the record has lost something: it is never tidied away.
    """
    place = locate(location)
    moment = now or dt.datetime.now(dt.UTC)
    rows = joined = removed = 0
    if not is_whole(place):
        check_tables(place)
        return Tidied(0, 0, 0)
    with writing(place):
        complete(place)
        loads = stored_loads(place)
        counted = {row["batch"] for row in loads}
        there = rows_of_loads(place, loads)
        for name in TABLES:
            table = open_table(place, name)
            if name != LOADS.name:
                rows += _clear(table, there[name], counted, moment - UNDER_WAY if place.remote else None)
            joined += int(table.optimize.compact(target_size=1 << 28)["numFilesRemoved"])
            removed += len(
                table.vacuum(
                    retention_hours=int(keep.total_seconds() // 3600),
                    dry_run=False,
                    enforce_retention_duration=False,
                )
            )
            table.create_checkpoint()
        announce(place)
    return Tidied(rows, joined, removed)


def _clear(table: DeltaTable, loads: Iterable[str], counted: set[str], before: dt.datetime | None) -> int:
    """Take away the table's rows, which are of `loads`, of batches that never came to count; `before`: only of batches
    begun before that moment."""
    lost = [load for load in loads if (batch := load.rpartition("-")[0]) not in counted and _is_old(batch, before)]
    if not lost:
        return 0
    listed = ", ".join("'" + load.replace("'", "''") + "'" for load in lost)
    return int(table.delete(f"load IN ({listed})")["num_deleted_rows"])


def _is_old(batch: str, before: dt.datetime | None) -> bool:
    # A batch's id begins with the moment it was begun, and sorts by it.
    return before is None or batch < f"{before:%Y%m%dT%H%M%S}"
