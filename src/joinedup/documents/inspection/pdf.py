"""A document as PDF/UA-1, set by Typst, which refuses what is not accessible.

The typefaces are Typst's own: neither the network nor the machine's fonts are asked, and the same document gives the
same bytes everywhere.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from joinedup.documents.inspection.blocks import (
    Block,
    Bullets,
    Contents,
    Document,
    Facts,
    Heading,
    Lines,
    Paragraph,
    Table,
)
from joinedup.reading import own_form as form

if TYPE_CHECKING:
    import typst

AUTHOR = "Joinedup"
_MAY_BREAK = "\u200b"
_NO_BREAK = "\u2060"
_HOLDS, _HELD = r".,:;'’\"“‘(\[{£$€#@&", r".,:;!?'’”\")\]}%&"
"""Signs that no line parts from a letter after them, and from anything before them, by the rules of the world's
scripts (Unicode Standard Annex 14)."""
_KEPT_TOGETHER = re.compile(
    rf"(?<=[^\w\s/{_HOLDS}-])(?=\w)|(?<=[^\s/-])(?=[^\w\s/{_HELD}-])|(?<=:)(?=//)|(?<=www)(?=\.)"
)
"""Places in a word where the setter might else end a line: beside other signs, and in what it takes for an address."""


_ONE_AT_A_TIME = threading.Lock()
"""A setter, kept since it is slow to load, works for one thread at a time."""


def to_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1: tagged, with language, title, outline and page numbers."""
    made = dt.datetime(document.day.year, document.day.month, document.day.day, 12, tzinfo=dt.UTC)
    with resources.as_file(resources.files(__package__).joinpath("form.typ")) as layout, _ONE_AT_A_TIME:
        pdf = _compiler(str(layout)).compile(
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(made.timestamp()),
            sys_inputs={"document": json.dumps(_as_json(document))},
        )
    assert isinstance(pdf, bytes)  # Typst gives a list only for formats with one file a page
    return pdf


@cache
def _compiler(layout: str) -> typst.Compiler:
    import typst

    return typst.Compiler(layout, font_paths=typst.Fonts(include_system_fonts=False))


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _as_json(document: Document) -> dict[str, Any]:
    sizes = {level: size for size, level in form.HEADING_SIZES.items()}
    return {
        "title": _set(document.title),
        "kicker": document.kicker,
        "short": _set(document.short),
        "author": AUTHOR,
        "day": [document.day.year, document.day.month, document.day.day],
        "mark": document.mark,
        "large": document.large,
        "blocks": list(_blocks(document.blocks)),
        "form": {
            "margin": form.MARGIN,
            "value": form.VALUE_INDENT,
            "number": form.NUMBER_INDENT,
            "body": form.BODY_SIZE,
            "small": form.SMALL_SIZE,
            "kicker": form.KICKER_SIZE,
            "headings": [sizes[level] for level in sorted(sizes)],
        },
    }


def _blocks(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        match block:
            case Facts(rows):
                if rows:
                    yield {"kind": "facts", "rows": [{"label": label, "value": _value(words)} for label, words in rows]}
            case Bullets(items):
                yield {"kind": "bullets", "items": list(map(_set, items))}
            case Lines(lines):
                yield {"kind": "lines", "lines": list(map(_set, lines))}
            case Contents():
                yield {"kind": "contents"}
            case Table():
                yield _table(block)
            case Heading():
                quiet = block.text == form.CONTENTS
                yield {"kind": "heading", "level": block.level, "text": _set(block.text), "quiet": quiet}
            case Paragraph():
                yield _paragraph(block)


def _paragraph(block: Paragraph) -> dict[str, Any]:
    if block.number is not None:
        return {"kind": "numbered", "number": str(block.number), "text": _set(block.text)}
    return {"kind": "note" if block.small else "paragraph", "text": _set(block.text)}


def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": _set(block.caption),
        "head": list(map(_set, block.head)),
        "rows": [list(map(_set, row)) for row in block.rows],
        "shares": list(block.shares),
    }


def _value(words: Sequence[str]) -> list[str]:
    """A value's paragraphs. The reader joins their lines as it does those of one."""
    *before, last = map(_set, words)
    return [*(each + form.SPACE for each in before), last]


def _set(text: str) -> str:
    """A text as printed: lines end at spaces, and in a word where `own_form.may_go_on` says, and nowhere else.

    So the reader can tell which it was, though PDFium does not always give the space at a line's end.
    """
    words = form.plain_words(text).split(" ")
    spaces = (form.SPACE if form.may_go_on(word) else " " for word in words[:-1])
    return "".join(map("".join, zip_longest(map(_breakable, words), spaces, fillvalue="")))


def _breakable(word: str) -> str:
    longest = form.LONGEST_WORD
    parts = (word[start : start + longest] for start in range(0, len(word), longest))
    return _MAY_BREAK.join(_KEPT_TOGETHER.sub(_NO_BREAK, part) for part in parts)
