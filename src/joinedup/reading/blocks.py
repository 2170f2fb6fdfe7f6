"""Lines put together into what a reader sees: headings, paragraphs, numbered paragraphs and bullets.

Geometry and typography decide (a wider gap, a change of weight or size, a bullet's hanging indent), words only where
the page leaves it open (a sentence that goes on overleaf).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from joinedup.reading.layout import Line
from joinedup.reading.model import Box

Kind = Literal["heading", "paragraph", "bullet"]

BULLETS = "◼■▪▫●•◦○‣⁃∙·►➢➤✓❖◆□�"
DASHES = "−–—-"
_SHAPES = "\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff"
"""Arrows, geometric shapes, signs and dingbats."""
_BULLET = re.compile(rf"([{re.escape(BULLETS)}{_SHAPES}\ue000-\uf8ff]|[\x80-\x9f](?=\s))\s*(?=\S)")
"""The last are letters of a font of signs that does not say what they show."""
_DASH = re.compile(rf"([{re.escape(DASHES)}o§ØüŸ¾]|[nlquv](?=\s+[A-Z‘“]))\s+(?=\S)")
"""A dash or, where a font of signs is told as one of letters, what stands for a square, a disc, an arrow or a tick."""
_NUMBER = re.compile(r"(\d{1,3})(?:\.?\s+(?=\S)|\.(?=[A-Z‘“]))|(\(?[a-z]\)|\(?[ivx]{1,4}\))\s+(?=\S)")
"""A point's number or letter; some reports set nothing between a number's stop and its first word."""
_SENTENCE_END = re.compile(r"[.?!:;]['’”)\]]*$")
WIDE = 1.24
"""A gap of this many line pitches or more parts two paragraphs (lists set from a fifth more between bullets)."""


@dataclass(slots=True)
class Block:
    """One heading, paragraph or bullet with the lines it is made of.

    `marker` is the bullet's sign or the printed number; `indent` the left edge of the first line in points.
    """

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    marker: str | None = None
    number: str | None = None
    _strip: int = 0
    _joined: str = field(default="", init=False, repr=False, compare=False)
    _joined_lines: int = field(default=0, init=False, repr=False, compare=False)

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    @property
    def indent(self) -> float:
        """Left edge of its first line, in points."""
        return self.lines[0].left

    @property
    def size(self) -> float:
        """Type size of its first line, in points."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """Its words, lines joined, hyphenation undone, marker left out. Kept, as every rule asks for it anew; a block
        changes only by a line more."""
        if self._joined_lines != len(self.lines):
            first, *rest = (line.text for line in self.lines)
            self._joined, self._joined_lines = join_words([first[self._strip :], *rest]), len(self.lines)
        return self._joined

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One rectangle for each stretch of lines on one page and in one column."""
        return boxes_of(self.lines)


def boxes_of(lines: Sequence[Line]) -> tuple[Box, ...]:
    """One rectangle around each run of lines that follow one another down a page.

    A highlight drawn from them covers the words and no more than the ragged right edge.
    """
    boxes: list[Box] = []
    page, left, bottom, right, head = 0, 0.0, 0.0, 0.0, 0.0
    for line in lines:
        foot, top = round(line.bottom, 1), round(line.top, 1)
        if line.page == page and top <= head and bottom - top < 1.5 * line.height:
            left, bottom, right = min(left, line.left), min(bottom, foot), max(right, line.right)
            continue
        if page:
            boxes.append(Box(page, round(left, 1), bottom, round(right, 1), head))
        page, left, bottom, right, head = line.page, line.left, foot, line.right, top
    if page:
        boxes.append(Box(page, round(left, 1), bottom, round(right, 1), head))
    return tuple(boxes)


_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at a line's end that it takes for a break."""


def join_words(lines: Iterable[str]) -> str:
    """Lines as one text.

    A hyphen at a line's end stays: most published reports are set ragged right and break no words, so that it is the
    word's own ("multi-agency"). Only a soft hyphen is undone, and so are those that `soften` found to break a word.
    """
    text = ""
    for line in lines:
        if "\u00ad" in line:
            line = line.replace("\u00ad", _SOFT) if line.endswith("\u00ad") else line.replace("\u00ad", "")
        if not text:
            text = line
        elif text.endswith(_SOFT):
            text = text[:-1] + line
        elif text.endswith((_HYPHEN, "-")) and not text.endswith((" -", "--")):
            text = text.rstrip(_HYPHEN + "-") + "-" + line
        else:
            text = f"{text} {line}"
    return " ".join(text.replace(_HYPHEN, "-").replace(_SOFT, "").split())


_SOFT = "\ue83f"
"""A private mark for a soft hyphen at a line's end while lines are joined."""


