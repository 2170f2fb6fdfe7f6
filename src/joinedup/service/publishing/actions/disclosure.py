"""A person decides what becomes of words that could identify a child, before anything leaves."""

from __future__ import annotations

from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, ValidationError, action, create
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.filling import concerns
from joinedup.service.publishing.models import Decision


@action(Permission.PUBLISH)
def decide_disclosure(*, by: Person, inspection: Inspection, key: str, outcome: str, why: str) -> Decision:
    """Decide that words stay because they identify no child, or that every document leaves them out; and say why.

    Raises RefusedError where nothing of the kind is undecided, or the report is published already: its words are then
    changed by a correction.
    """
    if inspection.publications.exists():
        raise RefusedError("The report is published. Change its words by a correction.")
    if not why.strip():
        raise ValidationError({"why": "Say why"})
    if outcome not in {"stays", "left_out"}:
        raise ValidationError({"outcome": "Choose what becomes of the words"})
    found = next((each.hit for each in concerns(inspection) if each.hit.key == key), None)
    if found is None:
        raise RefusedError("Those words were decided on already, or stand in the report no longer.")
    return create(
        Decision,
        inspection=inspection,
        key=key,
        rule=found.rule,
        outcome=outcome,
        why=why.strip(),
        by=by,
        at=timezone.now(),
    )
