"""A table that people filled in, CSV or XLSX, as rows of texts by their columns.

What spreadsheet programs do to a file on the way is undone: another sign between the cells, another encoding or one
that marks itself, other line ends, spaces that do not break, "true" in place of a word, an apostrophe that kept a text
from being taken for a formula. A real formula is told as such: what it came to is nobody's word.

Nothing is believed of the file: it may have come over the web. How large it is, and what it would unpack to, is looked
at before it is read.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from joinedup.errors import JoinedupError
from joinedup.statistics.errors import NotRecognisedError
from joinedup.statistics.text import check_text
from joinedup.statistics.workbook import read_sheets
from joinedup.statistics.workbook_formulas import formula_cells

LARGEST = 8 << 20
"""Bytes of a file. Five thousand statements with all that stands beside them are 5 MB of CSV."""
MOST_UNPACKED = 64 << 20
"""Bytes of all parts of an XLSX file."""
MOST_ROWS = 5_000
"""Rows below the headings."""

_BETWEEN = (",", ";", "\t")
"""What spreadsheet programs put between the cells of a CSV file; which one depends on the language they speak."""
_SIGNS = "=+-@\t\r"
"""What a text begins with that is written with an apostrophe before it (`joinedup.documents.spreadsheets`)."""

_Cells = Sequence[tuple[str, bool]]
"""The cells of a row: the text of each, and whether a formula made it."""


class NotFilledInError(JoinedupError):
    """The file is no table of the kind that was to be filled in, or too large."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something. `number` is what spreadsheet programs call it: the headings are row 1. `cells` has
    a text for each column of the file, empty where there is none; `formulas` the columns that hold one."""

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()


def read_rows(path: Path, columns: Collection[str], needed: Collection[str]) -> list[Row]:
    """The rows of a file whose headings are some of `columns`, all of `needed` among them, in any order and case.

    Raises NotFilledInError.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise NotFilledInError(f"The file is larger than {LARGEST >> 20} MB.")
        rows = _read(path, columns)
        headings = next(rows, (0, []))[1]
        placed = _placed([text for text, _ in headings], columns, needed)
        found: list[Row] = []
        for number, cells in rows:
            if any(text for text, _ in cells):
                found.append(_row(number, cells, placed))
            if len(found) > MOST_ROWS:
                raise NotFilledInError(f"The table has more than {MOST_ROWS:,} rows: send it in parts.")
    except NotRecognisedError as error:
        raise NotFilledInError(f"This is no CSV or XLSX file that can be read: {error}.") from error
    except csv.Error as error:
        raise NotFilledInError(f"This is no CSV file that can be read: {error}.") from error
    except OSError as error:
        raise NotFilledInError(f"The file cannot be read: {error.strerror}.") from error
    return found


def _row(number: int, cells: _Cells, placed: dict[str, int]) -> Row:
    beyond = next((at for at, (text, _) in enumerate(cells) if text and at not in placed.values()), None)
    if beyond is not None:
        raise NotFilledInError(
            f"Row {number} has {cells[beyond][0][:40]!r} in its cell {beyond + 1}, a column without a heading: "
            "give it none, or none of its own."
        )
    held = {name: cells[at] if at < len(cells) else ("", False) for name, at in placed.items()}
    formulas = tuple(name for name, (_, formula) in held.items() if formula)
    return Row(number, {name: text for name, (text, _) in held.items()}, formulas)


def _placed(headings: Sequence[str], columns: Collection[str], needed: Collection[str]) -> dict[str, int]:
    """Which cell each column's is."""
    known = {_plain(name): name for name in columns}
    placed: dict[str, int] = {}
    for at, heading in enumerate(headings):
        if not heading:
            continue
        name = known.get(_plain(heading))
        if name is None:
            raise NotFilledInError(
                f"There is no column {heading[:40]!r} in this table. There is: {', '.join(columns)}. Delete any other."
            )
        if name in placed:
            raise NotFilledInError(f"The table has the column {name} twice.")
        placed[name] = at
    if missing := [name for name in needed if name not in placed]:
        raise NotFilledInError(
            f"The table has no column {', '.join(missing)}. Its first row must be the headings as they were written."
        )
    return placed


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").replace("-", " ").split()).casefold()


def _read(path: Path, columns: Collection[str]) -> Iterator[tuple[int, _Cells]]:
    """Every row with its number, from 1, the first being the headings."""
    with path.open("rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    return _of_workbook(path, columns) if zipped else _of_text(path, columns)


def _of_text(path: Path, columns: Collection[str]) -> Iterator[tuple[int, _Cells]]:
    text = path.read_bytes().decode(check_text(path))
    first = next(iter(text.splitlines()), "")

    def known(sign: str) -> int:
        return _known(next(csv.reader([first], delimiter=sign), []), columns)

    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_BETWEEN, key=known))
    for number, cells in enumerate(reader, 1):
        yield number, [(_unmarked(_text(cell)), cell.lstrip().startswith("=")) for cell in cells]


def _unmarked(text: str) -> str:
    """A text without the apostrophe that kept it from being taken for a formula."""
    return text[1:] if text.startswith("'") and text[1:2] in tuple(_SIGNS) else text


def _of_workbook(path: Path, columns: Collection[str]) -> Iterator[tuple[int, _Cells]]:
    _check_size(path)
    sheets = read_sheets(path)
    if not sheets:
        raise NotRecognisedError("a spreadsheet without a sheet")
    # People add sheets of their own, before it or after.
    sheet = max(sheets, key=lambda one: _known(map(_text, one.head[0] if one.head else ()), columns))
    formulas = formula_cells(path, sheet.name)
    for at, cells in enumerate(sheet.rows):
        yield at + 1, [(_text(cell), (at, column) in formulas) for column, cell in enumerate(cells)]


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotRecognisedError(f"a spreadsheet that is damaged ({error}); save it again") from error
    if not any(one.filename == "xl/workbook.xml" for one in entries):
        raise NotRecognisedError("a zip archive, but no XLSX file; save the table as XLSX or CSV")
    # What an entry says of itself may be a lie; then reading it, which is bounded too, fails.
    if sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise NotRecognisedError(f"a spreadsheet that unpacks to more than {MOST_UNPACKED >> 20} MB")


def _known(headings: Iterable[str], columns: Collection[str]) -> int:
    """How many of the headings are columns."""
    plain = {_plain(name) for name in columns}
    return sum(_plain(each) in plain for each in headings)


def _text(cell: object) -> str:
    """A cell's words on one line; a whole number without a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join("".join(each if each.isprintable() else " " for each in str(cell)).split())