_HYPHENS = frozenset(("-", _HYPHEN))
_HEAD = re.compile(r"[\w’'-]+$")
_TAIL = re.compile(r"[^\W\d_][\w’'-]*")


def soften(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a text, with a soft hyphen where one only breaks a word at a line's end ("chil-dren").

    The rest of the text tells: it has the word without the hyphen somewhere, and nowhere with it; and what stands
    before and after the hyphen are not both words of it, as they mostly are where a hyphen joins two ("front-line").
    """
    broken = [number for number, line in enumerate(lines[:-1]) if line.text.endswith(_HYPHEN)]
    if not broken:
        return tuple(lines)
    text = "\n".join(line.text for line in lines).lower().replace(f"{_HYPHEN}\n", _HYPHEN)
    softened = list(lines)
    for number in broken:
        line = lines[number]
        if _breaks_a_word(line.text[:-1], lines[number + 1].text, text):
            softened[number] = replace(line, text=f"{line.text[:-1]}\u00ad")
    return tuple(softened)


def _breaks_a_word(line: str, next_line: str, text: str) -> bool:
    head, tail = _HEAD.search(line), _TAIL.match(next_line)
    if not head or not tail or tail.group()[0].isupper():
        return False
    before, after = head.group().lower(), tail.group().lower()
    if _has_word(text, f"{before}-{after}") or not _has_word(text, before + after):
        return False
    return not (_has_word(text, before) and _has_word(text, after))


def _has_word(text: str, word: str) -> bool:
    """Whether a word stands somewhere in a text, with no letter or hyphen before or after it."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        around = text[start - 1 : start] + text[end : end + 1]
        if not any(sign.isalpha() or sign in _HYPHENS for sign in around):
            return True
        start = text.find(word, end)
    return False


def line_pitch(lines: Sequence[Line], size: float) -> float:
    """The usual distance from one line of text to the next, in points.

    A text of short points and paragraphs steps as often from one of them to the next: the smaller step is the line's.
    """
    steps = Counter(
        round(before.top - line.top, 0)
        for before, line in pairwise(lines)
        if before.page == line.page
        and before.size == line.size == size
        and 0.9 * size < before.top - line.top < 2 * size
    )
    if not steps:
        return 1.2 * size
    most = steps.most_common(1)[0][1]
    common = min(step for step, times in steps.items() if 2 * times >= most)
    near = [
        before.top - line.top
        for before, line in pairwise(lines)
        if before.page == line.page and abs(before.top - line.top - common) <= 0.6
    ]
    return median(near) if near else float(common)


def make_blocks(lines: Sequence[Line], size: float) -> tuple[Block, ...]:
    """All blocks of a text in order.

    Args:
        lines: the text's lines, furniture left out.
        size: the type size of the running text in points (`furniture.body_size`).
    """
    return tuple(_Builder(size, line_pitch(lines, size)).build(lines))


class _Builder:
    def __init__(self, size: float, pitch: float) -> None:
        self._size = size
        self._pitch = pitch
        self._blocks: list[Block] = []
        self._hanging: dict[Kind, float] = {}
        """How far behind its sign or number the words of the last point of several lines stand (points)."""

    def build(self, lines: Sequence[Line]) -> list[Block]:
        for line in lines:
            self._take(line)
        return self._blocks

    @property
    def _now(self) -> Block | None:
        return self._blocks[-1] if self._blocks else None

    def _take(self, line: Line) -> None:
        marker, number, strip = self._marker(line)
        now = self._now
        if marker or number:
            if marker and now and self._is_sub_bullet(now, marker, line):
                now.lines.append(line)
                return
            if number and now and self._is_sub_point(now, number, line):
                now.lines.append(line)
                return
            self._blocks.append(Block("bullet" if marker else "paragraph", [line], marker, number, strip))
        elif now and self._goes_on(now, line):
            now.lines.append(line)
            if now.marker or now.number:
                self._hanging[now.kind] = line.left - now.indent
        elif self._is_heading(line):
            self._blocks.append(Block("heading", [line]))
        else:
            self._blocks.append(Block("paragraph", [line]))

    def _marker(self, line: Line) -> tuple[str | None, str | None, int]:
        """(bullet's sign, printed number, letters to leave out) of a line that begins a bullet or numbered point."""
        bullet = _BULLET.match(line.text)
        if bullet:
            return bullet.group(1), None, bullet.end()
        dash = _DASH.match(line.text)
        if dash and self._after_a_break(line):
            return dash.group(1), None, dash.end()
        number = _NUMBER.match(line.text)
        if number and not line.all_bold and line.size <= self._size + 0.6 and self._begins_point(number, line):
            return None, (number.group(1) or number.group(2)), number.end()
        return None, None, 0

    def _after_a_break(self, line: Line) -> bool:
        """Whether a dash begins a point: what stands before it has ended, the line stands further in or out, or it
        begins as the point before it does."""
        now = self._now
        if now is None or now.kind == "heading":
            return True
        last = now.lines[-1]
        if now.kind == "bullet" and now.marker == line.text[0] and abs(line.left - now.indent) < 1:
            return True
        return bool(_SENTENCE_END.search(last.text)) or line.left > last.left + 6 or line.left < last.left - 6

    def _begins_point(self, number: re.Match[str], line: Line) -> bool:
        """Whether a number at a line's start numbers a point, and is not just the first word of a line."""
        now = self._now
        if number.group(0).rstrip().endswith((".", ")")):
            return now is None or now.kind == "heading" or (self._parted(now, line) and not self._ends(number, line))
        return now is not None and (now.kind == "heading" or self._parted(now, line)) and self._follows(number.group(1))

    def _ends(self, number: re.Match[str], line: Line) -> bool:
        """Whether a number at a page's head ends the sentence that the page before breaks off ("they turn / 18.").

        It does where it stands in a point's hanging indent, or in a text that numbers nothing.
        """
        now = self._blocks[-1]
        last = now.lines[-1]
        if last.page == line.page or now.kind != "paragraph" or not number.group(1) or _SENTENCE_END.search(last.text):
            return False
        if now.number:
            return line.left > now.indent + 5
        return number.group(1) != "1" and not any(block.number for block in self._blocks)

    def _follows(self, number: str) -> bool:
        for block in reversed(self._blocks):
            if block.number and block.number.isdigit():
                return int(number) == int(block.number) + 1
            if block.kind == "heading":
                break
        return number == "1"

    def _is_sub_bullet(self, now: Block, marker: str, line: Line) -> bool:
        """A dash or ring further in than the bullet above belongs to that bullet's text."""
        if now.kind != "bullet":
            return False
        return line.left > now.indent + 8 and marker != now.marker and marker not in "◼■"

    def _is_sub_point(self, now: Block, number: str, line: Line) -> bool:
        """A lettered point further in than a numbered one that breaks off before it ("... children where (i) they")."""
        if not (now.number or "").isdigit() or number.isdigit() or line.left <= now.indent + 8:
            return False
        return not re.search(r"[.?!:]['’”)\]]*$", now.lines[-1].text)

    def _is_heading(self, line: Line) -> bool:
        return (line.all_bold or line.size > self._size + 0.9) and len(line.text) < 200

    def _goes_on(self, now: Block, line: Line) -> bool:
        last = now.lines[-1]
        if (now.kind == "heading") != self._is_heading(line) and not self._is_within(now, line):
            return False
        if now.kind == "heading":
            return abs(line.size - last.size) < 0.6 and not self._parted(now, line) and line.page == last.page
        if abs(line.size - last.size) >= 1.5:
            return False
        if now.kind == "bullet" and line.left < now.indent + 5:
            return False
        if last.page != line.page:
            return self._goes_on_overleaf(now, last, line)
        return not self._parted(now, line) or self._goes_on_after_a_gap(now, last, line)

    def _is_within(self, now: Block, line: Line) -> bool:
        """Whether a bold or larger line goes on in the midst of a sentence, and so is no heading."""
        return now.kind != "heading" and not _SENTENCE_END.search(now.lines[-1].text) and line.text[:1].islower()

    def _goes_on_after_a_gap(self, now: Block, last: Line, line: Line) -> bool:
        """A sentence broken in two by an uneven gap (where a footnote's mark raised the line, say)."""
        broken = not _SENTENCE_END.search(last.text) and line.text[:1].islower()
        return broken and 0 < last.top - line.top < 2.2 * self._pitch and line.left < now.indent + 40

    def _parted(self, now: Block, line: Line) -> bool:
        """Whether a gap, a jump up the page or a new page stands between a block and a line."""
        last = now.lines[-1]
        if last.page != line.page:
            return True
        step = last.top - line.top
        pitch = self._pitch * max(1.0, min(last.size, line.size) / self._size)
        return step < -0.5 * pitch or step > WIDE * pitch

    def _goes_on_overleaf(self, now: Block, last: Line, line: Line) -> bool:
        if line.page != last.page + 1:
            return False
        if not _SENTENCE_END.search(last.text):
            return True
        if now.kind == "bullet" or now.number:
            behind = now.lines[1].left - now.indent if len(now.lines) > 1 else self._hanging.get(now.kind, 0.0)
            return abs(line.left - now.indent - behind) < 4 and line.left > now.indent + 5
        return line.text[:1].islower()
