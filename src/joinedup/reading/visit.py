"""Letters of focused visits and monitoring visits under ILACS: no grades, a narrative, sometimes priority actions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from joinedup.reading.blocks import join_words
from joinedup.reading.dates import find_date, find_range
from joinedup.reading.document import GREETING, Document
from joinedup.reading.items import findings, points_or_paragraphs
from joinedup.reading.model import Addressee, Family, Item
from joinedup.reading.people import read_address_block

_ABOUT = re.compile(
    r"(?:looked at|considered|evaluated|reviewed|focused on|examined) (?:the )?(?:local authority[’']s |council[’']s )?"
    r"(?:arrangements (?:for|in place for) )?(?:progress (?:made )?(?:in|on|with|towards) (?:the areas? of )?)?"
    r"(?!(?:the )?(?:progress (?:made )?\w+ )?(?:the )?following\b)(?P<theme>[^.]{5,200}?)"
    r"(?:[.:]|, (?:including|in particular|with a (?:particular |specific )?focus on))"
)


_BEGINS = re.compile(rf"{GREETING.pattern}|.*\bvisit\b", re.IGNORECASE)
"""The first line that is the letter's own: its greeting, or its title where nobody is greeted."""


def opening(document: Document) -> tuple[dt.date | None, tuple[Addressee, ...]]:
    """A letter's date and whom it is addressed to."""
    lines = [line.text for line in document.address() or document.opening()]
    date = next((found for found in map(find_date, lines) if found), None)
    return date, read_address_block(lines)


def fieldwork(document: Document, published: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """The days of the visit, from the letter's first sentences."""
    text = document.opening_text(2)
    match = re.search(r"dear\b.*", text, re.IGNORECASE)
    words = match.group()[:2500] if match else text[:2500]
    found = find_range(words, published)
    if found:
        return found
    day = find_date(words)
    return (day, day) if day else None


_NAME = r"[A-Z][\w’'-]+(?: (?!HMI\b|H(?:er|is) Majesty|Ofsted\b)[A-Z][\w’'-]+){1,3}"
_INSPECTORS = (
    re.compile(rf"[Ii]nspectors?(?: for this (?:visit|inspection))? (?:was|were):? (?P<name>{_NAME})"),
    re.compile(
        rf"(?:carried out|undertaken|led) by (?:Her |His )?(?:Majesty[’']s Inspectors?,? |HMI )?(?P<name>{_NAME})"
    ),
    re.compile(rf"Yours sincerely,? (?P<name>{_NAME}) (?=H(?:er|is) Majesty)"),
)


def lead_inspector(document: Document) -> str | None:
    """The inspector named first in the letter's opening, or the one who signed it."""
    for text in (document.opening_text(2), join_words(line.text for line in document.lines[-30:])):
        for pattern in _INSPECTORS:
            match = pattern.search(text)
            if match:
                return match["name"]
    return None


def family(dates: tuple[dt.date, dt.date] | None, published: dt.date | None) -> Family:
    """ILACS; before it began, inadequate councils were monitored under the single inspection framework."""
    day = dates[0] if dates else published
    return "sif" if day and day < ILACS_BEGAN else "ilacs"


ILACS_BEGAN = dt.date(2018, 1, 1)
"""Ofsted, inspecting local authority children's services from 2018."""


def theme(document: Document) -> str | None:
    """What the visit looked at."""
    match = _ABOUT.search(document.opening_text(2))
    return match["theme"].strip() if match else None


def area_phrases(document: Document, people: Sequence[Addressee]) -> Iterator[str]:
    """The words that may name the council, the likeliest first ("Focused visit to Barnsley children's services"): in
    the title, in the body of whom the letter is addressed to, or on the first page from the greeting or the title on:
    above them stands the publisher's own address, which has a city in it."""
    match = re.search(
        r"(?:focused|monitoring) visit (?:to|of) (?P<area>[A-Z].{2,70}?)(?: local authority)?"
        r"(?: children[’']s (?:social care )?services|\.|,| on )",
        document.opening_text(2),
        re.IGNORECASE,
    )
    if match:
        yield match["area"]
    yield from (block.text for block in document.blocks if block.kind == "heading" and "visit" in block.text.lower())
    yield from (one.organisation for one in people if one.organisation)
    yield from (line.text for line in document.address() if "council" in line.text.lower())
    yield join_words(line.text for line in dropwhile(lambda line: not _BEGINS.match(line.text), document.opening()))


def items(document: Document) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    """Priority actions, improvements, strengths and findings."""
    return (
        points_or_paragraphs("priority_action", document.in_role("priority")),
        points_or_paragraphs("improvement", document.in_role("improvements")),
        points_or_paragraphs("strength", document.in_role("strengths")),
        findings(document),
    )
