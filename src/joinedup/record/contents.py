"""What a record holds, in numbers: the rows of each table, and the files they come from."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from joinedup.record.derived import forget, write
from joinedup.record.schema import CORRECTION, TABLES
from joinedup.record.steps import Steps

if TYPE_CHECKING:
    from joinedup.record.gate import Record

KEPT = 4
"""Snapshots whose numbers are kept: a service shows the record as it stands and as it stood."""

_COUNTS = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS number FROM {name}" for name in TABLES)  # noqa: S608

_SOURCES = f"""
    SELECT kind, coalesce(title, '') AS title, max(as_at) AS as_at, count(*) AS files, sum(rows)::BIGINT AS number
    FROM loads WHERE kind NOT IN ('report', 'refused', '{CORRECTION}') GROUP BY kind, title ORDER BY title, kind
"""  # noqa: S608 - a constant of our own


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Files of one title that statistics come from: the newest day as at which one was drawn up, how many, how big."""

    kind: str
    title: str
    as_at: dt.date | None
    files: int
    rows: int


def row_counts(record: Record) -> dict[str, int]:
    """How many rows of each table count, fictional ones included.

    Millions of observations take seconds to count (files overlap), so the numbers are kept in the derived folder.
    """
    kept = record.derived / f"counts-{record.snapshot}.json" if record.derived else None
    if kept and (known := _known(kept)) is not None:
        return known
    counts = {row["name"]: row["number"] for row in record.ask(Steps().step("counts", _COUNTS)).rows}
    if kept:
        with suppress(OSError):  # where nothing can be written, the numbers are counted again
            write(kept, json.dumps(counts).encode())
            forget(kept.parent, "counts-*.json", KEPT)
    return counts


def _known(file: Path) -> dict[str, int] | None:
    try:
        counts: dict[str, int] = json.loads(file.read_bytes())
    except (OSError, ValueError):  # not counted yet, or taken away by another process as we looked
        return None
    return {name: counts.get(name, 0) for name in TABLES}


def source_files(record: Record) -> tuple[SourceFile, ...]:
    """The statistics files in the record by title; reports and corrections are not among them."""
    found = record.ask(Steps().step("sources", _SOURCES)).rows
    return tuple(SourceFile(r["kind"], r["title"], r["as_at"], r["files"], r["number"]) for r in found)
