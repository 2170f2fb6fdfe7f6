"""Words are looked over before they are kept: what could identify a child stops them until a person has said it cannot.

An action calls `require_looked_over`; the form shows what was found and offers the confirmation, which counts for
exactly what was found then and for nothing that comes in later.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from joinedup.service.actions import RefusedError
from joinedup.service.disclosure import IDENTIFIERS, Hit, fingerprint, look


class DisclosureError(RefusedError):
    """The words hold what could identify a child. `marks` are the places; `confirmation` is what says "it does not"."""

    def __init__(self, marks: tuple[Hit, ...]) -> None:
        found = "; ".join(dict.fromkeys(f"{mark.title} ({mark.words})" for mark in marks))
        super().__init__(
            f"These words could identify a child: {found}. Take it out, or confirm that it identifies no child."
        )
        self.marks = marks
        self.confirmation = fingerprint(marks)


def require_looked_over(texts: Iterable[str], confirmed: str) -> tuple[Hit, ...]:
    """What was found in the texts, where a person has confirmed just that. Raises DisclosureError where not."""
    today = timezone.localdate()
    marks = tuple(mark for text in texts for mark in look(text, today, rules=IDENTIFIERS))
    if marks and fingerprint(marks) != confirmed:
        raise DisclosureError(marks)
    return marks


class LookedOver(forms.Form):
    """The part of a form that confirms what was found; there only once something was."""

    def offer(self, error: DisclosureError) -> None:
        """Ask for the confirmation of what was found, as a box to tick."""
        field = forms.BooleanField(
            label="I have looked: this identifies no child", required=False,
            widget=forms.CheckboxInput(
                attrs={"value": error.confirmation, "class": "govuk-checkboxes__input"}, check_test=lambda _: False
            ),
        )  # fmt: skip
        self.fields["confirmed"] = field
        self.order_fields(["confirmed"])
        for mark in error.marks:
            for name, value in self.typed().items():
                if mark.words in value:
                    self.add_error(name, f"This could identify a child: {mark.title} ({mark.words}).")

    def typed(self) -> dict[str, str]:
        """The texts that were typed, by field."""
        cleaned: dict[str, Any] = self.cleaned_data
        return {name: value for name, value in cleaned.items() if isinstance(value, str) and name in self.fields}

    @property
    def confirmation(self) -> str:
        """What the person confirmed, as it came with the form."""
        return str(self.data.get(self.add_prefix("confirmed"), ""))[:16]
