"""Spreadsheets (ODS, XLSX) as rows of cells, read only after their unpacked size has been bounded."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from joinedup.statistics.errors import LayoutChangedError, NotRecognisedError
from joinedup.statistics.workbook_bounds import check_bounds

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

HEAD = 20
"""Rows at the top of a sheet among which a table's headings may stand, below a title and notes."""

Row = Sequence[object]


class Sheet:
    """One worksheet. Row 0 is the sheet's first row, blank ones included, so that row numbers can be told."""

    def __init__(self, name: str, workbook: CalamineWorkbook) -> None:
        self.name = name
        self._workbook = workbook

    @cached_property
    def head(self) -> Sequence[Row]:
        """The first `HEAD` rows: enough to tell what the sheet is, without building all of a large one."""
        return self._workbook.get_sheet_by_name(self.name).to_python(skip_empty_area=False, nrows=HEAD)

    @cached_property
    def rows(self) -> Sequence[Row]:
        """All rows."""
        return self._workbook.get_sheet_by_name(self.name).to_python(skip_empty_area=False)


def is_spreadsheet(path: Path) -> bool:
    """Whether the file is an OpenDocument or Office Open XML spreadsheet, by what the zip holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return "content.xml" in names or "xl/workbook.xml" in names


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Every worksheet. Broken or oversized: NotRecognisedError."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, ZipError

    check_bounds(path)
    try:
        with path.open("rb") as stream:  # given a path, calamine would go by the file's extension
            workbook = CalamineWorkbook.from_filelike(stream)
        sheets = tuple(
            Sheet(one.name, workbook) for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet
        )
        for sheet in sheets:
            _ = sheet.head  # a sheet that cannot be read refuses the file here
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise NotRecognisedError(f"a spreadsheet that cannot be read ({error}); download it again") from error
    return sheets


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
