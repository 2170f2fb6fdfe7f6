"""How much a spreadsheet would unpack to, counted while streaming it, before anything is built in memory.

A spreadsheet is a zip of XML. A few kilobytes can unpack to gigabytes, say "repeat this cell a million times", put a
cell into the last corner of the sheet, or point a million cells to one long text. Honest files stay far below the
bounds: Ofsted's largest (every children's home, 2023) unpacks to 40 MB and spans 0.4 million cells.

The names of elements and attributes are compared with their usual prefixes, as the reader (calamine) does.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Protocol
from xml.parsers import expat

from joinedup.statistics.errors import NotRecognisedError

MOST_BYTES = 256 * 1024 * 1024
"""Unpacked bytes of all XML together."""
MOST_CELLS = 4_000_000
"""Cells of the rectangles that the sheets span, summed."""
MOST_TEXT = 256 * 1024 * 1024
"""Characters of text that cells repeat or share, summed over the cells."""
_BLOCK = 1 << 20
_TOO_MANY = 10**9


def check_bounds(path: Path) -> None:
    """Refuse (NotRecognisedError) a spreadsheet that is damaged, locked, or would unpack beyond the bounds."""
    budget = _Budget()
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith(".xml")]
            for entry in sorted(entries, key=lambda one: one.filename != "xl/sharedStrings.xml"):
                if entry.flag_bits & 0x1:
                    raise NotRecognisedError("a spreadsheet locked with a password; save it without one")
                with archive.open(entry) as stream:
                    _count(entry.filename, stream, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, expat.ExpatError) as error:
        raise NotRecognisedError(f"a spreadsheet that is damaged ({error}); download it again") from error


class _Budget:
    """What has been counted so far; over a bound it refuses."""

    def __init__(self) -> None:
        self.bytes = self.cells = self.characters = 0
        self.shared: list[int] = []
        """Lengths of the texts that the cells of an Office Open XML file point to."""

    def unpack(self, count: int) -> None:
        self.bytes += count
        if self.bytes > MOST_BYTES:
            raise NotRecognisedError(f"a spreadsheet that unpacks to more than {MOST_BYTES >> 20} MB")

    def span(self, rows: int, columns: int) -> None:
        self.cells += rows * columns
        if self.cells > MOST_CELLS:
            raise NotRecognisedError(f"a spreadsheet that spans more than {MOST_CELLS} cells")

    def text(self, count: int) -> None:
        self.characters += count
        if self.characters > MOST_TEXT:
            raise NotRecognisedError(f"a spreadsheet whose cells hold more than {MOST_TEXT >> 20} MB of text")


class _Counter(Protocol):
    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def finish(self) -> None: ...


def _count(name: str, stream: IO[bytes], budget: _Budget) -> None:
    """Stream one XML part through the budget, counting the cells and texts of those parts that hold them."""
    parser = expat.ParserCreate()
    counter: _Counter | None = None
    if name == "content.xml":
        counter = _OdsCells(budget, parser)
    elif name == "xl/sharedStrings.xml":
        counter = _SharedTexts(budget, parser)
    elif name.startswith("xl/worksheets/"):
        counter = _XlsxCells(budget, parser)
    if counter is not None:
        parser.StartElementHandler = counter.start
    while block := stream.read(_BLOCK):
        budget.unpack(len(block))
        if counter is not None:
            parser.Parse(block, False)
    if counter is not None:
        parser.Parse(b"", True)
        counter.finish()


class _OdsCells:
    """The rectangle that each table's filled cells span, repeats included, and the text that repeats copy."""

    def __init__(self, budget: _Budget, parser: expat.XMLParserType) -> None:
        self._budget = budget
        self._parser = parser
        self._rows = self._width = self._row = self._row_repeat = self._column = self._filled = 0
        self._copies = 1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            repeat = _repeat(attributes.get("table:number-columns-repeated"))
            self._column += repeat
            if "office:value-type" in attributes:
                self._filled = self._column
            self._copies = repeat * self._row_repeat
            self._parser.CharacterDataHandler = self._text if self._copies > 1 else None
            if self._copies > 1:
                self._text(attributes.get("office:string-value", ""))
        elif name == "table:table-row":
            self._end_row()
            self._row_repeat = _repeat(attributes.get("table:number-rows-repeated"))
        elif name == "table:table":
            self._end_table()

    def _text(self, text: str) -> None:
        self._budget.text(len(text) * self._copies)

    def _end_row(self) -> None:
        self._row += self._row_repeat
        if self._filled:
            self._rows = self._row
            self._width = max(self._width, self._filled)
        self._column = self._filled = self._row_repeat = 0

    def _end_table(self) -> None:
        self._end_row()
        self._budget.span(self._rows, self._width)
        self._rows = self._width = self._row = 0

    def finish(self) -> None:
        self._end_table()


def _repeat(text: str | None) -> int:
    if text is None:
        return 1
    return int(text) if text.isdecimal() and len(text) < 10 else _TOO_MANY


class _SharedTexts:
    """The length of each text that cells may point to."""

    def __init__(self, budget: _Budget, parser: expat.XMLParserType) -> None:
        self._lengths = budget.shared
        parser.CharacterDataHandler = self._text

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self._lengths.append(0)

    def _text(self, text: str) -> None:
        if self._lengths:
            self._lengths[-1] += len(text)

    def finish(self) -> None:
        """Nothing is left to count."""


class _XlsxCells:
    """The rectangle from the sheet's first to its last cell, and the text that its cells point to."""

    def __init__(self, budget: _Budget, parser: expat.XMLParserType) -> None:
        self._budget = budget
        self._parser = parser
        self._rows = self._width = 0
        self._points = False
        self._index = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._end_cell()
            self._points = attributes.get("t") == "s"
            self._measure(attributes.get("r", ""))
            self._parser.CharacterDataHandler = None
        elif tag == "v" and self._points:
            self._parser.CharacterDataHandler = self._digits

    def _digits(self, text: str) -> None:
        self._index = (self._index + text)[:12]

    def _end_cell(self) -> None:
        index = self._index.strip()
        if index.isdecimal() and int(index) < len(self._budget.shared):
            self._budget.text(self._budget.shared[int(index)])
        self._index = ""

    def _measure(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        digits = reference[len(letters) :]
        if letters:
            self._width = max(self._width, column_number(letters))
        if digits:
            self._rows = max(self._rows, _repeat(digits))

    def finish(self) -> None:
        self._end_cell()
        self._budget.span(self._rows, self._width)


def column_number(letters: str) -> int:
    """The number, from 1, of the column that letters name."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + max(ord(letter) - 64, 0)
    return number
