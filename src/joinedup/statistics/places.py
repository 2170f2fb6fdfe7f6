"""Which area, region or country a row of a file is about, and a list of those that could not be told."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from joinedup.areas import AmbiguousAreaError, UnknownAreaError, find_area

ENGLAND = "E92000001"
_NO_CODE = {"", "z", "x", "-", ":", "na", "n/a", "null", "none", "nan"}
"""A code cell that gives no code; "unknown location is x, no code exists is z" (DfE's open data standards)."""

_REGIONS = {
    "north east": "E12000001",
    "north west": "E12000002",
    "yorkshire and the humber": "E12000003",
    "east midlands": "E12000004",
    "west midlands": "E12000005",
    "east of england": "E12000006",
    "east": "E12000006",
    "london": "E12000007",
    "south east": "E12000008",
    "south west": "E12000009",
    "inner london": "E13000001",
    "london (inner)": "E13000001",
    "outer london": "E13000002",
    "london (outer)": "E13000002",
}


def clean_code(cell: object) -> str:
    """A code as text: no blanks, no ".0" left by a spreadsheet or a data frame; "" where the cell gives none."""
    text = str(cell if cell is not None else "").strip()
    if text.casefold() in _NO_CODE:
        return ""
    whole, dot, rest = text.partition(".")
    return whole if dot and whole.isdecimal() and not rest.strip("0") else text


def region_code(name: str) -> str | None:
    """The ONS code of a region (or of inner or outer London) by its name."""
    return _REGIONS.get(" ".join(name.replace("&", "and").split()).casefold())


class Places:
    """Looks areas up once each and keeps count of those that are not known."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, dt.date | None], str | None] = {}
        self._unknown: Counter[str] = Counter()
        self._contradicting: dict[str, None] = {}

    def area(self, *codes_or_names: object, on: dt.date | None = None) -> str | None:
        """The slug by the first of these that is known: codes first, the name last. None is counted as a problem.

        `on` decides where a name has meant two councils (Dorset); a name that no council bore on that day is taken
        for the council that bore it at another time.
        """
        slug = self.find(*codes_or_names, on=on)
        if slug is None:
            self.left_out(*codes_or_names)
        return slug

    def find(self, *codes_or_names: object, on: dt.date | None = None) -> str | None:
        """As `area`, but without counting. Where two codes are of different areas, that is a problem to be told."""
        given = [text for text in map(clean_code, codes_or_names) if text]
        known = [(text, slug) for text in given if (slug := self._look_up(text, on)) is not None]
        if not known:
            return None
        (first, meant), *others = known
        for text, slug in others:
            if slug != meant and _is_code(first) and _is_code(text):
                told = f"{first} is the code of {meant} and {text} of {slug}, in one row: taken as {meant}"
                self._contradicting[told] = None
        return meant

    def left_out(self, *codes_or_names: object, rows: int = 1) -> None:
        """Count rows that were left out because of an area that is not known."""
        wanted = [code for code in map(clean_code, codes_or_names) if code]
        self._unknown[" / ".join(wanted) or "(blank)"] += rows

    def _look_up(self, text: str, on: dt.date | None) -> str | None:
        key = (text, on)
        if key not in self._found:
            self._found[key] = _find(text, on)
        return self._found[key]

    def problems(self) -> tuple[str, ...]:
        """One line for each area that was asked for and is not known, and for each two codes that contradict."""
        unknown = (
            f"no area is known as '{name}': {count} row{'s' if count > 1 else ''} left out"
            for name, count in sorted(self._unknown.items())
        )
        return (*unknown, *sorted(self._contradicting))


def _is_code(text: str) -> bool:
    """Whether a cell gives a code and no name."""
    return text[-1:].isdecimal()


def _find(text: str, on: dt.date | None) -> str | None:
    try:
        return find_area(text, on=on).slug
    except (UnknownAreaError, AmbiguousAreaError):
        return None
