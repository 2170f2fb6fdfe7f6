"""The single inspection framework, 2013 to 2018: a council's services and, except in re-inspections, its board's.

Two layouts: to 2014 a numbered summary and “What does the local authority need to improve?”; from 2015 an executive
summary and “Recommendations”. Both number the paragraphs of the chapters on from there.
"""

from __future__ import annotations

import random

from joinedup.documents.specimens import grades as g
from joinedup.documents.specimens.cast import invent_name, invent_names
from joinedup.documents.specimens.draft import Draft
from joinedup.documents.specimens.setting import Style
from joinedup.documents.specimens.when import print_day
from joinedup.documents.specimens.writer import Statement, Writer

Plan = dict[str, str]

STYLE = Style(marker="■", indent=14, emblem=48, number_size=15, title_size=20)

TITLES = {
    "help_and_protection": "Children who need help and protection",
    "looked_after": "Children looked after and achieving permanence",
    "adoption": "Adoption performance",
    "care_leavers": "Experiences and progress of care leavers",
    "leadership": "Leadership, management and governance",
}
_NUMBERS = {
    "help_and_protection": "1.",
    "looked_after": "2.",
    "adoption": "2.1",
    "care_leavers": "2.2",
    "leadership": "3.",
}
_CHAPTERS = (
    ("help_and_protection", "The experiences and progress of children who need help and protection", {"help"}),
    ("looked_after", "The experiences and progress of children looked after and achieving permanence", {"care"}),
    ("adoption", "The graded judgement for adoption performance", {"adoption"}),
    ("care_leavers", "The graded judgement about the experience and progress of care leavers", {"leavers"}),
    ("leadership", "Leadership, management and governance", {"leaders"}),
)
_NOTE = (
    "This report joins two, on the council’s functions and on the Local Safeguarding Children Board, under section 152 "
    "of the Education and Inspections Act 2006."
)
_HOW_MANY = {"outstanding": (3, 5), "good": (6, 9), "requires_improvement": (10, 14), "inadequate": (11, 17)}
_BALANCE = {"outstanding": (8, 1), "good": (7, 4), "requires_improvement": (5, 6), "inadequate": (3, 9)}
_MEANS = {
    "outstanding": "Children’s lives are markedly better for the help that they receive.",
    "good": "Children are helped, protected and cared for well.",
    "requires_improvement": "No widespread failures leave children at risk of harm, but services are not yet good.",
    "inadequate": "There are widespread or serious failures, which leave some children at risk of harm.",
}


def draw_grades(rng: random.Random, overall: str | None) -> Plan:
    """Grades of all judgements; the board's is drawn apart from the council's."""
    worst = overall or g.draw_overall(rng)
    mix = g.draw_mix(worst, ("help_and_protection", "looked_after", "leadership"), rng)
    parts = {key: g.draw_part(mix["looked_after"], rng) for key in ("adoption", "care_leavers")}
    return {"overall": worst, **mix, **parts, "lscb": g.draw_part(worst, rng)}


def write(draft: Draft, writer: Writer, plan: Plan) -> None:
    """Writes the whole report into the draft."""
    draft.title = f"{draft.cast.council}: inspection of services for children in need of help and protection"
    early = draft.start.year <= 2014
    again = draft.visit == "reinspection"
    _title_page(draft, plan, early=early, again=again)
    draft.add(kind="break")
    number = _summary_numbered(draft, writer, plan) if early else _summary_plain(draft, writer, plan)
    if early:
        _about_inspection(draft, writer)
        draft.heading("Inspection judgements about the local authority")
    for key, title, sections in _CHAPTERS:
        draft.heading(title, 3)
        _chapter_grade(draft, TITLES[key], plan[key], early=early)
        number = draft.numbered("finding", writer.paragraphs(sections, *_BALANCE[plan[key]]), number)
    if not again:
        _board(draft, writer, plan, number, early=early)
    if not early:
        _about_inspection(draft, writer)


def _title_page(draft: Draft, plan: Plan, *, early: bool, again: bool) -> None:
    draft.heading(draft.cast.council, 1)
    kind = "Re-inspection" if again else "Inspection"
    whom = "children in need of help and protection, children looked after and care leavers"
    draft.heading(f"{kind} of services for {whom}")
    if not again:
        draft.paragraph("and")
        draft.heading("Review of the effectiveness of the Local Safeguarding Children Board", 2, _NOTE)
    dash = "–" if early else "to"
    lines = (
        f"Inspection date: {print_day(draft.start)} {dash} {print_day(draft.end)}",
        f"Report published: {print_day(draft.published)}",
    )
    draft.add(kind="lines", lines=[[{"bold": line}] for line in lines])
    rows: list[dict[str, object]] = [_overall_row(draft, plan["overall"], early=early)]
    for key, title in TITLES.items():
        place = draft.judgement(key, title, plan[key])
        row: dict[str, object] = {"text": f"{_NUMBERS[key]} {title}", "grade": g.WORDS[plan[key]], "id": place}
        rows.append({**row, "below": True} if key in ("adoption", "care_leavers") else row)
    if early and not again:
        place = draft.judgement("lscb", "Local Safeguarding Children Board", plan["lscb"])
        board = "The effectiveness of the Local Safeguarding Children Board (LSCB) is "
        words: list[object] = [board, {"bold": g.WORDS[plan["lscb"]].lower()}]
        more = ["What the board does is described in section 2."]
        rows.append({"span": True, "text": words, "id": place, "more": more})
    draft.add(kind="grades", rows=rows)


