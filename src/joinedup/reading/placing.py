"""Where each block of a text stands: its section and chapter, a box set into the text, what leads to its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Literal

from joinedup.reading.blocks import Block
from joinedup.reading.sections import LISTS, Layout, Role, divides_a_letter, is_cell, plain, role_of, set_as_text


@dataclass(frozen=True)
class Placed:
    """A block with where it stands: the part its nearest known heading opens, and the headings above it."""

    block: Block
    role: Role
    heading: str | None
    chapter: str | None
    lead_in: str | None = None
    part: str | None = None
    """The heading that opened the list it stands in, which the nearest one may only divide."""

    @property
    def section(self) -> str | None:
        """The headings above it: the chapter's, the list's and the nearest one."""
        return " › ".join(dict.fromkeys(filter(None, (self.chapter, self.part, self.heading)))) or None


Form = Literal["bullet", "number", "letter"]
_BOX_IN = 3.0
"""A box set into the text stands further in than it by more than this (points); a table's cell by some five."""


@dataclass(slots=True)
class _LeadIn:
    """What leads to a list: its words, and the form of the point that it is itself and of those that it leads to."""

    text: str
    form: Form | None
    points: Form | None = None

    def is_over_at(self, form: Form | None) -> bool:
        """Whether a point of some form is none of the list: the next of the points that the lead-in is one of, or a
        number after bullets or letters."""
        return form == self.form or (form == "number" and self.points not in (None, "number"))


def _form(block: Block) -> Form | None:
    """What marks a block as a point of a list, None for a paragraph without number."""
    if block.number:
        return "number" if block.number.isdigit() else "letter"
    return "bullet" if block.kind == "bullet" else None


def place(blocks: Sequence[Block], layout: Layout) -> Iterator[Placed]:
    """Every block that is no heading, with its section."""
    return _Placer(layout).place(blocks)


