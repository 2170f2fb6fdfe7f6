"""Many observations, as columns and not as objects: a file of 640,000 of them streams through in a few megabytes.

`Observations.batches()` gives pyarrow record batches of `schema()`, read anew from the file at each call; iterating
gives the same as `Observation` rows, for tests and small files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from joinedup.statistics.model import Observation

BATCH = 50_000
"""Rows of a batch at most."""


def schema() -> pa.Schema:
    """Columns of every batch, named as the fields of `Observation`."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("measure", pa.string(), nullable=False),
            pa.field("geography", pa.string(), nullable=False),
            pa.field("place", pa.string(), nullable=False),
            pa.field("period", pa.string(), nullable=False),
            pa.field("year", pa.int32(), nullable=False),
            pa.field("value", pa.float64()),
            pa.field("reason", pa.string()),
            pa.field("symbol", pa.string()),
        ]
    )


class Observations:
    """Observations of one file. `len()` counts them, without reading; each iteration reads from the beginning."""

    __slots__ = ("_batches", "_count")

    def __init__(self, count: int, batches: Callable[[], Iterator[pa.RecordBatch]]) -> None:
        self._count = count
        self._batches = batches

    @classmethod
    def of(cls, rows: Sequence[Observation] = ()) -> Observations:
        """Those of a small file, given as rows."""
        return cls(len(rows), lambda: _as_batches(rows))

    def __len__(self) -> int:
        return self._count

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Record batches of `schema()`, at most `BATCH` rows each."""
        for batch in self._batches():
            for start in range(0, batch.num_rows, BATCH):
                yield batch.slice(start, BATCH)

    def reader(self) -> pa.RecordBatchReader:
        """The same as a reader, which Delta Lake and DuckDB take as it stands."""
        import pyarrow as pa

        return pa.RecordBatchReader.from_batches(schema(), self.batches())

    def __iter__(self) -> Iterator[Observation]:
        from joinedup.statistics.model import Observation

        for batch in self.batches():
            for row in batch.to_pylist():
                yield Observation(**row)


def _as_batches(rows: Sequence[Observation]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    layout = schema()
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        yield pa.RecordBatch.from_arrays(
            [pa.array([getattr(row, name) for row in part], layout.field(name).type) for name in layout.names],
            schema=layout,
        )
