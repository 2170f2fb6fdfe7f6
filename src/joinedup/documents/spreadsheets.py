"""A table as a file that people open in a spreadsheet or load into other tools: CSV, XLSX, Parquet.

A report's words may begin with a sign that a spreadsheet takes for a formula ("=", "+", "-", "@"). In XLSX every text
is written as text, whatever it begins with. CSV has no types: there such a text gets an apostrophe before it, which
spreadsheets know as "this is text". Numbers stay numbers. Parquet holds every value as it is.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import IO, Any

Rows = Sequence[Mapping[str, Any]]

_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (8, 60)
"""The narrowest and the widest column, in characters."""

MOST_IN_A_CELL = 32_767
"""The longest text that XLSX allows in a cell; a longer one is cut there."""


def write_csv(file: IO[bytes], rows: Rows, columns: Sequence[str]) -> None:
    """Write rows as CSV in UTF-8 with a header line, also where there are none."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([safe_cell(row[name]) for name in columns] for row in rows)
    text.detach()


def write_xlsx(file: IO[bytes], rows: Rows, columns: Sequence[str], explained: Mapping[str, str] | None = None) -> None:
    """Write rows as one sheet with a header that stays in sight and filters; what columns mean, where it is given, as a
    second."""
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        _add_sheet(book, rows, columns)
        if explained:
            meanings = [{"column": name, "meaning": meaning} for name, meaning in explained.items()]
            _add_sheet(book, meanings, ("column", "meaning"), "Columns")


def _add_sheet(book: Any, rows: Rows, columns: Sequence[str], name: str | None = None) -> None:
    sheet = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column, bold)
        longest = max((len(str(row[column])) for row in rows if row[column] is not None), default=0)
        sheet.set_column(number, number, min(max(longest, len(column), _WIDTHS[0]), _WIDTHS[1]), wrapped)
    for line, row in enumerate(rows, start=1):
        for number, column in enumerate(columns):
            _write_cell(sheet, line, number, row[column])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def write_parquet(file: IO[bytes], rows: Rows, columns: Sequence[str]) -> None:
    """Write rows as Parquet; each column has the same type in every file, also in one without rows."""
    import pyarrow.parquet

    from joinedup.record.columns import answer_table

    pyarrow.parquet.write_table(answer_table(rows, columns), file)


WRITERS: Mapping[str, Callable[[IO[bytes], Rows, Sequence[str]], None]] = MappingProxyType(
    {"csv": write_csv, "xlsx": write_xlsx, "parquet": write_parquet}
)
"""The writer of each format, by the ending of its files."""


def write_to_fill_in(file: IO[bytes], ending: str, rows: Rows, columns: Mapping[str, str]) -> None:
    """Write rows for people to go on with, as CSV or XLSX, which also has what each column means.

    CSV begins with the mark of UTF-8 here: Excel would take it for another encoding without.
    """
    if ending == "xlsx":
        write_xlsx(file, rows, tuple(columns), columns)
        return
    file.write(codecs.BOM_UTF8)
    write_csv(file, rows, tuple(columns))


def safe_cell(value: Any) -> Any:
    """A value as it may stand in a CSV file: a text that a spreadsheet would take for a formula is marked as text; yes
    and no are true and false, as in the record's own tables."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(_SIGNS) else value


def _write_cell(sheet: Any, line: int, number: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, number, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, number, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, number, value)
    elif value is not None:
        sheet.write_string(line, number, str(value)[:MOST_IN_A_CELL])
