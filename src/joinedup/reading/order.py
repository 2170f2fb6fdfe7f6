"""The lines of a page put into the order in which they are read.

A file may set a heading, a table or a box last, though it stands over the text or in its midst (headings of a table
of one cell are set so). What stands beside other text, as columns and cells do, stays where the file sets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from joinedup.reading.layout import Line

_NEAR = 0.3
"""By this share of a line's height two lines may overlap and still stand one above the other."""


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page; a stretch that jumps up the page goes where it stands, if nothing stands beside it.

    Beside another it stays behind the lines that the file sets before it, wherever these go.
    """
    runs = _runs(lines)
    ordered = runs[0] if runs else []
    for before, run in pairwise(runs):
        at = _place(ordered, run)
        if at is None:
            at = next(number for number, line in enumerate(ordered) if line is before[-1]) + 1
        ordered = [*ordered[:at], *run, *ordered[at:]]
    return ordered


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The stretches within which no line stands above the one before it."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.top <= runs[-1][-1].top + 0.5 * line.height:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _place(ordered: Sequence[Line], run: Sequence[Line]) -> int | None:
    """How many of the ordered lines stand above a stretch.

    None where one stands beside it (a cell may be set a little higher than its neighbour), or they are no column.
    """
    head, foot = max(line.top for line in run), min(line.bottom for line in run)
    slack = _NEAR * run[0].height
    are_above = [line.bottom > head - slack for line in ordered]
    at = sum(are_above)
    if not all(are_above[:at]) or any(line.top > foot + slack for line in ordered[at:]):
        return None
    below = ordered[at] if at < len(ordered) else run[-1]
    return at if below.left < run[-1].right and run[-1].left < below.right else None
