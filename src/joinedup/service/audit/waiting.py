"""What needs auditors, for the home page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from joinedup.service.accounts.can import can
from joinedup.service.accounts.models import Person
from joinedup.service.accounts.permissions import Permission
from joinedup.service.audit.models import Check
from joinedup.service.work import Item, register

OFTEN = dt.timedelta(days=7)


@register
def chain(person: Person) -> Iterator[Item]:
    """For auditors: the chain does not hold, or nobody has looked lately."""
    if not can(person, Permission.AUDIT_SEE):
        return
    last = Check.objects.first()
    if last and last.faults:
        yield Item(
            "The audit's chain does not hold",
            reverse("audit"),
            "See which rows, and find out why.",
            count=len(last.faults),
        )
    elif last is None or timezone.now() - last.at > OFTEN:
        yield Item("Verify the audit's chain", reverse("audit"), "It should be read through every week.")
