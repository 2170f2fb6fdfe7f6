"""The whole text of an inspection as signatories read it: judgements, contributions, findings, what is asked."""

from __future__ import annotations

from typing import Any

from joinedup.service.inspections.content import further_texts
from joinedup.service.inspections.findings_shown import read_finding, read_improvement
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.scope import agency_titles, grade_titles


def whole_text(inspection: Inspection) -> dict[str, Any]:
    """All that people wrote, with titles, and what other apps add to be signed; a fixed number of queries."""
    grades = grade_titles(inspection)
    judgements = {each.key: each for each in inspection.judgements.all()}
    parts = {each.agency: each for each in inspection.contributions.all()}
    return {
        "judgements": [
            (each.title, judgements[each.key], grades.get(judgements[each.key].grade, ""))
            for each in inspection.rules.judgements
            if each.key in judgements
        ],
        "contributions": [
            (title, parts[key], grades.get(parts[key].grade, ""))
            for key, title in agency_titles(inspection.in_scope)
            if key in parts
        ],
        "findings": [read_finding(inspection, each) for each in inspection.findings.filter(dropped="")],
        "improvements": [
            read_improvement(each) for each in inspection.improvements.filter(dropped="", finding__dropped="")
        ],
        "further": [each for texts in further_texts(inspection).values() for each in texts.items()],
    }
