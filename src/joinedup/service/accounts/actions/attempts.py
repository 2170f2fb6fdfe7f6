"""Attempts are counted. They are no part of the audit: what they were about is known there by its own entries."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from joinedup.service.accounts.attempts import Limit, within
from joinedup.service.accounts.models import Attempt

KEPT = dt.timedelta(days=1)


def take(key: str, limit: Limit) -> bool:
    """Take one attempt; False where there were too many, and then this one is not counted.

    It is written before it is counted: of several at the same moment no more than the limit allows get through.
    """
    if within(key, limit) >= limit.times:
        return False
    Attempt.objects.create(about=key, at=timezone.now())
    return within(key, limit) <= limit.times


def give_back(key: str) -> None:
    """The last attempt taken led to success and counts no more; those before it, which may be anybody's, still do."""
    Attempt.objects.filter(pk__in=Attempt.objects.filter(about=key).order_by("-pk").values("pk")[:1]).delete()


def forget(key: str) -> None:
    """Attempts that led to success count no more; neither do those of long ago, which go."""
    Attempt.objects.filter(about=key).delete()
    Attempt.objects.filter(at__lt=timezone.now() - KEPT).delete()
