"""The print of a report of ours taken apart: headings, labelled values and numbered paragraphs, by size and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from joinedup.reading import own_form as form
from joinedup.reading.layout import Line, Page

_NEAR = 2.5
"""Points by which a letter's place may differ from its column's."""
_NUMBER = re.compile(r"(\d+)(?:\s+|$)")
_LABEL = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, form.LABELS), key=len, reverse=True))})(?=\s|$)")
_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at a line's end."""


@dataclass(slots=True)
class Words:
    """Words and the lines that they stand on; `skip` letters of the first line are a label or number, and not they."""

    first: Line
    skip: int = 0
    rest: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines, the first with whatever label stands on it."""
        return (self.first, *self.rest)

    @property
    def page(self) -> int:
        """The page on which they begin."""
        return self.first.page

    @property
    def text(self) -> str:
        """The words, lines joined by a space only where one stood: no word is broken by a hyphen of the setter's."""
        text, spaced = "", True
        for line in (self.first, *self.rest):
            words = line.text[self.skip :].lstrip() if line is self.first else line.text
            text += "" if not spaced and form.may_go_on(text) else " "
            text += words.replace(_HYPHEN, "-").replace(form.SPACE, " ")
            spaced = line.spaced
        return " ".join(text.split())


@dataclass(slots=True)
class Part:
    """What stands under one heading of the third level, or of the second where none of the third is open yet.

    `chapter` is the heading of the second level. Of the numbered paragraphs, `numbered` holds each with its number;
    the first `stated` of them stand before any heading of the fourth level.
    """

    chapter: Words
    heading: Words
    facts: dict[str, Words] = field(default_factory=dict)
    numbered: list[tuple[str, Words]] = field(default_factory=list)
    stated: int | None = None


def parts_of(pages: Sequence[Page]) -> tuple[Mapping[str, Words], tuple[Part, ...]]:
    """The labelled facts of the first page, and the parts in order."""
    taker = _Taker()
    for line in _lines(pages):
        taker.take(line)
    return taker.front, tuple(taker.parts)


def _lines(pages: Sequence[Page]) -> Iterator[Line]:
    """The lines of the text; what stands at the head and foot of pages left out."""
    for page in pages:
        for line in page.lines:
            if line.bottom > form.EDGE and line.top < page.height - form.EDGE:
                yield line


class _Taker:
    """Goes through the lines and keeps in mind where it is."""

    def __init__(self) -> None:
        self.front: dict[str, Words] = {}
        self.parts: list[Part] = []
        self._open: Words | None = None
        """The heading, value or paragraph that further lines belong to."""
        self._level = 0
        """Of that heading; 0 where what is open is none."""

    def take(self, line: Line) -> None:
        """The next line."""
        level = form.HEADING_SIZES.get(line.size, 0)
        if level and level == self._level and self._open:
            self._open.rest.append(line)
        elif level:
            self._level, self._open = level, Words(line)
            self._enter(level, self._open)
        elif line.size != form.BODY_SIZE:
            self._level, self._open = 0, None
        elif line.left < form.MARGIN + _NEAR:
            self._level, self._open = 0, self._begin(line)
        elif self._open and not self._level:
            self._open.rest.append(line)
        else:
            self._level, self._open = 0, None

    def _enter(self, level: int, heading: Words) -> None:
        if level == 2:
            self.parts.append(Part(heading, heading))
        elif level == 3 and self.parts:
            self.parts.append(Part(self.parts[-1].chapter, heading))
        elif level == 4 and self.parts and self.parts[-1].stated is None:
            self.parts[-1].stated = len(self.parts[-1].numbered)

    def _begin(self, line: Line) -> Words | None:
        """What begins at the left margin: a numbered paragraph, a labelled value, or nothing that is read."""
        number = _NUMBER.match(line.text)
        if number and self.parts:
            words = Words(line, number.end())
            self.parts[-1].numbered.append((number[1], words))
            return words
        label = _LABEL.match(line.text)
        if label is None:
            return None
        words = Words(line, label.end())
        known = self.parts[-1].facts if self.parts else self.front
        known.setdefault(label[0], words)
        return words
