"""Reports on a council's children's services: SLAC, CPI, TLAC, SIF and ILACS.

All have a title page (or the head of one) with the council's name, the days of the inspection and, since 2013, a
table of judgements and grades; then what must improve, then a chapter for each judgement.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from joinedup.frameworks import Framework
from joinedup.reading.dates import find_date, find_range
from joinedup.reading.document import Document
from joinedup.reading.grades import Found, find_grades
from joinedup.reading.items import findings, make_item, points_or_paragraphs
from joinedup.reading.layout import Line
from joinedup.reading.model import Item, JudgementRead, Problem, Visit

_DATES = re.compile(r"(?:inspection|visit) dates?\b\W*(?P<rest>.{5,90})", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published(?: on)?|publication date|date of publication)\W{0,3}(?P<rest>.{6,30})", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:lead|reporting|managing) inspectors?\b\W{0,3}"
    r"(?P<name>[A-Z][\w’'.-]*(?:\s+(?:[a-z]{1,3}\s+)?[A-Z][\w’'.-]*){1,3}?)"
    r"(?=\s*(?:,|HM\b|HMI\b|H(?:er|is) Majesty|Ofsted|Deputy|Team|Judgement|Age group|Inspection|$|\n))",
    re.IGNORECASE | re.MULTILINE,
)
SHORT = dt.timedelta(days=7)
"""A short ILACS inspection is on site for one week (five days), a standard one for two."""


def title_text(document: Document) -> str:
    """The words above the inspection's dates: the council's name and the report's title."""
    words: list[str] = []
    for line in document.opening():
        if re.match(r"(inspection|visit) dates?\b|lead inspector|dear\b|reporting inspector", line.text, re.IGNORECASE):
            break
        words.append(line.text)
        if len(words) >= 12:
            break
    return " ".join(words)


def fieldwork(document: Document) -> tuple[dt.date, dt.date] | None:
    """First and last day of the inspection, from the title page."""
    text = document.opening_text(2)
    for match in _DATES.finditer(text):
        found = find_range(match["rest"])
        if found:
            return found
        day = find_date(match["rest"][:30])
        if day:
            return day, day
    return find_range(text[:1500])


def published(document: Document) -> dt.date | None:
    """The day printed as that of publication, if there is one."""
    for match in _PUBLISHED.finditer(document.opening_text(2)):
        found = find_date(match["rest"])
        if found:
            return found
    return None


def lead_inspector(document: Document) -> str | None:
    """The name printed after "Lead inspector" on the first pages or in the list of the team further on."""
    for near in (document.opening(2), document.lines):
        match = _LEAD.search("\n".join(line.text for line in near))
        if match:
            return match["name"].strip()
    return None


def about_the_team(document: Document) -> str:
    """The title page, and what the report says of the inspection itself, where it names who inspected."""
    about = [
        placed.block.text
        for placed in document.in_role("aside")
        if placed.heading and "about th" in placed.heading.lower() and "inspection" in placed.heading.lower()
    ]
    return " ".join([document.opening_text(1), *about])


def ilacs_visit(dates: tuple[dt.date, dt.date] | None) -> Visit | None:
    """Short or standard, by the days on site: the reports do not print which."""
    if not dates:
        return None
    return "short" if dates[1] - dates[0] < SHORT else "standard"


def judgements(document: Document, framework: Framework) -> tuple[tuple[JudgementRead, ...], tuple[Problem, ...]]:
    """Every judgement's grade, and a problem for each that is printed in two ways.

    The first page's table says it first; what it lacks is sought in the headings, then in the text.
    """
    headings = [line for block in document.blocks if block.kind == "heading" for line in block.lines]
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    for lines, first_page in ((_first_page(document), True), (document.opening(2), False)):
        for one in find_grades(lines, framework, first_page):
            found.setdefault(one.judgement.key, one)
    for one in find_grades(headings, framework):
        known = found.setdefault(one.judgement.key, one)
        if known.grade != one.grade and one.lines[0].page > known.lines[0].page:
            problems.append(Problem(_differs(known, one), one.lines[0].page))
    if not _has_table(framework, found):
        for one in find_grades(document.lines, framework):
            found.setdefault(one.judgement.key, one)
    order = {judgement.key: number for number, judgement in enumerate(framework.judgements)}
    read = sorted((one.read() for one in found.values()), key=lambda judgement: order[judgement.key])
    return tuple(read), tuple(dict.fromkeys(problems))


def _has_table(framework: Framework, found: dict[str, Found]) -> bool:
    """Whether the first page or the headings gave enough; else (before 2013) the grades stand in the text alone."""
    graded = [judgement for judgement in framework.judgements if judgement.graded and not judgement.optional]
    return len(found) >= len(graded) / 2


def _differs(known: Found, other: Found) -> str:
    first = known.grade.replace("_", " ")
    second = other.grade.replace("_", " ")
    return f"{known.judgement.title}: {first} on page {known.lines[0].page}, but {second} in a heading on this page"


def _first_page(document: Document) -> Sequence[Line]:
    """The lines of the first page; of two where the first is a bare title page."""
    first = document.opening(1)
    return first if len(first) > 15 else document.opening(2)


def items(document: Document) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    """Priority actions, improvements, strengths and findings."""
    opening = tuple(
        make_item("finding", placed)
        for placed in document.in_role("opening")
        if placed.block.kind == "paragraph" and len(placed.block.text) >= 150 and placed.block.text.endswith(".")
    )
    return (
        points_or_paragraphs("priority_action", document.in_role("priority")),
        points_or_paragraphs("improvement", document.in_role("improvements")),
        points_or_paragraphs("strength", document.in_role("strengths")),
        opening + findings(document),
    )
