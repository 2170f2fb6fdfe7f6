"""Which loader a file belongs to, told by what it holds, and the way in for every later room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from joinedup.statistics import area_codes, ees, inspections_list, lait, neighbours, ofsted_outcomes, youth_justice
from joinedup.statistics.columnar import csv_source, parquet_names, parquet_source
from joinedup.statistics.errors import NotRecognisedError
from joinedup.statistics.model import Loaded
from joinedup.statistics.text import TextTable, check_text, peek
from joinedup.statistics.workbook import is_spreadsheet, read_sheets


@dataclass(frozen=True, slots=True)
class _TextLoader:
    """One kind of file of comma-separated values. `recognise` sees the headings alone."""

    kind: str
    what: str
    recognise: Callable[[TextTable], bool]
    load: Callable[[TextTable], Loaded]


_TEXT_LOADERS = (
    _TextLoader(ees.KIND, "Explore Education Statistics data", ees.recognise, ees.load),
    _TextLoader(
        lait.KIND,
        "LAIT's long file",
        lambda table: lait.is_long_file(tuple(table.columns)),
        lambda table: lait.load_long(csv_source(table)),
    ),
    _TextLoader(lait.DICTIONARY, "LAIT's dictionary", lait.is_dictionary, lait.load_dictionary),
    _TextLoader(inspections_list.KIND, "a list of inspections", inspections_list.recognise, inspections_list.load),
    _TextLoader(neighbours.KIND, "statistical neighbours", neighbours.recognise, neighbours.load),
    _TextLoader(youth_justice.KIND, "youth justice inspection ratings", youth_justice.recognise, youth_justice.load),
    _TextLoader(area_codes.KIND, "a look-up of area codes", area_codes.recognise, area_codes.load),
)
_LOOKED_FOR = (
    "Ofsted's local authority outcomes or underlying data (ODS, XLSX), LAIT's long file (Parquet), "
    + ", ".join(f"{loader.what} (CSV)" for loader in _TEXT_LOADERS)
)


def recognise(path: str | Path) -> str | None:
    """The kind of statistics file, by its content; None if it is none that we know. Never by its name.

    A file that is recognised may still be refused by `load`, if its layout has changed.
    """
    path = Path(path)
    try:
        if is_spreadsheet(path):
            return ofsted_outcomes.recognise(read_sheets(path))
        names = parquet_names(path)
        if names is not None:
            return lait.KIND if lait.is_long_file(names) else None
    except NotRecognisedError:
        return None
    table = peek(path)
    loader = None if table is None else _text_loader(table)
    return None if loader is None else loader.kind


def load(path: str | Path) -> Loaded:
    """Everything that one official statistics file says.

    Raises NotRecognisedError for a file that no loader knows, LayoutChangedError for one that is known but laid out
    in another way than expected, OSError where it cannot be opened. Nothing is taken from a file that is refused.
    """
    path = Path(path)
    if is_spreadsheet(path):
        sheets = read_sheets(path)
        if ofsted_outcomes.recognise(sheets) is not None:
            return ofsted_outcomes.load(sheets)
        raise _not_recognised()
    names = parquet_names(path)
    if names is not None:
        if lait.is_long_file(names):
            return lait.load_long(parquet_source(path, names))
        raise _not_recognised()
    encoding = check_text(path)
    table = peek(path)
    loader = None if table is None else _text_loader(table)
    if table is None or loader is None:
        raise _not_recognised()
    return loader.load(replace(table, encoding=encoding))


def _text_loader(table: TextTable) -> _TextLoader | None:
    return next((loader for loader in _TEXT_LOADERS if loader.recognise(table)), None)


def _not_recognised() -> NotRecognisedError:
    return NotRecognisedError(f"not a statistics file that is known; looked for: {_LOOKED_FOR}")
