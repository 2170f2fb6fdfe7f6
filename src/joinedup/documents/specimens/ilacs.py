"""Inspections of local authority children's services since 2018: the standard and the short report.

Four judgements until 2022, five from January 2023, four without an overall grade for fieldwork from April 2026, when
each thing to improve ends with the part of the National Framework that it belongs to.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from joinedup.documents.specimens import grades as g
from joinedup.documents.specimens.cast import Cast, invent_name
from joinedup.documents.specimens.draft import Draft
from joinedup.documents.specimens.setting import Style
from joinedup.documents.specimens.when import ILACS_CARE_LEAVERS, ILACS_NO_OVERALL, print_day, print_range
from joinedup.documents.specimens.writer import Statement, Writer

Plan = dict[str, str]

STYLE = Style(marker="◼", title_size=20)

HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
CARE_AND_LEAVERS = "The experiences and progress of children in care and care leavers"
LEAVERS = "The experiences and progress of care leavers"
LEADERS = "The impact of leaders on social work practice with children and families"
LEADERS_2026 = "The impact of leaders on practice with children and families"

_TAGS = ("outcome 1", "outcome 2", "outcome 3", "outcome 4", "enabler 1", "enabler 2", "enabler 3")
_HOW_MANY = {"outstanding": (2, 3), "good": (3, 5), "requires_improvement": (5, 8), "inadequate": (6, 11)}
_BALANCE = {"outstanding": (9, 1), "good": (8, 4), "requires_improvement": (5, 7), "inadequate": (3, 11)}
_SECTIONS = {
    "help_and_protection": {"help"},
    "in_care": {"care", "adoption"},
    "care_leavers": {"leavers"},
    "leaders": {"leaders"},
}


def draw_grades(start: dt.date, rng: random.Random, overall: str | None) -> Plan:
    """Grades for an inspection that began on the day; the overall one is left out from April 2026."""
    worst = overall or g.draw_overall(rng)
    keys: tuple[str, ...] = ("help_and_protection", "leaders", "in_care")
    if start >= ILACS_CARE_LEAVERS:
        keys = (*keys, "care_leavers")
    mix = g.draw_mix(worst, keys, rng)
    return mix if start >= ILACS_NO_OVERALL else {**mix, "overall": worst}


def titles(draft: Draft) -> dict[str, str]:
    """The judgements' titles in the order of the table, by key."""
    split = draft.start >= ILACS_CARE_LEAVERS
    leaders = LEADERS_2026 if draft.start >= ILACS_NO_OVERALL else LEADERS
    rows = {"leaders": leaders, "help_and_protection": HELP, "in_care": CARE if split else CARE_AND_LEAVERS}
    if split:
        rows["care_leavers"] = LEAVERS
    if draft.start < ILACS_NO_OVERALL:
        rows["overall"] = "Overall effectiveness"
    return rows


def write(draft: Draft, writer: Writer, plan: Plan) -> None:
    """Writes the whole report into the draft."""
    rng, cast = writer.rng, draft.cast
    recent = draft.start.year >= 2021
    draft.title = f"Inspection of {cast.area.name} local authority children’s services"
    draft.lead_inspector = invent_name(rng)
    foot = (draft.title, print_range(draft.start, draft.end)) if recent else ()
    draft.style = replace(draft.style, foot=foot, foot_weight="bold", size=rng.choice((12.5, 13)))
    _title_page(draft, cast, plan, recent=recent)
    standing = plan.get("overall") or _usual(plan)
    weak = 0 if standing == "outstanding" else 1
    draft.findings([writer.join(*writer.summary(standing, 3)), writer.join(*writer.paragraphs({"leaders"}, 3, weak))])
    for body in cast.area.delivery_bodies:
        if body.start and body.start <= draft.start and (body.end is None or draft.start < body.end):
            draft.paragraph(f"Since {body.start:%B %Y} the council’s services have been run by {body.name}.")
    _improvements(draft, writer, standing)
    number = 1
    told = titles(draft)
    for key in ("help_and_protection", "in_care", "care_leavers", "leaders"):
        if key not in told:
            continue
        title = told[key]
        sections = {"care", "adoption", "leavers"} if title == CARE_AND_LEAVERS else _SECTIONS[key]
        draft.heading(f"{title}: {g.LONG_WORDS[plan[key]].lower()}")
        number = draft.numbered("finding", _chapter(writer, sections, plan[key]), number)


def _usual(plan: Plan) -> str:
    """How the service stands where there is no overall grade: the commonest grade, or inadequate where any is."""
    grades = list(plan.values())
    return "inadequate" if "inadequate" in grades else max(g.GRADES, key=grades.count)


def _title_page(draft: Draft, cast: Cast, plan: Plan, *, recent: bool) -> None:
    if recent:
        draft.heading(draft.title, 1)
        draft.add(kind="lines", lines=[[{"bold": "Inspection dates:"}, f" {print_range(draft.start, draft.end)}"]])
        lead = f" {draft.lead_inspector}, {cast.inspector_title}"
        draft.add(kind="lines", lines=[[{"bold": "Lead inspector:"}, lead]])
    else:
        draft.heading(cast.council, 1)
        draft.heading("Inspection of children’s social care services", 2)
        dates = f"Inspection dates: {print_day(draft.start)} to {print_day(draft.end)}"
        draft.add(kind="lines", lines=[[{"bold": dates}]])
        names = (f"Lead inspector: {draft.lead_inspector}", cast.inspector_title)
        draft.add(kind="lines", lines=[[{"bold": name}] for name in names])
    rows = []
    for key, title in titles(draft).items():
        rows.append([{"text": title, "id": draft.judgement(key, title, plan[key])}, g.LONG_WORDS[plan[key]]])
    draft.add(kind="table", columns=[3, 2], head=["Judgement", "Grade"], rows=rows)


def _improvements(draft: Draft, writer: Writer, standing: str) -> None:
    said = writer.asks({"help", "care", "leavers", "leaders"}, writer.rng.randint(*_HOW_MANY[standing]), "n")
    note = None
    if draft.start >= ILACS_NO_OVERALL:
        said = [_tagged(each, writer.rng) for each in said]
        note = "Each point is marked with its place in the national framework for children’s social care."
    draft.add(kind="break")  # the title page has no room for it in the published reports either
    draft.heading("What needs to improve?" if draft.start.year >= 2021 else "What needs to improve", 2, note)
    draft.bullets("improvement", said)


def _tagged(said: Statement, rng: random.Random) -> Statement:
    return replace(said, text=f"{said.text} ({rng.choice(_TAGS)}, national framework)")


def _chapter(writer: Writer, sections: set[str], grade: str) -> list[Statement]:
    strong, weak = _BALANCE[grade]
    return writer.paragraphs(sections, strong, weak)
