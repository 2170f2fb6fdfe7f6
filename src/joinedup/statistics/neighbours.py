"""Statistical neighbours: for each council ten others most like it, with a word for how close each is.

Two layouts as CSV: the edition of 2025 (`old_la_code`, `SN_1`, `SN_1P`, …) and that of April 2021 (`LA num`, `SN1`,
`SNP`, …, a second block below for councils that no longer exist). Both give three-digit codes. The labels are unclean
("Close ", "Not Close"); they are brought to one of five words of the model (NFER's neighbour model, 2007).

The file does not say which edition it is. It is named by the year of its layout's first issue (2021, 2025), or by
the year in which the newest council that it lists began, if that is later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from joinedup.areas import get_area
from joinedup.statistics.errors import LayoutChangedError
from joinedup.statistics.model import Loaded, Neighbours
from joinedup.statistics.places import Places, clean_code
from joinedup.statistics.text import TextTable

KIND = "statistical-neighbours"

_CLOSENESS = ("extremely close", "very close", "close", "somewhat close", "not close")
_ISSUES = {("old_la_code", "la_name"): 2025, ("la num", "la name"): 2021}
"""(heading of the council's code, of its name) -> the year in which a file of this layout was first issued."""
_NEIGHBOUR = re.compile(r"sn_?(\d{1,2})")
_LABEL = re.compile(r"sn_?(\d{0,2})_?p")


@dataclass(frozen=True, slots=True)
class _Layout:
    code: int
    name: int
    pairs: tuple[tuple[int, int], ...]
    """(column of the neighbour's code, column of its label), nearest first."""
    issued: int


def recognise(table: TextTable) -> bool:
    """Whether there is a council's code and a row of neighbours (SN1, SN2, …)."""
    return sum(bool(_NEIGHBOUR.fullmatch(name)) for name in table.columns) >= 5


def load(table: TextTable) -> Loaded:
    """One `Neighbours` for each council of the file."""
    layout = _layout(table)
    places = Places()
    found: list[Neighbours] = []
    seen: set[str] = set()
    problems: list[str] = []
    for line, cells in table.rows():
        own = clean_code(cells[layout.code])
        if not own and not any(cells[code].strip() for code, _ in layout.pairs):
            continue  # a heading between two blocks
        area = places.area(own, cells[layout.name])
        if area is None:
            continue
        if area in seen:
            problems.append(f"line {line}: {area} is listed a second time; the first list is kept")
            continue
        seen.add(area)
        found.append(Neighbours(area, "", _neighbours(cells, layout, places, f"line {line}")))
    edition = _edition(layout, seen)
    return Loaded(
        kind=KIND,
        title=f"Statistical neighbours, {edition}",
        neighbours=tuple(replace(row, edition=edition) for row in found),
        problems=(*places.problems(), *problems),
    )


def _layout(table: TextTable) -> _Layout:
    names = [" ".join(name.split()).casefold() for name in table.headings]
    own = next((pair for pair in _ISSUES if set(pair) <= set(names)), None)
    if own is None:
        raise LayoutChangedError(
            "the council's code and name as " + " or ".join(" and ".join(pair) for pair in _ISSUES),
            ", ".join(table.headings),
            where="headings",
        )
    pairs: dict[int, tuple[int, int]] = {}
    for index, text in enumerate(names):
        if match := _NEIGHBOUR.fullmatch(text):
            label = names[index + 1] if index + 1 < len(names) else ""
            described = _LABEL.fullmatch(label)
            if described is None or described.group(1) not in ("", match.group(1)):
                raise LayoutChangedError(f"a column of labels after '{text}'", f"'{label}'", where="headings")
            pairs[int(match.group(1))] = (index, index + 1)
    if sorted(pairs) != list(range(1, len(pairs) + 1)):
        raise LayoutChangedError("neighbours numbered 1, 2, 3, …", ", ".join(map(str, sorted(pairs))), where="headings")
    code, name = map(names.index, own)
    return _Layout(code, name, tuple(pairs[number] for number in sorted(pairs)), _ISSUES[own])


def _edition(layout: _Layout, listed: Iterable[str]) -> str:
    begun = (start.year for slug in listed if (start := get_area(slug).start) is not None)
    return str(max((layout.issued, *begun)))


def _neighbours(cells: Sequence[str], layout: _Layout, places: Places, where: str) -> tuple[tuple[str, str], ...]:
    found = []
    for code, label in layout.pairs:
        if not cells[code].strip():
            continue
        words = " ".join(cells[label].split()).casefold()
        if words not in _CLOSENESS:
            raise LayoutChangedError(" or ".join(_CLOSENESS), f"'{cells[label]}'", where=where)
        neighbour = places.area(cells[code])
        if neighbour is not None:
            found.append((neighbour, words))
    return tuple(found)
