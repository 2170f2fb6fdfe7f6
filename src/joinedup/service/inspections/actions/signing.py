"""Signing off: every inspectorate signs the same text, and with the last signature nothing changes any more.

The framework's rules on what must be there stand in the way of earlier stages too, as far as they can be met by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, action, change, create
from joinedup.service.inspections.actions.stages import Obstacle, advance, guard
from joinedup.service.inspections.content import digest_of, inspectorates, missing
from joinedup.service.inspections.models import Inspection, SignOff
from joinedup.service.inspections.sufficiency import Problem

FEW = 5
"""How many of the things that are missing a refusal names."""


class AnotherTextError(RefusedError):
    """What the person read is not what stands there now."""

    def __init__(self) -> None:
        super().__init__("The text is not the one that you read: something changed since. Read it again, then sign.")


@action(Permission.SIGN_OFF)
def sign_off(*, by: Person, inspection: Inspection, digest: str) -> SignOff:
    """Sign for one's own inspectorate. `digest` is of the text that the person had before them.

    When every inspectorate has signed the same text the inspection is signed off. Raises RefusedError, saying what is
    in the way: something missing, an inspectorate that does not take part or has signed; AnotherTextError for a text
    that changed.
    """
    if not inspection.takes_part(by.organisation_id):
        raise RefusedError("Only an inspectorate that takes part in this inspection signs it.")
    lacking = missing(inspection)
    if lacking:
        raise RefusedError(f"It cannot be signed yet. {' '.join(each.words for each in _obstacles(lacking))}")
    now = digest_of(inspection)
    if digest != now:
        raise AnotherTextError
    signed = set(inspection.signatures.filter(digest=now).values_list("organisation_id", flat=True))
    if by.organisation_id in signed:
        raise RefusedError(f"{by.organisation.name} has signed this text already.")
    made = create(
        SignOff, inspection=inspection, organisation_id=by.organisation_id, by=by, at=timezone.now(), digest=now
    )
    if signed | {by.organisation_id} >= inspectorates(inspection).keys():
        change(advance(by=by, inspection=inspection, event="all_signed"), signed_off_at=timezone.now())
    return made


@guard("to_moderation")
def before_moderation(inspection: Inspection) -> Iterable[Obstacle]:
    """What is missing before anybody from outside the team looks at it."""
    return _obstacles(missing(inspection, "to_moderation"))


@guard("to_accuracy")
def before_accuracy(inspection: Inspection) -> Iterable[Obstacle]:
    """What is missing before the agencies see their drafts: every challenge is closed."""
    return _obstacles(missing(inspection, "to_accuracy"))


@guard("to_signing")
def before_signing(inspection: Inspection) -> Iterable[Obstacle]:
    """What is missing before it can be signed: everything counts."""
    return _obstacles(missing(inspection))


@guard("all_signed")
def before_signed_off(inspection: Inspection) -> Iterable[Obstacle]:
    """Whose signature on this very text is missing, and what else is."""
    digest = digest_of(inspection)
    signed = set(inspection.signatures.filter(digest=digest).values_list("organisation_id", flat=True))
    unsigned = [name for key, name in inspectorates(inspection).items() if key not in signed]
    return [*_obstacles(missing(inspection)), *(Obstacle(f"{name} has not signed.", "signing") for name in unsigned)]


def _obstacles(lacking: Sequence[Problem]) -> list[Obstacle]:
    """The first few in words; the page of what is missing lists all, each with its link."""
    told = [Obstacle(each.reason, "sufficiency") for each in lacking[:FEW]]
    more = len(lacking) - FEW
    return [*told, Obstacle(f"And {more} more: “What is missing” lists all.", "sufficiency")] if more > 0 else told
