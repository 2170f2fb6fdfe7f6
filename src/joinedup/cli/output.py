"""How answers are printed: one JSON document, a CSV file, or a readable table.

Standard output carries the answer and nothing else; notes go to standard error. Rich is imported only when a table is
printed, because it takes longer to load than most questions take to answer.

A terminal or a pipe may know fewer signs than reports have. What is to be read is then printed with the nearest signs
that it has, JSON with JSON's own escapes, CSV in UTF-8 all the same: no sign ends a command.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from joinedup.errors import JoinedupError

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 120
"""Columns of a table that is not printed on a terminal."""

STDOUT = Path("-")
"""In place of a file: standard output."""

GRADE_WORDS: Mapping[str | None, str] = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires_improvement": "Requires improvement",
    "inadequate": "Inadequate",
    None: "–",
}

OUTCOME_WORDS: Mapping[str, str] = {
    "positive": "Typically positive experiences",
    "inconsistent": "Inconsistent experiences",
    "systemic": "Widespread or systemic failings",
}


_NEAREST = str.maketrans("–—−‐‑‘’“”‹›•", "-----''\"\"<>*")
"""In place of signs that reports and our own words have, those of ASCII that are nearest."""


class CannotWriteError(JoinedupError):
    """A file that was asked for could not be written."""


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """In place of signs that an encoding lacks, the nearest in ASCII, or a question mark."""
    given, end = _lacking(error)
    plain = (
        sign for sign in unicodedata.normalize("NFKD", given.translate(_NEAREST)) if not unicodedata.combining(sign)
    )
    return "".join(plain).encode("ascii", "replace").decode("ascii"), end


def _as_json_escapes(error: UnicodeError) -> tuple[str, int]:
    """In place of signs that an encoding lacks, their escapes in JSON: four hexadecimal digits for each 16 bits."""
    given, end = _lacking(error)
    units = given.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)), end


def _lacking(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end], error.end


codecs.register_error("joinedup-nearest", _nearest)
codecs.register_error("joinedup-json", _as_json_escapes)


def print_what_can_be_printed() -> None:
    """From now on standard output takes every sign, and prints the nearest in place of one that it does not know."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="joinedup-nearest")


def print_json(document: Any, *, one_line: bool = False) -> None:
    """Print one JSON document, with a line's end."""
    print_line(json.dumps(document, ensure_ascii=False, indent=None if one_line else 2))


def print_line(text: str) -> None:
    """Print JSON that is written out already, with a line's end."""
    # Also a byte of a file's name that is no UTF-8: such a name cannot be printed anywhere.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "joinedup-json").decode(encoding) + "\n")
    sys.stdout.flush()


def grade_words(grade: str | None) -> str:
    """A grade in words; one that no series of ours has (another inspectorate's) as it stands."""
    return GRADE_WORDS.get(grade) or str(grade).replace("_", " ").capitalize()


def counted(number: int, what: str) -> str:
    """How many of a thing: "1 area", "34 areas"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def spoken(day: dt.date) -> str:
    """A day as people write it: 16 November 2016."""
    return f"{day.day} {day:%B %Y}"


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Write rows as CSV with a header line, also where there are none; no text is taken for a formula.

    To standard output where the path is "-". Raises CannotWriteError.
    """
    from joinedup.documents import spreadsheets

    table = io.BytesIO()
    spreadsheets.write_csv(table, rows, columns)
    write_bytes(path, table.getvalue())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole, or to standard output where the path is "-". Raises CannotWriteError."""
    if path == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CannotWriteError(f"Cannot write {path}: {error.strerror}.") from error


def note(text: str, *, quiet: bool) -> None:
    """A line for the person at the keyboard, on standard error."""
    if not quiet:
        sys.stderr.write(text + "\n")


def print_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    caption: str | None = None,
    last_is_total: bool = False,
    copied: bool = False,
) -> None:
    """Print a table with its title above and its caption below; numbers stand to the right, None is a dash.

    `copied`: what stands in the first column is given to other commands, and no line's end breaks it.
    """
    from rich import box
    from rich.table import Table

    from joinedup.cli.layout import parts

    body = [list(row) for row in rows]
    cells = [[_cell(value) for value in row] for row in body]
    numeric = [any(isinstance(row[number], int | float) for row in body) for number in range(len(columns))]
    paper = _paper()
    paper.print(title)
    for part in parts(columns, cells, numeric, paper.width, copied=copied):
        table = Table(box=box.SIMPLE_HEAD, padding=(0, part.padding))
        for number, width in zip_longest(part.columns, part.widths):
            heading = columns[number].replace(" ", "\n") if width else columns[number]
            justify: Literal["left", "right"] = "right" if numeric[number] else "left"
            table.add_column(heading, justify=justify, overflow="fold", width=width)
        for position, row in enumerate(cells):
            before_total = last_is_total and position == len(cells) - 2
            table.add_row(*(row[number] for number in part.columns), end_section=before_total)
        paper.print(table)
    if caption:
        paper.print(f"{caption[0].upper()}{caption[1:]}.\n")


def print_text(text: str = "") -> None:
    """Print a line, folded at the terminal's width."""
    _paper().print(text)


def led(lead_in: str | None, text: str) -> str:
    """A statement's words behind those that introduce the list it stands in: without them it may say the opposite."""
    return f"{lead_in} {text}" if lead_in else text


def print_none_shown(total: int, *, ranked: int | None = None, offset: int) -> None:
    """Say why no statement is shown: nothing was found, or of `total` (`ranked` of them put in order) none is left."""
    if not total:
        print_text("Nothing was found.")
        return
    there = total if ranked is None else ranked
    few = f"{total:,} {'was' if total == 1 else 'were'} found" + (
        f", of which the newest {there:,} are put in order" if there < total else ""
    )
    why = f"--offset {offset} lies beyond" if offset >= there else "--limit 0 shows none"
    print_text(f"{few}; {why}.")


def _paper() -> Console:
    """Where readable answers are printed: as wide as the terminal, or WIDE where there is none."""
    from rich.console import Console

    class Paper(Console):
        def on_broken_pipe(self) -> None:
            # Rich would end the program with status 1 by itself; the top of the program knows better.
            raise BrokenPipeError

    on_terminal = sys.stdout.isatty()
    return Paper(file=sys.stdout, width=None if on_terminal else WIDE, highlight=False, emoji=False, markup=False)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
