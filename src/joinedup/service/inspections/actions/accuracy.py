"""The factual-accuracy round: each agency answers on its own draft, and is answered point by point."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import ValidationError, action, change, create
from joinedup.service.inspections.actions.belonging import require_of
from joinedup.service.inspections.drafts import can_be_about_draft
from joinedup.service.inspections.looking_over import note_identifies_no_child, require_may_leave
from joinedup.service.inspections.models import AccuracyPoint, Inspection, Party
from joinedup.service.inspections.repeated import require_new


@action(Permission.ACCURACY_POINT)
def make_point(*, by: Person, inspection: Inspection, party: Party, about: str, words: str) -> AccuracyPoint:
    """Say, for one's own agency, what is not right in its draft. `about` names a thing of that draft.

    Raises RepeatedError for the person's own words on the same thing over again, until they were answered.
    """
    require_of(inspection, party)
    if party.organisation_id != by.organisation_id:
        raise PermissionDenied("an agency answers on its own draft alone")
    if not can_be_about_draft(inspection, party, about):
        raise ValidationError({"about": "Choose what it is about"})
    require_new(inspection.accuracy_points.filter(party=party, by=by, about=about, words=words.strip(), outcome=""))
    number = (party.accuracy_points.aggregate(last=Max("number"))["last"] or 0) + 1
    return create(
        AccuracyPoint,
        inspection=inspection,
        party=party,
        number=number,
        about=about,
        words=words.strip(),
        by=by,
        at=timezone.now(),
    )


@action(Permission.ACCURACY_REPLY)
def reply_to_point(
    *,
    by: Person,
    inspection: Inspection,
    point: AccuracyPoint,
    seen: int,
    outcome: str,
    reply: str,
    confirmed: str = "",
) -> AccuracyPoint:
    """Answer a point: accepted, accepted in part, or not, and why. A later answer stands in place of an earlier.

    Raises DisclosureError for a reply that could identify a child; `confirmed` says that what was found does not.
    """
    require_of(inspection, point)
    if not outcome:
        raise ValidationError({"outcome": "Say whether it is accepted"})
    if not reply.strip():
        raise ValidationError({"reply": "Write the reply that the agency will read"})
    marks = require_may_leave(inspection, [("reply", reply)], confirmed)
    answered = change(point, seen=seen, outcome=outcome, reply=reply.strip(), replied_by=by, replied_at=timezone.now())
    note_identifies_no_child(answered, marks)
    return answered
