"""What stands on a page without being part of its text: running heads, page numbers, footnotes.

Everything here goes by place and type, not by words: a running head is what repeats at the head or foot of pages, a
footnote is what is set smaller than the text at the foot of one.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from joinedup.reading.layout import Line, Page, join_fragments
from joinedup.reading.order import in_reading_order

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?(\d{1,3})(?:\s+of\s+\d{1,3})?", re.IGNORECASE)
HEAD_BAND = 100.0
FOOT_BAND = 100.0
"""How far from a page's edge, in points, furniture may stand (A4 is 842 high)."""
FEW_LETTERS = 400
"""A first page with fewer holds a title and what belongs to it, and no text yet."""


def body_size(pages: Iterable[Page]) -> float:
    """The type size in which most letters of the text are set (points); letters of no size at all are not counted."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if 0 < line.size < math.inf:
                letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 12.0


def text_lines(pages: tuple[Page, ...]) -> tuple[Line, ...]:
    """All lines of the text, in reading order, fragments joined and furniture left out."""
    size = body_size(pages)
    joined = [(page, join_fragments(page.lines)) for page in pages]
    repeated = _repeated(joined)
    kept: list[Line] = []
    for page, lines in joined:
        outermost = _outermost(lines)
        body = [line for line in lines if not _is_furniture(line, page, repeated, line in outermost)]
        text = _without_footnotes(body, page, size)
        kept += in_reading_order(text)
    return tuple(kept)


def _pattern(line: Line) -> str:
    return _DIGITS.sub("#", line.text).casefold()


def _in_a_band(line: Line, page: Page) -> bool:
    return line.bottom > page.height - HEAD_BAND or line.top < FOOT_BAND


def _repeated(pages: list[tuple[Page, tuple[Line, ...]]]) -> set[str]:
    """Patterns of the lines that stand in the head or foot band of at least three pages (two, of a short file) that
    follow one another, or every other one: a heading comes to stand at the head of a page now and then."""
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for page, lines in pages:
        for pattern in {_pattern(line) for line in lines if _in_a_band(line, page)}:
            seen[pattern].append(page.number)
    enough = 3 if len(pages) > 3 else 2
    return {pattern for pattern, numbers in seen.items() if _longest_run(numbers) >= enough}


def _longest_run(numbers: list[int]) -> int:
    """How many of some pages, in order, follow one another with at most one between."""
    longest = run = 1
    for before, number in pairwise(numbers):
        run = run + 1 if number - before <= 2 else 1
        longest = max(longest, run)
    return longest


def _outermost(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The highest and the lowest line of a page."""
    return (max(lines, key=lambda line: line.top), min(lines, key=lambda line: line.bottom)) if lines else ()


def _is_furniture(line: Line, page: Page, repeated: set[str], is_outermost: bool) -> bool:
    number = _PAGE_NUMBER.fullmatch(line.text)
    if _in_a_band(line, page):
        return number is not None or _pattern(line) in repeated
    return is_outermost and number is not None and abs(int(number[1]) - page.number) <= MOST_UNCOUNTED


MOST_UNCOUNTED = 3
"""Pages (covers) that a report's own numbers may leave out. A page's own number, highest or lowest of its lines, is
furniture also where a wide margin sets it further from the edge."""


def _without_footnotes(lines: list[Line], page: Page, size: float) -> list[Line]:
    """Drop the small print at the foot of a page: from the lowest line upwards, as long as the type stays small."""
    if _is_title_page(lines, page, size):
        return lines  # its small print is all it says of dates and names
    small = 0.9 * size
    foot = {id(line) for line in _foot(lines, page, small)}
    return [line for line in lines if id(line) not in foot]


def _is_title_page(lines: list[Line], page: Page, size: float) -> bool:
    """Whether nothing on a page is set as the text is, or it is the first and holds but a few lines."""
    if not any(abs(line.size - size) < 0.6 for line in lines):
        return True
    return page.number == 1 and sum(len(line.text) for line in lines) < FEW_LETTERS


def _foot(lines: list[Line], page: Page, small: float) -> list[Line]:
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: line.bottom):
        if line.size > small or line.top > 0.6 * page.height:
            break
        found.append(line)
    return found
