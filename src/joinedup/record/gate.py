"""The one gate through which every question reaches the record.

A `Record` is one snapshot: it never changes, and asking it twice gives the same answer. Each holds its own in-memory
DuckDB, in which only the tables that a question names are attached, the first time one names them; files outside the
record cannot be reached from SQL. Values are bound, never written into the SQL. Safe to use from several threads.
"""

from __future__ import annotations

import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from joinedup.record import facts
from joinedup.record.columns import empty_select
from joinedup.record.errors import QueryError
from joinedup.record.schema import TABLES
from joinedup.record.spilling import spill_folder
from joinedup.record.steps import Answer, Steps

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import pyarrow as pa

T = TypeVar("T")

MEMORY = "192MB"
"""What one record's engine may hold before it spills to disk."""


class Source(Protocol):
    """What a record reads: the bundled facts alone, or the tables at a location."""

    @property
    def snapshot(self) -> str:
        """A short id of exactly what is read: equal ids, equal answers."""

    @property
    def derived(self) -> Path | None:
        """The folder for what is derived from it; None where nothing is."""

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders whose files the engine may open."""

    @property
    def empty(self) -> bool:
        """Whether nothing has been taken in at that moment; known once prepared."""

    def prepare(self, engine: duckdb.DuckDBPyConnection) -> None:
        """Make what `relation` leans on; called once, before any table is attached."""

    def relation(self, table: str) -> tuple[str, bool] | None:
        """SQL for the table's rows that count, and whether to hold them in memory; None where there are none."""

    def original(self, sha256: str) -> bytes | None:
        """The file that a report was read from; None where it is not held."""

    def holds(self, sha256: str) -> bool:
        """Whether the file that a report was read from is held."""


class BundledFacts:
    """The facts that come with the package, alone."""

    derived = None
    folders = (str(facts.FOLDER),)
    empty = False

    @property
    def snapshot(self) -> str:
        return f"bundled-{facts.edition()}"

    def prepare(self, engine: duckdb.DuckDBPyConnection) -> None:
        """Nothing is needed."""

    def relation(self, table: str) -> tuple[str, bool] | None:
        sql = facts.select(table)
        return (sql, True) if sql is not None else None

    def original(self, sha256: str) -> bytes | None:
        """The package brings no report."""
        return None

    def holds(self, sha256: str) -> bool:
        """The package brings no report."""
        return False


class Record:
    """One snapshot of the record. Made by `open_record`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._attached: set[str] = set()
        self._engine: duckdb.DuckDBPyConnection | None = None

    @property
    def snapshot(self) -> str:
        """A short id of what is being read, for caches and ETags: it changes exactly when an answer might."""
        return self._source.snapshot

    def ask(self, steps: Steps, /, **values: Any) -> Answer:
        """The answer to a question; `values` are bound to its `$names`. Raises `QueryError`, which carries the SQL."""

        def fetch(cursor: duckdb.DuckDBPyConnection) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
            cursor.execute(sql, values)
            return tuple(column[0] for column in cursor.description or ()), cursor.fetchall()

        sql = steps.sql
        columns, found = self._run(steps, fetch)
        rows = [dict(zip(columns, row, strict=True)) for row in found]
        return Answer(columns, rows, sql, self.snapshot, partial(self.arrow, steps, **values))

    def arrow(self, steps: Steps, /, **values: Any) -> pa.Table:
        """The answer as an Arrow table alone."""
        return self._run(steps, lambda cursor: cursor.sql(steps.sql, params=values).to_arrow_table())

    def stream(self, steps: Steps, /, size: int = 2000, **values: Any) -> Iterator[list[tuple[Any, ...]]]:
        """The answer as lists of up to `size` rows, for what is too large to hold at once."""
        with self._cursor(steps.tables) as cursor, _told(steps.sql):
            cursor.execute(steps.sql, values)
            while rows := cursor.fetchmany(size):
                yield rows

    @property
    def derived(self) -> Path | None:
        """The folder for what is derived from the record; None for the bundled facts, which need none."""
        return self._source.derived

    def original(self, sha256: str) -> bytes | None:
        """The file that a report (`reports.sha256`) was read from; None where the record does not hold it."""
        return self._source.original(sha256)

    def holds(self, sha256: str) -> bool:
        """Whether the record holds the file that a report was read from."""
        return self._source.holds(sha256)

    def begun(self) -> bool:
        """Whether anything had been taken in at the snapshot's moment."""
        self._cursor(()).close()
        return not self._source.empty

    def _run(self, steps: Steps, fetch: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        with self._cursor(steps.tables) as cursor, _told(steps.sql):
            return fetch(cursor)

    def _cursor(self, tables: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._engine is None:
                spill = spill_folder()
                weakref.finalize(self, shutil.rmtree, spill, ignore_errors=True)
                engine = _start(self._source.folders, str(spill))
                with _told("-- which loads count"):
                    self._source.prepare(engine)
                self._engine = engine
            for table in tables:
                if table not in self._attached:
                    _attach(self._engine, table, self._source.relation(table))
                    self._attached.add(table)
            return self._engine.cursor()


def _start(folders: tuple[str, ...], spill: str) -> duckdb.DuckDBPyConnection:
    import duckdb

    engine = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY,
            "temp_directory": spill,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    engine.execute("SET allowed_directories = $folders", {"folders": list(folders)})
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")
    return engine


def _attach(engine: duckdb.DuckDBPyConnection, table: str, relation: tuple[str, bool] | None) -> None:
    rows, hold = relation or (empty_select(TABLES[table]), False)
    sql = f"CREATE {'TABLE' if hold else 'VIEW'} {table} AS {rows}"
    with _told(sql):
        engine.execute(sql)


@contextmanager
def _told(sql: str) -> Iterator[None]:
    """Turn the engine's errors into ours, which carry the SQL."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise QueryError(f"The record could not answer: {str(error).splitlines()[0]}", sql) from error
