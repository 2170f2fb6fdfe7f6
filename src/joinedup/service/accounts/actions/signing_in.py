"""Signing in and out, and what it needs: written down, failures too."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount

from joinedup.service.accounts.models import Attempt, Person
from joinedup.service.actions import change, note_down, open_action


@open_action("done by the sign-in itself, once password and code, or the organisation's own provider, were right")
def signed_in(*, by: Person, way: str, client: str) -> None:
    """Somebody came in. `way`: "password", "password and code", "recovery code", "invitation", a provider's id…"""
    note_down(by, {"way": way, "client": client})


@open_action("done by the sign-in itself")
def sign_in_failed(*, by: None, person: Person | None, why: str, client: str) -> None:
    """Somebody tried to come in and could not. `person` is whom they tried to be, where there is such a person."""
    note_down(person or Attempt(pk=0), {"why": why, "client": client})


@open_action("everybody may leave")
def signed_out(*, by: Person) -> None:
    """Somebody left."""
    note_down(by, {})


@open_action("done by the service when time is up, or when the person may be here no longer")
def session_ended(*, by: None, person: Person, why: str) -> None:
    """The service ended a session."""
    note_down(person, {"why": why})


@open_action("their own password, and the old one was asked for")
def change_password(*, by: Person, password: str) -> Person:
    """A new password; every other session of the person ends by it."""
    person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    person.set_password(password)
    return change(person, password=person.password)


@open_action("their own second factor; one that is there already stays")
def set_up_second_factor(*, by: Person, secret: str) -> None:
    """The app that makes codes is known from now on, and there are recovery codes for when it is lost."""
    TOTP.activate(by, secret)
    RecoveryCodes.activate(by)
    note_down(by, {"second_factor": "set up"})


@open_action("their own recovery codes, and a code was asked for")
def make_recovery_codes(*, by: Person) -> None:
    """New recovery codes in place of the old."""
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(by)
    note_down(by, {"recovery_codes": "made anew"})


@open_action("done by the sign-in itself, once the organisation's own provider vouched for the person")
def know_at_provider(*, by: Person, provider: str, subject: str) -> None:
    """From the first time on, the person is the one whom the provider calls so; the address alone is not enough."""
    SocialAccount.objects.create(provider=provider, uid=subject, user=by)
    note_down(by, {"provider": provider, "subject": subject})
