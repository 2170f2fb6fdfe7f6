"""The second factor: an app that makes a new code every half minute, and recovery codes for when it is lost.

allauth keeps both and checks them; that a code is used once only is made sure of here, for all processes together.
"""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac

from joinedup.service.accounts.actions.attempts import take
from joinedup.service.accounts.attempts import ONE_USE, key_of
from joinedup.service.accounts.models import Person


class SecondFactor(DefaultMFAAdapter):
    """Keeps secrets encrypted, so that a copy of the database alone makes no codes."""

    def encrypt(self, text: str) -> str:
        """The text under the service's own key."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again; empty, which no code fits, where the service's key is another one by now."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""


def _box() -> Fernet:
    import base64

    key = salted_hmac("joinedup.second-factor", "key", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def needed_by(person: Person) -> bool:
    """Whether the person must have one: whoever has a password. Others come in through their organisation's provider,
    which asks for its own, or are fictional.
    """
    return person.has_usable_password()


def is_set_up(person: Person) -> bool:
    """Whether the person's app is known."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def accepts(person: Person, code: str) -> str:
    """How a code is right: "code" (the app's), "recovery code", or "" where it is not, or was used before."""
    code = "".join(code.split()).replace("-", "").lower()
    for each in Authenticator.objects.filter(user=person).order_by("-type"):
        if each.type == Authenticator.Type.TOTP:
            secret = SecondFactor().decrypt(each.data["secret"])
            if secret and validate_totp_code(secret, code) and take(key_of("used", person.pk, code), ONE_USE):
                return "code"
        elif each.type == Authenticator.Type.RECOVERY_CODES and each.wrap().validate_code(code):
            return "recovery code"
    return ""


def fits(secret: str, code: str) -> bool:
    """Whether the code is one that the secret makes now."""
    return bool(validate_totp_code(secret, "".join(code.split())))


def recovery_codes(person: Person) -> list[str]:
    """The recovery codes that were not used yet."""
    held = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(held.wrap().get_unused_codes()) if held else []
