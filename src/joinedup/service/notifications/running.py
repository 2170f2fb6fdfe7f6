"""The scheduled work, all of it, in the order in which one thing leads to another. Safe to run twice, and at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from joinedup.service.notifications.actions.deadlines import tell_deadlines
from joinedup.service.notifications.actions.outbox import locked, make_digests
from joinedup.service.notifications.models import Mail
from joinedup.service.notifications.sending import send_waiting

DIGEST_AT = dt.time(7)
"""When the daily e-mail is due, by the clock of the service's time zone."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: notices of deadlines, daily e-mails made, e-mails sent, refused for good, and still waiting."""

    deadlines: int
    digests: int
    sent: int
    not_sent: int
    waiting: int


def run_due(address: str, now: dt.datetime | None = None) -> Ran:
    """Do what is due. `address` is where the service is reached, for links; with no slash at its end.

    `now` is the time, in the service's time zone, by which days and hours are told; the clock's where it is not given.
    """
    now = now or timezone.localtime()
    deadlines = digests = 0
    with transaction.atomic():
        if locked("deadlines"):
            deadlines = tell_deadlines(now.date())
    if now.time() >= DIGEST_AT:
        with transaction.atomic():
            if locked("digests"):
                digests = make_digests(now.date(), now.replace(hour=DIGEST_AT.hour, minute=0, second=0, microsecond=0))
    done = send_waiting(address)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    waiting = Mail.objects.filter(state__in=("waiting", "sending")).count()
    return Ran(deadlines, digests, done["sent"], done["not_sent"], waiting)
