"""What a published report says, as plain values: the words that every reader writes and every later room reads.

One `Report` for each file that was read, or one `Refusal` that says why it could not be. Texts are the report's own
words, lines joined, hyphenation undone, page furniture left out (the contract's rules). Pages count from 1. A `Box`
is in PDF points from the page's lower left corner, as PDFium gives them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Family = Literal["slac", "cpi", "tlac", "sif", "ilacs", "jtai", "area-send", "multi-agency", "joined-up"]
Visit = Literal["standard", "short", "focused", "monitoring", "reinspection"]
Grade = Literal["outstanding", "good", "requires_improvement", "inadequate"]
OutcomeKey = Literal["positive", "inconsistent", "systemic"]
ItemKind = Literal["improvement", "priority_action", "strength", "finding"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: left, bottom, right, top in points; `page` counts from 1."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class AreaRef:
    """The area a report is on. `slug` is the area's key in `joinedup.areas`; None where it could not be told."""

    name: str
    slug: str | None
    la_code: str | None
    ons_code: str | None


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person to whom a letter is addressed, or whom an area SEND report names as a leader, as printed."""

    name: str
    role: str | None = None
    organisation: str | None = None
    agency: str | None = None
    """The agency key (`local_authority`, `police`, ...) that the post belongs to, where the words tell."""


@dataclass(frozen=True, slots=True)
class JudgementRead:
    """One judgement as printed. `grade` is None for a judgement that the report prints without one.

    `narrative`: the paragraphs that state it, parted by empty lines, in reports that this system publishes.
    """

    key: str
    title: str
    grade: Grade | None
    page: int
    boxes: tuple[Box, ...] = ()
    narrative: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeRead:
    """An area SEND report's one of three outcomes, with the sentence that states it."""

    key: OutcomeKey
    text: str
    page: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One statement: a bulleted improvement, priority action or strength, or a paragraph of the main text.

    `section` is the headings above it, joined by " › ": the chapter's, the list's and the nearest one (None where
    none stands above but a title page's table); `lead_in` the words that introduce the list it stands in ("Leaders
    should ensure that:"), which often name who must act; `responsible` the bodies that the report's own table names
    for it (area SEND), as printed; `number` the paragraph's or bullet's printed number;
    `post` the accountable post that the accountability statement of a report of ours names.
    """

    kind: ItemKind
    text: str
    page: int
    section: str | None = None
    lead_in: str | None = None
    number: str | None = None
    responsible: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The written statement that a joint inspection's letter asks for: who writes it and the date as printed."""

    principal_authority: str | None
    due: dt.date | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What a report that this system publishes says of itself.

    `framework` is the id of the framework's version, `reference` the inspection's, `version` the report's own, from 1;
    a later one says what `changed` and `why`, and the day on which the version that it `replaces` was published.
    """

    framework: str
    reference: str
    version: int
    replaces: dt.date | None = None
    changed: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a file that was read all the same."""

    what: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of a page, in points of the page's own space, and by how many quarter turns clockwise."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One published report, read. `file` is the path as given; `fictional` marks a specimen of our own making."""

    file: str
    sha256: str
    pages: int
    framework: Family | None
    visit: Visit | None
    area: AreaRef | None
    start: dt.date | None = None
    end: dt.date | None = None
    published: dt.date | None = None
    published_source: Literal["printed", "file", "official"] | None = None
    """Whence the day of publication: printed in the report, the day the file was made, or the official series."""
    lead_inspector: str | None = None
    inspectorates: tuple[str, ...] = ()
    theme: str | None = None
    addressees: tuple[Addressee, ...] = ()
    judgements: tuple[JudgementRead, ...] = ()
    outcome: OutcomeRead | None = None
    priority_actions: tuple[Item, ...] = ()
    improvements: tuple[Item, ...] = ()
    strengths: tuple[Item, ...] = ()
    findings: tuple[Item, ...] = ()
    statement: Statement | None = None
    problems: tuple[Problem, ...] = ()
    fictional: bool = False
    sections: tuple[str, ...] = field(default=())
    """The headings found, in order: for people who look into why something was or was not read."""
    sheets: tuple[Sheet, ...] = ()
    """The pages that can be shown."""
    publication: Publication | None = None
    """Of a report that this system publishes alone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not read, with a reason that a person understands."""

    file: str
    sha256: str | None
    reason: str
    pages: int | None = None
