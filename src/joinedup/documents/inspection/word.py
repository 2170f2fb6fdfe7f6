"""A document in Word's format (docx), for those who must comment in it.

Numbered paragraphs become the rows of tables with a column for comments, so that a comment stands beside what it is on.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

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

COMMENT = ("Number", "What the draft says", "Your comment: what is wrong, and what shows it")
_LANGUAGE = "en-GB"


def to_docx(document: Document) -> bytes:
    """The document as a Word file; the same document gives the same words, styles and properties."""
    import docx

    file = docx.Document()
    _describe(file, document)
    file.add_paragraph(document.kicker, style="Subtitle")
    file.add_paragraph(document.title, style="Title")
    blocks = [each for each in document.blocks if not isinstance(each, Contents)]
    for numbered, run in groupby(blocks, lambda each: isinstance(each, Paragraph) and each.number is not None):
        if numbered:
            _points(file, [each for each in run if isinstance(each, Paragraph)])
        else:
            for each in run:
                _write(file, each)
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


def _describe(file: Any, document: Document) -> None:
    """Title, language and day; what stands at the head and foot of every page."""
    from docx.oxml.ns import qn

    properties = file.core_properties
    properties.title, properties.author, properties.language = document.title, "Joinedup", _LANGUAGE
    made = dt.datetime(document.day.year, document.day.month, document.day.day, 12, tzinfo=dt.UTC)
    properties.created = properties.modified = made.replace(tzinfo=None)  # python-docx writes it as UTC
    properties.comments = document.mark or ""
    fonts = file.styles["Normal"].element.get_or_add_rPr()
    language = fonts.makeelement(qn("w:lang"), {qn("w:val"): _LANGUAGE})
    fonts.append(language)
    section = file.sections[0]
    section.header.paragraphs[0].text = document.mark or ""
    section.footer.paragraphs[0].text = document.short


def _write(file: Any, block: Block) -> None:
    match block:
        case Heading(level, text, _):
            file.add_heading(text, level - 1)  # the title has a style of its own
        case Paragraph(text, _, _):
            file.add_paragraph(text)
        case Lines(lines):
            file.add_paragraph("\n".join(lines))
        case Bullets(items):
            for item in items:
                file.add_paragraph(item, style="List Bullet")
        case Facts(rows):
            for label, value in rows:
                paragraph = file.add_paragraph()
                paragraph.add_run(f"{label}: ").bold = True
                paragraph.add_run("\n".join(value))
        case Table(caption, head, rows, _):
            file.add_paragraph(caption, style="Caption")
            _table(file, head, rows)
        case Contents():
            pass  # Word makes its own list of parts from the headings


def _points(file: Any, points: Sequence[Paragraph]) -> None:
    _table(file, COMMENT, [(str(each.number), each.text, "") for each in points], (0.8, 3.0, 2.4))


def _table(file: Any, head: Sequence[str], rows: Sequence[Sequence[str]], inches: Sequence[float] = ()) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Inches

    table = file.add_table(rows=1, cols=len(head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    first = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way to mark a head
    first.append(first.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for column, width in zip(table.columns, inches, strict=False):
        for cell in column.cells:
            cell.width = Inches(width)
    file.add_paragraph()
