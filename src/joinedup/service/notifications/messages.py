"""The words of e-mails: what kind of thing happened, in which inspection, and where to read on; nothing else.

An e-mail passes through servers that are nobody's here, so that it holds no word of what was written, no place, no
agency and no person but the one it is sent to.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.crypto import salted_hmac

from joinedup.service.notifications.links import path_of
from joinedup.service.notifications.models import Mail, Notice
from joinedup.service.site.words import day_in_words


def message_id(mail: Mail) -> str:
    """The Message-ID of an e-mail: the same each time it is sent, so that mail servers can tell a second copy."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return f"<{mail.pk}.{salted_hmac('joinedup.mail', str(mail.pk)).hexdigest()[:20]}@{domain}>"


def written(mail: Mail, notices: Sequence[Notice], address: str) -> EmailMessage:
    """The e-mail about some notices, one at least. `address` is where the service is reached, with no slash after."""
    about = "\n\n".join(f"{_line(each)}\n{address}{path_of(each)}" for each in notices)
    subject = _line(notices[0]) if len(notices) == 1 else f"{len(notices)} notifications"
    words = (
        f"{about}\n\n"
        "Sign in to read more; this e-mail holds nothing confidential.\n"
        f"Choose what you are sent: {address}{reverse('inbox-choose')}\n"
    )
    headers = {"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"}
    return EmailMessage(f"Joinedup: {subject}", words, None, [mail.person.email], headers=headers)


def _line(notice: Notice) -> str:
    due = f", {day_in_words(notice.due)}" if notice.due else ""
    where = f" ({notice.inspection.reference})" if notice.inspection else ""
    return f"{notice.title}{due}{where}"
