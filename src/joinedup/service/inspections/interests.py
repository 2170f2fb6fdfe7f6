"""What members of a team have declared, and who is cleared by it: told by the latest declaration alone."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from joinedup.service.inspections.models import Inspection, Interest, Member


class Standing(StrEnum):
    """Where a member stands. The value is what people read."""

    UNDECLARED = "Has not declared yet"
    UNDECIDED = "Declared an interest; not decided yet"
    CLEARED = "Cleared"
    BARRED = "Kept out by a conflict of interest"


def standing(member: Member) -> Standing:
    """Where a member stands. One who declares nothing is cleared by that, unless somebody decided otherwise."""
    if member.barred:
        return Standing.BARRED
    declared = list(member.interests.all())
    if not declared:
        return Standing.UNDECLARED
    latest: Interest = declared[-1]
    return Standing.CLEARED if latest.decision or latest.nothing else Standing.UNDECIDED


def team_of(inspection: Inspection) -> QuerySet[Member]:
    """The members who have not left, with all that a page says of them, in three queries."""
    interests = Prefetch("interests", Interest.objects.select_related("decided_by"))
    return inspection.members.filter(left=None).select_related("person", "organisation").prefetch_related(interests)
