"""Each agency's contribution, the judgements, and where each inspectorate stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from joinedup.frameworks import UnknownJudgementError
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, StaleError, ValidationError, action, change, create
from joinedup.service.inspections.actions.belonging import require_of
from joinedup.service.inspections.models import Contribution, Inspection, Judgement, Position
from joinedup.service.inspections.scope import graded, is_graded


@action(Permission.CONTRIBUTION_WRITE)
def write_contribution(
    *,
    by: Person,
    inspection: Inspection,
    agency: str,
    seen: int,
    narrative: str = "",
    grade: str = "",
    not_assessed: str = "",
) -> Contribution:
    """Write one agency's part, as a whole; `seen` is 0 where there was none before.

    A grade only where the framework and the visit give grades. Raises ValidationError by field.
    """
    if agency not in inspection.in_scope:
        raise ValidationError({"__all__": "That agency is not a part of this inspection"})
    if narrative.strip() and not_assessed.strip():
        raise ValidationError({"not_assessed": "Give the narrative, or say why there is none: not both"})
    if grade and (not graded(inspection) or not_assessed.strip()):
        raise ValidationError({"grade": "No grade can be given here"})
    _require_grade(inspection, grade)
    values = {"narrative": narrative.strip(), "grade": grade, "not_assessed": not_assessed.strip()}
    there = inspection.contributions.filter(agency=agency).first()
    if there is None:
        return create(Contribution, inspection=inspection, agency=agency, **values)
    return change(there, seen=seen, **values)


@action(Permission.JUDGEMENT_WRITE)
def write_judgement(
    *,
    by: Person,
    inspection: Inspection,
    key: str,
    seen: int,
    narrative: str,
    grade: str = "",
    explains: str = "",
    lowered_by: Sequence[str] = (),
    departs: str = "",
) -> Judgement:
    """Write one of the framework's judgements, as a whole; `seen` is 0 where there was none before."""
    try:
        judgement = inspection.rules.judgement(key)
    except KeyError:
        raise UnknownJudgementError(f"{inspection.framework} has no judgement {key!r}") from None
    if grade and not is_graded(inspection, judgement):
        raise ValidationError({"grade": "This judgement is a narrative and has no grade"})
    _require_grade(inspection, grade)
    if not set(lowered_by) <= set(inspection.in_scope):
        raise ValidationError({"lowered_by": "Choose among the agencies of this inspection"})
    there = inspection.judgements.filter(key=key).first()
    values = {
        "narrative": narrative.strip(),
        "grade": grade,
        "explains": explains.strip(),
        "lowered_by": tuple(lowered_by),
        "departs": departs.strip(),
    }
    if there is None:
        return create(Judgement, inspection=inspection, key=key, **values)
    return change(there, seen=seen, **values)


@action(Permission.POSITION_RECORD)
def record_position(
    *, by: Person, inspection: Inspection, judgement: Judgement, seen: int, stance: str, words: str = ""
) -> Position:
    """Say where one's own inspectorate stands on a judgement as it reads at version `seen`.

    Raises StaleError where the judgement reads differently by now: nobody agrees to what they have not read.
    """
    require_of(inspection, judgement)
    if not inspection.takes_part(by.organisation_id):
        raise RefusedError("Only an inspectorate that takes part has a position on the judgements.")
    if judgement.version != seen:
        raise StaleError(judgement)
    if stance != "agreed" and not words.strip():
        raise ValidationError({"words": "Say what stands against it"})
    values: dict[str, Any] = {
        "stance": stance,
        "words": words.strip(),
        "judgement_version": judgement.version,
        "by": by,
        "at": timezone.now(),
    }
    there = judgement.positions.filter(organisation=by.organisation_id).first()
    if there is None:
        return create(Position, judgement=judgement, organisation_id=by.organisation_id, **values)
    return change(there, **values)


def _require_grade(inspection: Inspection, grade: str) -> None:
    if grade and grade not in {each.key for each in inspection.rules.grades}:
        raise ValidationError({"grade": "Choose one of the framework's grades"})
