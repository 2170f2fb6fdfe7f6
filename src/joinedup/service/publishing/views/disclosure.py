"""Words that could identify a child: what was found and where, what was decided, and deciding."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from joinedup.documents.errors import ContentError
from joinedup.service.access import needs, person_of
from joinedup.service.accounts.can import can
from joinedup.service.accounts.permissions import Permission
from joinedup.service.actions import RefusedError
from joinedup.service.forms import GovForm
from joinedup.service.inspections.models import Inspection
from joinedup.service.inspections.views.forming import tried
from joinedup.service.live import inspection_page
from joinedup.service.publishing import actions
from joinedup.service.publishing.filling import concerns
from joinedup.service.publishing.looked_over import Concern
from joinedup.service.publishing.models import Decision


class DecideForm(GovForm):
    """What becomes of the words, and why."""

    outcome = forms.ChoiceField(
        label="What becomes of these words?",
        choices=[("stays", "They stay: they identify no child"), ("left_out", "Every document leaves them out")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the words"},
    )
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why"})


@needs(Permission.DRAFT_SEE)
@require_safe
def disclosure(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """What was found in the report as it reads now and nobody has decided on, and what was decided."""
    published = inspection.publications.exists()
    found, problem = ((), "") if published else _found(inspection)
    context = {
        "concerns": found,
        "problem": problem,
        "published": published,
        "decisions": Decision.objects.filter(inspection=inspection).select_related("by"),
        "may_decide": can(request.user, Permission.DISCLOSURE_DECIDE, inspection)
        and inspection.is_open_for(Permission.DISCLOSURE_DECIDE),
    }
    return inspection_page(request, "publishing/disclosure.html", inspection, "disclosure", context)


def _found(inspection: Inspection) -> tuple[tuple[Concern, ...], str]:
    """What was found, and why nothing could be looked over, if so."""
    try:
        return concerns(inspection), ""
    except (ContentError, RefusedError) as error:
        return (), str(error)


@needs(Permission.DISCLOSURE_DECIDE)
def decide(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Decide on one thing that was found; `hit` says which."""
    then = reverse("disclosure", args=[inspection.reference])
    key = request.GET.get("hit", "")
    concern = next((each for each in _found(inspection)[0] if each.hit.key == key), None)
    if concern is None and request.method != "POST":
        messages.warning(request, "Those words were decided on already, or stand in the report no longer.")
        return HttpResponseRedirect(then)
    form = DecideForm(request.POST or None)

    def act() -> str:
        actions.decide_disclosure(by=person_of(request), inspection=inspection, key=key, **form.cleaned_data)
        return "The decision is kept."

    gone, shown, status = tried(request, form, act, then)
    if gone:
        return gone
    context = {**shown, "form": form, "concern": concern, "title": "Decide on words that could identify a child",
               "button": "Keep the decision", "back": then}  # fmt: skip
    return inspection_page(request, "publishing/form.html", inspection, "disclosure", context, status=status)
