"""Making a table of counts fit the paper without breaking words: its headings in lines, its columns closer together,
and where that does not do, the rest of its columns in a further table below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

TITLE_WIDTH = 24
"""What the rows' titles are given before columns go to a further table; longer ones take several lines."""

_EDGES = 2


class Part(NamedTuple):
    """One of the tables that are printed: its columns' numbers, the blanks beside each cell, and whether the headings
    stand one word in a line and the numbers' columns keep their width."""

    columns: tuple[int, ...]
    padding: int
    rigid: bool


def parts(columns: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool], width: int) -> list[Part]:
    """The tables that show the cells in so many characters: one, where it fits or is no table of counts.

    A table of counts has titles in its first column and numbers in all others (`numeric`).
    """
    every = tuple(range(len(columns)))
    whole = [max(len(cell) for cell in (columns[each], *(row[each] for row in cells))) for each in every]
    counts = len(columns) > 1 and not numeric[0] and all(numeric[1:])
    if not counts or _width(whole, 1) <= width:
        return [Part(every, 1, rigid=False)]
    words = [word for row in cells for word in row[0].split()]
    titles = max(min(whole[0], TITLE_WIDTH), *map(len, (*words, *columns[0].split())))
    needed = [titles, *(max(map(len, (*columns[n].split(), *(row[n] for row in cells)))) for n in every[1:])]
    for padding in (1, 0):
        if _width(needed, padding) <= width:
            return [Part(every, padding, rigid=True)]
    found: list[list[int]] = [[]]
    for number in every[1:]:
        if found[-1] and _width([titles, *(needed[each] for each in (*found[-1], number))], 1) > width:
            found.append([])
        found[-1].append(number)
    return [Part((0, *run), 1, rigid=True) for run in found]


def _width(widths: Sequence[int], padding: int) -> int:
    """How wide a table of such columns is, with a blank between two of them."""
    return sum(widths) + len(widths) * 2 * padding + len(widths) - 1 + _EDGES
