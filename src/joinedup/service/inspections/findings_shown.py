"""Findings and improvements as people read them: keys turned into titles, nothing asked of the database."""

from __future__ import annotations

from dataclasses import dataclass

from joinedup.areas import get_agency, get_post
from joinedup.service.inspections.models import Finding, Improvement, Inspection


@dataclass(frozen=True, slots=True)
class FindingRead:
    """A finding with titles: `how` pairs each agency concerned with its part in words."""

    row: Finding
    tendency: str
    criterion: str
    judgement: str
    how: tuple[tuple[str, str], ...]


def read_finding(inspection: Inspection, finding: Finding) -> FindingRead:
    """The finding with the framework's titles."""
    rules = inspection.rules
    criteria = {each.key: each.title for each in rules.criteria}
    judgements = {each.key: each.title for each in rules.judgements}
    return FindingRead(
        finding,
        finding.get_tendency_display(),
        criteria.get(finding.criterion, finding.criterion),
        judgements.get(finding.judgement, finding.judgement),
        tuple((get_agency(key).title, finding.how.get(key, "")) for key in finding.agencies),
    )


@dataclass(frozen=True, slots=True)
class ImprovementRead:
    """An improvement with titles; `answers_to` is whom the post answers to directly."""

    row: Improvement
    agency: str
    post: str
    answers_to: tuple[str, ...]


def read_improvement(improvement: Improvement) -> ImprovementRead:
    """The improvement with titles, whom its post answers to as it was kept."""
    return ImprovementRead(
        improvement,
        get_agency(improvement.agency).title if improvement.agency else "",
        get_post(improvement.post).title if improvement.post else "",
        tuple(get_post(key).title for key in improvement.answers_to),
    )
