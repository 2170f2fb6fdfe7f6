"""Notification: who was told, what is asked of them, and who has read it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from joinedup.areas import get_agency, get_post
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import IN_A_TEAM, Permission
from joinedup.service.forms import GovForm, in_our_time
from joinedup.service.inspections.actions import telling as act
from joinedup.service.inspections.actions.stages import in_the_way
from joinedup.service.inspections.asking import Asked, posts_of, told_as_a_rule, usual
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Inspection, Notification, Party
from joinedup.service.inspections.standing import agencies_missing
from joinedup.service.inspections.views.acting import act_page, press
from joinedup.service.live import inspection_page


@needs(Permission.REQUEST_SEE)
def notifications(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """What was written to whom, and who has read it; to an agency's people their own."""
    person = person_of(request)
    found = Notification.objects.filter(party__inspection=inspection)
    if not inspection.roles_of(person) & IN_A_TEAM:
        found = found.filter(party__organisation=person.organisation_id)
    rows = [
        (each, get_post(each.post).title, get_agency(each.party.agency).title)
        for each in found.select_related("party__organisation", "seen_by").order_by("party", "pk")
    ]
    context = {
        "rows": rows,
        "notifies": can(person, Permission.NOTIFY, inspection) and inspection.is_open_for(Permission.NOTIFY),
        "answers": can(person, Permission.REQUEST_ANSWER, inspection)
        and inspection.is_open_for(Permission.REQUEST_ANSWER),
        "own": person.organisation_id,
    }
    return inspection_page(request, "inspections/notifications.html", inspection, "notifications", context)


class _NotifyForm(LookedOver, GovForm):
    """For each party its posts, its words and its day; and, where nobody stands for an agency, that this is known."""

    def __init__(self, inspection: Inspection, parties: list[Party], asked: Asked, gaps: str, *args: Any) -> None:
        super().__init__(*args)
        self.parties = parties
        for party in parties:
            who = f"{party.organisation} ({get_agency(party.agency).title})"
            ticked = [each.key for each in told_as_a_rule(party.agency, inspection)]
            self.fields[f"posts_{party.pk}"] = forms.MultipleChoiceField(
                label=f"{who}: posts that are told", choices=posts_of(party, inspection), initial=ticked,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.fields[f"asked_{party.pk}"] = forms.CharField(
                label=f"{who}: what is asked", initial=asked.words, max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 6, "class": "govuk-textarea"}),
            )  # fmt: skip
            self.fields[f"due_{party.pk}"] = forms.DateField(
                label=f"{who}: by when", initial=asked.due,
                widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"},
                                       format="%Y-%m-%d"),
                validators=[in_our_time],
            )  # fmt: skip
        if gaps:
            self.fields["gaps_known"] = forms.BooleanField(
                label=f"Nobody in the service stands for {gaps}. I know, and tell them in another way.",
                widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
                error_messages={"required": f"Confirm that you tell {gaps} in another way, or let somebody be added"},
            )
        for field in self.fields.values():
            if isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "govuk-checkboxes__input"

    def tellings(self) -> dict[int, act.Telling]:
        """What the form says, by the id of the party."""
        said = self.cleaned_data
        return {
            party.pk: act.Telling(
                Asked(said[f"asked_{party.pk}"], said[f"due_{party.pk}"]), tuple(said[f"posts_{party.pk}"])
            )
            for party in self.parties
        }


@needs(Permission.NOTIFY)
def notify(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Notify the agencies."""
    parties = list(inspection.parties.select_related("organisation"))
    asked = usual(inspection, list(inspection.phases.all()), _today())
    gaps = ", ".join(title for _, title, _ in agencies_missing(inspection, [party.agency for party in parties]))
    form = _NotifyForm(inspection, parties, asked, gaps, request.POST or None)
    return act_page(
        request, inspection, "notifications", form,
        lambda: act.notify_agencies(
            by=person_of(request), inspection=inspection, tellings=form.tellings(),
            gaps_known=form.cleaned_data.get("gaps_known", False), confirmed=form.confirmation,
        ),
        title="Notify the agencies", button="Notify the agencies now",
        done="The agencies are notified, and their people see the inspection.",
        then=reverse("notifications", args=[inspection.reference]),
        context={
            "obstacles": in_the_way(inspection, "notify"),
            "none": "" if inspection.is_open_for(Permission.NOTIFY) else "The agencies have been notified already.",
            "hint": "From now on the people of these organisations see the inspection, its days and what is asked.",
        },
    )  # fmt: skip


@needs(Permission.REQUEST_ANSWER)
@require_POST
def acknowledge(request: HttpRequest, inspection: Inspection, notification: int) -> HttpResponse:
    """Say that a notification of one's own agency has been read."""
    person = person_of(request)
    own = Notification.objects.filter(party__inspection=inspection, party__organisation=person.organisation_id)
    read = get_object_or_404(own.select_related("party"), pk=notification)
    return press(
        request, lambda: act.acknowledge(by=person, inspection=inspection, notification=read),
        "The inspectors see that you have read it.", reverse("notifications", args=[inspection.reference]),
    )  # fmt: skip


def _today() -> dt.date:
    return timezone.localdate()
