"""Reports of 2009 to 2013: safeguarding and looked after children (SLAC), child protection (CPI), looked after (TLAC).

All three have a cover, a page of rights, a running head with the page's number, numbered paragraphs, “Grade 3
(Adequate)” beside a chapter's heading, tasks sorted by how soon, and a record of main findings at the end.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from joinedup.documents.specimens import grades as g
from joinedup.documents.specimens.cast import invent_name
from joinedup.documents.specimens.draft import Draft
from joinedup.documents.specimens.setting import Style
from joinedup.documents.specimens.when import print_day, print_range
from joinedup.documents.specimens.writer import Statement, Writer

Plan = dict[str, str]
Record = list[list[str]]
"""The record of main findings: what was judged and its grade, a line each."""

STYLE = Style(marker="▪", indent=20, number="head", foot_rule=False, emblem=80, title_weight="regular", title_size=20)

TITLES = {
    "slac": "Inspection of safeguarding and looked after children services",
    "cpi": "Inspection of local authority arrangements for the protection of children",
    "tlac": "Inspection of looked after children services",
}
_HEADS = {
    "slac": "Inspection of safeguarding and looked after children",
    "cpi": "Inspection of local authority arrangements for the protection of children",
    "tlac": "Inspection of looked after children",
}
_CARE = frozenset({"care", "leavers", "adoption"})
_WHEN = ("Immediately", "Within three months", "Within six months")


@dataclass(frozen=True, slots=True)
class Half:
    """One of the halves of a SLAC report, or the whole of another: its title, its judgement and what it is about."""

    title: str
    key: str
    sections: frozenset[str]


def draw_grades(family: str, rng: random.Random, overall: str | None) -> Plan:
    """The grades of the judgements that the contract names; the rest are drawn as parts where they are printed."""
    worst = overall or g.draw_overall(rng)
    return {"overall": worst, "looked_after": g.draw_part(worst, rng)} if family == "slac" else {"overall": worst}


def write(draft: Draft, writer: Writer, plan: Plan) -> None:
    """Writes the whole report into the draft."""
    cast = draft.cast
    draft.title = TITLES[draft.family]
    draft.style = replace(draft.style, running_head=f"{cast.council} {_HEADS[draft.family]}")
    draft.lead_inspector = invent_name(writer.rng)
    draft.inspectorates = ("Ofsted", "CQC") if draft.family == "slac" else ("Ofsted",)
    _cover(draft)
    number = _about(draft, writer)
    record: Record = []
    if draft.family == "slac":
        half = Half("Safeguarding services", "overall", frozenset({"help"}))
        number = _write_half(draft, writer, half, plan, number, record)
        half = Half("Services for looked after children", "looked_after", _CARE)
    else:
        half = Half("", "overall", frozenset({"help"}) if draft.family == "cpi" else _CARE)
    _write_half(draft, writer, half, plan, number, record)
    draft.add(kind="break")
    draft.heading("Record of main findings")
    draft.add(kind="table", columns=[3, 1], rows=record)


def _cover(draft: Draft) -> None:
    draft.heading(draft.title, 1)
    draft.add(kind="lines", lines=[draft.cast.council])
    draft.add(kind="rule")
    draft.add(kind="space", points=180)
    post = "Lead inspector" if draft.family == "cpi" else "Reporting inspector"
    lines = [f"Inspection dates: {print_range(draft.start, draft.end)}", f"{post}: {draft.lead_inspector} HMI"]
    draft.add(kind="lines", lines=[[{"bold": line}] for line in lines])
    draft.add(kind="space", points=40)
    published = [{"bold": "Published:"}, f" {print_day(draft.published)}"]
    draft.add(kind="lines", lines=[[{"bold": "Age group:"}, " All"], published])
    draft.add(kind="break")
    draft.add(kind="space", points=420)
    draft.add(kind="rule")
    draft.paragraph("This report is made up. It may be copied, changed and passed on without asking.")
    draft.add(kind="break")


def _about(draft: Draft, writer: Writer) -> int:
    draft.heading("About this inspection")
    purpose = "The purpose of the inspection is to see how well children and young people in the area are served."
    evidence = (
        "Inspectors listened to children, to their families and to the people who work with them, and read records."
    )
    if draft.family == "slac":
        evidence += " They came from Ofsted and from the Care Quality Commission (CQC)."
    draft.add(kind="numbered", start=1, items=[{"text": purpose}, {"text": evidence}])
    draft.heading("The inspection judgements and what they mean")
    scale_is = "All inspection judgements are made on a scale of four points."
    draft.add(kind="numbered", start=3, items=[{"text": scale_is}])
    scale = [
        ["Outstanding (Grade 1)", "A service that is far above what is required"],
        ["Good (Grade 2)", "A service that is above what is required"],
        ["Adequate (Grade 3)", "A service that does what is required and no more"],
        ["Inadequate (Grade 4)", "A service that does less than is required"],
    ]
    draft.add(kind="table", columns=[1, 2], rows=scale)
    draft.add(kind="break")
    draft.heading("Service information")
    count = writer.rng.randint(30, 140)
    text = f"{draft.cast.area.name} has about {count},000 children and young people under the age of 18."
    draft.add(kind="numbered", start=4, items=[{"text": text}])
    return 5


def _grade_line(grade: str) -> str:
    return f"Grade {g.OLD_NUMBERS[grade]} ({g.OLD_WORDS[grade]})"


def _graded(draft: Draft, title: str, grade: str, record: Record, place: str | None = None) -> None:
    draft.heading(title)
    line: dict[str, object] = {"kind": "paragraph", "text": [{"bold": _grade_line(grade)}]}
    draft.add(**(line | {"id": place} if place else line))
    record.append([title, g.OLD_WORDS[grade]])


def _write_half(draft: Draft, writer: Writer, half: Half, plan: Plan, number: int, record: Record) -> int:
    title, key, sections = half.title, half.key, set(half.sections)
    rng, grade = writer.rng, plan[key]
    draft.add(kind="break")
    whom = "services for looked after children and young people" if draft.family == "tlac" else ""
    overall = f"Overall effectiveness of {whom}" if whom else "Overall effectiveness"
    if title:
        draft.heading(title)
        record.append([title, ""])
    _graded(draft, overall, grade, record, draft.judgement(key, title or "Overall effectiveness", grade))
    judged = f"The judgement for overall effectiveness is {g.OLD_WORDS[grade].lower()}."
    polarity = "strength" if grade in ("outstanding", "good") else "weakness"
    opening = Statement(judged, ("local_authority",), (), polarity)
    number = draft.numbered("finding", [opening, *writer.summary(grade, 2)], number)
    capacity = g.draw_part(grade, rng)
    _graded(draft, "Capacity to improve" if draft.family == "tlac" else "Capacity for improvement", capacity, record)
    number = draft.numbered("finding", writer.paragraphs({"leaders"}, 2, 1), number)
    number = _tasks(draft, writer, sections, number)
    outcomes = "Outcomes for looked after children and young people" if "care" in sections else "Safeguarding outcomes"
    for chapter in (outcomes, "Quality of provision", "Leadership and management"):
        _graded(draft, chapter, g.draw_part(grade, rng), record)
        about = {"leaders"} if chapter.startswith("Leadership") else sections
        strong, weak = (3, 1) if grade in ("outstanding", "good") else (2, 3)
        number = draft.numbered("finding", writer.paragraphs(about, strong, weak), number)
    return number


def _tasks(draft: Draft, writer: Writer, sections: set[str], number: int) -> int:
    """The tasks, sorted by how soon; the words that introduce them are a numbered paragraph of their own."""
    draft.heading("Areas for improvement")
    who = "the local authority" if draft.family == "tlac" else "the local authority and its partners"
    task = f"To improve services for children in {draft.cast.area.name}, {who} should do as follows."
    draft.add(kind="numbered", start=number, items=[{"text": task}])
    for when in _WHEN[: writer.rng.randint(2, 3)]:
        said = writer.asks(sections | {"leaders"}, writer.rng.randint(2, 4), "m")
        if said:
            draft.add(kind="lines", lines=[f"{when}:"])
            draft.bullets("improvement", [_lower(each) for each in said], lead_in=f"{when}:")
    return number + 1


def _lower(said: Statement) -> Statement:
    # These bullets carry on the sentence that introduces them. Every council task begins with a verb.
    return replace(said, text=said.text[0].lower() + said.text[1:].removesuffix("."))
