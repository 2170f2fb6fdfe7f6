"""Text files of comma-separated values: is it text at all, in which encoding, and its rows with their line numbers."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from joinedup.statistics.errors import LayoutChangedError, NotRecognisedError

LONGEST_LINE = 1 << 20
"""Bytes. No table has a line this long; a file that has is something else, or meant to fill the memory."""
_BLOCK = 1 << 20
_HEAD = 1 << 18
_NOT_IN_WINDOWS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
"""Bytes that Windows-1252 leaves undefined."""
_OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive, but no whole spreadsheet; download it again, or save its table as XLSX or CSV",
    b"\xd0\xcf\x11\xe0": "an old Office file; save it as XLSX, ODS or CSV",
    b"\xff\xfe": "text in UTF-16; save it as CSV in UTF-8",
    b"\xfe\xff": "text in UTF-16; save it as CSV in UTF-8",
    b"\x1f\x8b": "a gzip archive",
}


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file of comma-separated values: its encoding and the headings of its first line, as printed."""

    path: Path
    encoding: str
    headings: tuple[str, ...]

    @property
    def columns(self) -> Mapping[str, int]:
        """Heading in lower case without blanks at the ends -> index of its first column."""
        found: dict[str, int] = {}
        for index, name in enumerate(self.headings):
            found.setdefault(" ".join(name.split()).casefold(), index)
        return found

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """(line number, cells) of each row below the headings that is not blank; rows padded to the headings' width."""
        width = len(self.headings)
        with self.path.open(encoding=self.encoding, newline="") as stream:
            reader = csv.reader(stream)
            try:
                next(reader, None)
                for cells in reader:
                    if not any(cell.strip() for cell in cells):
                        continue
                    if any(cell.strip() for cell in cells[width:]):
                        raise LayoutChangedError(f"{width} columns", f"{len(cells)}", where=f"line {reader.line_num}")
                    yield reader.line_num, [*cells, *[""] * (width - len(cells))]
            except csv.Error as error:
                raise LayoutChangedError("rows of comma-separated values", str(error), where="the file") from error

    def records(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """(line number, heading in lower case -> cell without blanks at the ends)."""
        columns = self.columns
        for line, cells in self.rows():
            yield line, {name: cells[index].strip() for name, index in columns.items()}


def peek(path: Path) -> TextTable | None:
    """The headings, from the file's beginning alone; None where it does not begin as a text table."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip() or b"\x00" in head or head.startswith(tuple(_OTHER_KINDS)):
        return None
    encoding = "utf-8-sig"
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = head.decode(encoding, errors="replace")
    try:
        headings = next(csv.reader(text.splitlines(keepends=True)), [])
    except csv.Error:
        return None
    return TextTable(path, encoding, tuple(headings)) if len(headings) > 1 else None


def check_text(path: Path) -> str:
    """The encoding of the whole file. Binary, empty, or with a line beyond reason: NotRecognisedError.

    Official files are UTF-8; those saved by Excel in England may be Windows-1252, which is tried when UTF-8 fails.
    """
    scan = _Scan()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            scan.take(block)
    return scan.encoding()


class _Scan:
    """What has been seen of a file's bytes, block by block."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._utf8 = True
        self._windows = True
        self._total = 0
        self._line = 0

    def take(self, block: bytes) -> None:
        if not self._total:
            kind = next((kind for start, kind in _OTHER_KINDS.items() if block.startswith(start)), None)
            if kind is not None:
                raise NotRecognisedError(kind)
        self._total += len(block)
        if b"\x00" in block:
            raise NotRecognisedError("a binary file")
        self._measure(block)
        self._decode(block)

    def _measure(self, block: bytes) -> None:
        first, *others = block.split(b"\n")
        longest = max([self._line + len(first), *map(len, others)])
        self._line = len(others[-1]) if others else longest
        if longest > LONGEST_LINE:
            raise NotRecognisedError(f"a file with a line longer than {LONGEST_LINE >> 20} MB")

    def _decode(self, block: bytes, *, final: bool = False) -> None:
        if self._utf8:
            try:
                self._decoder.decode(block, final)
            except UnicodeDecodeError:
                self._utf8 = False
        self._windows = self._windows and not any(byte in block for byte in _NOT_IN_WINDOWS)

    def encoding(self) -> str:
        if not self._total:
            raise NotRecognisedError("an empty file")
        self._decode(b"", final=True)
        if self._utf8:
            return "utf-8-sig"
        if self._windows:
            return "cp1252"
        raise NotRecognisedError("text in neither UTF-8 nor Windows-1252; save it as CSV in UTF-8")
