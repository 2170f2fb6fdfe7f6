"""Guessing is limited: how often somebody may try about one person, and from one place, before they must wait.

Every attempt takes its place in the database before it is looked at, so that several processes, and several attempts at
once, count together. What is known of an attempt is a keyed digest: the table tells nobody's address.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.utils import timezone
from django.utils.crypto import salted_hmac

from joinedup.service.accounts.models import Attempt

WINDOW = dt.timedelta(minutes=15)


class Limit(NamedTuple):
    """At most `times` attempts `within` a time."""

    times: int
    within: dt.timedelta


ABOUT_ONE_PERSON = Limit(5, WINDOW)
FROM_ONE_PLACE = Limit(50, WINDOW)
"""Higher: a whole office may reach the service from one address."""
ONE_USE = Limit(1, dt.timedelta(minutes=3))
"""A code that a clock makes is good for a minute and a half at most, and then only once."""


def key_of(kind: str, *about: object) -> str:
    """The digest under which attempts of a kind about something are counted."""
    return salted_hmac(f"joinedup.attempts.{kind}", "\n".join(map(str, about)), algorithm="sha256").hexdigest()


def within(key: str, limit: Limit) -> int:
    """How many attempts there were."""
    return Attempt.objects.filter(about=key, at__gt=timezone.now() - limit.within).count()
