"""What the area writes in answer to a report, by whom and when, as the framework's file says what follows."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping, Sequence

from joinedup.areas import UnknownAgencyError, add_working_days, get_agency
from joinedup.documents.inspection import ImprovementAsked, JudgementGiven, Plan
from joinedup.frameworks.model import After, Within
from joinedup.service.inspections.models import Inspection


def plan_of(
    inspection: Inspection,
    judgements: Sequence[JudgementGiven],
    asked: Sequence[ImprovementAsked],
    bodies: Mapping[str, Sequence[str]],
    published: dt.date,
) -> Plan | None:
    """The first plan or statement that follows such an inspection with a day by which it is due; else None."""
    for each in inspection.rules.follow_up:
        holds = _holds(each.after, inspection.visit, judgements, asked)
        if each.kind in ("plan", "statement") and each.within and holds:
            due = _due(each.within, published, inspection)
            return Plan(_who(each.by, bodies), due, "statement" if each.kind == "statement" else "plan")
    return None


def _holds(after: After, visit: str, judgements: Sequence[JudgementGiven], asked: Sequence[ImprovementAsked]) -> bool:
    graded = [each.grade for each in judgements if after.judgement in (None, each.key)]
    return (
        (not after.visits or visit in after.visits)
        and (not after.grades or any(grade in after.grades for grade in graded))
        and not after.outcomes
        and (not after.priority_action or any(each.priority for each in asked))
    )


def _who(by: str, bodies: Mapping[str, Sequence[str]]) -> str:
    """The names of an agency's organisations, or its title; words that name nobody in the table stay as they are."""
    if bodies.get(by):
        return " and ".join(bodies[by])
    try:
        return get_agency(by).title
    except UnknownAgencyError:
        return by


def _due(within: Within, published: dt.date, inspection: Inspection) -> dt.date | None:
    start = {
        "report": published,
        "publication": published,
        "fieldwork_start": inspection.fieldwork_start,
        "fieldwork_end": inspection.fieldwork_end,
    }.get(within.anchor)
    if start is None:
        return None
    if within.unit == "working_days":
        return add_working_days(start, within.amount)
    if within.unit == "calendar_days":
        return start + dt.timedelta(days=within.amount)
    month = start.month - 1 + within.amount
    year, month = start.year + month // 12, month % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))
