"""Sections of a document turned into items: improvements, priority actions, strengths and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from joinedup.reading.document import Document, Placed
from joinedup.reading.model import Item, ItemKind

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
    """Whether a block is a bullet or a numbered point."""
    return placed.block.kind == "bullet" or placed.block.number is not None


def points(kind: ItemKind, blocks: Iterable[Placed], accept: Callable[[Placed], bool] = is_point) -> tuple[Item, ...]:
    """The bullets and numbered points among blocks, each as an item."""
    return tuple(make_item(kind, placed) for placed in blocks if accept(placed))


def points_or_paragraphs(kind: ItemKind, blocks: Sequence[Placed]) -> tuple[Item, ...]:
    """The points of a section or, where it has none, its paragraphs."""
    found = points(kind, blocks)
    return found or points(kind, blocks, lambda placed: len(placed.block.text) >= SHORTEST_FINDING)


def findings(document: Document, *roles: str) -> tuple[Item, ...]:
    """The statements of the main text: every paragraph and point of the sections that say what was found."""
    wanted = set(roles) or {"findings", "chapter", "box", "weaknesses"}
    return tuple(
        make_item("finding", placed)
        for placed in document.placed
        if placed.role in wanted and len(placed.block.text) >= SHORTEST_FINDING
    )
