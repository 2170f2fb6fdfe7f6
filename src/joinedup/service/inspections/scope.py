"""What of its framework an inspection takes up: whether it gives grades, for which judgements; with titles."""

from __future__ import annotations

from joinedup.areas import get_agency
from joinedup.frameworks import Judgement
from joinedup.service.inspections.models import Inspection


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
