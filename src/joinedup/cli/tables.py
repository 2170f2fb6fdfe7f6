"""Answers written to files that were asked for: `--csv`, `--xlsx`, `--parquet`."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from joinedup.cli.output import STDOUT, write_bytes
from joinedup.errors import UsageError

Xlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write the table to FILE as a spreadsheet.")]
Parquet = Annotated[Path | None, typer.Option("--parquet", metavar="FILE", help="Write the table to FILE as Parquet.")]


def write_tables(
    files: Mapping[str, Path | None], rows: Callable[[], Sequence[Mapping[str, Any]]], columns: Sequence[str]
) -> bool:
    """Write the rows to each file that was named, by its format; whether any was. Raises CannotWriteError.

    A file is written whole or not at all, as far as the table can be made. CSV goes to standard output where the file
    is named "-"; raises UsageError where another format is to go there.
    """
    for kind, path in files.items():
        if kind != "csv" and path == STDOUT:
            raise UsageError(f"--{kind} - is no file: only --csv can be written to standard output.")
    wanted = {kind: path for kind, path in files.items() if path is not None}
    if not wanted:
        return False
    from joinedup.documents.spreadsheets import WRITERS

    made = rows()
    for kind, path in wanted.items():
        table = io.BytesIO()
        WRITERS[kind](table, made, columns)
        write_bytes(path, table.getvalue())
    return True
