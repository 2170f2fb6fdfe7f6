"""What of its framework an inspection takes up: agencies, judgements, whether it gives grades; with their titles."""

from __future__ import annotations

from joinedup.areas import get_agency
from joinedup.frameworks import Judgement
from joinedup.service.inspections.models import Inspection


def agencies_in_scope(inspection: Inspection) -> tuple[str, ...]:
    """Keys of the agencies whose part is judged: those of the framework that take part, in the framework's order.

    Asked of the database once for each inspection object.
    """
    known: tuple[str, ...] | None = inspection.__dict__.get("_agencies_in_scope")
    if known is None:
        there = set(inspection.parties.values_list("agency", flat=True))
        known = tuple(each.key for each in inspection.rules.agencies if each.key in there)
        inspection.__dict__["_agencies_in_scope"] = known
    return known


def graded(inspection: Inspection) -> bool:
    """Whether this kind of visit under this framework gives grades."""
    rules = inspection.rules
    return bool(rules.grades) and any(visit.key == inspection.visit and visit.graded for visit in rules.visits)


def is_graded(inspection: Inspection, judgement: Judgement) -> bool:
    """Whether this inspection gives a grade for a judgement."""
    return judgement.graded and graded(inspection)


def agency_titles(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """(key, title) of agencies, as forms and tables want them."""
    return [(key, get_agency(key).title) for key in keys]


def grade_titles(inspection: Inspection) -> dict[str, str]:
    """Grade key -> title, best first."""
    return {grade.key: grade.title for grade in inspection.rules.grades}
