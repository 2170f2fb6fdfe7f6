"""A fictional inspection of any size, to try documents on, to measure them and to test them.

The sentences are our own and the areas do not exist.
"""

from __future__ import annotations

import datetime as dt

from joinedup.documents.inspection.blocks import Document
from joinedup.documents.inspection.content import (
    About,
    ContributionGiven,
    Correction,
    EvidenceBase,
    FindingGiven,
    GoodPractice,
    ImprovementAsked,
    InspectionReport,
    JudgementGiven,
    NotificationGiven,
    Plan,
    TeamPart,
)
from joinedup.documents.inspection.draft import agency_draft
from joinedup.documents.inspection.letters import notification_letter
from joinedup.documents.inspection.report import published_report
from joinedup.documents.inspection.summaries import childrens_summary, public_summary
from joinedup.frameworks import EVIDENCE_SOURCES, get_framework

_POSTS = {
    "local_authority": ("Director of children’s services", ("Chief executive of the council", "Leader of the council")),
    "health": ("Chief executive of the integrated care board", ("Regional director, NHS England",)),
    "police": ("Chief constable", ("Police and crime commissioner",)),
    "education": ("Chair of the schools forum", ("Director of children’s services",)),
    "probation": ("Head of the probation delivery unit", ("Regional probation director",)),
    "courts": ("Chief crown prosecutor", ("Director of public prosecutions",)),
}
_GOOD = (
    "Workers know the children well. They see them often and alone, and what children say changes the plan.",
    "Health visitors and midwives share what worries them on the same day, and families are not asked twice.",
    "Officers’ body-worn footage is looked at by a supervisor, so that a child in the room is never overlooked.",
)
_BAD = (
    "Children wait too long for a first visit. In the weeks that inspectors looked at, one in three waited ten days.",
    "Strategy meetings are often held without health – even where a well-known long-term condition is the concern.",
    "Schools are told the outcome of a referral late, and some say that they are “the last to know”.",
)
_ASK = (
    "See every child within five working days of a referral, and look each week at those who were not seen.",
    "Send somebody who can decide to every strategy meeting, and record why where nobody came.",
    "Tell the school what was decided on the day that it is decided.",
)
_ORGANISATIONS = {
    "local_authority": ("Kelderby Metropolitan Borough Council",),
    "health": ("Kelderby & Vale Hospitals NHS Trust", "Kelder Valley Integrated Care Board"),
    "police": ("Kelderdale Police",),
}


def example_report(framework: str = "joined-up-1", *, findings: int = 6, version: int = 1) -> InspectionReport:
    """A fictional report with that many findings, half of them praise; every concern asks for an improvement."""
    rules = get_framework(framework)
    agencies = [each.key for each in rules.agencies if each.scope == "always" and each.key in _POSTS]
    grades = [grade.key for grade in rules.grades]
    criteria = [each.key for each in rules.criteria]
    given = tuple(
        FindingGiven(
            number,
            "praise" if number % 2 else "concern",
            criteria[number % len(criteria)],
            (_GOOD if number % 2 else _BAD)[number % 3] + (f"\n\n{_GOOD[(number + 1) % 3]}" if number % 4 == 0 else ""),
            tuple(
                (agencies[(number + step) % len(agencies)], "Its staff took part each time that inspectors looked.")
                for step in range(min(1 + number % 2, len(agencies)))
            ),
            example=number % 6 == 1,
        )
        for number in range(1, findings + 1)
    )
    asked = tuple(
        ImprovementAsked(
            number,
            _ASK[number % 3],
            finding.agencies[0][0],
            *_POSTS[finding.agencies[0][0]],
            finding.number,
            dt.date(2027, 3, 1) + dt.timedelta(days=number),
            priority=number % 3 == 1,
        )
        for number, finding in enumerate((one for one in given if one.tendency == "concern"), 1)
    )
    narrative = "\n\n".join(_GOOD + _BAD)
    return InspectionReport(
        about=_about(framework),
        published=dt.date(2027, 1, 18),
        judgements=tuple(
            JudgementGiven(
                each.key,
                narrative,
                grades[place % len(grades)] if each.graded and grades else None,
                "Health and the council, working from one plan, explain most of what is good.",
                (agencies[-1],) if each.graded and grades else (),
            )
            for place, each in enumerate(rules.judgements)
        ),
        contributions=tuple(
            ContributionGiven(key, narrative, _ORGANISATIONS.get(key, ()), grades[1] if grades else None)
            for key in agencies
        ),
        findings=given,
        improvements=asked,
        good_practice=tuple(
            GoodPractice(one.words, tuple(key for key, _ in one.agencies), one.number) for one in given if one.example
        ),
        method=(
            "Inspectors read what the agencies had recorded, saw practice, and spoke with children, families and staff."
            "\n\nThe agencies had looked at the same children together before. Where they saw it otherwise, the team"
            " asked why."
        ),
        evidence=EvidenceBase(
            tuple((key, 17 * place + 3) for place, key in enumerate(EVIDENCE_SOURCES)),
            tuple((key, 40 + place) for place, key in enumerate(agencies)),
            tuple((key, 9 * place) for place, key in enumerate(criteria)),
            5,
            10,
        ),
        team=(TeamPart("Lead inspector", "Ofsted", 1), TeamPart("Inspector", "Ofsted", 3)),
        plan=Plan("Kelderby Council and its partners", dt.date(2027, 4, 28)),
        summary=(
            "Children in Kelderby are mostly well helped once somebody has noticed them. It takes too long until"
            " somebody does.\n\nThe agencies know this and have begun to change it together."
        ),
        for_children=(
            "Grown-ups who help you talk to each other more than they did. That is good.\n\nSome of you waited too long"
            " until somebody came. We have asked them to come sooner."
        ),
        version=version,
        correction=(
            Correction("The day by which improvement 1 is to be done.", "It was misprinted.", dt.date(2027, 1, 11))
            if version > 1
            else None
        ),
    )


def example_notification() -> NotificationGiven:
    """A fictional letter's content."""
    post, above = _POSTS["health"]
    return NotificationGiven(
        about=_about("joined-up-1"),
        day=dt.date(2026, 10, 26),
        post=post,
        organisation=_ORGANISATIONS["health"][-1],
        agency="health",
        asked=(
            "The names of the people who will help inspectors on site.",
            "What you have recorded of the five children whom the team has chosen.",
            "Your part of the agencies’ own audit of these children.",
        ),
        due=dt.date(2026, 11, 6),
        answers_to=above,
        contact="Write to kelderby.inspection@example.org.",
    )


def example_documents() -> dict[str, Document]:
    """One fictional document of every kind, by what it is."""
    report = example_report(findings=8)
    return {
        "report": published_report(example_report(findings=8, version=2)),
        "graded report": published_report(example_report("multi-agency-2012")),
        "letter": notification_letter(example_notification()),
        "draft": agency_draft(report, "health", due=dt.date(2026, 12, 21), day=dt.date(2026, 12, 7)),
        "public summary": public_summary(report),
        "children's summary": childrens_summary(report),
    }


def _about(framework: str) -> About:
    rules = get_framework(framework)
    others = tuple(each.key for each in rules.inspectorates if each.role == "member" and each.joins == "always")
    return About(
        framework=framework,
        area="kelderby",
        reference="KEL-2026-1",
        start=dt.date(2026, 11, 9),
        end=dt.date(2026, 11, 20),
        lead=rules.lead.key,
        others=others,
        lead_inspector="Rowan Ellis",
        theme=rules.themes[-1].title if rules.themes else None,
        fictional=True,
    )