class _Placer:
    """Goes through the blocks and keeps in mind where it is: the section, the chapter and any box set into the text."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._role: Role = "opening"
        self._heading: str | None = None
        self._chapter: str | None = None
        self._part: str | None = None
        self._points: Form | None = None
        """The form of the points of the list that is being read, None while it has none."""
        self._lead_ins: list[_LeadIn] = []
        """The open lists' lead-ins, a list within a point of another after that one's."""
        self._outside: tuple[Role, str | None, str | None, float] | None = None
        """While in a box: the section around it, and how far in the box stands (points)."""
        self._margin = 0.0
        """How far in the text outside any box stands (points)."""
        self._first = 1
        """The first page that holds any words."""
        self._number: str | None = None
        """The printed number of the last point outside any box."""

    def place(self, blocks: Sequence[Block]) -> Iterator[Placed]:
        self._first = blocks[0].page if blocks else 1
        for number, block in enumerate(blocks):
            if self._is_heading(block):
                self._enter(block, tuple(takewhile(_is_text, islice(blocks, number + 1, None))))
                continue
            if self._is_below_the_box(block):
                self._leave_box()
            if block.kind == "paragraph" and self._closes(block.text):
                self._role, self._heading, self._part, self._outside = "end", None, None, None
            yield self._placed(block)

    def _is_heading(self, block: Block) -> bool:
        if block.kind == "heading" or divides_a_letter(block, self._layout):
            return True
        return self._role != "opening" and set_as_text(block, self._layout)

    def _closes(self, text: str) -> bool:
        """Whether a paragraph ends what was found: a letter's close, or the first of the publisher's notes."""
        return _is_imprint(text) or (self._role != "opening" and _signs_off(text))

    def _placed(self, block: Block) -> Placed:
        if self._role != "box":
            self._margin, self._number = block.indent, block.number or self._number
        introduces = introduces_a_list(block)
        form = _form(block)
        if form is None:
            self._lead_ins = []
        while self._lead_ins and self._lead_ins[-1].is_over_at(form):
            self._lead_ins.pop()
        if introduces:
            self._lead_ins.append(_LeadIn(block.text, form))
            return self._here(block, None)
        open_list = self._lead_ins[-1] if self._lead_ins else None
        if open_list:
            open_list.points = open_list.points or form
        self._points = self._points or form
        return self._here(block, open_list.text if open_list else None)

    def _here(self, block: Block, lead_in: str | None) -> Placed:
        return Placed(block, self._role, self._heading, self._chapter, lead_in, self._part)

    def _enter(self, block: Block, below: Sequence[Block]) -> None:
        """Go on under a heading; `below` is what stands between it and the next."""
        found = role_of(block, self._layout)
        self._lead_ins = []
        if found == "box":
            if self._role != "box":
                self._outside = (self._role, self._heading, self._part, block.indent)
            self._role, self._heading, self._part = "box", block.text, None
        elif found == "chapter" and self._role == "opening" and block.page == self._first:
            return  # a row of the title page's table of judgements, set as boldly as a heading
        elif found:
            self._open(found, block)
        elif is_cell(block):
            self._heading = None if self._role == "opening" else self._heading
        elif self._role != "box" or self._is_below_the_box(block) or self._goes_on_with_the_list(below):
            self._leave_box()
            if self._role in LISTS and self._points and _is_another_text(below, self._points):
                self._open("findings", block)
            self._heading = block.text

    def _open(self, role: Role, block: Block) -> None:
        self._role, self._heading, self._outside = role, block.text, None
        self._part = block.text if role in LISTS else None
        self._chapter = block.text if role == "chapter" else self._chapter
        self._points = None

    def _is_below_the_box(self, block: Block) -> bool:
        """Whether the text goes on below a box set into it: a block stands further out than the box, as the text
        above it does, or has the number that comes next."""
        if self._role != "box" or self._outside is None:
            return False
        if _follows(self._number, block.number):
            return True
        return block.indent < self._outside[3] - _BOX_IN and block.indent < self._margin + _BOX_IN

    def _goes_on_with_the_list(self, below: Sequence[Block]) -> bool:
        """Whether points like those of the list that a box stands in are below a heading, which then ends the box: one
        that stands no further in than the text, for within a box that does a heading has points of the box."""
        if self._outside is None or self._outside[3] > self._margin + _BOX_IN:
            return False
        return self._outside[0] in LISTS and _has_points(below, self._points)

    def _leave_box(self) -> None:
        if self._outside:
            self._role, self._heading, self._part, _ = self._outside
            self._outside, self._lead_ins = None, []


def _follows(number: str | None, other: str | None) -> bool:
    """Whether the second of two printed numbers is the next after the first."""
    if not (number and other and number.isdigit() and other.isdigit()):
        return False
    return int(other) == int(number) + 1


_INTRODUCES = re.compile(r"(\bthe following( \w+){0,4}\W*|\bas follows\W*)$")


def introduces_a_list(block: Block) -> bool:
    """Whether a paragraph only leads to the list below it ("the local authority should take the following action.")."""
    if block.kind != "paragraph":
        return False
    text = block.text
    return text.endswith(":") or ("follow" in text and _INTRODUCES.search(text) is not None)


def _is_point(block: Block) -> bool:
    return (block.kind == "bullet" or block.number is not None) and not introduces_a_list(block)


def _is_text(block: Block) -> bool:
    return block.kind != "heading"


def _is_another_text(blocks: Sequence[Block], points: Form) -> bool:
    """Whether text has no point of the form that a list's have: below the list it is no part of it, whatever heading
    stands between."""
    return bool(blocks) and not _has_points(blocks, points)


def _has_points(blocks: Sequence[Block], form: Form | None) -> bool:
    return form is not None and any(_is_point(block) and _form(block) == form for block in blocks)


_SIGNING_OFF = re.compile(
    r"yours (sincerely|faithfully)|i am copying this letter to\b"
    r"|ofsted will take the findings (from|of) this (focused |monitoring )?(visit|inspection) into account\b"
)
_IMPRINT = re.compile(
    r"the office for standards in education,? children's services and skills( \(ofsted\))? (regulates|inspects)\b"
    r"|any complaints about the inspection or the report\b"
    r"|(.{0,60} )?this document may be reproduced in whole or in part\b"
    r"|if you would like a copy of this (document|report) in a different format\b"
    r"|you may (re-?use|copy) (this information|all or parts? of this document)\b"
    r"|this (publication|report) is available at\b|interested in our work\b|to receive regular email alerts\b"
)
"""How the publisher's notes on itself, on copies and on complaints begin, at a report's end or behind its title."""
_OF_AN_IMPRINT = (
    "office",
    "compl",
    "reproduced",
    "copy",
    "use this information",
    "available at",
    "interested",
    "alerts",
)
"""Each beginning has one of them, which is sooner looked for."""


def _is_imprint(text: str) -> bool:
    small = text.lower()
    return any(word in small for word in _OF_AN_IMPRINT) and _IMPRINT.match(plain(text)) is not None


def _signs_off(text: str) -> bool:
    small = text[:80].lower()
    return ("yours" in small or "this" in small) and _SIGNING_OFF.match(plain(text)) is not None
