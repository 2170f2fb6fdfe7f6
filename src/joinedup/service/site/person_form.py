"""Who says what is right, why, and that they may: what every form asks that corrects or confirms what was read."""

from __future__ import annotations

from typing import Any

from django import forms

from joinedup.record.correctable import LONGEST, one_line

LONGEST_NAME = 200


class PersonForm(forms.Form):
    """Who, why, and the operator's token, which is compared before a view runs and not here."""

    by = forms.CharField(
        label="Your name and role",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Say who makes the correction",
            "max_length": f"Your name and role must be {LONGEST_NAME} characters or fewer",
        },
    )
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST["reason"],
        error_messages={
            "required": "Say why it is wrong",
            "max_length": f"Why must be {LONGEST['reason']:,} characters or fewer",
        },
    )
    token = forms.CharField(label="The operator’s token", required=False)

    def clean_by(self) -> str:
        """Who, as it will be kept."""
        return self._kept("by")

    def clean_reason(self) -> str:
        """Why, as it will be kept."""
        return self._kept("reason")

    def _kept(self, name: str) -> str:
        """What was typed on one line; letters that nobody can see are no name and no reason."""
        if not (kept := one_line(name, self.cleaned_data[name])):
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        return kept

    def problems(self) -> list[tuple[str, str]]:
        """(field, message) of everything wrong, in the order of the fields, then at `send` what is of none."""
        of_none = [("send", str(message)) for message in self.non_field_errors()]
        return [(name, str(message)) for name in self.fields for message in self.errors.get(name, ())] + of_none

    def refuse(self, what: str) -> None:
        """Say that the token sent was not the operator's, or that none was, and `what` did not happen therefore."""
        told = "This is not the operator’s token" if self.data.get("token") else "Give the operator’s token"
        self.add_error("token", f"{told}. {what}")


class CheckerForm(PersonForm):
    """The same of whoever has checked several statements, right and wrong ones."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.fields["by"].error_messages["required"] = "Say who checked them"
        self.fields["reason"].error_messages["required"] = "Say how you know what is right"
