"""Observations out of a long table: columns that say which series, columns that say where and when, columns of figures.

What is common to Explore Education Statistics and LAIT: combinations of cells are numbered, each once looked up;
rows whose place is not known are left out and counted; a row that stands in the file twice is taken once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from joinedup.statistics.columnar import Batch, Combinations, Source
from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.observations import schema
from joinedup.statistics.values import parse_cells

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Point:
    """Where and when: what stands in an observation beside the measure and the value."""

    geography: str
    place: str
    period: str
    year: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why rows have no point; the names under which they are counted."""

    names: tuple[str, ...]


Resolve = Callable[[Mapping[str, str]], Point | LeftOut]
Chosen = Callable[[Batch], "pa.Array | None"]
"""Which rows of a batch are wanted (True), or None for all."""


class _Points:
    """Numbers each point, the same one for all spellings of a place."""

    def __init__(self, columns: Sequence[str], resolve: Resolve) -> None:
        self._raw = Combinations(columns)
        self._resolve = resolve
        self._numbers: dict[Point, int] = {}
        self._resolved: list[int | None] = []
        self._why: dict[int, LeftOut] = {}

    def ids(self, batch: Batch, rows: int, left_out: Counter[tuple[str, ...]] | None = None) -> pa.Array:
        """The number of each row's point, null where there is none; those rows are counted in `left_out`."""
        import pyarrow as pa

        raw = self._raw.ids(batch, rows)
        for cells in list(self._raw.found)[len(self._resolved) :]:
            found = self._resolve(dict(zip(self._raw.names, cells, strict=True)))
            if isinstance(found, LeftOut):
                self._why[len(self._resolved)] = found
                self._resolved.append(None)
            else:
                self._resolved.append(self._numbers.setdefault(found, len(self._numbers)))
        if left_out is not None and self._why:
            for item in raw.value_counts().to_pylist():
                if why := self._why.get(item["values"]):
                    left_out[why.names] += item["counts"]
        return pa.array(self._resolved, pa.int32()).take(raw)

    def columns(self) -> list[pa.Array]:
        """Geography, place, period and year of each point, by its number."""
        import pyarrow as pa

        found = list(self._numbers)
        return [
            pa.array([point.geography for point in found], pa.string()),
            pa.array([point.place for point in found], pa.string()),
            pa.array([point.period for point in found], pa.string()),
            pa.array([point.year for point in found], pa.int32()),
        ]


