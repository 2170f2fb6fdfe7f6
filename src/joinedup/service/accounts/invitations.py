"""The link that an invited person gets: signed, good once, for seven days.

It carries nothing. What makes it good once is the person themselves: it is signed over the password they have (none, in
a form that changes with each invitation), so that taking one, or being invited anew, ends it; and over the roles that
only a service administrator gives, so that nobody who has kept a link comes into one that was given later.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from joinedup.service.accounts.models import Person, held_now
from joinedup.service.accounts.permissions import Role
from joinedup.service.accounts.roles import BY_THE_SERVICE

_log = logging.getLogger("django")


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "joinedup.invitation"

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        assert isinstance(user, Person)
        beyond = user.roles.filter(held_now(), role__in=(*BY_THE_SERVICE, Role.SERVICE_ADMINISTRATOR))
        roles = sorted(set(beyond.values_list("role", flat=True)))
        return f"{super()._make_hash_value(user, timestamp)}{','.join(roles)}"


_tokens = _Tokens()


def path_for(person: Person) -> str:
    """The path of a link for a person to accept by."""
    return reverse("invitation", args=[int_to_base36(person.pk), _tokens.make_token(person)])


def invited(number: str, token: str) -> Person | None:
    """The person of a link that is still good."""
    try:
        person = Person.objects.select_related("organisation").filter(pk=base36_to_int(number)).first()
    except (ValueError, OverflowError):
        return None
    good = person is not None and not person.has_usable_password() and _tokens.check_token(person, token)
    return person if person and good and person.is_active and not person.organisation.sign_in else None


def send(person: Person, link: str) -> bool:
    """Send the person their link by e-mail; False where no e-mail is set up, or it could not be sent."""
    if not settings.EMAIL_HOST_IS_SET:  # type: ignore[misc]  # set with the other live settings
        return False
    words = render_to_string("accounts/invitation.txt", {"person": person, "link": link})
    try:
        send_mail("Your invitation to Joinedup", words, None, [person.email])
    except (SMTPException, OSError):
        _log.exception("an invitation could not be sent")
        return False
    return True
