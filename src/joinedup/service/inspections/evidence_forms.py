"""The forms of the evidence base: one piece, several notes, a reason, and what the list is narrowed to."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from joinedup.areas import get_agency
from joinedup.frameworks import EVIDENCE_SOURCES
from joinedup.service.accounts.models import Person
from joinedup.service.fields import holding
from joinedup.service.forms import GovForm, WhyForm
from joinedup.service.inspections.actions.children import known_agencies
from joinedup.service.inspections.actions.evidence import Piece
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Evidence, Inspection
from joinedup.service.inspections.models.evidence import TENDENCIES
from joinedup.service.inspections.notes import Vocabulary

LONGEST = 10_000
"""Letters of one piece of evidence."""
MOST_NOTES = 40
"""Notes pasted together."""

Choices = list[tuple[str, str]]


class Offered:
    """What forms of one inspection offer to choose from; asked of the database once."""

    def __init__(self, inspection: Inspection) -> None:
        self.criteria: Choices = [(each.key, each.title) for each in inspection.rules.criteria]
        self.sources: Choices = list(EVIDENCE_SOURCES.items())
        self.agencies: Choices = [(key, get_agency(key).title) for key in known_agencies(inspection)]
        self.every_child = {child.reference: child for child in inspection.children.order_by("kind", "pk")}

    @property
    def children(self) -> Choices:
        """The children who are followed, by their references."""
        return [
            (name, f"{name} ({child.get_kind_display().lower()})")
            for name, child in self.every_child.items()
            if not child.dropped
        ]

    @property
    def vocabulary(self) -> Vocabulary:
        """What marks in pasted notes can name."""
        return Vocabulary(
            dict(self.criteria), dict(self.sources), dict(self.agencies), {key: key for key, _ in self.children}
        )


class PieceForm(LookedOver, GovForm):
    """One piece of evidence. Access keys help those whose browser has them; the order of fields serves all."""

    words = forms.CharField(
        label="What was seen, read, heard or counted",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "accesskey": "w"}),
        help_text="No names. For children, use the references of this inspection.",
        error_messages={"required": "Write what was seen, read, heard or counted."},
    )
    source = forms.ChoiceField(
        label="Kind of source",
        widget=forms.Select(attrs={"accesskey": "s"}),
        error_messages={"required": "Choose the kind of source.", "invalid_choice": "Choose the kind of source."},
    )
    criterion = forms.ChoiceField(
        label="Criterion",
        widget=forms.Select(attrs={"accesskey": "c"}),
        error_messages={"required": "Choose the criterion that this is evidence for."},
    )
    agencies = forms.MultipleChoiceField(
        label="Agencies that it is about",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the agencies that this is about."},
    )
    tendency = forms.ChoiceField(
        label="Praise or concern", choices=TENDENCIES, widget=forms.RadioSelect, initial="neutral"
    )
    child = forms.ChoiceField(label="Child", required=False)
    seen_on = forms.DateField(label="Day", error_messages={"required": "Give the day it was seen."})

    def __init__(self, offered: Offered, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.offered = offered
        self._choose("source", [("", "Choose"), *offered.sources])
        self._choose("criterion", [("", "Choose"), *offered.criteria])
        self._choose("agencies", offered.agencies)
        self._choose("child", [("", "None"), *offered.children])
        self.fields["seen_on"].initial = timezone.localdate
        if len(offered.agencies) == 1:
            self.fields["agencies"].initial = [offered.agencies[0][0]]

    def _choose(self, name: str, choices: Choices) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_seen_on(self) -> dt.date:
        """Not in the future."""
        day: dt.date = self.cleaned_data["seen_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day it was seen cannot be in the future.")
        return day

    @property
    def piece(self) -> Piece:
        """What a valid form says."""
        given = self.cleaned_data
        return Piece(
            words=given["words"],
            source=given["source"],
            criterion=given["criterion"],
            agencies=tuple(given["agencies"]),
            tendency=given["tendency"],
            child=self.offered.every_child.get(given["child"]),
            seen_on=given["seen_on"],
        )


class ChangeForm(PieceForm):
    """A piece put right: with why, and the version that the person had before them."""

    why = forms.CharField(label="Why it is changed", required=False, max_length=500)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class WithdrawForm(LookedOver, WhyForm):
    """Why a piece no longer counts."""

    why = forms.CharField(
        label="Why it no longer counts",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why this evidence no longer counts."},
    )


class NotesForm(GovForm):
    """Several notes in one box, and what holds for those that do not say it themselves."""

    text = forms.CharField(
        label="Notes",
        max_length=LONGEST * MOST_NOTES,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="A blank line between one note and the next.",
        error_messages={"required": "Paste or type the notes."},
    )
    source = forms.ChoiceField(label="Kind of source", required=False)
    criterion = forms.ChoiceField(label="Criterion", required=False)
    agencies = forms.MultipleChoiceField(
        label="Agencies that they are about", required=False, widget=forms.CheckboxSelectMultiple
    )
    seen_on = forms.DateField(label="Day")

    def __init__(self, offered: Offered, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        cast(forms.ChoiceField, self.fields["source"]).choices = [("", "As marked"), *offered.sources]
        cast(forms.ChoiceField, self.fields["criterion"]).choices = [("", "As marked"), *offered.criteria]
        cast(forms.ChoiceField, self.fields["agencies"]).choices = offered.agencies
        self.fields["seen_on"].initial = timezone.localdate


class FilterForm(GovForm):
    """What the list is narrowed to; every part may be left out."""

    q = forms.CharField(label="Words", max_length=200)
    criterion = forms.ChoiceField(label="Criterion")
    agency = forms.ChoiceField(label="Agency")
    source = forms.ChoiceField(label="Kind of source")
    tendency = forms.ChoiceField(label="Praise or concern", choices=[("", "All"), *TENDENCIES])
    child = forms.ChoiceField(label="Child")
    by = forms.ChoiceField(label="Added by")
    inspectorate = forms.ChoiceField(label="Organisation")
    since = forms.DateField(label="Seen on or after")
    until = forms.DateField(label="Seen on or before")
    withdrawn = forms.ChoiceField(label="Withdrawn", choices=[("", "Leave out"), ("only", "Only withdrawn")])

    def __init__(self, inspection: Inspection, offered: Offered, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for field in self.fields.values():
            field.required = False  # only now, so that no label says "optional": here everything is
        self.offered = offered
        members = list(inspection.members.select_related("person", "organisation").order_by("person__name"))
        people = {str(each.person_id): each.person.name for each in members}
        organisations = {str(each.organisation_id): each.organisation.name for each in members}
        children = [(name, name) for name in offered.every_child]
        for name, choices in (
            ("criterion", offered.criteria), ("agency", offered.agencies), ("source", offered.sources),
            ("child", children), ("by", list(people.items())), ("inspectorate", list(organisations.items())),
        ):  # fmt: skip
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "All"), *choices]

    @property
    def asked(self) -> dict[str, Any]:
        """What the list is narrowed to, by field; nothing that was left out or makes no sense."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def narrow(self, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
        """The rows that were asked for."""
        asked = self.asked
        plain = {
            "criterion": "criterion", "source": "source", "tendency": "tendency", "by": "by_id",
            "inspectorate": "organisation_id", "since": "seen_on__gte", "until": "seen_on__lte",
        }  # fmt: skip
        rows = rows.filter(**{column: asked[name] for name, column in plain.items() if name in asked})
        if "agency" in asked:
            rows = rows.filter(holding("agencies", asked["agency"]))
        if "child" in asked:
            rows = rows.filter(child=self.offered.every_child[asked["child"]])
        for word in str(asked.get("q", "")).split():
            rows = rows.filter(words__icontains=word)
        return rows.exclude(withdrawn="") if "withdrawn" in asked else rows.filter(withdrawn="")


def last_used(inspection: Inspection, person: Person) -> dict[str, str]:
    """The criterion and source that the person used last here, for the next form to begin with."""
    last = inspection.evidence.filter(by=person).order_by("-number").first()
    return {"criterion": last.criterion, "source": last.source} if last else {}
