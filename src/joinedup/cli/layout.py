"""Making a table fit the paper without breaking words, where it is one of counts or its first column is copied into
other commands: its headings in lines, its columns closer together, and where that does not do, the rest of its columns
in a further table below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

TITLE_WIDTH = 24
"""What the rows' titles are given before columns go to a further table; longer ones take several lines."""

_EDGES = 2


class Part(NamedTuple):
    """One of the tables that are printed: its columns' numbers, the blanks beside each cell, and where the columns have
    to be so wide, their widths; the headings then stand one word in a line."""

    columns: tuple[int, ...]
    padding: int
    widths: tuple[int, ...] = ()


def parts(
    columns: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool], width: int, *, copied: bool = False
) -> list[Part]:
    """The tables that show the cells in so many characters: one, where it fits or its words may be broken.

    A table of counts has titles in its first column and numbers in all others (`numeric`). Where the first column is
    `copied` into other commands its cells stand in one line each.
    """
    every = tuple(range(len(columns)))
    longest = [max((len(row[each]) for row in cells), default=0) for each in every]
    counts = len(columns) > 1 and not numeric[0] and all(numeric[1:])
    in_one_line = [max(cell, len(heading)) for cell, heading in zip(longest, columns, strict=True)]
    if not (counts or copied) or _width(in_one_line, 1) <= width:
        return [Part(every, 1)]
    words = [[word for text in (columns[n], *(row[n] for row in cells)) for word in text.split()] for n in every]
    needed = [max(map(len, each), default=0) for each in words]
    narrowest = longest[0] if copied else needed[0]
    needed[0] = max(narrowest, min(longest[0], TITLE_WIDTH))

    def part(shown: Sequence[int], padding: int) -> Part:
        """The columns as wide as they have to be, and what is left for those whose cells take several lines."""
        widths = [needed[each] for each in shown]
        for place, each in enumerate(shown):
            spare = width - _width(widths, padding)
            widths[place] += max(0, min(spare, longest[each] - needed[each]))
        widths[0] = max(narrowest, widths[0] + min(0, width - _width(widths, padding)))
        return Part(tuple(shown), padding, tuple(widths))

    for padding in (1, 0):
        if _width(needed, padding) <= width:
            return [part(every, padding)]
    found: list[list[int]] = [[0]]
    for number in every[1:]:
        if len(found[-1]) > 1 and _width([needed[each] for each in (*found[-1], number)], 1) > width:
            found.append([0])
        found[-1].append(number)
    return [part(run, 1) for run in found]


def _width(widths: Sequence[int], padding: int) -> int:
    """How wide a table of such columns is, with a blank between two of them."""
    return sum(widths) + len(widths) * 2 * padding + len(widths) - 1 + _EDGES
