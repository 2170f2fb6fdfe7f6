"""Words are looked over before they are kept: what could identify a child stops them until a person has said it cannot.

An action calls `require_looked_over`, or `require_may_leave` where agencies or the public read the words; the form
shows what was found and offers the confirmation, which counts for exactly what was found then and for nothing that
comes in later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils import timezone

from joinedup.service.actions import RefusedError, note_down
from joinedup.service.disclosure import IDENTIFIERS, RULES, Hit, Rule, fingerprint, look
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.name_list import listed_names
from joinedup.service.versioned import Versioned


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
    return _confirmed(tuple(mark for text in texts for mark in look(text, today, rules=IDENTIFIERS)), confirmed)


def require_may_leave(
    inspection: Inspection,
    texts: Iterable[tuple[str, str]],
    confirmed: str,
    *,
    rules: Iterable[Rule] = RULES,
    known: Collection[str] = (),
) -> tuple[Hit, ...]:
    """The same for words that leave the team: by every rule, with the inspection's list of names.

    `texts`: (the kind of place, the words); `known`: keys of what was decided on before, which is not found again.
    Raises DisclosureError; ListLostError where the list can be looked for no longer.
    """
    today, names, rules = timezone.localdate(), listed_names(inspection), tuple(rules)
    found = (hit for place, text in texts for hit in look(text, today, names=names, place=place, rules=rules))
    return _confirmed(tuple(hit for hit in found if hit.key not in known), confirmed)


def _confirmed(marks: tuple[Hit, ...], confirmed: str) -> tuple[Hit, ...]:
    if marks and fingerprint(marks) != confirmed:
        raise DisclosureError(marks)
    return marks


def note_identifies_no_child(thing: Versioned, marks: Iterable[Hit]) -> None:
    """Write down that the person who acts said of what was found that it identifies no child; by key, without words."""
    if keys := list(dict.fromkeys(mark.key for mark in marks)):
        note_down(thing, {"identifies_no_child": keys})


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
        typed = self.typed()  # before the first error, which takes a field out of what is cleaned
        for mark in error.marks:
            for name, value in typed.items():
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
