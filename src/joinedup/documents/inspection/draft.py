"""One agency's draft for factual accuracy: what the report will say of it and ask of it, and nothing else.

Every paragraph has a number, so that the agency can answer point by point. `draft_points` gives the same points as
values, so that an answer can be kept with what it answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from joinedup.documents.errors import ContentError
from joinedup.documents.inspection import words
from joinedup.documents.inspection.blocks import Block, Document, Heading, Paragraph, facts
from joinedup.documents.inspection.content import ContributionGiven, FindingGiven, InspectionReport
from joinedup.documents.inspection.report import (
    about_rows,
    contribution_facts,
    criterion_title,
    improvement_title,
    mark_of,
)
from joinedup.reading import own_form as form
from joinedup.reading.own_form import paragraphs, plain_words

DRAFT = "Draft for factual accuracy – not for publication"


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered paragraph: what it belongs to (the finding's or improvement's own number, where it has one)."""

    number: int
    of: Literal["contribution", "finding", "part", "improvement"]
    label: int | None
    words: str


def draft_points(report: InspectionReport, agency: str) -> tuple[Point, ...]:
    """Everything that one agency is shown, in order, numbered from 1.

    Raises:
        ContentError: the report says nothing of that agency.
    """
    found = [*_contribution(report, agency), *_findings(report, agency), *_improvements(report, agency)]
    if not found:
        raise ContentError(f"the report says nothing of {words.agency(agency).lower()}")
    return tuple(Point(number, *each) for number, each in enumerate(found, 1))


_Told = tuple[Literal["contribution", "finding", "part", "improvement"], int | None, str]


def _contribution(report: InspectionReport, agency: str) -> Iterator[_Told]:
    given = _of(report, agency)
    if given:
        for text in (given.narrative, given.not_assessed):
            yield from (("contribution", None, each) for each in paragraphs(text))


def _of(report: InspectionReport, agency: str) -> ContributionGiven | None:
    return next((each for each in report.contributions if each.agency == agency), None)


def _findings(report: InspectionReport, agency: str) -> Iterator[_Told]:
    for each in report.findings:
        part = dict(each.agencies).get(agency)
        if part is not None:
            yield from (("finding", each.number, text) for text in paragraphs(each.words))
            yield from (("part", each.number, text) for text in paragraphs(part))


def _improvements(report: InspectionReport, agency: str) -> Iterator[_Told]:
    for each in report.improvements:
        if each.agency == agency:
            yield from (("improvement", each.number, text) for text in paragraphs(each.words))


def agency_draft(report: InspectionReport, agency: str, *, due: dt.date, day: dt.date) -> Document:
    """The agency's draft as a document, sent on `day`, to be answered by `due`."""
    points = draft_points(report, agency)
    title = f"What the report will say of {words.agency(agency).lower()} in {report.about.place.name}"
    blocks: list[Block] = [
        Paragraph(
            f"Please read this draft and tell us by {words.day(due)} where a fact is wrong. Give the number of the"
            " paragraph, what is wrong, and what shows it. Every point will be answered."
        ),
        Paragraph(
            "You see what concerns your agency. Other agencies see what concerns them. Please do not pass this on."
        ),
        facts(*about_rows(report.about)),
        *_written(report, agency, points),
    ]
    mark = " ".join(filter(None, (DRAFT + ".", mark_of(report.about))))
    return Document(title, "Draft for factual accuracy", title, day, tuple(blocks), mark)


def _written(report: InspectionReport, agency: str, points: Sequence[Point]) -> Iterator[Block]:
    contribution = _of(report, agency)
    if contribution:
        yield Heading(2, "Your contribution")
        without = ContributionGiven(agency, " ", contribution.organisations, contribution.grade)
        yield contribution_facts(report.about, without)
        yield from _numbered(points, "contribution", None)
    named = [each for each in report.findings if agency in dict(each.agencies)]
    if named:
        yield Heading(2, "Findings that name you")
    for finding in named:
        yield Heading(3, f"{form.FINDING} F{finding.number}")
        yield _about_finding(report, finding)
        yield from _numbered(points, "finding", finding.number)
        if dict(finding.agencies)[agency].strip():
            yield Heading(4, "Your part in it")
            yield from _numbered(points, "part", finding.number)
    asked = [each for each in report.improvements if each.agency == agency]
    if asked:
        yield Heading(2, "What you are asked to improve")
    for each in asked:
        yield Heading(3, improvement_title(each))
        yield facts(
            (form.POST, each.post),
            (form.ANSWERS_TO, form.BETWEEN.join(each.answers_to)),
            (form.DUE, words.day(each.due) if each.due else None),
            (form.FROM, f"{form.FINDING} F{each.finding}"),
        )
        yield from _numbered(points, "improvement", each.number)


def _about_finding(report: InspectionReport, finding: FindingGiven) -> Block:
    kind = form.PRAISE if finding.tendency == "praise" else form.CONCERN
    return facts(("Stands under", kind), (form.CRITERION, criterion_title(report.about, finding.criterion)))


def _numbered(points: Sequence[Point], of: str, label: int | None) -> Iterator[Block]:
    return (Paragraph(plain_words(one.words), one.number) for one in points if (one.of, one.label) == (of, label))
