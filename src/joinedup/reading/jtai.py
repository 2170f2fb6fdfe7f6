"""Letters of joint targeted area inspections, 2016 to now.

Until 2020 a letter lists key strengths and areas for improvement as long bullets with case studies set among them;
from 2022 it opens with headline findings and short bullets of what needs to improve. Both are addressed to named
people, say who inspected and when, and end with who must send a written statement by which day (SI 2015/1792).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from joinedup.areas import inspectorates_named_in
from joinedup.reading.dates import find_date, find_deadline, find_range
from joinedup.reading.document import GREETING, Document
from joinedup.reading.items import (
    LONGEST_LABEL,
    SHORTEST_FINDING,
    ends_a_sentence,
    findings,
    make_item,
    points_or_paragraphs,
)
from joinedup.reading.layout import Line
from joinedup.reading.model import Addressee, Item, Statement
from joinedup.reading.people import begins_a_person, read_addressees
from joinedup.reading.placing import Placed

_LETTERHEAD = re.compile(
    r"ofsted\.gov\.uk|www\.|textphone|^T 0|^tel\b|\bM1 2WD\b|piccadilly gate|store street|aviation house|^\d{1,2}$|@",
    re.IGNORECASE,
)
_TITLE = r"Joint targeted area inspections?(?: \(JTAI\))?"
_AREA = (
    re.compile(rf"{_TITLE}(?: of| in|:) (?!the multi-agency)(?P<area>.+)", re.IGNORECASE),
    re.compile(
        rf"{_TITLE}(?: of|:) the multi-agency.*?\b(?:in|of|by) (?P<area>(?:the )?(?-i:[A-Z]).+)",
        re.IGNORECASE,
    ),
    re.compile(r"multi-agency .{5,160}? in (?P<area>(?:the )?(?-i:[A-Z])[\w’' -]+?)[.,]", re.IGNORECASE),
)


def opening(document: Document) -> tuple[dt.date | None, tuple[Addressee, ...]]:
    """A letter's date and the people it is addressed to."""
    above = document.address() or takewhile(lambda line: not _is_title(line), document.opening())
    lines = [line.text for line in above]
    dates = [find_date(text) for text in lines]
    number = next((number for number, found in enumerate(dates) if found), None)
    if number is None:
        return None, _people(lines)
    return dates[number], _people(lines[number + 1 :]) or _people(lines[:number])


def _is_title(line: Line) -> bool:
    return line.all_bold and re.match("Joint targeted area inspection", line.text) is not None


def _people(lines: Sequence[str]) -> tuple[Addressee, ...]:
    return read_addressees(text for text in lines if not _LETTERHEAD.search(text))


def title(document: Document) -> str:
    """The letter's title, which names the area ("Joint targeted area inspection of ...")."""
    for block in document.blocks:
        if re.match(r"Joint targeted area inspection", block.text, re.IGNORECASE):
            return block.text
    return ""


def area_phrases(document: Document) -> Iterator[str]:
    """The words that may name the area, the likeliest first: in the title, the first sentences and the greeting."""
    for text in (title(document), document.opening_text()):
        for pattern in _AREA:
            match = pattern.search(text)
            if match:
                yield match["area"].strip(" .")
    yield title(document)
    yield from (line.text for line in document.opening(3) if GREETING.match(line.text))


def first_sentences(document: Document) -> str:
    """The words between the title and the first findings: who inspected what, and when."""
    text = document.opening_text(2)
    match = re.search(r"\bDear\b.*?(?=Headline findings|Key strengths|Context\b|$)", text, re.IGNORECASE)
    return match.group()[:3000] if match else text[:3000]


