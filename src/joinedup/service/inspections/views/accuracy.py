"""Factual accuracy: an agency sees its own draft and answers point by point; inspectors see every point and reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse

from joinedup.areas import get_agency
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.forms import GovForm, SeenForm
from joinedup.service.inspections.about import thing_named
from joinedup.service.inspections.actions import accuracy as actions
from joinedup.service.inspections.drafts import Draft, draft_for
from joinedup.service.inspections.findings_shown import read_improvement
from joinedup.service.inspections.looking_over import LookedOver
from joinedup.service.inspections.models import Inspection, Party
from joinedup.service.inspections.views.judging_forms import form_page, here
from joinedup.service.live import inspection_page


class PointForm(GovForm):
    """What is not right, and in which part of the draft."""

    about = forms.ChoiceField(label="About", error_messages={"required": "Choose what it is about"})
    words = forms.CharField(
        label="What is not right, and what would be",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what is not right"},
    )

    def __init__(self, draft: Draft, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [("", "Choose"), *draft.things]


class ReplyForm(LookedOver, SeenForm):
    """What the inspectors answer."""

    outcome = forms.ChoiceField(
        label="Is it accepted?",
        choices=[("accepted", "Accepted"), ("partly", "Accepted in part"), ("not", "Not accepted")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is accepted"},
    )
    reply = forms.CharField(
        label="Reply",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The agency reads this.",
        error_messages={"required": "Write the reply that the agency will read"},
    )


@needs(Permission.ACCURACY_SEE)
def accuracy(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The agencies' drafts: one's own for an agency, all with their points counted for the team."""
    parties = inspection.parties.select_related("organisation").annotate(
        points=Count("accuracy_points"), waiting=Count("accuracy_points", filter=Q(accuracy_points__outcome=""))
    )
    room = _in_the_room(request, inspection)
    if not room:
        parties = parties.filter(organisation=person_of(request).organisation_id)
    context = {
        "rows": [{"it": each, "title": get_agency(each.agency).title} for each in parties],
        "room": room,
        "open": inspection.is_open_for(Permission.ACCURACY_SEE),
    }
    return inspection_page(request, "inspections/judging/accuracy.html", inspection, "accuracy", context)


@needs(Permission.ACCURACY_SEE)
def draft(request: HttpRequest, inspection: Inspection, party: int) -> HttpResponse:
    """One agency's draft with the points made on it."""
    it = _party(request, inspection, party)
    seen = draft_for(inspection, it)
    titles = dict(seen.things)
    points = [
        {
            "it": each,
            "title": titles.get(each.about, thing_named(inspection, each.about).title),
            "thing": thing_named(inspection, each.about),
        }
        for each in it.accuracy_points.select_related("by", "replied_by")
    ]
    context = {
        "party": it,
        "draft": seen,
        "improvements": [read_improvement(each) for each in seen.improvements],
        "points": points,
        "may_point": can(request.user, Permission.ACCURACY_POINT, inspection)
        and it.organisation_id == person_of(request).organisation_id
        and inspection.is_open_for(Permission.ACCURACY_POINT),
        "may_reply": can(request.user, Permission.ACCURACY_REPLY, inspection)
        and inspection.is_open_for(Permission.ACCURACY_REPLY),
    }
    return inspection_page(request, "inspections/judging/draft.html", inspection, "accuracy", context)


@needs(Permission.ACCURACY_POINT)
def new(request: HttpRequest, inspection: Inspection, party: int) -> HttpResponse:
    """Say what is not right in one's own draft."""
    it = _party(request, inspection, party)
    form = PointForm(draft_for(inspection, it), request.POST or None, initial={"about": request.GET.get("about", "")})
    return form_page(
        request,
        inspection,
        "accuracy",
        form,
        lambda data: actions.make_point(by=person_of(request), inspection=inspection, party=it, **data),
        title="Say what is not right",
        done="The point is made. The inspectors answer it here.",
        then=here("accuracy-draft", inspection, party),
        save="Make the point",
    )


@needs(Permission.ACCURACY_REPLY)
def reply(request: HttpRequest, inspection: Inspection, party: int, number: int) -> HttpResponse:
    """Answer a point; once accepted, the thing to change is one link away."""
    it = inspection.accuracy_points.select_related("party__organisation").filter(party=party, number=number).first()
    if it is None:
        raise Http404("There is no such point")
    form = ReplyForm(request.POST or None, initial={"seen": it.version, "outcome": it.outcome, "reply": it.reply})
    return form_page(
        request,
        inspection,
        "accuracy",
        form,
        lambda data: actions.reply_to_point(
            by=person_of(request), inspection=inspection, point=it, confirmed=form.confirmation, **data
        ),
        title=f"Reply to point {number} of {it.party.organisation.name}",
        done=f"Point {number} is answered.",
        then=f"{here('accuracy-draft', inspection, party)}#point-{number}",
        template="inspections/judging/exchange_form.html",
        context={"it": it, "thing": thing_named(inspection, it.about), "reply": ""},
        shown=lambda thing: [("Point", thing.words), ("Reply", thing.reply)],
    )


def _party(request: HttpRequest, inspection: Inspection, pk: int) -> Party:
    """An agency in the inspection: its own people's and, once the round has begun, the team's. Raises Http404."""
    it = inspection.parties.select_related("organisation").filter(pk=pk).first()
    if it is None:
        raise Http404("There is no such agency here")
    own = it.organisation_id == person_of(request).organisation_id
    if not (own or _in_the_room(request, inspection)) or not inspection.is_open_for(Permission.ACCURACY_SEE):
        raise Http404("That draft is not yours to see")
    return it


def _in_the_room(request: HttpRequest, inspection: Inspection) -> bool:
    return can(request.user, Permission.DRAFT_SEE, inspection)
