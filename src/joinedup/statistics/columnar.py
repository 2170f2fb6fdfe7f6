"""Long tables streamed as batches of dictionary-encoded columns, and the numbering of combinations of cells.

Nothing here holds a whole column of text: a batch is a few megabytes of the file, and what is kept from batch to
batch are the different combinations and, at most, one number a row.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from joinedup.statistics.errors import LayoutChangedError, NotRecognisedError, one_line
from joinedup.statistics.text import LONGEST_LINE, TextTable

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 2 * LONGEST_LINE
_PARQUET_ROWS = 65_536
_LARGEST_ROW_GROUP = 512 * 1024 * 1024
"""Unpacked bytes of one row group of a Parquet file; LAIT's 20 groups have about 2 million each."""

Batch = dict[str, "pa.DictionaryArray"]
"""Heading in lower case -> its cells in this batch; no nulls (an absent cell is an empty text)."""


class Source:
    """A long table that can be read again and again; refuses to go on if the file was changed meanwhile."""

    def __init__(
        self, path: Path, names: Sequence[str], batches: Callable[[Sequence[int]], Iterator[pa.RecordBatch]]
    ) -> None:
        self.names = tuple(names)
        self._path = path
        self._batches = batches
        self._stamp = self._stamp_now()

    def _stamp_now(self) -> tuple[int, int]:
        status = os.stat(self._path)
        return status.st_size, status.st_mtime_ns

    def batches(self, names: Sequence[str] | None = None) -> Iterator[Batch]:
        """The table from its first row on; with `names`, those columns alone, which is quicker."""
        import pyarrow as pa

        if self._stamp_now() != self._stamp:
            raise LayoutChangedError("the file as it was when it was opened", "a file changed since", where="reading")
        # A column without a heading is none of the table's: row numbers that some tools write, commas at line ends.
        wanted = [index for index, name in enumerate(self.names) if name and (names is None or name in names)]
        try:
            for batch in self._batches(wanted):
                if batch.num_rows:
                    yield {self.names[index]: _encoded(column) for index, column in zip(wanted, batch, strict=True)}
        except pa.ArrowException as error:
            raise LayoutChangedError("rows of as many cells as there are headings", str(error)[:300]) from error
        except (OSError, ValueError) as error:  # so pyarrow says that a page of a Parquet file makes no sense
            raise NotRecognisedError(f"a file that is damaged ({one_line(str(error), 120)})") from error


def csv_source(table: TextTable) -> Source:
    """A file of comma-separated values."""
    names = [" ".join(name.split()).casefold() for name in table.headings]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise LayoutChangedError("each heading once", f"{', '.join(map(repr, twice))} twice", where="headings")

    def batches(wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa
        from pyarrow import csv

        keyed = [f"{index}" for index in range(len(names))]
        return iter(
            csv.open_csv(
                table.path,
                csv.ReadOptions(
                    block_size=_BLOCK,
                    column_names=keyed,
                    skip_rows=1,
                    use_threads=False,  # bounded memory: no blocks read ahead
                    encoding="utf-8" if table.encoding == "utf-8-sig" else table.encoding,
                ),
                csv.ParseOptions(newlines_in_values=True),
                csv.ConvertOptions(
                    column_types={key: pa.dictionary(pa.int32(), pa.string()) for key in keyed},
                    strings_can_be_null=False,
                    include_columns=[keyed[index] for index in wanted],
                ),
            )
        )

    return Source(table.path, names, batches)


def parquet_names(path: Path) -> tuple[str, ...] | None:
    """The headings of a Parquet file, in lower case; None if it is none."""
    with path.open("rb") as stream:
        if stream.read(4) != b"PAR1":
            return None
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return tuple(" ".join(name.split()).casefold() for name in parquet.read_schema(path).names)
    except (pa.ArrowException, OSError, ValueError) as error:  # ValueError: a name that is no text
        raise NotRecognisedError(f"a Parquet file that is damaged ({one_line(str(error), 120)})") from error


def parquet_source(path: Path, names: Sequence[str]) -> Source:
    """A Parquet file with these headings, in this order."""
    from pyarrow import parquet

    metadata = parquet.read_metadata(path)  # `parquet_names` has read it before, so that it is sound
    for index in range(metadata.num_row_groups):
        if metadata.row_group(index).total_byte_size > _LARGEST_ROW_GROUP:
            raise NotRecognisedError(f"a Parquet file with row groups over {_LARGEST_ROW_GROUP >> 20} MB")

    arrow = parquet.read_schema(path)
    words = [name for name, kind in zip(arrow.names, arrow.types, strict=True) if str(kind).endswith("string")]

    def batches(wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
        with parquet.ParquetFile(path, read_dictionary=words) as file:
            columns = [file.schema_arrow.names[index] for index in wanted]
            yield from file.iter_batches(batch_size=_PARQUET_ROWS, columns=columns, use_threads=False)

    return Source(path, names, batches)


def _encoded(column: pa.Array) -> pa.DictionaryArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(column, pa.DictionaryArray) and not column.null_count:
        return column
    return pc.fill_null(pc.cast(column, pa.string()), "").dictionary_encode()


class Combinations:
    """Numbers the different combinations of some columns' cells, from 0, in the order in which they come."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.found: dict[tuple[str, ...], int] = {}

    def ids(self, batch: Batch, rows: int) -> pa.Array:
        """For each row of the batch the number of its combination (int32)."""
        import pyarrow as pa
        import pyarrow.compute as pc

        local = pa.array([0], pa.int64()).take(pa.nulls(rows, pa.int32()).fill_null(0))
        for name in self.names:
            column = batch[name]
            width = pa.scalar(max(len(column.dictionary), 1), pa.int64())
            joined = pc.add(pc.multiply(pc.cast(local, pa.int64()), width), pc.cast(column.indices, pa.int64()))
            local = joined.dictionary_encode().indices
        first = _first_rows(local)
        cells = [batch[name].take(first).cast(pa.string()).to_pylist() for name in self.names]
        numbers = [
            self.found.setdefault(tuple(cell.strip() for cell in row), len(self.found))
            for row in (zip(*cells, strict=True) if cells else [()])
        ]
        return pa.array(numbers, pa.int32()).take(local)


def _first_rows(ids: pa.Array) -> pa.Array:
    """The first row in which each id stands. The ids count up in the order in which they first come."""
    import pyarrow as pa
    import pyarrow.compute as pc

    highest = pc.cumulative_max(pc.cast(ids, pa.int64()))
    before = pa.concat_arrays([pa.array([-1], pa.int64()), highest[:-1]])
    return pc.indices_nonzero(pc.not_equal(highest, before))
