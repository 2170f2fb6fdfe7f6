"""The published report: an inspection's whole content in the one form that every framework's reports have.

`joinedup.reading.own` reads it back. So the judgements, contributions, findings, examples and improvements hold nothing
but headings, labelled facts and numbered paragraphs; what only repeats or explains is a table or a note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from joinedup.documents.inspection import words
from joinedup.documents.inspection.blocks import (
    Block,
    Contents,
    Document,
    Heading,
    Numbered,
    Paragraph,
    Table,
    facts,
    plain,
)
from joinedup.documents.inspection.content import (
    About,
    ContributionGiven,
    FindingGiven,
    ImprovementAsked,
    InspectionReport,
    JudgementGiven,
)
from joinedup.frameworks import EVIDENCE_SOURCES
from joinedup.reading import own_form as form

NOTICE = f"{form.FICTIONAL} report made to show how Joinedup works. Not about any real place or person."
PLANS = {"plan": "A joint action plan", "statement": "A written statement"}


def published_report(report: InspectionReport) -> Document:
    """The report as a document, ready to be written as PDF, HTML or Word."""
    numbered = Numbered()
    blocks: list[Block] = [
        front(report),
        *_summary(report),
        Heading(2, form.CONTENTS),
        Contents(),
        *_judgements(report, numbered),
        *_contributions(report, numbered),
        *_findings(report, form.PRAISE, [each for each in report.findings if each.tendency == "praise"]),
        *_findings(report, form.CONCERN, [each for each in report.findings if each.tendency == "concern"]),
        *_improvements(report),
        *_practice(report),
        *_method(report),
        *_next(report),
    ]
    title = title_of(report.about)
    version = "" if report.version == 1 else f" (version {report.version})"
    return Document(title, form.KICKER, f"{title}{version}", report.published, tuple(blocks), mark_of(report.about))


def title_of(about: About) -> str:
    """The report's title."""
    return f"Inspection of services for children in {about.place.name}"


def mark_of(about: About) -> str | None:
    """What stands at the head of every page."""
    return NOTICE if about.fictional else None


def front(report: InspectionReport) -> Block:
    """The facts of the first page."""
    change, plan = report.correction, report.plan
    version = f"{report.version}" if change is None else f"{report.version}, replacing {words.day(change.replaces)}"
    return facts(
        *about_rows(report.about),
        (form.PUBLISHED, words.day(report.published)),
        (form.VERSION, version),
        (form.CHANGED, change.changed if change else None),
        (form.WHY, change.why if change else None),
        (form.PLAN_KIND, PLANS[plan.kind] if plan else None),
        (form.PLAN_BY, plan.by if plan else None),
        (form.PLAN_DUE, words.day(plan.due) if plan and plan.due else None),
    )


def about_rows(about: About) -> Iterator[tuple[str, str | None]]:
    """Which inspection it is, as labelled facts."""
    visit = next(each.title for each in about.rules.visits if each.key == about.visit)
    yield form.AREA, about.place.name
    yield form.COUNCIL_CODE, about.place.la_code
    yield form.FRAMEWORK, f"{about.rules.title} ({about.framework})"
    yield form.VISIT, visit
    yield form.THEME, about.theme
    yield form.REFERENCE, about.reference
    yield form.FIELDWORK, words.days(about.start, about.end)
    yield form.LEAD, words.inspectorate(about.lead)
    yield form.OTHERS, form.BETWEEN.join(map(words.inspectorate, about.others))
    yield form.INSPECTOR, about.lead_inspector


def _summary(report: InspectionReport) -> Iterator[Block]:
    if report.summary.strip():
        yield Heading(2, form.SUMMARY)
        yield from plain(report.summary)


def _judgements(report: InspectionReport, numbered: Numbered) -> Iterator[Block]:
    if report.judgements:
        yield Heading(2, form.JUDGEMENTS)
    for each in report.judgements:
        judgement = report.about.rules.judgement(each.key)
        yield Heading(3, judgement.title, f"judgement-{each.key}")
        yield facts(
            (form.GRADE, grade_title(report.about, each.grade)),
            (form.LOWERED, form.BETWEEN.join(words.agencies(each.lowered_by))),
        )
        yield from numbered(each.narrative)
        yield from _explained(each, numbered)


def _explained(each: JudgementGiven, numbered: Numbered) -> Iterator[Block]:
    if each.explains.strip():
        yield Heading(4, form.EXPLAINED)
        yield from numbered(each.explains)


def grade_title(about: About, key: str | None) -> str | None:
    """A grade as the framework prints it."""
    return next((grade.title for grade in about.rules.grades if grade.key == key), None)


def _contributions(report: InspectionReport, numbered: Numbered) -> Iterator[Block]:
    if report.contributions:
        yield Heading(2, form.CONTRIBUTIONS)
    for each in report.contributions:
        yield Heading(3, words.agency(each.agency), f"contribution-{each.agency}")
        yield contribution_facts(report.about, each)
        yield from numbered(each.narrative)


def contribution_facts(about: About, each: ContributionGiven) -> Block:
    """Whose contribution it is, and its grade or why it has none."""
    return facts(
        (form.ORGANISATIONS, each.organisations),
        (form.GRADE, grade_title(about, each.grade)),
        (form.NOT_ASSESSED, each.not_assessed),
    )


def criterion_title(about: About, key: str) -> str:
    """A criterion's title."""
    return next(each.title for each in about.rules.criteria if each.key == key)


