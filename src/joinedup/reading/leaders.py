"""Who leads a local area partnership, from the table near the end of an area SEND report.

The table has a column for the council and one for the commissioner of health. Its rows are what they are headed, the
bodies' names, the people, their websites and their addresses. Cells stand side by side on one height: the head's words
tell where a column begins, and the rules drawn between rows where a cell ends. A table without rules is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from joinedup.reading.blocks import join_words, soften
from joinedup.reading.document import Document
from joinedup.reading.layout import Line, Page, Rule
from joinedup.reading.model import Addressee
from joinedup.reading.pdf import AFTER_LEADERS, LEADERS
from joinedup.reading.people import begins_a_person, is_bare, read_leaders

_HEADS = (
    ("local_authority", re.compile(r"local authorit|\bcouncil", re.IGNORECASE)),
    ("health", re.compile(r"integrated care|\bICBs?\b|\bNHS\b|clinical commissioning|\bhealth\b", re.IGNORECASE)),
)
"""Whose column it is, by its head."""
_HEAD, _BODIES, _PEOPLE = range(3)
"""The rows that are read."""
_LABEL = re.compile(r"(?:Name|Title|Role|Post)\b[^:]{0,60}:\s*")
"""What a cell may print before what it holds ("Name of lead person:")."""
_SITE = re.compile(r"www\.|https?:|\.(?:uk|org|com|net)\b|@", re.IGNORECASE)
_APART = 40.0
"""Two columns begin at least so far apart, in points."""

_Row = list[list[Line]]
"""The lines of each cell."""


def leaders(document: Document) -> tuple[Addressee, ...]:
    """Everyone whom the table names, the council's first; nobody where there is none."""
    columns: list[float] = []
    rows: list[_Row] = []
    for page in document.pages:
        if found := _rows(page, goes_on=bool(rows)):
            columns = columns or _columns(found[_HEAD])
            _add(rows, [_cells(lines, columns) for lines in found])
    if len(rows) <= _PEOPLE or not any(map(_agency, rows[_HEAD])):
        return ()
    if len(rows) > _PEOPLE + 1 and any(map(_is_post_below, *rows[_PEOPLE : _PEOPLE + 2])):
        rows[_PEOPLE] = _joined(*rows[_PEOPLE : _PEOPLE + 2])
    return tuple(person for cells in zip(*rows, strict=True) for person in _of_column(cells))


def _rows(page: Page, *, goes_on: bool) -> list[list[Line]]:
    """The lines of each row of the table on a page, from the top down; `goes_on`: it began on a page before."""
    heads = [line.bottom for line in page.cells if LEADERS.fullmatch(line.text)]
    if not page.cells or not (heads or goes_on):
        return []
    top = heads[-1] if heads else page.height
    foot = max((line.top for line in page.cells if AFTER_LEADERS.match(line.text) and line.top < top), default=0.0)
    lines = [line for line in page.cells if foot < _middle(line) < top]
    heights: list[float] = []
    for rule in sorted(page.rules, key=lambda rule: -rule.height):
        is_new = not heights or heights[-1] - rule.height > _ROW
        if foot < rule.height < top and is_new and not _underlines(rule, lines):
            heights.append(rule.height)
    rows = [[line for line in lines if below < _middle(line) < above] for above, below in pairwise(heights)]
    return list(filter(None, rows))


def _middle(line: Line) -> float:
    return (line.bottom + line.top) / 2


_ROW = 6.0
"""No row is lower than this, in points: rules that stand closer are one, drawn in parts."""


def _underlines(rule: Rule, lines: Iterable[Line]) -> bool:
    """Whether a rule underlines words: it is no longer than they are."""
    return any(
        line.bottom - 2 < rule.height < _middle(line) and line.left - 2 < rule.left and rule.right < line.right + 2
        for line in lines
    )


def _columns(head: Iterable[Line]) -> list[float]:
    """Where the columns begin, by the lines of the head."""
    starts: list[float] = []
    for left in sorted(line.left for line in head):
        if not starts or left - starts[-1] > _APART:
            starts.append(left)
    return starts


def _cells(lines: Iterable[Line], columns: Sequence[float]) -> _Row:
    """A row's lines by column, each cell's from the top down."""
    cells: _Row = [[] for _ in columns]
    for line in sorted(lines, key=lambda line: (-round(line.bottom), line.left)):
        at = sum(start <= line.left + 3 for start in columns) - 1
        if at >= 0:
            cells[at].append(line)
    return cells


def _add(rows: list[_Row], more: Sequence[_Row]) -> None:
    """Add a page's rows: a head that is printed again is none, and a row may go on overleaf."""
    if not rows:
        rows += more
        return
    if more and _words(rows[_HEAD]) == _words(more[0]):
        more = more[1:]
    if more and _goes_on(len(rows) - 1, more[0]):
        rows[-1] = _joined(rows[-1], more[0])
        more = more[1:]
    rows += more


def _joined(above: _Row, below: _Row) -> _Row:
    return [[*one, *other] for one, other in zip(above, below, strict=True)]


def _is_post_below(cell: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a cell holds a name alone and the one below it the post: a few tables give each a row."""
    return bool(cell and below) and is_bare(cell[-1].text, below[0].text)


def _words(row: _Row) -> list[str]:
    return [join_words(line.text for line in cell) for cell in row]


def _goes_on(last: int, row: _Row) -> bool:
    """Whether the first row of a page goes on with the last one of the page before: bodies until somebody is named,
    people until a website is."""
    if last == _BODIES:
        return not any(cell and begins_a_person(cell[0].text) for cell in row)
    return last == _PEOPLE and not any(_SITE.search(line.text) for cell in row for line in cell)


def _of_column(cells: Sequence[Sequence[Line]]) -> tuple[Addressee, ...]:
    """Whom a column names."""
    lines = soften([line for cell in cells for line in cell])
    texts = iter(line.text for line in lines)
    _, body, people = (_unlabelled([next(texts) for _ in cell]) for cell in cells[: _PEOPLE + 1])
    return read_leaders(people, join_words(body) or None, _agency(cells[_HEAD]))


def _agency(head: Iterable[Line]) -> str | None:
    """Whose column a head says it is."""
    said = join_words(line.text for line in head)
    return next((key for key, words in _HEADS if words.search(said)), None)


def _unlabelled(texts: Iterable[str]) -> list[str]:
    return [kept for kept in (_LABEL.sub("", text, count=1).strip() for text in texts) if kept]
