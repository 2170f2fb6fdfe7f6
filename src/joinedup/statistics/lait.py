"""LAIT's long file (DfE's local authority interactive tool), as Parquet or CSV, and its dictionary of measures.

One row a measure, period and place; the short description is the measure's name in both files, so that either may
come first: both give measures under the same key, and `merge_measures` puts them together. "-" is LAIT's one word
for every reason why there is no figure, so that nothing more than "missing" can be said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from joinedup.statistics.columnar import Combinations, Source
from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.long_table import LeftOut, LongTable, Point
from joinedup.statistics.model import Loaded, Measure, Polarity
from joinedup.statistics.observations import Observations
from joinedup.statistics.periods import parse_lait_period
from joinedup.statistics.places import ENGLAND, Places, clean_code, region_code
from joinedup.statistics.text import TextTable

KIND = "lait"
DICTIONARY = "lait-dictionary"
SOURCE = "DfE, Local authority interactive tool (LAIT)"

_COLUMNS = ("short desc", "data item", "years", "la and regions", "values", "la number", "region")
_KEY = "short desc"
_FIGURES = "values"
_FIRST_REGION = 980
_DICTIONARY_COLUMNS = ("measure_short", "measure", "topic", "polarity", "y_axis_name", "description")
_POLARITY: dict[str, Polarity] = {"high": "high", "low": "low"}
_ABSENT = {"", "na", "-"}


def is_long_file(names: Sequence[str]) -> bool:
    """Whether the headings are the long file's, one or two renamed at most."""
    return len({*_COLUMNS} & {*names}) >= len(_COLUMNS) - 2


def is_dictionary(table: TextTable) -> bool:
    """Whether the headings are the dictionary's, one or two renamed at most."""
    return len({*_DICTIONARY_COLUMNS} & table.columns.keys()) >= len(_DICTIONARY_COLUMNS) - 2


def load_long(source: Source) -> Loaded:
    """Measures and observations. A period that is none beside a figure, an unknown symbol: LayoutChangedError."""
    _check(source.names, (_KEY, "data item", "years", "la and regions", _FIGURES, "la number"))
    places = Places()
    rows = LongTable(
        source, (_KEY,), ("la number", "la and regions", "years"), lambda named: _point(named, places), lambda _: None
    )
    rows.count()
    if not rows.rows:
        raise LayoutChangedError("at least one row", "none")
    periods = _leave_out(rows, places)
    titles = _titles(source)
    measures = tuple(Measure(measure_key(short), titles.get(short) or short, SOURCE) for (short,) in rows.series)
    keys = {_FIGURES: [one.key for one in measures]}
    for _ in rows.observations(keys):
        pass  # a symbol that is not known must refuse the file now, before anything of it is taken
    return Loaded(
        kind=KIND,
        title=SOURCE,
        measures=measures,
        observations=Observations(rows.different, lambda: rows.observations(keys)),
        problems=(*places.problems(), *periods, *rows.doubles((_FIGURES,))),
    )


def load_dictionary(table: TextTable) -> Loaded:
    """The measures with topic, unit, polarity and description; no observations.

    A measure that is listed under two topics (absence of children in need) is taken as it first stands.
    """
    _check(tuple(table.columns), _DICTIONARY_COLUMNS)
    measures: dict[str, Measure] = {}
    for line, cells in table.records():
        short = cells["measure_short"]
        if not short:
            raise LayoutChangedError("a short name for each measure", "a blank", where=f"line {line}")
        polarity = cells["polarity"].casefold()
        if polarity not in _POLARITY and polarity not in _ABSENT:
            raise LayoutChangedError("polarity High, Low or none", f"'{cells['polarity']}'", where=f"line {line}")
        key = measure_key(short)
        measures.setdefault(
            key,
            Measure(
                key,
                _given(cells["measure"]) or short,
                SOURCE,
                unit=_given(cells["y_axis_name"]),
                polarity=_POLARITY.get(polarity),
                topic=_given(cells["topic"]),
                description=_given(cells["description"]),
            ),
        )
    if not measures:
        raise LayoutChangedError("at least one measure", "none")
    return Loaded(kind=DICTIONARY, title=f"{SOURCE}: dictionary of measures", measures=tuple(measures.values()))


def measure_key(short: str) -> str:
    """The key of a measure by its short description, as both files print it."""
    return f"lait/{' '.join(short.split())}"


def _check(names: Sequence[str], expected: Sequence[str]) -> None:
    missing = [name for name in expected if name not in names]
    if missing:
        raise LayoutChangedError("a column " + " and ".join(map(repr, missing)), "columns " + ", ".join(names))


def _given(text: str) -> str | None:
    words = " ".join(text.split())
    return None if words.casefold() in _ABSENT else words


def _point(named: Mapping[str, str], places: Places) -> Point | LeftOut:
    number, name = clean_code(named["la number"]), named["la and regions"]
    period = parse_lait_period(named["years"])
    if period is None:
        return LeftOut(("period", named["years"]))
    if name.casefold() == "england":
        return Point("country", ENGLAND, period.label, period.year)
    region = region_code(name)
    if region is not None and (not number.isdecimal() or int(number) >= _FIRST_REGION):
        return Point("region", region, period.label, period.year)
    place = places.find(number, name, on=dt.date(period.year, 3, 31))
    return LeftOut((number, name)) if place is None else Point("area", place, period.label, period.year)


def _leave_out(rows: LongTable, places: Places) -> list[str]:
    """Count the rows of places that are not known; say of rows without a period how many they are."""
    told = []
    for names, count in rows.left_out.items():
        if names[0] == "period":
            told.append(f"{count} rows of the period '{names[1]}', which is none, left out")
        else:
            places.left_out(*names, rows=count)
    return told


def _titles(source: Source) -> dict[str, str]:
    """Short description -> the longer one, where some row gives it (in many rows it is blank)."""
    pairs = Combinations((_KEY, "data item"))
    for batch in source.batches(pairs.names):
        pairs.ids(batch, len(batch[_KEY]))
    titles: dict[str, str] = {}
    for short, item in pairs.found:
        title = _given(item)
        if title is not None:
            titles.setdefault(short, title)
    return titles
