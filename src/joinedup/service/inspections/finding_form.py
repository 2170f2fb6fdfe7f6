"""The form of a finding: what it says, how each agency contributed, and the evidence chosen for it.

Evidence is chosen without JavaScript: what is ticked always stays in the list, and a search adds to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Q

from joinedup.service.forms import GovForm
from joinedup.service.inspections.models import Evidence, Finding, Inspection
from joinedup.service.inspections.scope import agency_titles

MOST_FOUND = 30
"""How many pieces of evidence a search offers at once."""


def found_evidence(inspection: Inspection, ticked: Iterable[str], search: str) -> list[Evidence]:
    """The pieces ticked (by number), then those that a search finds, the newest first; at most two queries.

    A search finds its words in any order, or a piece by its label ("E12"); an empty one offers the newest.
    """
    numbers = {int(number) for number in ticked if number.isdecimal() and len(number) < 10}
    there = inspection.evidence.select_related("child")
    chosen = list(there.filter(number__in=numbers).order_by("number")) if numbers else []
    wanted = there.filter(withdrawn="").exclude(number__in=numbers)
    for word in search.replace("\0", " ").split()[:10]:
        label = word.upper().removeprefix("E")
        q = Q(words__icontains=word)
        wanted = wanted.filter(q | Q(number=int(label)) if label.isdecimal() and len(label) < 10 else q)
    return [*chosen, *wanted.order_by("-number")[:MOST_FOUND]]


class FindingForm(GovForm):
    """A finding; `how` is asked for each agency in scope: ticked where concerned, and in which way."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    tendency = forms.ChoiceField(
        label="Praise or concern",
        choices=[("praise", "Praise"), ("concern", "Concern")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose praise or concern"},
    )
    words = forms.CharField(
        label="What was found",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what was found"},
    )
    criterion = forms.ChoiceField(label="Criterion", error_messages={"required": "Choose the criterion"})
    judgement = forms.ChoiceField(
        label="Judgement",
        required=False,
        help_text="If you leave this empty, the finding belongs to its criterion’s judgement.",
    )
    example = forms.BooleanField(label="Offer it to others as an example of good practice", required=False)
    search = forms.CharField(label="Search the evidence", required=False)
    evidence = forms.MultipleChoiceField(
        label="Evidence that it rests on", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        inspection: Inspection,
        found: list[Evidence],
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.agency_keys = inspection.in_scope
        for key, title in agency_titles(self.agency_keys):
            box = forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"})
            self.fields[f"concerns_{key}"] = forms.BooleanField(label=title, required=False, widget=box)
            words = forms.Textarea(attrs={"class": "govuk-textarea", "rows": 2})
            self.fields[f"how_{key}"] = forms.CharField(label=f"How {title} contributed", required=False, widget=words)
        rules = inspection.rules
        self._choices("criterion", [(each.key, each.title) for each in rules.criteria], "Choose a criterion")
        self._choices("judgement", [(each.key, each.title) for each in rules.judgements], "The criterion’s own")
        self._found = {str(each.number): each for each in found}
        self._choices("evidence", [(number, each.words) for number, each in self._found.items()])

    def _choices(self, name: str, choices: list[tuple[str, str]], none: str = "") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", none), *choices] if none else choices

    @staticmethod
    def of(finding: Finding) -> dict[str, Any]:
        """What the form starts from for a finding that there is."""
        start: dict[str, Any] = {
            name: getattr(finding, name) for name in ("tendency", "words", "criterion", "judgement", "example")
        }
        start["seen"] = finding.version
        for key in finding.agencies:
            start[f"concerns_{key}"] = True
            start[f"how_{key}"] = finding.how.get(key, "")
        return start

    def clean(self) -> dict[str, Any]:
        """Words on how an agency contributed say that it is concerned."""
        data = super().clean() or {}
        for key in self.agency_keys:
            if data.get(f"how_{key}", "").strip():
                data[f"concerns_{key}"] = True
        return data

    def values(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the actions take."""
        return {
            **{name: data[name] for name in ("tendency", "words", "criterion", "judgement", "example")},
            "how": {key: data[f"how_{key}"] for key in self.agency_keys if data[f"concerns_{key}"]},
            "evidence": [self._found[number] for number in data["evidence"]],
        }

    @property
    def agency_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each agency the box to tick and the words."""
        return [(self[f"concerns_{key}"], self[f"how_{key}"]) for key in self.agency_keys]

    @property
    def pieces(self) -> list[tuple[forms.BoundField, Evidence]]:
        """Each box of the evidence with its piece."""
        return [(box, self._found[str(box.data["value"])]) for box in self["evidence"]]  # type: ignore[misc]
