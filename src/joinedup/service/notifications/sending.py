"""Sending what waits in the outbox: claim, ask what the person may know now, send, mark."""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from joinedup.service.notifications.actions import outbox
from joinedup.service.notifications.audience import known
from joinedup.service.notifications.messages import written
from joinedup.service.notifications.models import Mail, Notice

_log = logging.getLogger("django")


def send_waiting(address: str) -> Counter[str]:
    """Send every e-mail that waits, each once; how many were "sent", "not_sent" (for good) and left for "later".

    `address` is where the service is reached, with no slash at its end. Nothing is sent where no e-mail is set up.
    """
    done: Counter[str] = Counter()
    run = secrets.token_hex(16)
    while settings.EMAIL_HOST_IS_SET and (mails := outbox.claim(run)):  # type: ignore[misc]  # set with the other live settings
        connection = get_connection()
        try:
            connection.open()
        except (SMTPException, OSError) as error:
            _log.error("the mail server cannot be reached: %s", error)
            outbox.give_back(mails, run)
            done["later"] += len(mails)
            return done
        try:
            for mail in mails:
                if outbox.still_mine(mail, run):
                    done[_send(mail, run, address, connection)] += 1
        finally:
            connection.close()
    return done


def _send(mail: Mail, run: str, address: str, connection: BaseEmailBackend) -> str:
    notices = _to_tell(mail)
    if timezone.now() - mail.made_at > outbox.TOO_OLD:
        outbox.not_sent(mail, run, "it waited for too long; it stands in the service")
        return "not_sent"
    if mail.person.fictional or not notices:
        outbox.not_sent(mail, run, "there is nothing in it that the person may know, or has not read")
        return "not_sent"
    message = written(mail, notices, address)
    message.connection = connection
    try:
        message.send()
    except (SMTPException, OSError) as error:
        _log.error("e-mail %s could not be sent: %s", mail.pk, error)
        outbox.try_later(mail, run, type(error).__name__)
        return "later"
    outbox.sent(mail, run)
    return "sent"


def _to_tell(mail: Mail) -> list[Notice]:
    """What an e-mail tells: what the person may know at this moment; in a daily one, what they have not read yet."""
    notices = mail.notices.select_related("inspection").order_by("at", "pk")
    if mail.day is not None:
        notices = notices.filter(read_at=None)
    return known(mail.person, notices)
