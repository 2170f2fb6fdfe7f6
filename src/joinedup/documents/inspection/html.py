"""A document as an HTML fragment, for a page's template: meaning by elements, looks by the page's own classes.

The classes are those of GOV.UK Frontend, which the service has. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TypeVar

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
from joinedup.reading.own_form import CONTENTS

T = TypeVar("T")
_SIZES = {1: "xl", 2: "l", 3: "m", 4: "s"}


def to_html(document: Document, *, level: int = 1) -> str:
    """The document as a fragment whose title is a heading of the given level (1 where the page has no other)."""
    title = _heading(Heading(1, document.title), level, document.kicker)
    mark = f'<p class="govuk-inset-text">{escape(document.mark)}</p>\n' if document.mark else ""
    return mark + title + "".join(_all(document, level))


def _all(document: Document, level: int) -> Iterator[str]:
    blocks = [each for each in document.blocks if not (isinstance(each, Heading) and each.text == CONTENTS)]
    for numbered, run in groupby(blocks, lambda each: isinstance(each, Paragraph) and each.number is not None):
        if numbered:
            yield _numbered([each for each in run if isinstance(each, Paragraph)])
        else:
            yield from (_block(each, document, level) for each in run)


def _block(block: Block, document: Document, level: int) -> str:
    match block:
        case Heading():
            return _heading(block, level)
        case Contents():
            return _contents(document)
        case Paragraph(text, _, small):
            return f'<p class="govuk-body{"-s" if small else ""}">{escape(text)}</p>\n'
        case Lines(lines):
            return f'<p class="govuk-body">{"<br>".join(map(escape, lines))}</p>\n'
        case Bullets(items):
            return f'<ul class="govuk-list govuk-list--bullet">{_each(items, _item)}</ul>\n'
        case Facts(rows):
            return f'<dl class="govuk-summary-list">{_each(rows, _row)}</dl>\n' if rows else ""
        case Table():
            return _table(block)


def _heading(block: Heading, level: int, kicker: str | None = None) -> str:
    deep = min(6, block.level + level - 1)
    anchor = f' id="{escape(_anchor(block))}"' if block.level == 2 or block.anchor else ""
    over = f'<span class="govuk-caption-xl">{escape(kicker)}</span>\n' if kicker else ""
    size = _SIZES[block.level]
    return f'<h{deep} class="govuk-heading-{size}"{anchor}>{over}{escape(block.text)}</h{deep}>\n'


def _anchor(block: Heading) -> str:
    """Where a link to a heading leads: what the document names it by, else its words."""
    return block.anchor or "-".join("".join(each if each.isalnum() else " " for each in block.text.lower()).split())


def _contents(document: Document) -> str:
    parts = [
        each for each in document.blocks if isinstance(each, Heading) and each.level == 2 and each.text != CONTENTS
    ]
    links = "".join(
        f'<li><a class="govuk-link" href="#{escape(_anchor(each))}">{escape(each.text)}</a></li>' for each in parts
    )
    return f'<nav aria-label="{CONTENTS}"><ol class="govuk-list">{links}</ol></nav>\n'


def _numbered(run: Sequence[Paragraph]) -> str:
    """Paragraphs with the numbers that they have in print: a list that starts where the last one ended."""
    items = _each([each.text for each in run], _item)
    return f'<ol class="govuk-list govuk-list--number govuk-list--spaced" start="{run[0].number}">{items}</ol>\n'


def _each(things: Sequence[T], write: Callable[[T], str]) -> str:
    return "".join(map(write, things))


def _item(text: str) -> str:
    return f"<li>{escape(text)}</li>"


def _row(row: tuple[str, tuple[str, ...]]) -> str:
    label, value = row
    words = _each(value, lambda text: f'<p class="govuk-body">{escape(text)}</p>') if value[1:] else escape(value[0])
    return (
        f'<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{escape(label)}</dt>'
        f'<dd class="govuk-summary-list__value">{words}</dd></div>'
    )


def _table(table: Table) -> str:
    head = _each(table.head, lambda cell: f'<th scope="col" class="govuk-table__header">{escape(cell)}</th>')
    body = _each(table.rows, _table_row)
    return (
        f'<table class="govuk-table"><caption class="govuk-table__caption govuk-table__caption--s">'
        f'{escape(table.caption)}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">{head}</tr>'
        f'</thead><tbody class="govuk-table__body">{body}</tbody></table>\n'
    )


def _table_row(row: tuple[str, ...]) -> str:
    first, *rest = row
    cells = _each(rest, lambda cell: f'<td class="govuk-table__cell">{escape(cell)}</td>')
    return f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{escape(first)}</th>{cells}</tr>'
