"""Shapes of reports and of what they say."""

from __future__ import annotations

import datetime as dt

from joinedup.service.api.shapes.common import Corrected, Page, Shape
from joinedup.service.api.shapes.counts import Dates


class ReportBrief(Shape):
    """One report in a list."""

    sha256: str
    """The SHA-256 of the file: the report's identity."""
    file: str
    """The file's name."""
    area: str | None
    area_name: str | None
    framework: str | None
    cycle: str | None
    """The framework's version by the first day of fieldwork."""
    visit: str | None
    theme: str | None
    inspection: Dates
    published: dt.date | None
    fictional: bool
    reference: str | None
    """The inspection's reference, in a report that a service like this one published."""
    version: int | None
    """Which version of that report it is, from 1."""
    replaced: dt.date | None
    """The day on which a corrected version took its place."""


class Box(Shape):
    """A place on a page, in PDF points from its lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class Sheet(Box):
    """What is shown of a page: boxes lie within it, and a picture of the page is of it."""

    turns: int
    """Quarter turns clockwise by which the page is shown."""


class Correction(Corrected):
    """One correction with its report and what became of it."""

    id: str
    report: ReportBrief
    page: int | None
    """The page that the statement begins on; null for a field of the report."""
    statements: list[str]
    """The statements that it corrects, as the report is read now."""
    later: list[str]
    """The later statements that a field with same: names, as their report is read now."""
    standing: str
    """standing; confirmed, where a person found right what was read; replaced by a later correction; withdrawn, where
    it takes an earlier one back and what was read stands again; lost, where its words are no longer read; or
    overruled, where a polarity is not what the statement's list says."""


class Judged(Shape):
    """One judgement as printed, and where it stands."""

    key: str
    title: str
    grade: str | None
    page: int
    boxes: list[Box]
    corrections: list[Corrected]
    """What was corrected of its grade."""


class ToldAgency(Shape):
    """An agency that a statement holds responsible, the words that decided it and how sure that is (0 to 1). Where a
    person corrected these, not how sure; and words only for what was read too."""

    agency: str
    words: str | None
    """Where the statement does not name the agency: its heading, its list's introduction or the name of the body that
    the report is on."""
    confidence: float | None


class ToldTheme(Shape):
    """A theme that a statement is about, the words that decided it and how sure that is (0 to 1). Where a person
    corrected these, not how sure; and words only for what was read too."""

    theme: str
    words: str | None
    confidence: float | None


class Stated(Shape):
    """What any statement says, whichever answer it stands in."""

    id: str
    """The report's sha256 and the statement's number."""
    kind: str
    """priority_action, improvement, strength or finding."""
    polarity: str | None
    """strength, weakness, mixed or context; null where it is not known."""
    polarity_words: str | None
    """The words that decided it: the statement's own, or the title of the list that it stands in; null where a person
    corrected it or the kind."""
    polarity_confidence: float | None
    """How sure that is (0 to 1); null likewise."""
    section: str | None
    """The heading that it stands under."""
    lead_in: str | None
    """The words that introduce its list."""
    number: str | None
    page: int
    text: str
    """The report's own words."""
    themes: list[ToldTheme]
    responsible: list[str]
    """The bodies that the report's own table names for it, as printed."""
    corrections: list[Corrected]
    """What of it was corrected."""


class Statement(Stated):
    """One statement with its report."""

    agencies: list[ToldAgency]
    report: ReportBrief


class PlacedStatement(Stated):
    """One statement of a report with its place on the page."""

    agencies: list[ToldAgency]
    boxes: list[Box]


class StatementDetail(PlacedStatement):
    """One statement with its place on the page, and its report."""

    report: ReportBrief


class Addressee(Shape):
    """One person to whom a letter is addressed or whom an area SEND report names as a leader, as printed."""

    name: str
    role: str | None
    organisation: str | None
    agency: str | None


class Oddity(Shape):
    """What was odd in a file that was read all the same."""

    page: int | None
    what: str


class OutcomeRead(Shape):
    """The outcome of an area SEND inspection."""

    key: str
    text: str | None
    page: int | None


class StatementDue(Shape):
    """The written statement of proposed action that a joint inspection asks for."""

    principal_authority: str | None
    due: dt.date | None
    """As printed."""
    due_computed: dt.date | None
    """The same day by the rule: 70 working days after the letter."""


class Report(ReportBrief):
    """One report whole."""

    area_as_printed: str | None
    la_code: str | None
    ons_code: str | None
    lead_inspector: str | None
    inspectorates: list[str]
    pages: int
    sheets: list[Sheet]
    """The pages whose shape is known, all of them unless an older reader read the report."""
    outcome: OutcomeRead | None
    statement: StatementDue
    addressees: list[Addressee]
    judgements: list[Judged]
    statements: list[PlacedStatement]
    """Everything it states, in its order."""
    problems: list[Oddity]
    reader_version: str
    corrections: list[Corrected]
    """What was corrected of the report's own fields; /corrections has all of the report, lost ones too."""


class Hit(Shape):
    """One statement that a search found."""

    id: str
    report: str
    """The report's sha256."""
    kind: str
    polarity: str | None
    """strength, weakness, mixed or context; null where it is not known."""
    text: str
    marks: list[tuple[int, int]]
    """The (start, end) of the words found in the text, in characters."""
    section: str | None
    lead_in: str | None
    """The words that introduce its list."""
    page: int
    area: str | None
    area_name: str | None
    framework: str | None
    published: dt.date | None
    agencies: list[str]
    themes: list[str]
    fictional: bool
    score: float
    """Higher is better; comparable within one search only."""
    corrections: list[Corrected]
    """What of it was corrected."""


class FacetCount(Shape):
    """How many hits have one value."""

    value: str
    count: int


class Facets(Shape):
    """How many of all hits there are by each value, most first; one without a value is counted nowhere, one with two
    under each of them."""

    area: list[FacetCount]
    """By the area's slug."""
    framework: list[FacetCount]
    kind: list[FacetCount]
    year: list[FacetCount]
    """By the year of publication."""
    agency: list[FacetCount]
    theme: list[FacetCount]


class HitPage(Page[Hit]):
    """One page of what a search found; `total` is how many statements hold the words."""

    ranked: int
    """How many of them were put in order, the newest, and stand on the pages: all, or 2,000."""
    facets: Facets
    some_words: bool
    """Whether no statement that the filters leave holds all the words, and these hold some of them."""
