"""The outbox: what waits is claimed, sent and marked, so that no two runs send the same.

A run claims a few e-mails in one short transaction, sends each with no transaction open, and marks each as soon as it
was sent. A run that is killed leaves at most one e-mail sent and not marked; its claim ends after `LEASE`, and then it
is sent again under the same Message-ID.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from joinedup.service.notifications.models import Job, Mail, Notice

BATCH = 20
"""E-mails claimed at a time."""
LEASE = dt.timedelta(minutes=10)
"""So long a claim holds without a sign of life; longer than any one e-mail takes to be sent or refused."""
TOO_OLD = dt.timedelta(days=7)
"""What could not be sent for so long is sent no more: it stands in the service."""
PATIENCE = (dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(hours=2), dt.timedelta(hours=6))
"""How long to wait after the first failure, the second, …; the last holds for all that follow."""


def claim(run: str) -> list[Mail]:
    """Claim some e-mails for a run: those that wait, and those whose run gave no sign of life."""
    now = timezone.now()
    free = Q(state="waiting") | Q(state="sending", claimed_at__lt=now - LEASE)
    with transaction.atomic():
        rows = Mail.objects.select_for_update(skip_locked=True).filter(free, next_try__lte=now)
        claimed = list(rows.order_by("next_try", "pk")[:BATCH])
        Mail.objects.filter(pk__in=[mail.pk for mail in claimed]).update(state="sending", claim=run, claimed_at=now)
    return claimed


def still_mine(mail: Mail, run: str) -> bool:
    """Show a sign of life just before sending; False where another run has taken the e-mail over."""
    return bool(_mine(mail, run).update(claimed_at=timezone.now()))


def sent(mail: Mail, run: str) -> bool:
    """Mark an e-mail as sent; False where another run had taken it over meanwhile."""
    return bool(_mine(mail, run).update(state="sent", sent_at=timezone.now(), claim="", why=""))


def not_sent(mail: Mail, run: str, why: str) -> None:
    """Mark an e-mail as one that will not be sent, and say why."""
    _mine(mail, run).update(state="not_sent", claim="", why=why[:200])


def try_later(mail: Mail, run: str, why: str) -> None:
    """Give an e-mail back that could not be sent now."""
    now = timezone.now()
    if now - mail.made_at > TOO_OLD:
        not_sent(mail, run, why)
        return
    wait = PATIENCE[min(mail.attempts, len(PATIENCE) - 1)]
    _mine(mail, run).update(state="waiting", claim="", attempts=mail.attempts + 1, next_try=now + wait, why=why[:200])


def give_back(mails: list[Mail], run: str) -> None:
    """Give back what was claimed and not tried."""
    Mail.objects.filter(pk__in=[mail.pk for mail in mails], claim=run, state="sending").update(
        state="waiting", claim=""
    )


def _mine(mail: Mail, run: str) -> QuerySet[Mail]:
    return Mail.objects.filter(pk=mail.pk, state="sending", claim=run)


def make_digests(day: dt.date, until: dt.datetime) -> int:
    """One e-mail for each person of all that was told until a moment and waits for their daily e-mail; how many.

    Nobody gets two for a day: what is told later waits for the next. Call it with the work `locked`.
    """
    now = timezone.now()
    waiting = Notice.objects.filter(how="daily", mail=None, at__lt=until)
    had = Mail.objects.filter(day=day).values("person")
    people = waiting.exclude(person__in=had).values_list("person", flat=True).order_by("person").distinct()
    made = Mail.objects.bulk_create(Mail(person_id=pk, day=day, made_at=now, next_try=now) for pk in list(people))
    for mail in made:
        waiting.filter(person=mail.person_id).update(mail=mail)
    return len(made)


def locked(name: str) -> bool:
    """Lock a piece of scheduled work until the transaction ends; False where another run is at it."""
    Job.objects.bulk_create([Job(name=name)], ignore_conflicts=True)
    return Job.objects.select_for_update(skip_locked=True).filter(name=name).first() is not None
