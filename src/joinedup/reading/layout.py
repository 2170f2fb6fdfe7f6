"""The lines of a page as they are laid out: their words, place, size and weight, and the rules between them.

Shapes and their geometry alone; `joinedup.reading.pdf` takes them from a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from joinedup.reading.model import Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print, or a fragment that the page sets apart from others on the same height.

    `left`, `right`, `bottom`, `top` are PDF points; `size` the type size of its first letter; `bold` whether it begins
    in bold, `all_bold` whether it also ends so (a number before its words does not count). `spaced`: a space follows
    its last letter in the file, as it does where a setter that keeps them broke the line between two words.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool
    all_bold: bool
    spaced: bool = False

    @property
    def height(self) -> float:
        """From the foot of its letters to their head, in points."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn across a page: from where to where it goes, and at what height (PDF points)."""

    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its size in points, its lines in the order in which the file sets them, what is
    shown of it (None where nothing can be), and the rules of its tables where they were looked for (`pdf.RULED`)."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    sheet: Sheet | None = None
    rules: tuple[Rule, ...] = ()
    cells: tuple[Line, ...] = ()
    """Its lines again, parted at columns, where the table of an area SEND report's leaders stands (`pdf.LEADERS`). Kept
    apart, so that how the text is read does not depend on them."""
    is_turned: bool = False
    """Whether its letters lie on their side or head, and only the turn of the page sets them upright."""
    is_picture: bool = False
    """Whether it holds a picture and not one letter, as a scanned page does."""


def lost_pages(pages: tuple[Page, ...]) -> tuple[int, ...]:
    """Numbers of the pages that could not be loaded at all."""
    return tuple(page.number for page in pages if page.width == 0)


def turned_pages(pages: tuple[Page, ...]) -> tuple[int, ...]:
    """Numbers of the pages whose letters are not set upright: their places, and so paragraphs, are told badly."""
    return tuple(page.number for page in pages if page.is_turned)


def join_fragments(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Put together fragments that the file sets apart but that stand on one height, left to right.

    A raised footnote mark splits a line in three: its fragment (small, higher, one or two digits) is dropped.
    Fragments of table cells stay apart: between them is a gap wider than a few letters.
    """
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and _mark_of(line, before):
            continue
        if before and _goes_on(before, line):
            joined[-1] = replace(
                before,
                text=f"{before.text} {line.text}",
                right=line.right,
                bottom=min(before.bottom, line.bottom),
                top=max(before.top, line.top),
                all_bold=line.all_bold,
                spaced=line.spaced,
            )
        else:
            joined.append(line)
    return tuple(joined)


def _mark_of(line: Line, before: Line) -> bool:
    return (
        line.text.isdigit()
        and len(line.text) <= 2
        and line.size < 0.8 * before.size
        and before.bottom <= line.bottom <= before.top
        and -2 < line.left - before.right < 8
    )


def _goes_on(before: Line, line: Line) -> bool:
    middle = (line.bottom + line.top) / 2
    gap = line.left - before.right
    return before.bottom < middle < before.top and abs(line.size - before.size) < 1.5 and -3 < gap < 1.2 * before.size
