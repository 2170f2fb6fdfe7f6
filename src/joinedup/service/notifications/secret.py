"""The secret in a calendar's address: whose it is, and a digest that only this service can make.

It is kept nowhere: whoever reads the database without the service's key cannot make it. Another mark in the person's
row makes another secret, and the old one leads nowhere.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from joinedup.service.accounts.models import Person
from joinedup.service.notifications.models import CalendarAddress

LENGTH = 40
"""Hexadecimal digits of the digest: 160 bits."""


def secret_of(address: CalendarAddress) -> str:
    """The secret of an address."""
    about = f"{address.person_id}:{address.mark}"
    digest = salted_hmac("joinedup.calendar", about, algorithm="sha256").hexdigest()
    return f"{int_to_base36(address.person_id)}-{digest[:LENGTH]}"


def whose(secret: str) -> Person | None:
    """Whose calendar a secret opens; None where it opens none (any more)."""
    number = secret.partition("-")[0]
    try:
        pk = base36_to_int(number)
    except ValueError:
        return None
    if pk >= 2**63:
        return None
    address = CalendarAddress.objects.select_related("person").filter(person=pk, stopped=False).first()
    if address is None or not constant_time_compare(secret, secret_of(address)):
        return None
    person = address.person
    return person if person.is_active and (settings.DEMO or not person.fictional) else None
