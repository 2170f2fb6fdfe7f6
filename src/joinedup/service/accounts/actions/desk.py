"""Drafts and presence are written without the audit: they are nobody's doing yet, and their words stay out of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from joinedup.service.accounts.desk import DRAFTS_FOR, HERE_FOR, Draft, Presence
from joinedup.service.accounts.models import Person

Fields = list[list[str]]


def keep_draft(*, by: Person, place: str, fields: Fields) -> Draft:
    """Keep what somebody has typed at an address, in place of what they had typed there before."""
    with transaction.atomic():
        Draft.objects.filter(person=by, at__lt=timezone.now() - DRAFTS_FOR).delete()
        draft, _ = Draft.objects.update_or_create(
            person=by, place=place, defaults={"fields": fields, "at": timezone.now()}
        )
    return draft


def forget_draft(*, by: Person, place: str) -> None:
    """A draft that was saved, or thrown away, goes."""
    Draft.objects.filter(person=by, place=place).delete()


def be_here(*, by: Person, place: str) -> None:
    """Somebody has a page before them; those not heard of for a minute go, wherever they were."""
    now = timezone.now()
    with transaction.atomic():
        Presence.objects.filter(at__lt=now - HERE_FOR).delete()
        Presence.objects.update_or_create(person=by, place=place, defaults={"at": now})