def fieldwork(document: Document, published: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """First and last day on site."""
    return find_range(first_sentences(document), published)


def inspectorates(document: Document) -> tuple[str, ...]:
    """Who inspected, as the letter's first sentences say."""
    text = first_sentences(document)
    match = re.search(r"(?:Between|This inspection took place|took place|carried out|undert\w+).{0,700}", text)
    found = named_inspectorates(match.group()) if match else ()
    return found if len(found) > 1 else named_inspectorates(text)


def named_inspectorates(text: str) -> tuple[str, ...]:
    """The short names of the inspectorates that a text names, today's name of each ("HMICFRS" for HMIC)."""
    return tuple(one.names_over_time[-1].short for one in inspectorates_named_in(text))


_THEME = re.compile(  # what, then where, then whom where that stands behind
    r"multi-agency(?: response to)? ((?!safeguarding)[^.]{5,160}?),? in (?:the )?[A-Z]"
    r"[\w’'-]*(?:(?: (?:[A-Z][\w’'-]*|and|of|upon))*( who [^.]{3,80})\.)?"
)
_THEME_ALONE = re.compile(r"multi-agency response to ([^.]{5,160})\.")
"""Where the sentence does not say where: the letter's title does."""
_DEEP_DIVE = re.compile(r"deep dive[’'] (?:focus on|focused on|into|on) (.{5,250}?)\.")


def theme(document: Document) -> str | None:
    """What the inspection looked into: the deep dive's subject, else what the multi-agency response is to."""
    text = first_sentences(document)
    match = _DEEP_DIVE.search(text) or _THEME.search(text) or _THEME_ALONE.search(text)
    return " ".join(words.strip() for words in match.groups() if words) if match else None


_DETERMINED = re.compile(
    r"determined that (?:the )?(?P<who>.{3,200}?)(?: \([^()]{1,400}\))?,? "
    r"(?:is|are|as|should be|will be) (?:the )?principal authority"
)
_NAMED = re.compile(
    r"(?:^|\. )(?P<who>[A-Z][^.]{2,160}?),? (?:has|have) been (?:determined|identified|named|appointed)(?: as| to be)? "
    r"(?:the )?principal authority"
)
_IS = re.compile(
    r"[Pp]rincipal authority(?: for this inspection)? (?:is|will be) (?:the )?(?P<who>[A-Z][^.,]{2,160}?)"
    r"(?:[.,]| (?:and|which|who) (?:should|must|will)\b)"
)
_SHOULD = re.compile(
    r"(?:^|\. )(?!The principal authority\b)(?P<who>[A-Z][^.]{3,160}?),?(?: as (?:the )?principal authority,?)? "
    r"(?:should|must|will|is asked to) (?:now )?(?:coordinate|co-ordinate|prepare|produce|lead)"
)
_DUE = re.compile(r"\b(?:by|before|not? later than)\s+(?P<date>(?:(?!\.\s).){0,70}\.?)")
_STATEMENT = re.compile(r"principal authority|statement of (?:proposed )?action\b")


def statement(document: Document) -> Statement | None:
    """Who must send the written statement and the day printed for it, from the next steps or wherever it is said."""
    blocks = [placed.block for placed in document.placed if placed.role == "end"]
    if not any(_STATEMENT.search(block.text) for block in blocks):
        blocks = [placed.block for placed in document.placed if _STATEMENT.search(placed.block.text)]
    text = " ".join(block.text for block in blocks)
    who = next(
        (found for found in (pattern.search(text) for pattern in (_DETERMINED, _NAMED, _IS, _SHOULD)) if found), None
    )
    due = next((found for found in (find_deadline(m["date"]) for m in _DUE.finditer(text)) if found), None)
    if not who and not due:
        return None
    page = next((block.page for block in blocks if "statement" in block.text), None)
    name = re.sub(r"^(The|the)\s+", "", who["who"]).strip() if who else None
    return Statement(name, due, page)


_OUTLINES = re.compile(
    r"this letter,? (to all|summarises|outlines|sets out)\b|letter to all the service leaders", re.IGNORECASE
)
_INCLUDED = re.compile(r"(this|the) (jtai|joint targeted area inspection)\b.{0,12} includ(es|ed)\b", re.IGNORECASE)
_LOOKED_AT = re.compile(r"[‘']deep dive[’']|this letter|\b(considered|evaluated|evaluation)\b")


def _tells_of_the_inspection(text: str) -> bool:
    """Whether a paragraph says who inspected, when and what (to its last sentence), and not what was found."""
    if len(named_inspectorates(text)) > 1 or _OUTLINES.search(text):
        return True
    return _INCLUDED.match(text) is not None and _LOOKED_AT.search(text.rpartition(". ")[2]) is not None


def _is_found(placed: Placed) -> bool:
    """Whether a block before the first known heading says what was found: a long paragraph or a point of a list."""
    text = placed.block.text
    if placed.block.kind == "bullet":  # or one of those to whom the letter is addressed
        return len(text) >= SHORTEST_FINDING and (ends_a_sentence(text) or not begins_a_person(text))
    return len(text) >= LONGEST_LABEL and ends_a_sentence(text) and not _tells_of_the_inspection(text)


def items(document: Document) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    """Priority actions, improvements, strengths and findings."""
    opening = tuple(make_item("finding", placed) for placed in document.in_role("opening") if _is_found(placed))
    return (
        points_or_paragraphs("priority_action", document.in_role("priority")),
        points_or_paragraphs("improvement", document.in_role("improvements")),
        points_or_paragraphs("strength", document.in_role("strengths")),
        opening + findings(document),
    )
