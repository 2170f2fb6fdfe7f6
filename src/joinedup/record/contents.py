"""What a record holds, in numbers: the rows of each table, and the files they come from."""

from __future__ import annotations

import datetime as dt
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from joinedup.record.schema import CORRECTION, TABLES
from joinedup.record.steps import Steps

if TYPE_CHECKING:
    from joinedup.record.gate import Record

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
    if kept and kept.is_file():
        return _known(kept)
    counts = {row["name"]: row["number"] for row in record.ask(Steps().step("counts", _COUNTS)).rows}
    if kept:
        _keep(kept, counts)
    return counts


def _known(file: Path) -> dict[str, int]:
    counts: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))
    return {name: counts.get(name, 0) for name in TABLES}


def _keep(file: Path, counts: dict[str, int]) -> None:
    """Written apart and moved into place, for another process may do the same; older snapshots' numbers go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(counts), encoding="utf-8")
    os.replace(part, file)
    for other in file.parent.glob("counts-*.json"):
        if other != file:
            with suppress(OSError):
                other.unlink()


def source_files(record: Record) -> tuple[SourceFile, ...]:
    """The statistics files in the record by title; reports and corrections are not among them."""
    found = record.ask(Steps().step("sources", _SOURCES)).rows
    return tuple(SourceFile(r["kind"], r["title"], r["as_at"], r["files"], r["number"]) for r in found)
