"""The forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from joinedup.service.accounts.models import Person
from joinedup.service.forms import GovForm

HOW_LONG = "At least 12 characters. Three random words are easy to remember and hard to guess."
_EMAIL = forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})


def _secret(label: str, autocomplete: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1000,
        help_text=hint,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": f"Enter your {label.lower()}"},
    )


class SignIn(GovForm):
    """An e-mail address and a password."""

    email = forms.EmailField(
        label="E-mail address",
        widget=_EMAIL,
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like name@example.org",
        },
    )
    password = _secret("Password", "current-password")


class Code(GovForm):
    """A code of the second factor."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "class": "govuk-input--width-10", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter the code"},
    )


class _TwoPasswords(GovForm):
    """A new password, typed twice."""

    person: Person

    def __init__(self, *args: Any, person: Person, **given: Any) -> None:
        super().__init__(*args, **given)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """The password is a good one, and the same both times."""
        told = super().clean() or {}
        first, second = told.get("new_password"), told.get("again")
        if first and second and first != second:
            self.add_error("again", "Type the same password both times")
        elif first:
            try:
                validate_password(first, self.person)
            except ValidationError as error:
                self.add_error("new_password", error)
        return told


class NewPassword(_TwoPasswords):
    """One's own password, changed."""

    old_password = _secret("Present password", "current-password")
    new_password = _secret("New password", "new-password", HOW_LONG)
    again = _secret("New password again", "new-password")


class Accept(_TwoPasswords):
    """What somebody who was invited gives: how they are called, and a password."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    new_password = _secret("New password", "new-password", HOW_LONG)
    again = _secret("New password again", "new-password")
