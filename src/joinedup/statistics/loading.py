"""Which loader a file belongs to, told by what it holds, and the way in for every later room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from joinedup.statistics import inspections_list, neighbours, ofsted_outcomes
from joinedup.statistics.errors import NotRecognisedError
from joinedup.statistics.model import Loaded
from joinedup.statistics.text import TextTable, check_text, peek
from joinedup.statistics.workbook import is_spreadsheet, read_sheets


class _TextLoader(Protocol):
    """What a module that reads one kind of text table offers."""

    KIND: str

    def recognise(self, table: TextTable) -> bool: ...

    def load(self, table: TextTable) -> Loaded: ...


_TEXT_LOADERS: tuple[_TextLoader, ...] = (inspections_list, neighbours)
_KNOWN = (
    "Ofsted's local authority outcomes or underlying data (ODS, XLSX), a list of inspections, statistical neighbours"
)


def recognise(path: str | Path) -> str | None:
    """The kind of statistics file, by its content; None if it is none that we know. Never by its name.

    A file that is recognised may still be refused by `load`, if its layout has changed.
    """
    path = Path(path)
    try:
        if is_spreadsheet(path):
            return ofsted_outcomes.recognise(read_sheets(path))
    except NotRecognisedError:
        return None
    table = peek(path)
    return None if table is None else _text_kind(table)


def load(path: str | Path) -> Loaded:
    """Everything that one official statistics file says.

    Raises NotRecognisedError for a file that no loader knows, LayoutChangedError for one that is known but laid out
    in another way than expected, OSError where it cannot be opened. Nothing is taken from a file that is refused.
    """
    path = Path(path)
    if is_spreadsheet(path):
        sheets = read_sheets(path)
        if ofsted_outcomes.recognise(sheets) is None:
            raise NotRecognisedError(f"a spreadsheet that holds none of: {_KNOWN}")
        return ofsted_outcomes.load(sheets)
    encoding = check_text(path)
    table = peek(path)
    if table is not None:
        table = replace(table, encoding=encoding)
        for loader in _TEXT_LOADERS:
            if loader.recognise(table):
                return loader.load(table)
    raise NotRecognisedError(f"not a statistics file that is known; looked for: {_KNOWN}")


def _text_kind(table: TextTable) -> str | None:
    return next((loader.KIND for loader in _TEXT_LOADERS if loader.recognise(table)), None)
