"""What needs administrators and everybody new, for the home page."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Person, invited, without_role
from joinedup.service.accounts.permissions import Permission
from joinedup.service.accounts.second_factor import needed_by, recovery_codes
from joinedup.service.work import Item, register

FEW = 3
"""So few recovery codes left are too few."""


@register
def own_sign_in(person: Person) -> Iterator[Item]:
    """Recovery codes that run out."""
    if needed_by(person) and len(recovery_codes(person)) < FEW:
        yield Item(
            "Make new recovery codes",
            reverse("recovery-codes"),
            "You have few left. Without one you could not sign in if you lost the device that makes your codes.",
        )


@register
def people_in_care(person: Person) -> Iterator[Item]:
    """For administrators: who has not accepted yet, and who can do nothing for want of a role."""
    if not can(person, Permission.PEOPLE_MANAGE):
        return
    mine = Person.objects.managed_by(person).filter(is_active=True)
    without = without_role(mine).count()
    if without:
        yield Item(
            "Give roles to people who have none",
            reverse("people") + "?state=no-role",
            "They can sign in and see nothing.",
            count=without,
        )
    waiting = invited(mine).count()
    if waiting:
        yield Item(
            "See who has not accepted an invitation",
            reverse("people") + "?state=invited",
            "A link is good for seven days. Send a new one, or let the person go.",
            count=waiting,
        )
