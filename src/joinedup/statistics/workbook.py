"""Spreadsheets (ODS, XLSX) as rows of cells, with a bound on what an unpacked file may hold.

A spreadsheet is a zip of XML. A few kilobytes can unpack to gigabytes, or say "repeat this cell a million times": what
stands inside is therefore counted, streaming, before the real reader (calamine) is allowed to build it in memory.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from joinedup.statistics.errors import LayoutChangedError, NotRecognisedError

MOST_BYTES = 512 * 1024 * 1024
"""Unpacked bytes of all XML together. Ofsted's largest file (all children's homes, 2023) has 40 million."""
MOST_CELLS = 4_000_000
"""Cells of the rectangle that each sheet spans, summed. Ofsted's largest file spans 0.4 million."""
_BLOCK = 1 << 20

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. `rows[0]` is the sheet's first row, blank ones included, so that row numbers can be told."""

    name: str
    rows: Sequence[Row]


def is_spreadsheet(path: Path) -> bool:
    """Whether the file is an OpenDocument or Office Open XML spreadsheet, by what the zip holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "content.xml" in names or "xl/workbook.xml" in names


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Every worksheet's rows. Broken or oversized: NotRecognisedError."""
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    _check_size(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return tuple(
            Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        )
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise NotRecognisedError(f"a spreadsheet that cannot be read ({error})") from error


def _check_size(path: Path) -> None:
    budget = _Budget()
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if not entry.filename.endswith(".xml"):
                    continue
                if entry.flag_bits & 0x1:
                    raise NotRecognisedError("a spreadsheet protected by a password; save it without one")
                with archive.open(entry) as stream:
                    _count(entry.filename, stream, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, expat.ExpatError) as error:
        raise NotRecognisedError(f"a spreadsheet that is damaged ({error})") from error


class _Budget:
    """What has been unpacked so far; over the bound it refuses."""

    def __init__(self) -> None:
        self.bytes = 0
        self.cells = 0

    def unpack(self, count: int) -> None:
        self.bytes += count
        if self.bytes > MOST_BYTES:
            raise NotRecognisedError(f"a spreadsheet that unpacks to more than {MOST_BYTES >> 20} MB")

    def span(self, rows: int, columns: int) -> None:
        self.cells += rows * columns
        if self.cells > MOST_CELLS:
            raise NotRecognisedError(f"a spreadsheet that spans more than {MOST_CELLS} cells")


def _count(name: str, stream: IO[bytes], budget: _Budget) -> None:
    """Stream one XML part through the budget, counting the cells of those parts that hold cells."""
    counter: _OdsCells | _XlsxCells | None = None
    if name == "content.xml":
        counter = _OdsCells(budget)
    elif name.startswith("xl/worksheets/"):
        counter = _XlsxCells(budget)
    parser = expat.ParserCreate(namespace_separator=" ")
    if counter is not None:
        parser.StartElementHandler = counter.start
        parser.EndElementHandler = counter.end
    while block := stream.read(_BLOCK):
        budget.unpack(len(block))
        if counter is not None:
            parser.Parse(block, False)
    if counter is not None:
        parser.Parse(b"", True)


class _OdsCells:
    """The rectangle that each table's cells with a value span, repeats included, as the reader will build it."""

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget
        self._rows = self._width = self._row = self._column = self._filled = self._repeat = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "table":
            self._rows = self._width = self._row = 0
        elif tag == "table-row":
            self._column = self._filled = 0
            self._repeat = _repeated(attributes, "number-rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._column += _repeated(attributes, "number-columns-repeated")
            if any(key.endswith(" value-type") for key in attributes):
                self._filled = self._column

    def end(self, name: str) -> None:
        if name.endswith(" table-row"):
            self._row += self._repeat
            if self._filled:
                self._rows = self._row
                self._width = max(self._width, self._filled)
        elif name.endswith(" table"):
            self._budget.span(self._rows, self._width)


def _repeated(attributes: Mapping[str, str], attribute: str) -> int:
    for key, value in attributes.items():
        if key.endswith(attribute):
            return int(value) if value.isdecimal() and len(value) < 10 else 10**9
    return 1


class _XlsxCells:
    """The rectangle from the sheet's first to its last cell."""

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget
        self._rows = self._width = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.endswith(" c") and "r" in attributes:
            letters = attributes["r"].rstrip("0123456789")
            digits = attributes["r"][len(letters) :]
            self._width = max(self._width, _column_number(letters))
            self._rows = max(self._rows, int(digits) if digits and len(digits) < 10 else 10**9)

    def end(self, name: str) -> None:
        if name.endswith(" sheetData"):
            self._budget.span(self._rows, self._width)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + ord(letter) - 64
    return max(number, 1)


def heading(cell: object) -> str:
    """A heading as it is compared: one line, lower case, no "the" in front, no space at the ends."""
    words = " ".join(str(cell if cell is not None else "").split()).casefold()
    return words.removeprefix("the ")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a row of headings, down to the first blank row. `columns` maps a heading to its column's index."""

    sheet: str
    columns: Mapping[str, int]
    first_row: int
    rows: Sequence[Row]

    def records(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """(where it stands, heading -> cell) for each row."""
        for number, row in enumerate(self.rows, self.first_row):
            yield f"{self.sheet}, row {number}", {name: row[index] for name, index in self.columns.items()}


def table_at(sheet: Sheet, index: int) -> Table:
    """The table whose headings stand in row `index` (from 0). A heading given twice: LayoutChangedError."""
    columns: dict[str, int] = {}
    for position, cell in enumerate(sheet.rows[index]):
        name = heading(cell)
        if name in columns:
            raise LayoutChangedError("each heading once", f"'{name}' twice", where=f"{sheet.name}, row {index + 1}")
        if name:
            columns[name] = position
    rows: list[Row] = []
    for row in sheet.rows[index + 1 :]:
        if not any(str(cell).strip() for cell in row if cell is not None):
            break
        rows.append(row)
    return Table(sheet.name, columns, index + 2, rows)
