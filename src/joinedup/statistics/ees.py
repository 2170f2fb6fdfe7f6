"""Any data file of DfE's Explore Education Statistics: tidy CSV, one row a place, period and set of filters.

Rows for England, regions and local authorities are kept; those for districts, schools, wards, constituencies and the
like are left out with a count. The file is read as a stream, three times or more: what its columns hold; whether the
filters tell the rows apart; then, each time that the observations are asked for, the observations themselves.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from joinedup.statistics import ees_columns
from joinedup.statistics.columnar import Batch, Combinations, Source, csv_source
from joinedup.statistics.ees_columns import KEPT_LEVELS, LEVEL, OTHER_LEVELS, PLACE, TIME, Profile, Split
from joinedup.statistics.ees_measures import SOURCE, fingerprint, measure
from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.long_table import LeftOut, LongTable, Point
from joinedup.statistics.model import Loaded, Measure
from joinedup.statistics.observations import Observations
from joinedup.statistics.periods import parse_period
from joinedup.statistics.places import Places, clean_code, region_code
from joinedup.statistics.text import TextTable
from joinedup.statistics.values import PLAIN_NUMBER

if TYPE_CHECKING:
    import pyarrow as pa

KIND = "ees"

_MANDATORY = (*TIME, LEVEL, "country_code", "country_name")
_MOST_MEASURES = 250_000
"""Series of one file: a bound on memory. DfE's largest files at these levels have some tens of thousands."""
_DECIDING_ROWS = 400_000
"""Rows by which a filter of numbers is told from an indicator."""
_DECIDING_COLUMNS = 16
_SURELY_MANY_PLACES = 10
"""Places from which it is no chance that a column has one value for each."""


def recognise(table: TextTable) -> bool:
    """Whether the headings are those of a tidy file: at least three of the five that each must have."""
    return len(set(_MANDATORY) & table.columns.keys()) >= 3


def load(table: TextTable) -> Loaded:
    """Measures and observations of one data file.

    A mandatory column that is missing, a period that is none, a symbol that is not known, no rows: LayoutChangedError.
    """
    missing = [name for name in _MANDATORY if name not in table.columns]
    if missing:
        raise LayoutChangedError("a column " + " and ".join(missing), "columns " + ", ".join(table.headings))
    file = _File(csv_source(table))
    profiles = file.profile()
    split, rows = _settle(file, profiles)
    if not split.indicators and rows.rows:
        raise _without_figures(file, profiles, table)
    measures = _measures(file, rows.series, split)
    keys = {name: [one.key for one in each] for name, each in measures.items()}
    return Loaded(
        kind=KIND,
        title=f"{SOURCE}: {', '.join(name.replace('_', ' ') for name in split.indicators[:4]) or 'no figures'}",
        measures=tuple(one for each in measures.values() for one in each),
        observations=Observations(rows.different * len(split.indicators), lambda: rows.observations(keys)),
        problems=(*file.problems(rows, profiles, split), *rows.doubles(split.indicators)),
    )


def _without_figures(file: _File, profiles: Mapping[str, Profile], table: TextTable) -> LayoutChangedError:
    """Why no column is left that could be one of figures: a word among them, rows that contradict each other, or none.

    Either makes the only column of figures look like one that tells the rows apart.
    """
    split, _ = ees_columns.first_split(profiles)
    for name in split.indicators:
        for word in profiles[name].words:
            return ees_columns.odd_cell(name, word)
    rows = file.table(split.filters)
    rows.count()
    if split.indicators and rows.different < rows.rows:
        return LayoutChangedError(
            "one row for each place, period and set of filters",
            f"{rows.rows - rows.different} of {rows.rows} rows that give other figures for what an earlier row told",
            where=f"column '{split.indicators[0]}'",
        )
    return LayoutChangedError("at least one column of figures", "columns " + ", ".join(table.headings))