def _overall_row(draft: Draft, grade: str, *, early: bool) -> dict[str, object]:
    place = draft.judgement("overall", "Overall effectiveness", grade)
    if early:
        text: list[object] = ["The overall judgement is ", {"bold": g.WORDS[grade].lower()}]
        return {"span": True, "text": text, "more": [_MEANS[grade]], "id": place}
    says = {"requires_improvement": "require improvement to be good"}.get(grade, f"are {grade}")
    return {"span": True, "text": [{"bold": f"Children’s services in {draft.cast.area.name} {says}"}], "id": place}


def _summary_numbered(draft: Draft, writer: Writer, plan: Plan) -> int:
    draft.heading("Section 1: The local authority - Summary of findings")
    says = {"requires_improvement": "require improvement"}.get(plan["overall"], f"are {plan['overall']}")
    draft.heading(f"Children’s services in {draft.cast.area.name} {says} because:", 3)
    said = writer.summary(plan["overall"], 2) + writer.paragraphs({"leaders", "help"}, 2, 2)
    number = draft.numbered("finding", said, 1)
    draft.add(kind="break")
    draft.heading("What does the local authority need to improve?")
    draft.heading("Priority and immediate action", 3)
    if plan["overall"] == "inadequate":
        number = draft.numbered(
            "priority_action", writer.asks({"help", "leaders"}, writer.rng.randint(2, 4), "m"), number
        )
    else:
        draft.paragraph("There are no areas for priority and immediate action.")
    draft.heading("Areas for improvement", 3)
    return draft.numbered("improvement", _recommendations(writer, plan), number)


def _summary_plain(draft: Draft, writer: Writer, plan: Plan) -> int:
    draft.heading("Executive summary")
    draft.findings(writer.summary(plan["overall"], 3) + writer.paragraphs({"leaders", "help"}, 2, 2))
    draft.add(kind="break")
    draft.heading("The local authority")
    checked = "The local authority was given the chance to correct this section."
    draft.heading("Information about this local authority area", 2, checked)
    draft.heading("Children living in this area", 3)
    rng, area = writer.rng, draft.cast.area.name
    draft.plain_bullets(
        [
            f"About {rng.randint(30, 140)},000 children and young people under the age of 18 live in {area}.",
            f"Some {rng.randint(9, 30)}% of the local authority’s children live in poverty.",
        ]
    )
    draft.heading("Recommendations")
    number = draft.numbered("improvement", _recommendations(writer, plan), 1)
    draft.add(kind="break")
    return number


def _recommendations(writer: Writer, plan: Plan) -> list[Statement]:
    count = writer.rng.randint(*_HOW_MANY[plan["overall"]])
    return writer.asks({"help", "care", "leavers", "leaders", "adoption"}, count, "m")


def _chapter_grade(draft: Draft, title: str, grade: str, *, early: bool) -> None:
    if early:
        draft.add(
            kind="table", columns=[3, 2], head=["Key judgement", "Judgement grade"], rows=[[title, g.WORDS[grade]]]
        )
    else:
        draft.add(kind="lines", lines=[[{"bold": g.WORDS[grade]}]])


def _board(draft: Draft, writer: Writer, plan: Plan, number: int, *, early: bool) -> None:
    draft.add(kind="break")
    says = {"requires_improvement": "requires improvement"}.get(plan["lscb"], f"is {plan['lscb']}")
    if early:
        draft.heading("Section 2: The effectiveness of the Local Safeguarding Children Board")
        draft.add(kind="box", title=f"The Local Safeguarding Children Board (LSCB) {says}", paragraphs=[])
    else:
        draft.heading("The Local Safeguarding Children Board (LSCB)")
        place = draft.judgement("lscb", "Local Safeguarding Children Board", plan["lscb"])
        draft.add(kind="heading", level=3, text=f"The Local Safeguarding Children Board {says}", id=place)
        draft.heading("Executive summary", 3)
        draft.findings(writer.paragraphs({"lscb"}, 1, 1))
    draft.heading("Areas for improvement" if early else "Recommendations", 3)
    number = draft.numbered("improvement", writer.asks({"lscb"}, writer.rng.randint(2, 3), "m"), number)
    draft.heading("Inspection findings – the Local Safeguarding Children Board", 3)
    draft.numbered("finding", writer.paragraphs({"lscb"}, 2, 0), number)


def _about_inspection(draft: Draft, writer: Writer) -> None:
    draft.add(kind="break")
    draft.heading("Information about this inspection")
    draft.paragraph("Inspectors looked closely at the lives of children who need, or have needed, help or care.")
    draft.paragraph("Its legal ground is section 136 of the Education and Inspections Act 2006.")
    draft.heading("The inspection team", 3)
    draft.lead_inspector = invent_name(writer.rng)
    team = [name for name in invent_names(writer.rng, 5) if name != draft.lead_inspector]
    draft.add(kind="lines", lines=[f"Lead inspector: {draft.lead_inspector}", f"Team inspectors: {', '.join(team)}."])
