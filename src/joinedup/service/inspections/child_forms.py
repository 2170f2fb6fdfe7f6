"""The forms for children: who is followed, and how one side sees the help that a child had."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from joinedup.areas import get_agency
from joinedup.service.forms import GovForm
from joinedup.service.inspections.actions import children as acts
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import ChildView, Inspection

STRENGTHS = list(cast(Any, ChildView._meta.get_field("strength")).choices)


class ChildForm(LookedOver, GovForm):
    """A child by the agencies that know the child, and why the child was chosen; there is no field for an identity."""

    kind = forms.ChoiceField(
        label="How the child is followed",
        choices=[("tracked", "Tracked: in depth"), ("sampled", "Sampled: in part")],
        widget=forms.RadioSelect,
        initial="tracked",
    )
    agencies = forms.MultipleChoiceField(
        label="Agencies that know the child",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the agencies that know the child."},
    )
    why = forms.CharField(
        label="Why this child",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="No names, dates of birth, numbers or addresses. The agencies know the child by their own list.",
    )

    def __init__(self, inspection: Inspection, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = cast(forms.MultipleChoiceField, self.fields["agencies"])
        field.choices = [(key, get_agency(key).title) for key in acts.known_agencies(inspection)]


class ChangeChildForm(ChildForm):
    """A child's agencies and reason put right."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        del self.fields["kind"]


class StopForm(LookedOver, GovForm):
    """Why a child is followed no longer."""

    why = forms.CharField(
        label="Why this child is no longer followed",
        max_length=1000,
        error_messages={"required": "Say why this child is followed no longer."},
    )


class ViewForm(LookedOver, GovForm):
    """One side's view of a child, every criterion in its own pair of fields."""

    def __init__(self, inspection: Inspection, held: dict[str, ChildView], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.criteria = inspection.rules.criteria
        for each in self.criteria:
            view = held.get(each.key)
            self.fields[f"{each.key}-strength"] = forms.ChoiceField(
                label=each.title, required=False, choices=[("", "Not said yet"), *STRENGTHS],
                initial=view.strength if view else "", widget=forms.Select(attrs={"class": "govuk-select"}),
            )  # fmt: skip
            self.fields[f"{each.key}-words"] = forms.CharField(
                label=f"What this rests on, for: {each.title}", required=False, max_length=4000,
                initial=view.words if view else "", widget=forms.Textarea(attrs={"rows": 2, "class": "govuk-textarea"}),
            )  # fmt: skip
            self.fields[f"{each.key}-version"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=view.version if view else 0
            )

    def clean(self) -> dict[str, Any]:
        """Words go with a strength, and a strength once said is not unsaid."""
        given = super().clean() or {}
        for each in self.criteria:
            if given.get(f"{each.key}-words") and not given.get(f"{each.key}-strength"):
                self.add_error(f"{each.key}-strength", f"Choose how strong it is: {each.title}.")
        return given

    @property
    def views(self) -> list[acts.Seen]:
        """What a valid form says, of the criteria on which it says something."""
        given = self.cleaned_data
        return [
            acts.Seen(
                each.key, given[f"{each.key}-strength"], given[f"{each.key}-words"], given[f"{each.key}-version"] or 0
            )
            for each in self.criteria
            if given[f"{each.key}-strength"]
        ]
