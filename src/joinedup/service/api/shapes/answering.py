"""Shapes of accountability: who must improve what, who answers for it and to whom."""

from __future__ import annotations

import datetime as dt

from joinedup.service.api.shapes.common import Corrected, Shape
from joinedup.service.api.shapes.places import Body
from joinedup.service.api.shapes.reports import ReportBrief, Stated


class PostNamed(Shape):
    """A post by its key and title."""

    post: str
    title: str


class PersonNamed(Shape):
    """A person to whom the letter is addressed or whom the report names as a leader, with the post that the role
    tells."""

    name: str
    role: str | None
    organisation: str | None
    agency: str | None
    post: str | None
    standing: str
    """holder, acting or deputy."""


class BodyNamed(Shape):
    """A body by its key and name."""

    body: str
    name: str


class AnsweringPost(Shape):
    """A post that answers for what is asked, in that place on that day."""

    post: str
    title: str
    bodies: list[BodyNamed]
    """The bodies that the post heads there."""
    answers_to: list[PostNamed]
    chain: list[PostNamed]
    """Everybody above it, nearest first."""
    people: list[PersonNamed]
    """Those whom the report names for the post."""


class HeldAgency(Shape):
    """An agency that a statement holds responsible, and who answers for it."""

    agency: str
    words: str | None
    """The words that decided it; where the statement does not name the agency, its heading, its list's introduction or
    the name of the body that the report is on; null where only a person says so."""
    confidence: float | None
    """How sure that is (0 to 1); null where a person corrected or confirmed whom the statement holds responsible."""
    decided: str
    """What told the posts: the words, the agency alone, or either (one of these; the words do not tell which).
    Words without posts name one for whom no post answers: a court, a meeting of several agencies."""
    posts: list[AnsweringPost]
    named: list[PersonNamed]
    """Everybody of the agency to whom the letter is addressed or whom the report names as a leader."""


class Demand(Stated):
    """One statement with those who answer for it."""

    agencies: list[HeldAgency]
    report: ReportBrief


class Cell(Shape):
    """One number of the matrix; all stands for whatever the agency, theme or period, none for without one (no-version
    for a report of no known version of a framework)."""

    agency: str
    theme: str
    period: str
    statements: int
    priority: int
    """How many of them are priority actions."""
    reports: int
    areas: int


class Matrix(Shape):
    """Statements counted by agency, theme and period. Cells of nought are left out; margins are no sums."""

    snapshot: str
    by: str
    total: int
    agencies: list[str]
    themes: list[str]
    periods: list[str]
    cells: list[Cell]


class Tallied(Shape):
    """Numbers of statements."""

    asked: int
    """Improvements and priority actions."""
    priority: int
    """Priority actions among them."""
    praised: int
    concerns: int
    """Concerns in the main text beside what was asked."""
    mixed: int
    """What is praise and concern in one, and counts as neither."""


class Part(Tallied):
    """A tally under some key: an agency, a theme or a year."""

    key: str


class Contribution(Shape):
    """What one report asked of each agency and praised in it."""

    report: ReportBrief
    agencies: list[Part]
    nobody: Tallied
    """Statements that hold nobody responsible."""


class Contributions(Shape):
    """Agencies' contributions in an area over time, newest report first."""

    area: str
    area_name: str
    inspections: list[Contribution]
    predecessors_inspections: list[Contribution]


class Serves(Tallied):
    """An area that a body serves or served, and what was asked of the body's agency there in that time."""

    area: str
    area_name: str
    start: dt.date | None
    end: dt.date | None
    part: bool
    """Whether it serves only a part of the area."""
    reports: list[str]
    """Reports published in that time (their sha256), newest first."""


class BodyDetail(Body, Tallied):
    """A body, the areas it serves, and what was asked of its agency there while it did."""

    areas: list[Serves]
    years: list[Part]
    themes: list[Part]


class ThemeCount(Shape):
    """A theme, and how much the record's reports say about it."""

    theme: str
    statements: int
    reports: int
    areas: int


class Worded(Shape):
    """One wording of something, in a report's own words, and where it stands."""

    id: str
    """The statement: the report's sha256 and the statement's number."""
    report: str
    """The report's sha256."""
    framework: str | None
    day: dt.date
    """The first day of the inspection."""
    page: int
    lead_in: str | None
    """The words that introduce its list."""
    text: str
    corrections: list[Corrected]
    """What of it was corrected."""


class Later(Shape):
    """A later statement on the same thing, told by comparing the words."""

    relation: str
    """asked_again; now_praised; or looked_at, where it neither asks for it nor praises it."""
    how_sure: str
    """How sure it is that both are on the same thing: sure, fairly sure or likely; or a person says so."""
    sure: float
    """The same as a likelihood, 0 to 1; 1 where a person says so."""
    words: str
    """The words of the wording that decided: one sentence of a paragraph, or all of it."""
    shared: list[str]
    """The words and things that both name, the most telling first."""
    wording: Worded


class SaidSame(Shape):
    """What a person says of a thing that was asked for and one later statement."""

    field: str
    """Which later statement: same:, the first 12 letters of its report's sha256, a colon and the hash of its words."""
    old: str | None
    """Whether the program told them to be on the same thing: yes or no."""
    new: str | None
    """Whether they are: yes or no; the same as old where the person confirmed what the program told."""
    corrected_at: dt.datetime
    """When the person said so, in UTC."""
    reason: str
    """How they know."""


class AskedAgain(Shape):
    """One thing that was asked for, and what later reports said of it."""

    fate: str
    """What the latest report that looked at it has: asked_again, now_praised, or dropped; not_looked_at: no later
    report speaks of it, as far as the words tell; newly_asked: the latest report that asks for anything is the first to
    ask for it (such a thing has another fate, too, and is there twice, where a later report asks for nothing)."""
    asked: Worded
    later: list[Later]
    said: list[SaidSame]
    """What people say of it and of single later statements. One that is not on the same thing is not in later."""