def _settle(file: _File, profiles: Mapping[str, Profile]) -> tuple[Split, LongTable]:
    """Which columns are filters and which indicators, and the table read accordingly."""
    split, doubtful = ees_columns.first_split(profiles)
    rows = file.table(split.filters)
    rows.count()
    needed: tuple[str, ...] = ()
    if any(profiles[name].words for name in doubtful) or ees_columns.filters_are_missing(rows.rows, rows.different):
        needed = _needed(rows, ees_columns.label_columns(profiles, doubtful)[:_DECIDING_COLUMNS])
    settled = ees_columns.settle(split, needed, profiles)
    of_place = _of_place(rows, tuple(name for name in split.filters if len(profiles[name].words) > 1))
    settled = Split(tuple(name for name in settled.filters if name not in of_place), settled.indicators)
    if settled.filters != split.filters:
        rows = file.table(settled.filters)
        rows.count()
    return settled, rows


def _needed(rows: LongTable, doubtful: Sequence[str]) -> tuple[str, ...]:
    """The columns in doubt without which rows would not be told apart."""
    import pyarrow as pa
    import pyarrow.compute as pc

    labels = {name: Combinations((name,)) for name in doubtful}
    keys: list[pa.Array] = []
    values: dict[str, list[pa.Array]] = {name: [] for name in labels}
    for both, batch in rows.keys(doubtful):
        keys.append(both)
        for name, label in labels.items():
            values[name].append(label.ids(batch, len(both)))
        if sum(map(len, keys)) >= _DECIDING_ROWS:
            break
    key = pa.chunked_array(keys, pa.int64()).combine_chunks()
    found: list[str] = []
    for name, label in labels.items():
        groups = pc.count_distinct(key).as_py()
        if not ees_columns.filters_are_missing(len(key), groups):
            break
        joined = _pair(key, pa.chunked_array(values[name], pa.int32()).combine_chunks())
        finer = pc.count_distinct(joined).as_py()
        if finer > groups and ees_columns.is_label(len(key), groups, len(label.found)):
            found.append(name)
            key = joined
    return tuple(found)


def _of_place(rows: LongTable, filters: Sequence[str]) -> frozenset[str]:
    """Columns that say something of the place alone (a kind of council), and so are no filters.

    A filter has several values for at least one place; most show it within the first rows.
    """
    where = (LEVEL, *PLACE)
    places = Combinations(where)
    left = {name: Combinations((*where, name)) for name in filters}
    for batch, count in rows.batches(filters):
        if not left:
            break
        places.ids(batch, count)
        for name, pairs in list(left.items()):
            pairs.ids(batch, count)
            if len(pairs.found) > len(places.found):
                del left[name]
    return frozenset(left) if len(places.found) >= _SURELY_MANY_PLACES else frozenset()


def _pair(key: pa.Array, label: pa.Array) -> pa.Array:
    """One number for each pair, without running out of 64 bits: the keys are numbered anew first."""
    import pyarrow as pa
    import pyarrow.compute as pc

    compact = pc.cast(key.dictionary_encode().indices, pa.int64())
    return pc.add(pc.multiply(compact, pa.scalar(1 << 20, pa.int64())), pc.cast(label, pa.int64()))


