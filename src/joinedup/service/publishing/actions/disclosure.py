"""A person decides what becomes of words that could identify a child, before anything leaves."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from joinedup.documents.errors import ContentError
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, ValidationError, action, create
from joinedup.service.inspections.actions.stages import Obstacle, guard
from joinedup.service.inspections.models import Inspection
from joinedup.service.publishing.filling import concerns
from joinedup.service.publishing.models import Decision

FEW = 5
"""How many of the things to decide on a refusal names."""


@guard("to_accuracy", "to_signing", "publish")
def before_it_leaves(inspection: Inspection) -> Iterable[Obstacle]:
    """What is in the way of the report's going to the agencies, to be signed or to the public.

    Words that could identify a child and that nobody has decided on; or that there is no report to look over yet.
    """
    try:
        found = concerns(inspection)
    except ContentError as error:
        yield Obstacle(f"No report can be made: {error}.", "documents")
    except RefusedError as error:  # the list of names
        yield Obstacle(str(error), "children")
    else:
        for each in found[:FEW]:
            yield Obstacle(f"Decide on {each.hit.title} in: {', '.join(each.where)}.", "disclosure")
        if len(found) > FEW:
            yield Obstacle(f"And on {len(found) - FEW} more: “Disclosure” lists all.", "disclosure")


@action(Permission.DISCLOSURE_DECIDE)
def decide_disclosure(*, by: Person, inspection: Inspection, key: str, outcome: str, why: str) -> Decision:
    """Decide that words stay because they identify no child, or that every document leaves them out; and say why.

    It counts for these words in this kind of text from now on, for the agencies' drafts as for what is published.
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
