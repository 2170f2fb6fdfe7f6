"""Adding to the record: making it with the bundled facts, and adding a batch that is complete or not there at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.record import facts
from joinedup.record.columns import arrow_schema
from joinedup.record.damage import complete
from joinedup.record.gate import BundledFacts, Record
from joinedup.record.location import Location
from joinedup.record.lock import writing
from joinedup.record.schema import LOAD, LOADS, TABLES
from joinedup.record.steps import Steps
from joinedup.record.store import Batch, add, clear, new_batch
from joinedup.record.stored import stored_loads
from joinedup.record.taking import Known, is_known, storable

if TYPE_CHECKING:
    import pyarrow as pa


REFUSED = "refused"
"""The kind of a load that brings nothing but the reason why the file was refused, so that it is not read again."""


@dataclass(frozen=True, slots=True)
class Addition:
    """One file to add. `rows(load)` gives its rows by table under a load's id; `count` says how many there are.

    `reaches()` is the newest day its rows speak of, asked when they have all been taken.
    """

    file: Path
    sha256: str
    kind: str
    version: str
    tables: tuple[str, ...]
    count: int
    rows: Callable[[str], Mapping[str, Iterable[pa.RecordBatch]]]
    reaches: Callable[[], dt.date | None]
    title: str | None = None
    as_at: dt.date | None = None
    problems: tuple[str, ...] = ()


def refusal(file: Path, sha256: str, reason: str, version: str) -> Addition:
    """What a file adds that was refused for what it holds."""
    return Addition(file, sha256, REFUSED, version, (), 0, lambda _: {}, lambda: None, problems=(reason,))


def ensure(location: Location) -> dict[str, Known]:
    """See that the record is there and holds the facts that this version of the package brings; what it holds."""
    with writing(location):
        complete(location)
        loads = stored_loads(location)
        if not any(row["bundled"] and row["reader_version"] == facts.edition() for row in loads):
            _clear(location, loads)
            add(location, _bundled(_moment(loads, dt.datetime.now(dt.UTC))))
    return _known(loads)


def add_counted(location: Location, additions: Sequence[Addition], now: dt.datetime) -> set[str]:
    """Add a batch, and say which of its files (by sha256) were added: not those another process added before us."""
    with writing(location):
        return add_held(location, additions, now)


def add_held(location: Location, additions: Sequence[Addition], now: dt.datetime) -> set[str]:
    """The same for whoever holds the lock already."""
    loads = stored_loads(location)
    _clear(location, loads)
    known = _known(loads)
    new = [one for one in additions if not is_known(one.sha256, one.version, known)]
    if new:
        add(location, _batch(new, _moment(loads, now)))
    return {one.sha256 for one in new}


def _known(loads: Sequence[Mapping[str, Any]]) -> dict[str, Known]:
    """The files that the record holds. Bundled facts are only a part of the file they are from: they do not count."""
    return {
        row["sha256"]: Known(row["reader_version"], "; ".join(row["problems"]) if row["kind"] == REFUSED else None)
        for row in loads
        if not row["bundled"]
    }


def _clear(location: Location, loads: Sequence[Mapping[str, Any]]) -> None:
    # On an object store another writer's batch may be under way: there `tidy` clears what is old enough.
    if not location.remote:
        clear(location, {row["batch"] for row in loads})


def _moment(loads: Sequence[Mapping[str, Any]], now: dt.datetime) -> dt.datetime:
    """Now, but after every load that is there: a clock that was set back must not hide a newer load."""
    newest = max((row["loaded_at"] for row in loads), default=None)
    return now if newest is None else max(now, newest.replace(tzinfo=dt.UTC) + dt.timedelta(microseconds=1))


def _batch(additions: Sequence[Addition], now: dt.datetime) -> Batch:
    batch = new_batch(now)
    rows: dict[str, list[Iterable[pa.RecordBatch]]] = {}
    for number, one in enumerate(additions):
        for table, batches in one.rows(f"{batch}-{number:04d}").items():
            rows.setdefault(table, []).append(batches)

    def loads() -> list[dict[str, Any]]:
        return [_load(one, batch, f"{batch}-{number:04d}", now) for number, one in enumerate(additions)]

    return Batch(batch, {table: _chain(parts) for table, parts in rows.items()}, loads)


def _load(one: Addition, batch: str, load: str, now: dt.datetime) -> dict[str, Any]:
    return {
        "load": load,
        "batch": batch,
        "sha256": one.sha256,
        "file": storable(one.file),
        "kind": one.kind,
        "title": one.title,
        "bundled": False,
        "as_at": one.as_at,
        "reaches": one.reaches(),
        "tables": list(one.tables),
        "rows": one.count,
        "reader_version": one.version,
        "loaded_at": now,
        "problems": list(one.problems),
    }


def _chain(parts: list[Iterable[pa.RecordBatch]]) -> Iterator[pa.RecordBatch]:
    for part in parts:
        yield from part


def _bundled(now: dt.datetime) -> Batch:
    """The bundled facts as the first batch of a record, or the next after the package brought newer ones."""
    batch = new_batch(now)
    record = Record(BundledFacts())
    loads = record.ask(Steps().step("bundled", "SELECT * FROM loads ORDER BY load")).rows
    renamed = {row["load"]: f"{batch}-{number:04d}" for number, row in enumerate(loads)}
    for row in loads:
        row.update(load=renamed[row["load"]], batch=batch, loaded_at=now, reader_version=facts.edition())
    rows = {name: _bundled_rows(record, name, renamed) for name in facts.tables() if name != LOADS.name}
    return Batch(batch, rows, lambda: loads)


def _bundled_rows(record: Record, name: str, renamed: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    """A table's bundled rows under the ids of the loads as they are added; asked for when they are written."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = ", ".join(f'"{column}"' for column in TABLES[name].names)
    found = record.arrow(Steps().step("bundled", f"SELECT {columns} FROM {name}"))  # noqa: S608 - declared names
    place = pc.index_in(found.column(LOAD.name), pa.array(list(renamed)))
    load = pa.array(list(renamed.values())).take(place)
    placed = found.set_column(found.schema.get_field_index(LOAD.name), LOAD.name, load)
    yield from placed.cast(arrow_schema(TABLES[name])).to_batches()
