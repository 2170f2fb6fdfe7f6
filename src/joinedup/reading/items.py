"""Sections of a document turned into items: improvements, priority actions, strengths and findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from joinedup.reading.document import Document
from joinedup.reading.model import Item, ItemKind
from joinedup.reading.placing import Placed, introduces_a_list
from joinedup.reading.sections import LISTS

SHORTEST_FINDING = 40
"""Letters; shorter paragraphs of the main text are labels and stray lines."""


def make_item(kind: ItemKind, placed: Placed) -> Item:
    """A block as an item of the given kind."""
    block = placed.block
    return Item(
        kind=kind,
        text=block.text,
        page=block.page,
        section=placed.section,
        lead_in=placed.lead_in,
        number=block.number,
        boxes=block.boxes,
    )


def is_point(placed: Placed) -> bool:
    """Whether a block is a bullet or a numbered point; a numbered sentence that only introduces a list is none."""
    if placed.block.kind == "bullet":
        return True
    return placed.block.number is not None and not introduces_a_list(placed.block)


def points(kind: ItemKind, blocks: Iterable[Placed], accept: Callable[[Placed], bool] = is_point) -> tuple[Item, ...]:
    """The bullets and numbered points among blocks, each as an item."""
    return tuple(make_item(kind, placed) for placed in blocks if accept(placed))


_NONE_FOUND = re.compile(
    r"\b(did not (find|identify)|found no|identified no|(there )?(are|were|is|was) no|has not identified)\b"
    r".{0,60}\b(areas?|priority|improvements?|recommendations?)\b"
    r"|^no( \w+){0,5} (areas?|actions?|recommendations?)( \w+){0,8} (identified|found|made|required|needed)\b",
    re.IGNORECASE,
)


def points_or_paragraphs(kind: ItemKind, blocks: Sequence[Placed]) -> tuple[Item, ...]:
    """The points of a section or, where it has none, its paragraphs; "there were no areas for ..." is neither."""
    said = [placed for placed in blocks if not _says_none(placed)]
    found = _points_among(said) or [placed for placed in said if len(placed.block.text) >= SHORTEST_FINDING]
    return tuple(make_item(kind, placed) for placed in found)


def _points_among(blocks: Sequence[Placed]) -> list[Placed]:
    """The points of a list, those that lack their sign among them."""
    pairs = zip((None, *blocks), blocks, strict=False)
    return [placed for before, placed in pairs if is_point(placed) or (before and _lacks_its_sign(placed, before))]


def _lacks_its_sign(placed: Placed, before: Placed) -> bool:
    """Whether a paragraph below a bullet stands as far in as the bullet's words and says something of its own.

    A shorter one only adds to what the bullet says.
    """
    block, bullet = placed.block, before.block
    if block.kind != "paragraph" or block.number or bullet.kind != "bullet" or len(bullet.lines) < 2:
        return False
    is_indented = abs(block.indent - bullet.lines[1].left) < _SAME_INDENT and block.indent > bullet.indent
    return is_indented and len(block.text) >= LONGEST_LABEL and ends_a_sentence(block.text)


_SAME_INDENT = 4.0
"""Points by which two lines of one indent may differ."""


def _says_none(placed: Placed) -> bool:
    text = placed.block.text
    return len(text) < 200 and bool(_NONE_FOUND.search(text))


def is_statement(placed: Placed) -> bool:
    """Whether a block says something: a sentence, a point or a longer paragraph whose full stop is missing, and not a
    table's cell or a stray label."""
    text = placed.block.text
    if len(text) < SHORTEST_FINDING:
        return False
    return placed.block.kind == "bullet" or len(text) >= LONGEST_LABEL or ends_a_sentence(text)


def ends_a_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _ENDS.search(text) is not None


LONGEST_LABEL = 150
"""Letters; what is longer says something, whether it ends as a sentence or not."""
_ENDS = re.compile(r"([.?!:;]['’”)\]]*\d{0,2}|[.?!]? \(recommendations?\.?\)[.;]?)$", re.IGNORECASE)
"""How a sentence ends, and one after which a report says that a recommendation rests on it."""


def findings(document: Document, *roles: str) -> tuple[Item, ...]:
    """The statements of the main text: every paragraph and point of the sections that say what was found.

    Unless sections are named, those too that stand between the points of a list and are none of them.
    """
    wanted = set(roles) or {"findings", "chapter", "box", "weaknesses"}
    between = set() if roles else {id(placed) for placed in _between_points(document)}
    return tuple(
        make_item("finding", placed)
        for placed in document.placed
        if (placed.role in wanted or id(placed) in between) and is_statement(placed)
    )


def _between_points(document: Document) -> Iterator[Placed]:
    """What a list says besides its points: neither what leads to them nor that there are none."""
    for role in LISTS:
        blocks = document.in_role(role)
        found = {id(placed) for placed in _points_among(blocks)}
        for placed in blocks if found else ():
            if id(placed) not in found and not introduces_a_list(placed.block) and not _says_none(placed):
                yield placed
