"""Two summaries of a report, each on two pages at most: for the public in plain English, and for children.

Each takes first what the team wrote for its readers; where the team wrote nothing, it is put together from the report's
facts in sentences of our own. What the team wrote is never cut: where it does not fit, `TooLongError` says so. What is
only listed (good practice, improvements) is listed as far as there is room, and the rest counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from joinedup.areas.sentences import listed
from joinedup.documents.errors import TooLongError
from joinedup.documents.inspection import words
from joinedup.documents.inspection.blocks import Block, Document, Heading, Paragraph, Table, bullets, plain
from joinedup.documents.inspection.content import ImprovementAsked, InspectionReport
from joinedup.documents.inspection.pdf import page_count, to_pdf
from joinedup.documents.inspection.report import PLANS, grade_title, improvement_title, mark_of
from joinedup.reading.own_form import plain_words

PAGES = 2
_MOST = 12
"""Things of one kind that a summary lists where there is room."""


def public_summary(report: InspectionReport) -> Document:
    """The summary for the public. Raises TooLongError where the team's text does not fit two pages."""
    return _fitted(lambda most: _public(report, most), "summary for the public")


def childrens_summary(report: InspectionReport) -> Document:
    """The summary for children and young people. Raises TooLongError where the team's text does not fit two pages."""
    return _fitted(lambda most: _children(report, most), "summary for children")


def _fitted(make: Callable[[int], Document], name: str) -> Document:
    """The document with as many things listed as two pages hold."""
    for most in range(_MOST, -1, -2):
        document = make(most)
        pages = page_count(to_pdf(document))
        if pages <= PAGES:
            return document
    raise TooLongError(f"the {name} takes {pages} pages and may have {PAGES}: shorten the text written for it")


def _public(report: InspectionReport, most: int) -> Document:
    about = report.about
    place = about.place.name
    title = f"Services for children in {place}: what inspectors found"
    blocks: list[Block] = [
        Paragraph(
            f"{listed(words.inspectorates(about))} inspected how agencies in {place} work together for children,"
            f" between {words.day(about.start)} and {words.day(about.end)}."
        ),
        Heading(2, "What we found"),
        *(plain(report.summary) if report.summary.strip() else _found(report)),
        *_works_well(report, most),
        *_must_improve(report, most),
        Heading(2, "What happens next"),
        Paragraph(_next(report)),
        Paragraph("The full report gives the evidence, each agency’s part and every improvement."),
    ]
    return Document(title, "Summary", title, report.published, tuple(blocks), mark_of(about))


def _found(report: InspectionReport) -> Iterator[Block]:
    for each in report.judgements:
        title = report.about.rules.judgement(each.key).title
        grade = grade_title(report.about, each.grade)
        said = words.first_sentence(each.narrative)
        yield Paragraph(f"{title}{f': {grade}' if grade else ''}. {said}")


def _works_well(report: InspectionReport, most: int) -> Iterator[Block]:
    praised = [each.words for each in report.good_practice]
    praised += [each.words for each in report.findings if each.tendency == "praise"]
    points = list(dict.fromkeys(words.first_sentence(each) for each in praised))[: most // 2]
    if points:
        yield Heading(2, "What works well")
        yield bullets(*points)


def _must_improve(report: InspectionReport, most: int) -> Iterator[Block]:
    asked = sorted(report.improvements, key=lambda each: not each.priority)
    if not asked:
        return
    yield Heading(2, "What must improve, and who must do it")
    if asked[:most]:
        rows = tuple(_row(each) for each in asked[:most])
        head = ("Number", "What must improve", "Who must do it", "By")
        yield Table("Improvements asked for, priority actions first", head, rows, (3, 7, 4, 3))
    left = len(asked) - len(asked[:most])
    if left:
        more = "more " if asked[:most] else ""
        thing = "improvement" if left == 1 else "improvements"
        yield Paragraph(f"The full report asks for {left} {more}{thing}.")


def _row(each: ImprovementAsked) -> tuple[str, str, str, str]:
    by = words.day(each.due) if each.due else "No day set"
    return improvement_title(each), words.first_sentence(each.words), words.agency(each.agency), by


def _next(report: InspectionReport) -> str:
    plan = report.plan
    if plan is None:
        return "Inspectors will follow up what they asked for until it is done."
    due = f" by {words.day(plan.due)}" if plan.due else ""
    return plain_words(
        f"{PLANS[plan.kind]} is to be written by {plan.by}{due}. Inspectors will follow up what they asked for until it"
        " is done."
    )


_WHO = {
    "local_authority": "social workers and other people at the council",
    "education": "schools",
    "health": "doctors, nurses and other health workers",
    "police": "the police",
    "probation": "probation workers",
    "youth_justice": "youth justice workers",
    "courts": "courts and prisons",
    "housing": "housing workers",
    "voluntary": "charities and community groups",
    "partnership": "the group that brings all these people together",
}
"""How each agency is called to a child."""


_MUST = {True: "make a plan to put this right", False: "do better where we asked them to"}


def _children(report: InspectionReport, most: int) -> Document:
    place = report.about.place.name
    title = f"How well are children in {place} helped?"
    blocks: list[Block] = [
        Heading(2, "What we did"),
        Paragraph("We are inspectors. We check if children get the help that they need."),
        Paragraph(f"We came to {place} in {report.about.end:%B %Y}."),
        Paragraph("We talked to children, families and the people who help them."),
        *_looked_at(report),
        Heading(2, "What we found"),
        *(plain(report.for_children) if report.for_children.strip() else _told_to_children(report)),
        *_to_get_better(report, most),
        Heading(2, "What happens next"),
        Paragraph(f"The grown-ups in charge must now {_MUST[report.plan is not None]}. We will check that they do."),
        Heading(2, "If you need help"),
        Paragraph("If something worries you, tell a grown-up you trust."),
        Paragraph("You can also call Childline on 0800 1111. It is free and you do not have to say who you are."),
        Paragraph("If you are in danger now, call 999."),
    ]
    return Document(title, "For children and young people", title, report.published, tuple(blocks),
                    mark_of(report.about), large=True)  # fmt: skip


def _looked_at(report: InspectionReport) -> Iterator[Block]:
    helpers = [_WHO[each.agency] for each in report.contributions]
    if helpers:
        yield Paragraph("We looked at the work of:")
        yield bullets(*(each[0].upper() + each[1:] for each in helpers))


def _told_to_children(report: InspectionReport) -> Iterator[Block]:
    good = sum(each.tendency == "praise" for each in report.findings)
    bad = sum(each.tendency == "concern" for each in report.findings)
    if good:
        yield Paragraph(f"We found {good} {'thing that works' if good == 1 else 'things that work'} well.")
    if bad:
        yield Paragraph(f"We found {bad} {'thing that is' if bad == 1 else 'things that are'} not good enough.")
    if not good and not bad:
        yield Paragraph("The full report tells what we found. You can ask a grown-up to read it with you.")


def _to_get_better(report: InspectionReport, most: int) -> Iterator[Block]:
    agencies = list(dict.fromkeys(each.agency for each in report.improvements))
    if not agencies:
        return
    yield Heading(2, "What must get better")
    points = []
    for key in agencies[:most]:
        asked = sum(each.agency == key for each in report.improvements)
        who = _WHO[key]
        points.append(f"{who[0].upper()}{who[1:]} must make {asked} {'thing' if asked == 1 else 'things'} better.")
    if points:
        yield bullets(*points)
    else:
        yield Paragraph("Some of the people who help children must do better. The full report says who.")