def _findings(report: InspectionReport, title: str, findings: Sequence[FindingGiven]) -> Iterator[Block]:
    if findings:
        yield Heading(2, title)
    for each in findings:
        yield Heading(3, f"{form.FINDING} F{each.number}", f"finding-{each.number}")
        yield facts(
            (form.WORDS, each.words),
            (form.CRITERION, criterion_title(report.about, each.criterion)),
            (form.AGENCIES, form.BETWEEN.join(words.agencies(key for key, _ in each.agencies))),
            (form.HOW, tuple(f"{words.agency(key)}: {how}" for key, how in each.agencies if how.strip())),
            (form.IS_EXAMPLE, "Others can learn from this." if each.example else None),
            (form.NO_IMPROVEMENT, each.no_improvement),
        )


def _improvements(report: InspectionReport) -> Iterator[Block]:
    if not report.improvements:
        return
    yield Heading(2, form.IMPROVEMENTS)
    yield by_agency(report.improvements)
    for each in report.improvements:
        yield Heading(3, improvement_title(each), f"improvement-{each.number}")
        yield improvement_facts(each)


def improvement_title(each: ImprovementAsked) -> str:
    """What an improvement is called: "Improvement 3", "Priority action 1"."""
    return f"{form.PRIORITY if each.priority else form.IMPROVEMENT} {each.number}"


def improvement_facts(each: ImprovementAsked) -> Block:
    """One entry of the accountability statement."""
    return facts(
        (form.ASKED, each.words),
        (form.RESPONSIBLE, words.agency(each.agency)),
        (form.POST, each.post),
        (form.ANSWERS_TO, form.BETWEEN.join(each.answers_to)),
        (form.DUE, words.day(each.due) if each.due else None),
        (form.FROM, f"{form.FINDING} F{each.finding}"),
    )


def by_agency(improvements: Sequence[ImprovementAsked]) -> Table:
    """How much is asked of each agency, and what is due first."""
    rows = []
    for key in dict.fromkeys(each.agency for each in improvements):
        own = [each for each in improvements if each.agency == key]
        due = [each.due for each in own if each.due]
        rows.append(
            (
                words.agency(key),
                ", ".join(str(each.number) for each in own),
                ", ".join(str(each.number) for each in own if each.priority) or "None",
                words.day(min(due)) if due else "No day set",
            )
        )
    head = ("Agency", "What it must improve", "Of these, for priority action", "First to be done by")
    return Table("What is asked of each agency, by number", head, tuple(rows), (3, 4, 3, 3))


def _practice(report: InspectionReport) -> Iterator[Block]:
    if not report.good_practice and not report.no_good_practice.strip():
        return
    yield Heading(2, form.PRACTICE)
    if not report.good_practice:
        yield from (Paragraph(each.text, small=True) for each in plain(report.no_good_practice))
    for number, each in enumerate(report.good_practice, 1):
        yield Heading(3, f"{form.EXAMPLE} G{number}", f"example-{number}")
        yield facts(
            (form.WHAT, each.words),
            (form.AGENCIES, form.BETWEEN.join(words.agencies(each.agencies))),
            (form.FROM, f"{form.FINDING} F{each.finding}" if each.finding is not None else None),
        )


def _method(report: InspectionReport) -> Iterator[Block]:
    base = report.evidence
    sources = [(EVIDENCE_SOURCES[key], number) for key, number in base.by_source]  # type: ignore[index]  # checked
    criteria = [(criterion_title(report.about, key), number) for key, number in base.by_criterion]
    counted = (
        _counted("Pieces of evidence by kind of source", "Source", sources),
        _counted("Pieces of evidence by agency", "Agency", [(words.agency(key), n) for key, n in base.by_agency]),
        _counted("Pieces of evidence by what they bear on", "Looked at under", criteria),
    )
    tables = [table for table in counted if table.rows]
    if not (report.method.strip() or tables or base.tracked or base.sampled or report.team):
        return
    yield Heading(2, form.METHOD)
    yield from plain(report.method)
    if tables or base.tracked or base.sampled:
        yield Heading(3, "The evidence in numbers")
        yield Paragraph(
            f"The team followed the experiences of {words.count(base.tracked)} children from start to finish, and "
            f"looked at parts of the work with {words.count(base.sampled)} more. One piece of evidence may bear on "
            "several agencies. Numbers from 1 to 4 are not shown."
        )
        yield from tables
    if report.team:
        yield Heading(3, "The team")
        rows = tuple((each.role, each.body, f"{each.people:,}") for each in report.team)
        yield Table("Who was in the team", ("Role", "From", "People"), rows, (4, 4, 1))


def _counted(caption: str, of: str, counts: Sequence[tuple[str, int]]) -> Table:
    rows = tuple((name, words.count(number)) for name, number in counts)
    return Table(caption, (of, "Pieces"), rows, (4, 1))


def _next(report: InspectionReport) -> Iterator[Block]:
    plan = report.plan
    if plan is None and not report.improvements:
        return
    yield Heading(2, form.NEXT)
    if plan:
        yield Paragraph(_plan_words(PLANS[plan.kind], plan.by, plan.due))
    if report.improvements:
        yield Paragraph(
            "Each improvement in this report stays open until inspectors have confirmed it, or have asked for it again."
        )


def _plan_words(what: str, by: str, due: dt.date | None) -> str:
    when = f" by {words.day(due)}" if due else ""
    return form.plain_words(f"{what} that answers this report is to be written by {by}{when}.")
