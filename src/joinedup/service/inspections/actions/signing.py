"""Signing off: every inspectorate signs the same text, and with the last signature nothing changes any more."""

from __future__ import annotations

from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError, action, change, create
from joinedup.service.inspections.content import digest_of, inspectorates, missing
from joinedup.service.inspections.models import Inspection, SignOff
from joinedup.service.inspections.stages import LIFE


@action(Permission.SIGN_OFF)
def sign_off(*, by: Person, inspection: Inspection, digest: str) -> SignOff:
    """Sign for one's own inspectorate. `digest` is of the text that the person had before them.

    When every inspectorate has signed the same text the inspection is signed off. Raises RefusedError, saying what is
    in the way: something missing, a text that changed, an inspectorate that does not take part or has signed.
    """
    if not inspection.takes_part(by.organisation_id):
        raise RefusedError("Only an inspectorate that takes part in this inspection signs it.")
    lacking = missing(inspection)
    if lacking:
        reasons = " ".join(each.reason for each in lacking[:3])
        more = f" And {len(lacking) - 3} more." if len(lacking) > 3 else ""
        raise RefusedError(f"It cannot be signed yet. {reasons}{more}")
    now = digest_of(inspection)
    if digest != now:
        raise RefusedError("The text is not the one that you read: something changed since. Read it again, then sign.")
    signed = set(inspection.signatures.filter(digest=now).values_list("organisation_id", flat=True))
    if by.organisation_id in signed:
        raise RefusedError(f"{by.organisation.name} has signed this text already.")
    made = create(
        SignOff, inspection=inspection, organisation_id=by.organisation_id, by=by, at=timezone.now(), digest=now
    )
    if signed | {by.organisation_id} >= inspectorates(inspection).keys():
        change(inspection, stage=LIFE.row(inspection.stage, "all_signed").then, signed_off_at=timezone.now())
    return made
