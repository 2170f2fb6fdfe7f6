"""What a document is made of: the few kinds of block that PDF, HTML and Word all know how to show.

A document's maker says what stands where; how it looks, and how a screen reader is told of it, is each writer's own
matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from joinedup.reading.own_form import paragraphs, plain_words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the document's title is level 1. `anchor` is where a link may lead."""

    level: int
    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, `number` where it has one. `small`: a note."""

    text: str
    number: int | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points that stand in no order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels, each with its value of one or more paragraphs."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a head; `shares` are the columns' widths in parts."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines, one under another: an address."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of the document's parts, made by whoever sets it."""


Block = Heading | Paragraph | Bullets | Facts | Table | Lines | Contents


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready to be written: its title, what stands over it, its day, and its blocks.

    `kicker` stands over the title. `mark` stands at the head of every page (fictional; a draft). `short` is the title
    at the foot of every page. `large`: set in larger type, for children.
    """

    title: str
    kicker: str
    short: str
    day: dt.date
    blocks: tuple[Block, ...]
    mark: str | None = None
    large: bool = False


def facts(*rows: tuple[str, str | tuple[str, ...] | None]) -> Facts:
    """Facts from labels and texts; a text's paragraphs are parted, and a row without words is left out."""
    made = []
    for label, value in rows:
        texts = (value,) if isinstance(value, str) else value or ()
        words = tuple(each for text in texts for each in paragraphs(text))
        if words:
            made.append((label, words))
    return Facts(tuple(made))


def plain(text: str) -> Iterator[Paragraph]:
    """A text's paragraphs, without numbers."""
    return (Paragraph(words) for words in paragraphs(text))


def bullets(*items: str) -> Bullets:
    """Points as printed."""
    return Bullets(tuple(map(plain_words, items)))


@dataclass(slots=True)
class Numbered:
    """Numbers paragraphs through a document, from 1."""

    last: int = field(default=0)

    def __call__(self, text: str) -> Iterator[Paragraph]:
        """A text's paragraphs, each with the next number."""
        for words in paragraphs(text):
            self.last += 1
            yield Paragraph(words, self.last)
