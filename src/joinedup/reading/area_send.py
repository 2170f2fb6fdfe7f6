"""Area SEND inspection reports, 2023 to now: one of three outcomes, and what each partner must do.

What is effective and what must be better are bulleted lists; priority actions stand in a table that names the
responsible bodies row by row; areas for improvement stand in a table of one column, whose rows rules part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from joinedup.frameworks import Framework, outcome_from_words
from joinedup.reading.blocks import Block, boxes_of, join_words, line_pitch
from joinedup.reading.document import Document
from joinedup.reading.items import findings, points
from joinedup.reading.layout import Line, Page, Rule
from joinedup.reading.model import Item, ItemKind, OutcomeKey, OutcomeRead
from joinedup.reading.placing import Placed
from joinedup.reading.sections import plain

_TABLE_HEADS = {
    "areas for priority action",
    "area for priority action",
    "areas for improvement",
    "area for improvement",
    "responsible body",
    "responsible bodies",
    "responsible body areas for priority action",
    "responsible body area for priority action",
    "responsible bodies areas for priority action",
}
_AREA = re.compile(
    r"Area SEND (?:full )?inspection of (?:the )?(?P<area>.+?)(?: Local Area Partnership| local area partnership|$)"
)


def area_phrase(document: Document) -> str | None:
    """The words that name the area, from the title."""
    match = _AREA.search(" ".join(line.text for line in document.opening()[:8]))
    return match["area"].strip() if match else None


def outcome(document: Document, framework: Framework) -> OutcomeRead | None:
    """Which of the three outcomes the section "Inspection outcome" states."""
    for placed in document.in_role("outcome"):
        found = outcome_from_words(framework, placed.block.text)
        if found:
            key: OutcomeKey = found.key  # type: ignore[assignment]  # the framework file holds these three and no other
            return OutcomeRead(key, placed.block.text, placed.block.page, placed.block.boxes)
    return None


_HMI = r"(?:HMI|H(?:is|er) Majesty[’']s Inspector)"
_LEAD = re.compile(
    rf"^(?:Mrs? |Ms |Miss |Dr )?(?P<name>[A-Z][\w’'-]+(?: (?!{_HMI}\b)[A-Z][\w’'-]+){{1,3}}),? (?:Ofsted,? )?"
    rf"(?:{_HMI},? )?(?:Ofsted,? )?[Ll]ead(?:\s+(?:HMI|[Ii]nspector))",
    re.MULTILINE,
)


def lead_inspector(document: Document) -> str | None:
    """Ofsted's lead inspector, from the team's list at the end."""
    text = "\n".join(line.text for line in document.lines[-120:])
    match = _LEAD.search(text)
    return match["name"] if match else None


def items(document: Document) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    """Priority actions with their responsible bodies, improvements, strengths and findings."""
    return (
        _priority_actions(document),
        _improvements(document),
        points("strength", document.in_role("strengths")),
        findings(document, "findings", "weaknesses"),
    )


def _section_lines(placed: Iterable[Placed]) -> list[Line]:
    return [line for one in placed for line in one.block.lines if plain(line.text) not in _TABLE_HEADS]


_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+(?=[A-Z])")
"""The printed number of a table's row, which some reports have."""


def _item(kind: ItemKind, lines: Sequence[Line], section: str, responsible: Sequence[Line] = ()) -> Item:
    bodies = join_words(line.text for line in responsible).rstrip(" .,")
    text = join_words(line.text for line in lines)
    number = _NUMBERED.match(text)
    return Item(
        kind=kind,
        text=text[number.end() :] if number else text,
        page=lines[0].page,
        section=section,
        number=number[1] if number else None,
        responsible=_bodies(bodies),
        boxes=boxes_of(lines),
    )


_NEXT_BODY = re.compile(
    r"(?:,\s+|;\s+|\s+and\s+(?:the\s+)?)"
    r"(?=NHS|school|education|the local authority|local authority|ICB"
    r"|[A-Z][\w’'-]+(?: [A-Z&][\w’'-]*| and| of| upon)* (?:Council|Borough|Trust|Children))"
)