class _File:
    """One data file and what was counted in it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._candidates = tuple(n for n in source.names if n and n not in ees_columns.LOCATIONS and n not in TIME)
        self._places = Places()
        self._levels: Counter[str] = Counter()
        self.data_set = fingerprint(self._candidates)
        self.percent: set[str] = set()
        """Columns whose cells print "%"."""

    def table(self, filters: Sequence[str]) -> LongTable:
        """The rows of the levels that are kept, with these columns as filters."""
        return LongTable(self._source, filters, (LEVEL, *PLACE, *TIME), self._point, _kept)

    def profile(self) -> dict[str, Profile]:
        """What each column that is neither time nor place holds, over the rows that are kept."""
        profiles = {name: Profile() for name in self._candidates}
        for batch in self._source.batches():
            for item in batch[LEVEL].value_counts().to_pylist():
                self._levels[item["values"].strip()] += item["counts"]
            mask = _kept(batch)
            for name, profile in profiles.items():
                _profile(batch[name].filter(mask), profile, self.percent, name)
        if not any(level.casefold() in KEPT_LEVELS or level.casefold() in OTHER_LEVELS for level in self._levels):
            raise LayoutChangedError(
                "rows at geographic level National, Regional or Local authority",
                ", ".join(sorted(self._levels)[:10]) or "no rows",
            )
        return profiles

    def _point(self, named: Mapping[str, str]) -> Point | LeftOut:
        period = parse_period(named["time_period"], named["time_identifier"])
        geography = KEPT_LEVELS[named[LEVEL].casefold()]
        if geography == "area":
            # A reporting year ends on 31 March; a change of 1 April first shows in the year after (children in need).
            codes = named["new_la_code"], named["old_la_code"], named["la_name"]
            place = self._places.find(*codes, on=dt.date(period.year, 3, 31))
            return LeftOut(codes) if place is None else Point(geography, place, period.label, period.year)
        code = clean_code(named["country_code"])
        if geography == "region":
            code = clean_code(named["region_code"]) or region_code(named["region_name"]) or ""
        if not code:
            return LeftOut((named[LEVEL], named["region_name"]))
        return Point(geography, code, period.label, period.year)

    def problems(self, rows: LongTable, profiles: Mapping[str, Profile], split: Split) -> tuple[str, ...]:
        """What was left out: rows of levels that are not kept or places that are not known, columns not read."""
        for names, count in rows.left_out.items():
            self._places.left_out(*names, rows=count)
        skipped = [
            f"{count} rows at geographic level '{level}' left out"
            for level, count in sorted(self._levels.items())
            if level.casefold() not in KEPT_LEVELS
        ]
        unread = [
            f"column '{name}' {'is blank' if seen.blank else 'says something of the place alone'}: not read"
            for name, seen in profiles.items()
            if rows.rows and name not in split.filters and name not in split.indicators
        ]
        return (*skipped, *self._places.problems(), *unread)


def _kept(batch: Batch) -> pa.Array:
    """Which rows are at a level that is kept."""
    import pyarrow as pa

    level = batch[LEVEL]
    wanted = [text.strip().casefold() in KEPT_LEVELS for text in level.dictionary.to_pylist()]
    return pa.array(wanted, pa.bool_()).take(level.indices)


def _profile(column: pa.DictionaryArray, profile: Profile, percent: set[str], name: str) -> None:
    """Add one batch's cells: plain numbers by the column, all else one different text at a time."""
    import pyarrow as pa
    import pyarrow.compute as pc

    seen = column.indices.value_counts()
    texts = pc.utf8_trim_whitespace(column.dictionary.take(seen.field("values")))
    counts = seen.field("counts")
    plain = pc.match_substring_regex(texts, PLAIN_NUMBER)
    whole = pc.match_substring_regex(texts, "^[0-9]+$")
    numbers = pc.sum(counts.filter(plain)).as_py() or 0
    labels = texts.filter(whole) if profile.values is not None else pa.array([], pa.string())
    profile.add_plain(
        (text.as_py() for text in labels),
        numbers=numbers,
        decimals=numbers - (pc.sum(counts.filter(whole)).as_py() or 0),
    )
    rest = pc.invert(plain)
    for text, count in zip(texts.filter(rest).to_pylist(), counts.filter(rest).to_pylist(), strict=True):
        profile.add(text, count)
        if text.endswith("%"):
            percent.add(name)


def _measures(file: _File, combinations: Sequence[tuple[str, ...]], split: Split) -> dict[str, list[Measure]]:
    """For each indicator its series, in the order of the combinations' numbers."""
    count = len(combinations) * len(split.indicators)
    if count > _MOST_MEASURES:
        raise LayoutChangedError(
            f"at most {_MOST_MEASURES} series (indicators times combinations of filters)", str(count)
        )
    dimensions = [
        tuple((name, value) for name, value in zip(split.filters, values, strict=True) if value)
        for values in combinations
    ]
    return {
        name: [measure(file.data_set, name, each, percent=name in file.percent) for each in dimensions]
        for name in split.indicators
    }
