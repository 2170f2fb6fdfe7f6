"""What one agency may see of a draft: what is said of it, how it contributed, what is asked of it; nothing else.

Never another agency's part, never evidence, never who wrote what; and no words that could identify a child and that
nobody has decided on, whenever they were written.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

from joinedup.areas import get_agency
from joinedup.service.fields import holding
from joinedup.service.inspections.models import Improvement, Inspection, Party

Leaving = Callable[[str, str], str]
"""(The kind of place, the words as written) -> the words as those outside the team may read them."""
_leaving: dict[str, Callable[[Inspection], Leaving]] = {}


def looked_over_by(name: str, make: Callable[[Inspection], Leaving]) -> None:
    """Have what agencies read looked over by another app. Registering it again changes nothing."""
    _leaving[name] = make


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """A finding as one agency reads it: `how` is that agency's own part in it."""

    number: int
    praise: bool
    criterion: str
    words: str
    how: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One agency's own draft."""

    agency: str
    title: str
    narrative: str
    grade: str
    not_assessed: str
    findings: tuple[FindingDraft, ...]
    improvements: tuple[Improvement, ...]

    @property
    def things(self) -> tuple[tuple[str, str], ...]:
        """(about, title) of each thing that the agency can make a point about."""
        return (
            (f"contribution {self.agency}", "The contribution"),
            *((f"finding {each.number}", f"Finding {each.number}") for each in self.findings),
            *((f"improvement {each.number}", f"Improvement {each.number}") for each in self.improvements),
        )


def draft_for(inspection: Inspection, party: Party) -> Draft:
    """The draft of one agency, looked over; a fixed number of queries."""
    looks = [make(inspection) for make in _leaving.values()]

    def leaves(place: str, words: str) -> str:
        for look in looks:
            words = look(place, words)
        return words

    criteria = {each.key: each.title for each in inspection.rules.criteria}
    grades = {grade.key: grade.title for grade in inspection.rules.grades}
    part = inspection.contributions.filter(agency=party.agency).first()
    findings = inspection.findings.filter(holding("agencies", party.agency), dropped="")
    improvements = inspection.improvements.filter(agency=party.agency, dropped="", finding__dropped="")
    return Draft(
        party.agency,
        get_agency(party.agency).title,
        leaves("contribution", part.narrative) if part else "",
        grades.get(part.grade, "") if part else "",
        leaves("contribution", part.not_assessed) if part else "",
        tuple(
            FindingDraft(
                each.number,
                each.tendency == "praise",
                criteria.get(each.criterion, each.criterion),
                leaves("finding", each.words),
                leaves("finding", each.how.get(party.agency, "")),
            )
            for each in findings
        ),
        tuple(_reworded(each, leaves("improvement", each.words)) for each in improvements),
    )


def _reworded(improvement: Improvement, words: str) -> Improvement:
    """A copy with other words, to be read and never written."""
    read = copy.copy(improvement)
    read.words = words
    return read


def can_be_about_draft(inspection: Inspection, party: Party, about: str) -> bool:
    """Whether the agency's draft holds such a thing."""
    return any(about == each for each, _ in draft_for(inspection, party).things)