def _bodies(words: str) -> tuple[str, ...]:
    """A cell's bodies, parted at commas and "and" before a body's first word (names themselves hold both)."""
    if not words:
        return ()
    parted = _NEXT_BODY.split(words)
    return tuple(part.strip() for part in parted if part.strip())


def _priority_actions(document: Document) -> tuple[Item, ...]:
    """The rows of the table: a left cell with who is responsible, a right cell with what they must do."""
    lines = _section_lines(document.in_role("priority"))
    if not lines:
        return ()
    edge = _column_edge(lines)
    if edge is None:
        return tuple(_item("priority_action", row, "Areas for priority action") for row in _rows(lines, document))
    found: list[tuple[list[Line], list[Line]]] = []
    for line in lines:
        if line.left < edge:
            if not found or found[-1][1]:
                found.append(([], []))
            found[-1][0].append(line)
        elif found:
            found[-1][1].append(line)
    return tuple(_item("priority_action", right, "Areas for priority action", left) for left, right in found if right)


def _column_edge(lines: Sequence[Line]) -> float | None:
    """Where the right column begins (points from the left), None where there is only one column."""
    left = min(line.left for line in lines)
    further = [line.left for line in lines if line.left > left + 90]
    if len(further) < 0.3 * len(lines):
        return None
    return median(further) - 20


def _rows(lines: Sequence[Line], document: Document) -> Iterator[list[Line]]:
    """The rows of a table of one column: parted by the rules drawn between them or, on a page without, by where a
    sentence ends and a little more space follows."""
    pitch = line_pitch(document.lines, document.size)
    rules = {page.number: page.rules for page in document.pages if _are_rows_ruled(page, lines, pitch)}
    row: list[Line] = []
    for line in lines:
        if row and _next_row(row[-1], line, pitch, rules.get(line.page)):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _are_rows_ruled(page: Page, lines: Sequence[Line], pitch: float) -> bool:
    """Whether a table's rules are drawn on a page: one stands between its lines or close below the last."""
    here = [line for line in lines if line.page == page.number]
    if not here or not page.rules:
        return False
    last = here[-1]
    return any(_crosses(rule, above, below) for rule in page.rules for above, below in pairwise(here)) or any(
        _spans(rule, last) and last.bottom - pitch < rule.height < _middle(last) for rule in page.rules
    )


def _crosses(rule: Rule, above: Line, below: Line) -> bool:
    """Whether a rule parts a line from the next one; an underline is no longer than its words."""
    return _middle(below) < rule.height < _middle(above) and _spans(rule, above) and _spans(rule, below)


def _spans(rule: Rule, line: Line) -> bool:
    return rule.left < line.left + 1 and line.right - 1 < rule.right


def _middle(line: Line) -> float:
    return (line.bottom + line.top) / 2


def _next_row(last: Line, line: Line, pitch: float, rules: Sequence[Rule] | None) -> bool:
    """Whether a line begins a row; `rules` are its page's, None where no table's are drawn on it."""
    if rules is not None and last.page == line.page:
        return any(_crosses(rule, last, line) for rule in rules)
    if not re.search(r"[.?!]['’”)]*$", last.text):
        return last.page == line.page and last.top - line.top > 1.5 * pitch and line.text[:1].isupper()
    return last.page != line.page or last.top - line.top > 1.06 * pitch or last.top < line.top


def _improvements(document: Document) -> tuple[Item, ...]:
    placed = document.in_role("improvements")
    blocks: list[Block] = [one.block for one in placed]
    if blocks and all(block.kind == "bullet" for block in blocks):
        return points("improvement", placed)
    rows = _rows(_section_lines(placed), document)
    return tuple(
        _item("improvement", row, "Areas for improvement")
        for row in rows
        if len(join_words(line.text for line in row)) > 25
    )
