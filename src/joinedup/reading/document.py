"""One file, taken apart as far as every reader needs it: pages, blocks and the sections they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from joinedup.reading.blocks import Block, join_words, make_blocks, soften
from joinedup.reading.dates import find_date
from joinedup.reading.furniture import body_size, text_lines
from joinedup.reading.layout import Line, Page
from joinedup.reading.placing import Placed, place
from joinedup.reading.sections import Layout, Role

GREETING = re.compile(r"dear\b", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """A report's pages and what they are made of."""

    pages: tuple[Page, ...]
    layout: Layout

    @cached_property
    def size(self) -> float:
        """The type size of the running text, in points."""
        return body_size(self.pages)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the text in reading order, furniture left out."""
        return soften(text_lines(self.pages))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All headings, paragraphs and bullets in reading order."""
        return make_blocks(self.lines, self.size)

    def opening(self, pages: int = 1) -> tuple[Line, ...]:
        """The lines of the first pages; a cover without a word is none."""
        last = pages + (self.lines[0].page - 1 if self.lines else 0)
        return tuple(takewhile(lambda line: line.page <= last, self.lines))

    def address(self) -> tuple[Line, ...]:
        """The lines of a letter before its greeting ("Dear ..."): of the greeting's page or, where no day stands on it,
        of those before it, too. None where nobody is greeted on the first pages."""
        before: list[Line] = []
        for line in self.opening(3):
            if GREETING.match(line.text):
                here = tuple(one for one in before if one.page == line.page)
                return here if any(find_date(one.text) for one in here) else tuple(before)
            before.append(line)
        return ()

    def opening_text(self, pages: int = 1) -> str:
        """The words of the first pages as one text."""
        return join_words(line.text for line in self.opening(pages))

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every block that is no heading, with the section it stands in."""
        return tuple(place(self.blocks, self.layout))

    def in_role(self, *roles: Role) -> tuple[Placed, ...]:
        """The blocks that stand in sections of the given roles."""
        return tuple(placed for placed in self.placed if placed.role in roles)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """All headings in order."""
        return tuple(block.text for block in self.blocks if block.kind == "heading")
