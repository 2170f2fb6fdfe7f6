"""Which kind of published report a document is, by the words of its first pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from joinedup.reading.blocks import join_words
from joinedup.reading.furniture import body_size
from joinedup.reading.layout import Page
from joinedup.reading.model import Family, Visit
from joinedup.reading.own_form import KICKER
from joinedup.reading.sections import Layout

Reader = Literal["jtai", "area_send", "council", "visit", "own"]


@dataclass(frozen=True)
class Kind:
    """A kind of report: the family it belongs to, how it is laid out and which reader reads it."""

    family: Family | None
    reader: Reader
    layout: Layout
    visit: Visit | None = None


_KINDS: tuple[tuple[str, Kind], ...] = (
    (rf"\b{KICKER}\b", Kind(None, "own", "report")),
    (r"joint targeted area inspections?( \(jtai\))?( of\b| in\b|:)", Kind("jtai", "jtai", "letter")),
    (r"(?<!local )area send (full )?inspection\b", Kind("area-send", "area_send", "send")),
    (r"(?<!local )area send monitoring inspection\b", Kind("area-send", "area_send", "send", "monitoring")),
    (
        r"focused visit (to|of) |focused visit:|findings of (the|a) focused visit",
        Kind("ilacs", "visit", "letter", "focused"),
    ),
    (
        r"monitoring visit (to|of) |findings of (the|a) (\w+ )?monitoring visit",
        Kind("ilacs", "visit", "letter", "monitoring"),
    ),
    (
        r"re-?inspection of services for children in need of help and protection",
        Kind("sif", "council", "report", "reinspection"),
    ),
    (r"inspection of services for children in need of help and protection", Kind("sif", "council", "report")),
    (r"review of the effectiveness of the local safeguarding children board", Kind("sif", "council", "report")),
    (r"inspection of (local authority )?arrangements for the protection of children", Kind("cpi", "council", "report")),
    (
        r"inspection of (?:[\w’' ,-]{0,60})?safeguarding and looked after children(?! \d)",
        Kind("slac", "council", "report"),
    ),
    (
        r"inspection of [\w’' ,-]{0,60}?(looked after children([’']s)? services|services for looked after children)",
        Kind("tlac", "council", "report"),
    ),
    (
        (
            r"inspection of (?:[\w’'&,. -]{2,80} )?(?:local authority )?children[’']s (?:social care )?services"
            r"|the impact of leaders on (social work )?practice with children"
        ),
        Kind("ilacs", "council", "report"),
    ),
    (
        r"(joint area review|inspection of progress made in the provision of safeguarding)",
        Kind(None, "council", "report"),
    ),
)
_TABLE = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _KINDS)
FIRST_LETTERS = 2500
"""A report says what it is on its first page; later it may well mention others."""


def recognise(pages: tuple[Page, ...]) -> Kind | None:
    """What kind of report the pages hold, None where it is none that is known.

    Its title is set bold or large on the first pages; the one that stands first wins, since a letter may speak of
    other inspections. Where no heading names one, the first page's words are taken if they also say when the
    inspection was, or whom the letter is to.
    """
    first = _first(pages)
    size = body_size(first)
    titles = [line.text for page in first for line in page.lines if line.bold or line.size > size + 0.9]
    found = _named(titles)
    if found is None and any(_TELLS.match(line.text) for page in first for line in page.lines):
        found = _named([line.text for page in first for line in page.lines])
    return found


_TELLS = re.compile(r"(inspection|visit) dates?\b|dear\b|lead inspector\b|reporting inspector\b", re.IGNORECASE)


def _named(lines: list[str]) -> Kind | None:
    text = re.sub(r"\s+", " ", join_words(lines))[:FIRST_LETTERS]
    found = [(match.start(), number) for number, (pattern, _) in enumerate(_TABLE) if (match := pattern.search(text))]
    return _TABLE[min(found)[1]][1] if found else None


def _first(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The first page, with the next ones while there are too few letters for a title page to be over."""
    letters = 0
    for number, page in enumerate(pages[:3], 1):
        letters += sum(len(line.text) for line in page.lines)
        if letters >= 400:
            return pages[:number]
    return pages[:3]
