"""What lies on a desk is written without the audit: it is nobody's doing yet, or what was done is told there itself."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone

from joinedup.service.accounts.desk import DRAFTS_FOR, HERE_FOR, SENT_FOR, Draft, Presence, Sent
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


def do_once(*, by: Person, mark: str, act: Callable[[], tuple[str, str]]) -> tuple[str, str]:
    """Do what a form asks for, which answers what to say of it and where to go; or answer so, where it was sent before.

    What was done and that it was sent are one transaction. Of the same form sent twice at the same moment the second
    waits here until the first is done. Raises what `act` raises, with nothing kept.
    """
    now = timezone.now()
    with transaction.atomic():
        try:
            with transaction.atomic():
                sent = Sent.objects.create(person=by, mark=mark, at=now)
        except IntegrityError:
            sent = Sent.objects.get(person=by, mark=mark)
            return sent.done, sent.then
        sent.done, sent.then = act()
        sent.save()
        Sent.objects.filter(person=by, at__lt=now - SENT_FOR).delete()
    return sent.done, sent.then


def what_came_of(*, by: Person, begins: str) -> tuple[str, str] | None:
    """What was said of a form that a person has sent, whose mark begins so, and where it led; None if they have not."""
    sent = Sent.objects.filter(person=by, mark__startswith=begins).first()
    return (sent.done, sent.then) if sent else None


def be_here(*, by: Person, place: str) -> None:
    """Somebody has a page before them; those not heard of for a minute go, wherever they were."""
    now = timezone.now()
    with transaction.atomic():
        Presence.objects.filter(at__lt=now - HERE_FOR).delete()
        Presence.objects.update_or_create(person=by, place=place, defaults={"at": now})
