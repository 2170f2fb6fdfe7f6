"""Which cells of an Office Open XML spreadsheet hold a formula: the reader (calamine) gives only what it came to last.

To be asked only of a file whose unpacked size has been bounded (`workbook_bounds`).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers import expat

from joinedup.statistics.errors import NotRecognisedError
from joinedup.statistics.workbook_bounds import column_number

Start = Callable[[str, Mapping[str, str]], None]

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


def formula_cells(path: Path, sheet: str) -> frozenset[tuple[int, int]]:
    """The (row, column) of each cell of a sheet that holds a formula, counted from 0. Raises NotRecognisedError."""
    cells = _Cells()
    try:
        with zipfile.ZipFile(path) as archive:
            _parse(archive, _part_of(archive, sheet), cells.start)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, expat.ExpatError) as error:
        raise NotRecognisedError(f"a spreadsheet that is damaged ({error}); save it again") from error
    return frozenset(cells.found)


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of the archive that holds the sheet of that name. Raises KeyError where there is none."""
    names: dict[str, str] = {}
    targets: dict[str, str] = {}

    def told(tag: str, given: Mapping[str, str]) -> None:
        plain = {name.rpartition(":")[2]: value for name, value in given.items()}
        if tag == "sheet":
            names[plain["name"]] = plain["id"]
        elif tag == "Relationship":
            targets[plain["Id"]] = plain["Target"]

    _parse(archive, _BOOK, told)
    _parse(archive, _RELATIONS, told)
    # As a relative address of the workbook's folder, or as an absolute one of the archive: both are allowed.
    return posixpath.normpath(posixpath.join("/xl", targets[names[sheet]])).lstrip("/")


def _parse(archive: zipfile.ZipFile, part: str, start: Start) -> None:
    """Tell `start` of each element of a part: its name without a prefix, and its attributes."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _refuse(*_: object) -> None:
    """No program writes a spreadsheet with declarations of its own, which could name other files or swell."""
    raise NotRecognisedError("a spreadsheet with declarations that none needs; save it again")


class _Cells:
    """Follows the cells of a sheet; one that does not say where it stands stands after the one before."""

    def __init__(self) -> None:
        self.found: set[tuple[int, int]] = set()
        self._row = self._column = -1

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "row":
            self._row = int(given["r"]) - 1 if "r" in given else self._row + 1
            self._column = -1
        elif tag == "c":
            place = given.get("r", "")
            letters = place.rstrip("0123456789")
            self._column = column_number(letters) - 1 if letters else self._column + 1
        elif tag == "f":
            self.found.add((self._row, self._column))