class LongTable:
    """A long table under one reading of its columns. `count()` first; then `series`, `rows`, `different` are known."""

    def __init__(
        self, source: Source, series: Sequence[str], point: Sequence[str], resolve: Resolve, chosen: Chosen
    ) -> None:
        self._source = source
        self._series = Combinations(series)
        self._point_names = tuple(point)
        self._points = _Points(point, resolve)
        self._chosen = chosen
        self._doubled: pa.Array | None = None
        self.left_out: Counter[tuple[str, ...]] = Counter()
        """Rows without a point, by the names of their `LeftOut`."""
        self.rows = 0
        """Rows with a point."""
        self.different = 0
        """Different pairs of series and point among them."""

    @property
    def series(self) -> list[tuple[str, ...]]:
        """The different combinations of the series' columns, by their number."""
        return list(self._series.found)

    def batches(self, names: Sequence[str] | None = None) -> Iterator[tuple[Batch, int]]:
        """Batches of the wanted rows, and how many these are; with `names` those columns and the keys alone."""
        import pyarrow as pa

        keys = (*self._series.names, *self._point_names)
        for batch in self._source.batches(None if names is None else (*names, *keys)):
            mask = self._chosen(batch)
            rows = len(next(iter(batch.values())))
            if mask is not None and mask.true_count < rows:
                rows = mask.true_count
                batch = {name: column.filter(mask) for name, column in batch.items()}
            if rows:
                blank = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([""]))
                yield {**dict.fromkeys(keys, blank), **batch}, rows

    def _keys(self, batch: Batch, rows: int, *, counting: bool = False) -> tuple[pa.Array, pa.Array, pa.Array]:
        """For each row the number of its series, of its point (null if none), and one number for both."""
        import pyarrow as pa
        import pyarrow.compute as pc

        series = self._series.ids(batch, rows)
        point = self._points.ids(batch, rows, self.left_out if counting else None)
        high = pc.multiply(pc.cast(point, pa.int64()), pa.scalar(1 << 32, pa.int64()))
        return series, point, pc.add(high, pc.cast(series, pa.int64()))

    def keys(self, names: Sequence[str] = ()) -> Iterator[tuple[pa.Array, Batch]]:
        """For each batch one number for series and point of each row that has a point, and those rows."""
        import pyarrow.compute as pc

        for batch, rows in self.batches(names):
            _, point, both = self._keys(batch, rows)
            known = pc.is_valid(point)
            yield both.filter(known), {name: batch[name].filter(known) for name in names}

    def count(self) -> None:
        """Number all combinations, count the rows and find those that series and point do not tell apart."""
        import pyarrow as pa
        import pyarrow.compute as pc

        keys: list[pa.Array] = []
        for batch, rows in self.batches(()):
            _, _, both = self._keys(batch, rows, counting=True)
            keys.append(both.drop_null())
        every = pa.chunked_array(keys, pa.int64())
        self.rows = len(every)
        self.different = pc.count_distinct(every).as_py()
        if self.different < self.rows:
            counts = every.value_counts()
            self._doubled = counts.field("values").filter(pc.greater(counts.field("counts"), 1))

    def observations(self, figures: Mapping[str, Sequence[str]]) -> Iterator[pa.RecordBatch]:
        """Every observation. `figures`: column of figures -> the measures' keys, by the number of the series."""
        import pyarrow as pa

        keys = {name: pa.array(each, pa.string()) for name, each in figures.items()}
        columns = self._points.columns()
        layout = schema()
        for batch, where, series, point in self._once(tuple(figures)):
            fixed = [column.take(point) for column in columns]
            for name, measures in keys.items():
                cells = batch[name].filter(where)
                parsed = parse_cells(cells.dictionary)
                if parsed.odd:
                    _refuse_unknown(cells, parsed.odd, name)
                yield pa.RecordBatch.from_arrays(
                    [
                        measures.take(series),
                        *fixed,
                        *(part.take(cells.indices) for part in (parsed.numbers, parsed.reasons, parsed.symbols)),
                    ],
                    schema=layout,
                )

    def _once(self, names: Sequence[str]) -> Iterator[tuple[Batch, pa.Array, pa.Array, pa.Array]]:
        """(batch, which of its rows count, the series and points of these): each key's first row, if it has a point."""
        import pyarrow.compute as pc

        seen: set[int] = set()
        for batch, rows in self.batches(names):
            series, point, both = self._keys(batch, rows)
            where = pc.is_valid(point)
            if self._doubled is not None:
                where = pc.and_(where, self._first(both, seen))
            yield batch, where, series.filter(where), point.filter(where)

    def _first(self, keys: pa.Array, seen: set[int]) -> pa.Array:
        """True for each row but those whose key came before."""
        import pyarrow as pa

        keep = [True] * len(keys)
        for row in self._suspects(keys):
            key = keys[row].as_py()
            keep[row] = key not in seen
            seen.add(key)
        return pa.array(keep)

    def _suspects(self, keys: pa.Array) -> list[int]:
        import pyarrow.compute as pc

        found: list[int] = pc.indices_nonzero(pc.fill_null(pc.is_in(keys, self._doubled), False)).to_pylist()
        return found

    def doubles(self, figures: Sequence[str]) -> tuple[str, ...]:
        """What is said of rows that stand in the file more than once."""
        if self._doubled is None:
            return ()
        first: dict[int, tuple[str, ...]] = {}
        same = other = 0
        for batch, rows in self.batches(figures):
            _, _, both = self._keys(batch, rows)
            for row in self._suspects(both):
                cells = tuple(batch[name][row].as_py().strip() for name in figures)
                known = first.setdefault(both[row].as_py(), cells)
                if known is not cells:
                    same, other = (same + 1, other) if known == cells else (same, other + 1)
        told = [f"{same} rows stand in the file a second time and are counted once"] if same else []
        if other:
            told.append(
                f"{other} rows give other figures for the same place, period and series as an earlier row; "
                "the earlier one is kept"
            )
        return tuple(told)


def _refuse_unknown(cells: pa.DictionaryArray, odd: Sequence[str], name: str) -> None:
    """Refuse if one of the texts really stands in these rows (a batch's dictionary also has those left out)."""
    used = {text.strip() for text in cells.unique().to_pylist()}
    for text in odd:
        if text in used:
            raise LayoutChangedError("a number or a known symbol", f"'{text}'", where=f"column '{name}'")
